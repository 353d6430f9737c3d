// Goal: a backup that was read back restores to the same digests and a working host; R is not in it; a
// changed byte is refused; doctor names what is wrong.
// Method: a club with sealed rows on the real chain; backup while it works, restore beside it, compare.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@renshe/crypto'
import { newestBlock } from '@renshe/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clubTerms, enrolReaders, sendFees } from '../found/club-consortium.fixture.ts'
import { dataLayout } from '../found/data-layout.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { makeBackup } from './backup.ts'
import { readManifest } from './backup-manifest.ts'
import { examineHost } from './doctor.ts'
import { examineFolder, timeIn } from './examine-folder.ts'
import {
  examineBackups,
  examineDisk,
  examinePeerClocks,
  examineTimeService,
} from './examine-machine.ts'
import { rebuildMember, verifyMember } from './rebuild.ts'
import { restoreBackup } from './restore.ts'

const DAY_MS = 86_400_000
type Settings = { members: object[] }
const bankPlace = (inFolder: string, outFolder: string) => ({
  inFolder,
  outFolder,
  register: 'accounts',
  numberField: 'number',
  nameField: 'name',
  notice: null,
})
let folder = ''
let host: Host
const at = (name: string) => join(folder, name)
const open = (name: string) => openHost({ dataFolder: at(name), blockDelayMs: 0, verifyThreads: 0 })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-operate-'))
  await foundConsortium(clubTerms(at('data'), ['club', 'treasury']))
  host = await open('data')
  await enrolReaders(host, 5)
  await sendFees(host, '2026-09', feeRows(5))
  await host.quiet()
}, 120_000)

