// Goal: the drills of an operator: back up under load, restore elsewhere, and go on; nothing is lost that a
// backup had, vault and chain agree, no key that must stay apart is in it, damage is refused with its place.
// Method: one founded world; a process of its own writes without a pause while backups are made here; each
// is restored, opened with R put back, and every sealed section of every member is opened. Then one member
// leaves with an exit kit and a node is rebuilt from it by its own script.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { batches, legalDay, sections } from '@renshe/contracts'
import { sha256, toHex } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clubTerms, enrolReaders, sendFees } from '../found/club-consortium.fixture.ts'
import { dataLayout } from '../found/data-layout.ts'
import { foundConsortium } from '../found/found-consortium.ts'
import { type Host, openHost } from '../host.ts'
import type { Member } from '../member.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { ownLooks } from '../vault/own-looks.ts'
import { HalfReader, isErasedHalf, openOwn } from '../vault/own-sections.ts'
import { placesOfRoot } from '../vault/subledger-trees.ts'
import { makeBackup } from './backup.ts'
import { examineHost } from './doctor.ts'
import { makeExitKit } from './exit-kit.ts'
import { restoreBackup } from './restore.ts'

const WRITER = fileURLToPath(new URL('../host-process.fixture.ts', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../../..', import.meta.url))
const MEMBERS = ['club', 'overseer', 'school', 'treasury']
let folder = ''
/** A case that ended: the law keeps its sections for a year more. */
let closedCase = ''
const at = (name: string) => join(folder, name)
const open = (name: string) => openHost({ dataFolder: at(name), blockDelayMs: 0, verifyThreads: 0 })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-drill-'))
  await foundConsortium(clubTerms(at('data'), ['club', 'treasury']))
  const host = await open('data')
  await enrolReaders(host, 5)
  closedCase = (await sendFees(host, '2025-12', feeRows(5))).case
  await host.quiet()
  const close = { case: closedCase, step: 'close', outcome: 'closed' }
  await host.member('club').act('cases.actOnStep', close)
  await host.stop()
  // R as its keeper has it in the week of the backups: each week brings another one.
  for (const id of MEMBERS) {
    const kept = join(at('kept'), id)
    mkdirSync(kept, { recursive: true })
    copyFileSync(
      join(dataLayout(at('data')).member(id).keys, 'release.json'),
      join(kept, 'release.json'),
    )
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000)

async function writer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, at('data'), at('log')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

function acknowledged(): { case: string }[] {
  if (!existsSync(at('log'))) return []
  const lines = readFileSync(at('log'), 'utf8').split('\n')
  return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line))
}

function putReleaseKeysBack(name: string): void {
  for (const id of MEMBERS) {
    const key = join(dataLayout(at(name)).member(id).keys, 'release.json')
    expect(existsSync(key)).toBe(false)
    copyFileSync(join(at('kept'), id, 'release.json'), key)
    chmodSync(key, 0o600)
  }
}

/** Opens everything that the chain says a member owns; gives how much that is. */
function openEverything({ id, ledger, vault }: Member): number {
  const view = ledger.view()
  const halves = new HalfReader(vault)
  let opened = 0
  for (const [root, batch] of view.state(batches).range()) {
    if (batch.owner !== id) continue
    const places = placesOfRoot(vault, root)
    expect(places, root).toHaveLength(batch.count)
    for (const place of places ?? []) {
      expect(openOwn(vault, place, halves)).not.toBeNull()
      opened += 1
    }
  }
  for (const [, section] of view.state(sections).range()) {
    if (section.owner !== id) continue
    const place = vault.store.placeOfCommitment(section.commitment)
    const sealing = place === undefined ? undefined : vault.store.sealing(place.sealing)
    if (place === undefined || sealing === undefined) throw new Error(section.commitment)
    const { record, version, commitment } = section
    const leaf = { record, version, commitment }
    expect(openOwn(vault, { sealing, row: place.row, leaf }, halves)).not.toBeNull()
    opened += 1
  }
  return opened
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
}

