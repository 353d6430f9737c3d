/**
 * Goal: what one contribution month shows to whom, on every disk (threats 17 and 31); that two members who
 * disagree by one fen move no money; that the month gives the same digests elsewhere (threat 14); that a
 * statement proves itself; that docs/understand/one-row.md works as printed.
 * Method: one month of twelve people over the real ledger, vaults and bank process, in which the trustee
 * once submits a false result; then queries, reads and raw files of each of the eight members.
 */
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContracts, type PackageDocument } from '@renshe/contracts'
import { sha256, sm3, toHex, utf8 } from '@renshe/crypto'
import { makeLineEvidence, pinOf, VaultTree } from '@renshe/node'
import { type Reader, rootFrom, verifyEvidence } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundingPackages } from '../../cli/src/service/founding-packages.ts'
import { PackageFolders } from '../../cli/src/service/package-folders.ts'
import { openStoreFile } from '../../node/src/vault/store-tables.ts'
import { samplePeople, samplePerson } from '../people.ts'
import { SAMPLE_SEED } from '../sample-payrolls.ts'
import { askAll, everythingThat, QUESTIONS } from './ask-everything.fixture.ts'
import { PARTS } from './consortium.ts'
import { type Dispute, disputeByOneFen } from './dispute.fixture.ts'
import { followRowText } from './follow-row.ts'
import {
  foundMonth,
  type OpenMonth,
  openMonth,
  PEOPLE,
  tellMonth,
  WatchedStory,
} from './month.fixture.ts'
import { runCommands, stepsOf, withoutChance } from './page-commands.fixture.ts'
import {
  nameOfThing,
  publishedSections,
  publishedSets,
  readEverything,
  type SealedThing,
  sealedThings,
} from './readable-set.fixture.ts'
import { replayBlocks, replayRunners } from './replay-blocks.fixture.ts'
import { ByteSearch, filesBelow, spellingsOf, spellingsOfHash } from './search-bytes.fixture.ts'
import { type SealedValue, sealedValues } from './secrets.fixture.ts'
import { PLAN } from './set-up-plan.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'renshe-month-'))
const data = join(scratch, 'data')
/** Somebody who is in no payroll: where she is found, something was planted. */
const STRANGER = samplePerson(40, SAMPLE_SEED).memberId

let documents: readonly PackageDocument[]
let month: OpenMonth
let dispute: Dispute
let savedHead: { readonly size: number; readonly root: string }
let evidence: Uint8Array
let reader: Reader

beforeAll(async () => {
  const services = new PackageFolders(join(root, 'services'))
  const own = new PackageFolders(join(root, 'demo/packages'))
  documents = services.names().map((name) => services.build(name).document)
  await foundMonth(data, foundingPackages([services, own]))
  month = await openMonth(data)
  const story = new WatchedStory(month.host, async (step) => {
    if (step === 'open-contribution') savedHead = headOf(month)
    if (step === 'agree-allocation') dispute = await disputeByOneFen(month)
  })
  await tellMonth(month, story)
  evidence = statementOf(month)
  const { host } = month
  reader = {
    trusted: [pinOf(host.report.genesis)],
    savedHeads: [{ chain: host.chain, ...savedHead }],
  }
}, 240_000)