afterAll(async () => {
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const headOf = (one: Host, id: string) => toHex(one.member(id).ledger.copy.info().headerHash)

describe('a backup', () => {
  it('made while members work restores to the same digests, and goes on', async () => {
    const manifest = await makeBackup({
      dataFolder: at('data'),
      target: at('backup'),
      now: host.clock.now(),
    })
    expect(manifest.ledgers.map(({ headerHash }) => headerHash)).toEqual(
      manifest.ledgers.map(({ member }) => headOf(host, member)),
    )
    expect(manifest.files.filter(({ path }) => /keys\/release/.test(path))).toEqual([])

    await restoreBackup(at('backup'), at('restored'))
    const restored = dataLayout(at('restored'))
    for (const { id } of host.members) {
      // R comes from where it is kept, never from a backup.
      const key = join(restored.member(id).keys, 'release.json')
      expect(existsSync(key)).toBe(false)
      copyFileSync(join(host.layout.member(id).keys, 'release.json'), key)
      chmodSync(key, 0o600)
    }
    const again = await open('restored')
    expect(headOf(again, 'club')).toBe(headOf(host, 'club'))
    expect(examineHost(again, Date.now())).toEqual([])
    await sendFees(again, '2026-10', feeRows(5))
    await again.quiet()
    const { items } = again.member('school').ask('funds.listJournals', {
      book: 'C-1',
      postings: true,
    }) as { items: unknown[] }
    expect(items).toHaveLength(2)
    await again.stop()
  })

  it('threat 1: is refused when a byte was changed, or the target holds something', async () => {
    const file = join(at('backup'), 'members', 'club', 'vault', 'vault.mdb')
    const bytes = readFileSync(file)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(file, bytes)
    await expect(restoreBackup(at('backup'), at('elsewhere'))).rejects.toThrow(
      'FILE_DIFFERS file members/club/vault/vault.mdb',
    )
    expect(existsSync(join(at('elsewhere'), 'node.json'))).toBe(false)
    await expect(restoreBackup(at('backup'), at('restored'))).rejects.toThrow('TARGET_NOT_EMPTY')
  })
})

describe('rebuild and verify', () => {
  it('give the digests that the host had', async () => {
    const head = headOf(host, 'treasury')
    const { height } = host.engine.status()
    await host.stop()
    const asked = { dataFolder: at('data'), member: 'treasury' }
    expect(await verifyMember(asked)).toMatchObject({ height, headerHash: head })
    expect(await rebuildMember(asked)).toMatchObject({ height, headerHash: head })
    host = await open('data')
    expect(headOf(host, 'treasury')).toBe(head)
  })
})

describe('doctor', () => {
  const codes = (now = host.clock.now()) => examineFolder(at('data'), now).map(({ code }) => code)

  it('finds nothing but processes at work in a healthy folder', () => {
    expect(new Set(codes())).toEqual(new Set(['LEDGER_IN_USE']))
    expect(examineHost(host, Date.now())).toEqual([])
  })

  it.each([
    [360, 'CERTIFICATE_ENDS'],
    [366, 'CERTIFICATE_ENDED'],
  ])('tells certificates %i days later: %s', (days, code) => {
    expect(codes(host.clock.now() + days * DAY_MS)).toContain(code)
  })

  it('names a key that others can read, and one that is missing', () => {
    const { keys } = host.layout.member('school')
    chmodSync(join(keys, 'system.json'), 0o644)
    rmSync(join(keys, 'index.json'))
    const found = examineFolder(at('data'), host.clock.now())
    const told = found.filter(({ member }) => member === 'school')
    expect(told.map(({ code, facts }) => `${code} ${facts.key ?? ''}`)).toEqual([
      'KEY_MISSING index',
      'KEY_READABLE system',
    ])
    chmodSync(join(keys, 'system.json'), 0o600)
  })

  it('names a key that is another than its certificate, and one that the chain does not know', () => {
    const { keys } = host.layout.member('school')
    const certificate = join(keys, 'system.cer')
    const own = readFileSync(certificate)
    copyFileSync(join(host.layout.member('club').keys, 'system.cer'), certificate)
    expect(codes()).toContain('KEY_OTHER_THAN_CERTIFICATE')
    writeFileSync(certificate, own)
    chmodSync(keys, 0o755)
    expect(codes()).toContain('FOLDER_READABLE')
    chmodSync(keys, 0o700)
  })

  it.each<[string, (file: Settings) => void, object]>([
    [
      'an unknown setting',
      (file) => Object.assign(file, { colour: 1 }),
      { code: 'SETTING_UNKNOWN', facts: { setting: 'colour' } },
    ],
    [
      'an unknown setting of a member',
      ({ members }) => Object.assign(members[0] as object, { determine: true }),
      { code: 'SETTING_UNKNOWN', member: 'club' },
    ],
    [
      'an operator who is no member',
      (file) => Object.assign(file, { operator: 'nobody' }),
      { code: 'SETTING_CONTRADICTS', member: 'nobody' },
    ],
    [
      'a member twice',
      ({ members }) => members.push(members[0] as object),
      { code: 'SETTING_CONTRADICTS', member: 'club' },
    ],
    [
      'a member here and elsewhere',
      ({ members }) => Object.assign(members[0] as object, { url: 'https://a.example' }),
      { code: 'SETTING_CONTRADICTS', member: 'club' },
    ],
    [
      'one folder for both ways of the bank',
      ({ members }) =>
        Object.assign(members[0] as object, { bank: bankPlace('/nowhere', '/nowhere') }),
      { code: 'SETTING_CONTRADICTS', member: 'club' },
    ],
    [
      'a bank folder that is not there',
      ({ members }) =>
        Object.assign(members[0] as object, { bank: bankPlace('/nowhere/in', '/nowhere/out') }),
      { code: 'BANK_FOLDER_MISSING', member: 'club' },
    ],
  ])('names %s', (_what, change, found) => {
    const { nodeFile } = host.layout
    const before = readFileSync(nodeFile, 'utf8')
    const file = JSON.parse(before) as Settings
    change(file)
    writeFileSync(nodeFile, JSON.stringify(file))
    try {
      const told = examineFolder(at('data'), host.clock.now())
      expect(told).toContainEqual(expect.objectContaining(found))
      for (const { advice } of told) expect(advice.zh.length * advice.en.length).toBeGreaterThan(0)
    } finally {
      writeFileSync(nodeFile, before)
    }
  })

  it('names a slow disk and one that cannot be written', () => {
    expect(examineDisk(at('data'), () => 400).map(({ code }) => code)).toEqual(['DISK_SLOW'])
    expect(examineDisk(at('data'), () => 1)).toEqual([])
    expect(examineDisk(at('nowhere')).map(({ code }) => code)).toEqual(['DISK_READ_ONLY'])
    expect(readdirSync(at('data')).some((name) => name.startsWith('.probe'))).toBe(false)
  })

  it('compares clocks: a time service, the newest block, other nodes', async () => {
    const { nodeFile } = host.layout
    const before = readFileSync(nodeFile, 'utf8')
    const file = JSON.parse(before) as Settings
    Object.assign(file, { clock: 'wall' })
    Object.assign(file.members[1] as object, { url: 'https://node.example' })
    writeFileSync(nodeFile, JSON.stringify(file))
    try {
      expect(examineTimeService(at('data'), ['/nowhere'])).toMatchObject([
        { code: 'CLOCK_UNSYNCHRONISED' },
      ])
      expect(examineTimeService(at('data'), [nodeFile])).toEqual([])
      expect(codes(host.clock.now() - DAY_MS)).toContain('CLOCK_BEHIND')
      const answers = (aheadMs: number) => async () => 1_800_000_000_000 + aheadMs
      const clock = () => 1_800_000_000_000
      expect(await examinePeerClocks(at('data'), clock, answers(2_000))).toEqual([])
      expect(await examinePeerClocks(at('data'), clock, answers(-60_000))).toMatchObject([
        { code: 'CLOCK_DIFFERS', member: 'overseer', facts: { aheadMs: -60_000 } },
      ])
      const silent = () => Promise.reject(new TypeError('fetch failed'))
      expect(await examinePeerClocks(at('data'), clock, silent)).toMatchObject([
        { code: 'PEER_SILENT', member: 'overseer' },
      ])
    } finally {
      writeFileSync(nodeFile, before)
    }
    // A scripted clock stands where the chain stands: its certificates are not judged by today.
    expect(timeIn(at('data'), Date.now())).toBe(
      newestBlock(host.layout.member('overseer').ledger)?.time,
    )
  })

  it('looks at the age of backups', () => {
    const ages = (hours: number) => {
      const now = madeAt + hours * 3_600_000
      return examineBackups(at('data'), at('backups'), now).map(({ code }) => code)
    }
    expect(examineBackups(at('data'), at('none'), 0)).toMatchObject([{ code: 'BACKUP_MISSING' }])
    mkdirSync(at('backups/first'), { recursive: true })
    copyFileSync(join(at('backup'), 'manifest.json'), at('backups/first/manifest.json'))
    const { madeAt } = readManifest(at('backup'))
    expect(ages(25)).toEqual(['BACKUP_SAME_DISK'])
    expect(ages(27)).toEqual(['BACKUP_OLD', 'BACKUP_SAME_DISK'])
  })

  it('names a tail that was cut, and a folder that is no data folder', () => {
    const log = join(host.layout.member('club').ledger, 'log')
    writeFileSync(join(log, 'torn-52.bin'), 'x')
    expect(codes()).toContain('TORN_TAIL')
    rmSync(join(log, 'torn-52.bin'))
    expect(readdirSync(log).some((name) => name.startsWith('torn'))).toBe(false)
    expect(examineFolder(at('backup-of-nothing'), 0)[0]?.code).toBe('GENESIS_UNREADABLE')
  })
})