describe('backup while a writer runs', () => {
  it('restores to a host in which vault and chain agree, with all that was acknowledged', async () => {
    const child = await writer()
    const known: number[] = []
    for (const name of ['first', 'second']) {
      const before = acknowledged().length
      while (acknowledged().length < before + 2) await sleep(20)
      known.push(acknowledged().length)
      await makeBackup({ dataFolder: at('data'), target: at(name), now: Date.now() })
    }
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')

    for (const [index, name] of ['first', 'second'].entries()) {
      const { heights } = await restoreBackup(at(name), at(`${name}-restored`))
      expect(Object.keys(heights)).toEqual(['club', 'overseer', 'treasury'])
      putReleaseKeysBack(`${name}-restored`)
      const host = await open(`${name}-restored`)
      try {
        await host.quiet()
        const told = examineHost(host, Date.now()).map(({ code }) => code)
        expect(told.filter((code) => code !== 'RELAYS_BEHIND')).toEqual([])
        const club = host.member('club')
        for (const { case: id } of acknowledged().slice(0, known[index])) {
          expect(club.ask('cases.getCase', { case: id })).toBeTruthy()
        }
        expect(openEverything(club)).toBeGreaterThanOrEqual(5 * (known[index] as number))
        for (const member of host.members) openEverything(member)
        await sendFees(host, '2199-01', feeRows(5))
        await host.quiet()
      } finally {
        await host.stop()
      }
    }
  }, 120_000)

  it('holds no R, and no key in clear', async () => {
    const secrets = await secretsOf('data')
    for (const file of filesIn(at('second'))) {
      const bytes = readFileSync(file)
      for (const [name, secret] of secrets) {
        expect(bytes.includes(secret), `${name} in ${file}`).toBe(false)
      }
    }
    expect(filesIn(at('second')).filter((file) => /keys\/release/.test(file))).toEqual([])
  })

  it('is refused where a key lies in clear', async () => {
    const key = join(dataLayout(at('first-restored')).member('school').keys, 'copied.pem')
    writeFileSync(key, '-----BEGIN PRIVATE KEY-----')
    const terms = { dataFolder: at('first-restored'), target: at('third'), now: Date.now() }
    await expect(makeBackup(terms)).rejects.toThrow(
      'KEY_IN_CLEAR file members/school/keys/copied.pem',
    )
    expect(existsSync(join(at('third'), 'manifest.json'))).toBe(false)
    rmSync(key)
  })
})

describe('restore', () => {
  it.each<[string, (backup: string) => void, string]>([
    [
      'a changed byte',
      (backup) => flip(join(backup, 'members/club/vault/vault.mdb')),
      'FILE_DIFFERS file members/club/vault/vault.mdb',
    ],
    [
      'a cut file',
      (backup) => cut(join(backup, 'members/overseer/ledger/log/000000000000.rsl')),
      'FILE_DIFFERS file members/overseer/ledger/log/000000000000.rsl bytes',
    ],
    [
      'a file that is gone',
      (backup) => rmSync(join(backup, 'members/club/keys/vault.json')),
      'FILE_MISSING file members/club/keys/vault.json',
    ],
    ['a cut manifest', (backup) => cut(join(backup, 'manifest.json')), 'MANIFEST_FORM'],
    [
      'a manifest that leads out',
      (backup) => leadOut(join(backup, 'manifest.json')),
      'MANIFEST_FORM',
    ],
    ['no manifest', (backup) => rmSync(join(backup, 'manifest.json')), 'MANIFEST_MISSING'],
  ])('refuses %s, with its place, and nothing starts', async (what, damage, said) => {
    const backup = at(`damaged ${what}`)
    cpSync(at('first'), backup, { recursive: true })
    damage(backup)
    await expect(restoreBackup(backup, at(`from ${what}`))).rejects.toThrow(said)
    expect(existsSync(join(at(`from ${what}`), 'node.json'))).toBe(false)
  })

  it('refuses a backup of another chain', async () => {
    const restore = restoreBackup(at('first'), at('other'), { chain: 'demo-other-00000000' })
    await expect(restore).rejects.toThrow('CHAIN_OTHER expected demo-other-00000000')
    expect(existsSync(at('other'))).toBe(false)
  })

  it('takes a surviving ledger that reaches further, and refuses one that does not continue', async () => {
    const newerLedger = dataLayout(at('data')).member('treasury').ledger
    const { manifest, heights } = await restoreBackup(at('first'), at('further'), { newerLedger })
    const before = manifest.ledgers.find(({ member }) => member === 'overseer')?.height
    expect(heights.overseer).toBeGreaterThan(before as number)
    const elsewhere = dataLayout(at('second-restored')).member('overseer').ledger
    const cutLedger = at('cut-ledger')
    cpSync(elsewhere, cutLedger, { recursive: true })
    cut(join(cutLedger, 'log/000000000000.rsl'), 0.2)
    const restore = restoreBackup(at('first'), at('shorter'), { newerLedger: cutLedger })
    await expect(restore).rejects.toThrow(/LOG_BEHIND_STATE|LEDGER_SHORTER|LOG_DAMAGED/)
    expect(existsSync(join(at('shorter'), 'node.json'))).toBe(false)
  })
})