afterAll(async () => {
  await month?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

function headOf({ cast }: OpenMonth): typeof savedHead {
  const { copy } = cast.supervisor.ledger
  const size = copy.height + 1
  return { size, root: toHex(rootFrom((level, index) => copy.store.node(level, index), size)) }
}

/** Statement of the account of the first row's person. */
function statementOf({ host, cast }: OpenMonth): Uint8Array {
  const { accountManager } = cast
  const { items } = accountManager.ask('funds.listJournals', { book: PLAN, postings: true }) as {
    items: { subledger: { balances: { root: string } } }[]
  }
  const { root: balances = '' } = items[0]?.subledger.balances ?? {}
  const account = VaultTree.of(accountManager.vault, 'balance', balances).places[0]?.leaf.record
  const asked = { book: PLAN, account: account ?? '', from: null, to: host.clock.now() }
  return makeLineEvidence(accountManager, accountManager.vault, asked, savedHead.size).bytes
}

describe('two members that disagree by one fen', () => {
  it('move no money', () => {
    expect(dispute.bookDisputed).toEqual(dispute.bookBefore)
    expect(dispute.bookBefore).toContain('"1001"')
  })

  it('both see why, by name', () => {
    for (const { status, differs, alerts } of dispute.seen) {
      expect({ status, differs }).toEqual({
        status: 'disputed',
        differs: ['outputs.memberEmployee', 'outputs.memberEmployer'],
      })
      expect(alerts).toEqual(['DETERMINATION_DISPUTED'])
    }
    expect(dispute.seen.map(({ member }) => member)).toEqual([PARTS.accountManager, PARTS.trustee])
    expect(dispute.ownerComputes).toEqual(
      expect.arrayContaining([
        { name: 'outputs.memberEmployee', computed: '4253.27', submitted: '4253.28' },
        { name: 'outputs.memberEmployer', computed: '6202.11', submitted: '6202.10' },
      ]),
    )
  })

  it('agree at last, and the money moves', () => {
    const { items } = month.cast.supervisor.ask('funds.listJournals', { book: PLAN }) as {
      items: { kind: string }[]
    }
    expect(items.map(({ kind }) => kind)).toContain('ALLOCATION')
  })
})

describe('threat 31: what each member can read', () => {
  let things: readonly SealedThing[]
  let secrets: readonly SealedValue[]
  let search: ByteSearch
  let sets: ReadonlyMap<string, ReadonlySet<string>>

  it('opened through its node is exactly what the packages publish', async () => {
    things = sealedThings(month.cast.supervisor)
    const read = await readEverything(month.host.members, things)
    sets = read.sets
    expect(sorted(sets)).toEqual(sorted(publishedSets(publishedSections(documents), things)))
    expect([...read.refusals]).toEqual(['GRANT_NOT_YOURS'])
    expect(new Set(things.map(nameOfThing)).size).toBe(10)

    const values = sealedValues([...read.contents.values()].flat())
    secrets = hiddenOf(values)
    search = new ByteSearch(secrets.flatMap(spellingsOf))
    // The demonstration's letters say what the packages' examples say; the employer is named in the genesis.
    const open = values.filter(({ name }) => !secrets.some((secret) => secret.name === name))
    const texts = new Set(['name', 'accountName', 'minutes', 'contractText', 'contractTexts'])
    expect(open.filter(({ field }) => !texts.has(field))).toEqual([])
    expect(open.length).toBeLessThan(6)
    for (const field of ['memberId', 'name', 'wageBase'] as const) {
      const missed = PEOPLE.filter((row) => !values.some(({ value }) => value === row[field]))
      expect(missed).toEqual([])
    }
  })

  it('is the published table of the page, party by party', () => {
    const page = readFileSync(join(root, 'docs/understand/what-is-visible.md'), 'utf8')
    const table = tableOf(page)
    expect(table.size).toBe(10)
    for (const [name, cells] of table) {
      const section = publishedSections(documents).find(
        (one) => `${one.service}/${one.name}` === name,
      )
      const expected = PARTIES.map((party) =>
        party === section?.owner ? 'owner' : section?.readers.includes(party) ? '✓' : '–',
      )
      expect([name, cells]).toEqual([name, expected])
    }
  })

  it('is asked of the contracts the same for all, and nothing of it was sealed', () => {
    expect(Object.keys(QUESTIONS).sort()).toEqual([...createContracts().queries.keys()].sort())
    const existing = everythingThat(month.cast.supervisor)
    const unanswered: string[] = []
    for (const query of Object.keys(QUESTIONS)) {
      const answers = month.host.members.map((member) => askAll(member, query, existing))
      for (const { texts } of answers) {
        for (const text of texts) expect([query, ...search.findIn(utf8(text))]).toEqual([query])
      }
      // The owner and the reader of a read are told more; everything else is one and the same.
      if (query !== 'access.getRelease') {
        expect(
          new Set(answers.map(({ texts }) => toHex(sha256(utf8(texts.join('\n')))))).size,
        ).toBe(1)
      }
      if (answers.every(({ texts }) => texts.length === 0)) unanswered.push(query)
    }
    // Nobody proposed or erased anything in this month, and no supervisor looked.
    const nothingThere = ['access.getErasure', 'governance.getProposal', 'supervision.getWarrant']
    expect(unanswered).toEqual(nothingThere)
  })

  it("is not released to whoever asks under another's read", async () => {
    const { trustee, accountManager, bank, supervisor } = month.cast
    const { items } = supervisor.ask('access.listReads', { owner: accountManager.id }) as {
      items: { read: string; member: string }[]
    }
    const read = items.find(({ member }) => member === trustee.id)?.read ?? ''
    for (const outsider of [bank, supervisor]) {
      const { peers, holderKey } = outsider.reading()
      await expect(peers(accountManager.id).release({ read, holderKey })).rejects.toMatchObject({
        name: 'PeerRefused',
      })
    }
  })

  it('lies in the clear on no disk but in the files of the bank and of its customer', async () => {
    await plantStranger()
    await month.stop()
    const found = search.findBelow(join(data, 'members'))
    const secretOf = new Map(secrets.map((secret) => [secret.name, secret]))
    const places = new Set<string>()
    for (const { file, name } of found) {
      const [member = '', folder = ''] = file.split('/')
      const mayRead = secretOf.get(name)?.fields.some((field) => sets.get(member)?.has(field))
      expect({ file, name, mayRead }).toEqual({ file, name, mayRead: true })
      places.add(`${member}/${folder}`)
    }
    expect([...places].sort()).toEqual(['bnk-0001/bank', 'cus-0001/bank'])
    for (const [customer, member] of EXCHANGES) {
      const names = search
        .findBelow(join(data, 'demonstration-bank', customer))
        .map(({ name }) => name)
      expect(names.length).toBeGreaterThan(0)
      for (const name of names) {
        const fields = secretOf.get(name)?.fields ?? []
        expect([name, fields.some((field) => sets.get(member)?.has(field))]).toEqual([name, true])
      }
    }
  })

  it('is looked for where it would be found: public values, and what is planted', async () => {
    const planted = new ByteSearch(
      spellingsOf({ name: 'stranger', field: 'memberId', value: STRANGER }),
    )
    const bill = new ByteSearch(
      spellingsOf({ name: 'bill', field: 'billTotal', value: '12759.87' }),
    )
    for (const id of Object.values(PARTS)) {
      const ledger = join(data, 'members', id, 'ledger')
      for (const part of ['log', 'state', 'snapshots']) {
        expect([part, bill.findBelow(join(ledger, part)).length > 0]).toEqual([part, true])
      }
      expect(planted.findBelow(join(ledger, 'log')).length).toBe(1)
      expect(planted.findBelow(join(data, 'members', id, 'vault'))).toEqual([])
    }
    const vault = join(scratch, 'vault')
    cpSync(join(data, 'members', PARTS.accountManager, 'vault'), vault, { recursive: true })
    const store = openStoreFile(vault, join(vault, 'vault.mdb'))
    for (const [row, spelling] of PEOPLE.flatMap((person) => [
      utf8(person.name),
      new Uint8Array(Buffer.from(person.memberId, 'utf16le')),
      utf8(Buffer.from(`x${JSON.stringify(person)}`).toString('base64url')),
    ]).entries()) {
      store.table('rows').put([99, row], new Uint8Array(spelling))
    }
    await store.close()
    const values = new Set(
      search.findBelow(vault).map(({ name }) => secrets.find((one) => one.name === name)?.value),
    )
    for (const { memberId, wageBase } of PEOPLE) {
      expect([values.has(memberId), values.has(wageBase)]).toEqual([true, true])
    }
  })
})

/**
 * The values that can be told apart: what stands in genesis or packages anyway is looked for as the member
 * of a JSON object that it would be, and left out if that stands there too.
 */
function hiddenOf(values: readonly SealedValue[]): SealedValue[] {
  const files = [join(data, 'genesis.json'), ...filesBelow(join(data, 'packages'))]
  const known = files.map((path) => readFileSync(path))
  const openOf = (some: readonly SealedValue[]): Set<string> => {
    const search = new ByteSearch(some.flatMap(spellingsOf))
    return new Set(known.flatMap((bytes) => [...search.findIn(bytes)]))
  }
  const open = openOf(values)
  const asMembers = values.map((one) =>
    open.has(one.name) ? { ...one, value: `"${one.field}":"${one.value}"` } : one,
  )
  const stillOpen = openOf(asMembers)
  return asMembers.filter(({ name }) => !stillOpen.has(name))
}

/** A careless act: an ID number where a plan's key belongs. It is refused, and stays in its block. */
async function plantStranger(): Promise<void> {
  const input = { service: 'annuity-plan-year', fields: { planKey: STRANGER, year: 2026 } }
  const outcome = await month.cast.employer.tryAct('cases.openCase', input, { officer: '0101' })
  expect(outcome.included && outcome.code !== 'OK').toBe(true)
}

function sorted(sets: ReadonlyMap<string, ReadonlySet<string>>): [string, string[]][] {
  return [...sets]
    .map(([member, fields]): [string, string[]] => [member, [...fields].sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

const EXCHANGES = [
  ['payers', PARTS.bank],
  ['custody', PARTS.custodian],
] as const

/** Columns of the page's table. */
const PARTIES = [
  'employer',
  'trustee',
  'accountManager',
  'custodian',
  'investmentManagers',
  'bank',
  'supervisor',
]

/** Rows of the page's table by the section that they speak of. */
const PAGE_ROWS: readonly (readonly [beginning: string, section: string])[] = [
  ['payroll rows', 'annuity-contribution/payroll'],
  ['reason of a wrong bill', 'annuity-contribution/reason'],
  ["bank's notice", 'annuity-contribution/bank-notice'],
  ['entries and balances', 'annuity-contribution/entry'],
  ['custody account number', 'annuity-plan/custody-account-number'],
  ['paying account number', 'annuity-plan/paying-account-number'],
  ['list of members', 'annuity-enrolment/members'],
  ['scheme and its minutes', 'annuity-plan/scheme'],
  ['trusteeship contract', 'annuity-plan/trusteeship-contract'],
  ['delegation contracts', 'annuity-plan/delegation-contracts'],
]

function tableOf(page: string): Map<string, string[]> {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  return new Map(
    PAGE_ROWS.map(([beginning, section]) => {
      const row = rows.find((line) => line.startsWith(`| ${beginning}`)) ?? ''
      return [
        section,
        row
          .split('|')
          .slice(2, -1)
          .map((cell) => cell.trim()),
      ]
    }),
  )
}

describe('threat 17: hashes of ID numbers', () => {
  it('of a whole county, and of files and rows, occur nowhere on chain', () => {
    const texts = [...samplePeople(13_149, SAMPLE_SEED)].map(({ memberId }) => memberId)
    const files = ['2026-01-12-people.csv', '2026-01-12-people.xlsx'].map(
      (name) => new Uint8Array(readFileSync(join(root, 'demo/payrolls', name))),
    )
    const rows = PEOPLE.map(({ memberId, name }) => `${memberId}${name}`)
    const guesses = [...texts, ...rows, ...PEOPLE.map(({ name }) => name)].map(utf8)
    const search = new ByteSearch(
      [...guesses, ...files].flatMap((bytes, index) => [
        ...spellingsOfHash(`sha256 ${index}`, sha256(bytes)),
        ...spellingsOfHash(`sm3 ${index}`, sm3(bytes)),
      ]),
    )
    expect(search.count).toBeGreaterThan(100_000)
    const exported = join(data, 'members', PARTS.supervisor, 'ledger')
    expect(search.findBelow(exported)).toEqual([])

    const planted = join(scratch, 'exported')
    cpSync(exported, planted, { recursive: true })
    const [log = ''] = filesBelow(join(planted, 'log'))
    appendFileSync(log, toHex(sm3(utf8(PEOPLE[3]?.memberId ?? ''))))
    expect(search.findBelow(planted)).toHaveLength(1)
  })
})

describe('threat 14: the blocks of the month', () => {
  it.each(replayRunners())('give the same digests elsewhere, with %s', async (node) => {
    const folders = Object.values(PARTS).map((id) => join(data, 'members', id, 'ledger'))
    const [first = '', second = ''] = folders
    const env = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }
    const [here, far] = await Promise.all([
      replayBlocks(first, 'as-it-is', { node, env: { TZ: 'UTC', LC_ALL: 'C' } }),
      replayBlocks(second, 'shuffled', { node, env }),
    ])
    expect(far).toMatchObject({ timeZone: env.TZ, locale: 'tr-TR', fault: null })
    expect(far.hashes).toEqual(here.hashes)
    expect(far.hashes.length).toBeGreaterThan(70)
    // A log is the truth of its member: one and the same bytes on all eight disks.
    const logs = folders.map((folder) => filesBelow(join(folder, 'log')).map(hashOfFile).join())
    expect(new Set(logs.map((hashes) => hashes.length)).size).toBe(1)
  })

  it('would be caught at the block in which a contract read the clock', async () => {
    const folder = join(data, 'members', PARTS.bank, 'ledger')
    const { hashes, fault } = await replayBlocks(folder, 'spoilt')
    expect(hashes).toEqual([])
    expect(fault).toMatchObject({ code: 'STATE_DIVERGED' })
  })
})

function hashOfFile(path: string): string {
  return toHex(sha256(new Uint8Array(readFileSync(path))))
}

describe("a member's statement", () => {
  it('has seven green ticks', () => {
    const { checks } = verifyEvidence(evidence, reader)
    expect(checks.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'green'))
  })

  it('has exactly one red tick, or is none, wherever a byte is changed', () => {
    const outcomes = new Set<string>()
    for (let probe = 0; probe < 60; probe++) {
      const at = Math.floor(((probe + 0.37) * evidence.length) / 60)
      const changed = Uint8Array.from(evidence)
      changed[at] = (changed[at] as number) ^ 1
      const { file, checks } = verifyEvidence(changed, reader)
      const red = checks.filter(({ state }) => state === 'red').map(({ name }) => name)
      expect([at, file === 'not-evidence' ? 1 : red.length]).toEqual([at, 1])
      outcomes.add(red[0] ?? 'not-evidence')
    }
    expect(outcomes.size).toBeGreaterThan(2)
  })
})

describe('docs/understand/one-row.md', () => {
  const steps = stepsOf(readFileSync(join(root, 'docs/understand/one-row.md'), 'utf8'))

  it('begins with the demonstration, and nothing else of it is run by hand', () => {
    expect(steps[0]?.commands).toContain('renshe demo annuity --data "$DATA"')
    expect(steps.slice(1).every(({ printed }) => printed !== '')).toBe(true)
    expect(steps).toHaveLength(7)
  })

  it('prints what it says', () => {
    const env = { DATA: data, LANG: 'en_US.UTF-8', LC_ALL: '' }
    for (const { commands, printed } of steps.slice(1)) {
      const came = runCommands(commands, { folder: root, env })
      expect(withoutChance(came)).toBe(withoutChance(printed))
    }
    expect(existsSync(join(data, 'one-row.renshe.json'))).toBe(true)
  }, 120_000)

  it('says what it expected where a row or a name is wrong', async () => {
    const row = (...words: string[]) => followRowText(['--data', data, ...words])
    await expect(row('--row', '13')).rejects.toThrow('the payroll has rows 1 to 12; came 13')
    await expect(row('--show', 'salary')).rejects.toThrow('--show takes one of: content, record')
    await expect(followRowText(['--row', '1'])).rejects.toThrow('usage')
  })
})