describe('leaving', () => {
  it('exports, wipes, rebuilds elsewhere by the script: same digests, and the member acts again', async () => {
    const host = await open('first-restored')
    await host.quiet()
    const kit = await makeExitKit({ host, target: at('kit'), opensSealed: true, now: Date.now() })
    const club = kit.members.find(({ member }) => member === 'club')
    expect(club?.opened?.sections).toBe(openEverythingSealed(host.member('club')))
    expect(ownLooks(host.member('club').vault, legalDay(host.clock.now()))).not.toEqual([])
    const rows = readFileSync(join(at('kit'), 'members/club/sealed/index.jsonl'), 'utf8')
    expect(rows).toContain('"kind":"batch"')
    await host.stop()

    // R travels by another hand; everything else of the old place is gone.
    for (const id of MEMBERS) {
      const { keys } = dataLayout(at('first-restored')).member(id)
      mkdirSync(join(at('release-keys'), id), { recursive: true })
      cpSync(join(keys, 'release.json'), join(at('release-keys'), id, 'release.json'))
    }
    rmSync(at('first-restored'), { recursive: true })
    renameSync(at('kit'), at('kit-elsewhere'))
    const script = join(at('kit-elsewhere'), 'rebuild.sh')
    const built = run('sh', [script, PROGRAM, at('rebuilt'), at('release-keys')])
    expect(built).toMatchObject({ status: 0, errors: '' })
    expect(built.told).toMatch(/✓ \d+ files, \d+ openings, \d+ batch roots, 0 wrong/)
    expect(built.told.match(/✓ \S+: height/g)).toHaveLength(3)

    const again = await open('rebuilt')
    try {
      const { height, headerHash } = again.member('club').ledger.copy.info()
      const told = { member: 'club', height, headerHash: toHex(headerHash) }
      expect(kit.ledgers.find(({ member }) => member === 'club')).toEqual(told)
      openEverything(again.member('club'))
      await sendFees(again, '2199-02', feeRows(5))
      await again.quiet()
      expect(examineHost(again, Date.now())).toEqual([])
    } finally {
      await again.stop()
    }
  }, 120_000)

  it.each<[string, (kit: string) => void, string]>([
    ['a table', (kit) => flip(join(kit, 'members/club/cases.jsonl')), 'cases.jsonl was changed'],
    ['an opening', (kit) => reword(kit), 'another commitment'],
  ])('tells where %s was changed, and rebuilds nothing', (what, damage, said) => {
    const kit = at(`kit with ${what} changed`)
    cpSync(at('kit-elsewhere'), kit, { recursive: true })
    damage(kit)
    const built = run('sh', [join(kit, 'rebuild.sh'), PROGRAM, at('never')])
    expect(built.status).toBe(1)
    expect(built.errors).toContain(said)
    expect(existsSync(at('never'))).toBe(false)
  })
})

/** What lies in a vault as live, row by row: what an export must have opened. */
function openEverythingSealed({ vault }: Member): number {
  let rows = 0
  for (const { state, rows: own } of vault.store.sealings()) if (state === 'LIVE') rows += own
  return rows
}

/** Changes one opened row and its checksum, as whoever would deceive would. */
function reword(kit: string): void {
  const name = 'members/club/sealed/00000001-batch.jsonl'
  const path = join(kit, name)
  const before = sha256Of(path)
  const [first = '', ...others] = readFileSync(path, 'utf8').split('\n')
  const row = JSON.parse(first) as { opening: { content: string } }
  const content = Buffer.from(row.opening.content, 'base64url').toString('utf8')
  row.opening.content = Buffer.from(content.replace(/"name":"[^"]*"/, '"name":"x"')).toString(
    'base64url',
  )
  writeFileSync(path, [JSON.stringify(row), ...others].join('\n'))
  const sums = join(kit, 'SHA256SUMS')
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(before, sha256Of(path)))
}

function sha256Of(path: string): string {
  return toHex(sha256(new Uint8Array(readFileSync(path))))
}

function run(command: string, words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  return { status, told: stdout, errors: stderr }
}

describe('erasures after a backup', () => {
  it('are replayed before the release service answers anything', async () => {
    const places = await eraseAfterAYear()
    const newerLedger = dataLayout(at('data')).member('overseer').ledger
    for (const [name, options] of [
      ['without', {}],
      ['with', { newerLedger }],
    ] as const) {
      await restoreBackup(at('second'), at(name), options)
      putReleaseKeysBack(name)
    }
    // What the backup still has opens where nobody knows of the erasure, and nowhere else.
    expect(await halvesIn('without', places)).toEqual({ note: true, row: true })
    expect(await halvesIn('with', places)).toEqual({ note: false, row: false })
  }, 120_000)
})

interface ErasedPlaces {
  readonly commitment: string
  readonly root: string
}

/** The owner erases a note and a row of the case that ended, when the law lets it; by the real action. */
async function eraseAfterAYear(): Promise<ErasedPlaces> {
  const host = await open('data')
  try {
    for (let days = 0; days < 400; days += 25) {
      await host.advanceTo(host.clock.now() + 25 * 86_400_000)
    }
    const club = host.member('club')
    const view = club.ledger.view()
    const ofCase = ({ case: id }: { case: string }) => id === closedCase
    const note = [...view.state(sections).range()].map(([, each]) => each).find(ofCase)
    const fees = [...view.state(batches).range()]
      .map(([, each]) => each)
      .find((each) => ofCase(each) && each.tree === 'batch')
    const [row] = placesOfRoot(club.vault, fees?.root ?? '') ?? []
    const { items } = club.ask('catalogue.listClauses', {}) as unknown as {
      items: { id: string; hash: string }[]
    }
    await club.act('access.eraseSections', {
      ground: 'RETENTION_OVER',
      basis: { clause: items[0]?.id as string, version: items[0]?.hash as string },
      records: [
        { record: note?.record as string },
        { record: row?.leaf.record as string, batch: fees?.root as string, index: 0 },
      ],
    })
    return { commitment: note?.commitment as string, root: fees?.root as string }
  } finally {
    await host.stop()
  }
}

/** Whether the halves of both places are there, in a folder as it answers first. */
async function halvesIn(name: string, { commitment, root }: ErasedPlaces) {
  const host = await openHost({ dataFolder: at(name), runsRelays: false, verifyThreads: 0 })
  try {
    const { vault } = host.member('club')
    const [row] = placesOfRoot(vault, root) ?? []
    const rowHalf = row === undefined ? undefined : new HalfReader(vault).halfB(row)
    return {
      note: vault.release.findHalf(commitment) !== undefined,
      row: rowHalf !== undefined && !isErasedHalf(rowHalf),
    }
  } finally {
    await host.stop()
  }
}

function flip(path: string): void {
  const bytes = readFileSync(path)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

function cut(path: string, part = 0.9): void {
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * part)))
}

function leadOut(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('"path":"genesis.json"', '"path":"../genesis.json"'))
}

/** Every secret key of every member, as bytes; opened with the passphrases of a demonstration. */
async function secretsOf(name: string): Promise<(readonly [string, Buffer])[]> {
  const host: Host = await open(name)
  try {
    const secrets: (readonly [string, Buffer])[] = []
    for (const { id, keys } of host.members) {
      for (const key of ['vault', 'index', 'release'] as const) {
        secrets.push([`${id} ${key}`, Buffer.from(await keys.symmetric(key))])
      }
    }
    return secrets
  } finally {
    await host.stop()
  }
}
