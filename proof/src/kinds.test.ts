/**
 * Goal: every kind of evidence file, under both engines and both suites, is made and verified, and
 * the byte property holds for each.
 * Method: a tiny ledger with a fictional library card makes one file per kind; all must be green; one
 * bit in a sample of bytes is flipped (RENSHE_BITS_PER_BYTE=8: every bit of every byte); parts
 * exchanged between honest files must be caught by the check that reads them.
 */
import {
  type Bytes,
  batchLeaf,
  canonicalJson,
  discloseFields,
  type JsonObject,
  ledgerHash,
  type SectionHeader,
  sectionCommitment,
  sha256,
  toBase64Url,
  toHex,
  u32,
} from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { type EvidenceParts, makeEvidence } from './make-evidence.ts'
import type { Opened } from './opening.ts'
import { type Policy, policyHash } from './policy.ts'
import {
  authority,
  CHAIN,
  cometbftPolicy,
  embeddedPolicy,
  fixed,
  GENESIS,
  keySigner,
  passkeySigner,
  type Signer,
} from './signers.fixture.ts'
import { TinyLedger } from './tiny-ledger.fixture.ts'
import { leafHash, merkleTree } from './tree.ts'
import type { Reader } from './trust.ts'
import { verifyEvidence } from './verify-evidence.ts'

type Made = { readonly bytes: Bytes; readonly reader: Reader }
type Step = Parameters<TinyLedger['addBlock']>[0][number]
type Parts = Omit<
  EvidenceParts,
  'finality' | 'walk' | 'since' | 'status' | 'registry' | 'authorities'
>

const officer = keySigner('p256', 'officer', '0417')
const system = keySigner('sm2', 'system', 'lending 1')
const registrar = keySigner('ed25519', 'system', 'registrar 1')
const reader = passkeySigner('reader-1', null)
const countersigned = passkeySigner('reader-2', system)

/** A section of a row, opened and committed. */
function section(
  record: string,
  name: string,
  content: JsonObject,
  version = 1,
  kind: 'whole' | 'fields' = 'whole',
) {
  const header: SectionHeader = {
    chain: CHAIN,
    entryHash: toHex(fixed('entry')),
    kind,
    level: 2,
    owner: 'library-0001',
    record,
    salt: toHex(fixed(`salt ${record} ${name} ${version}`)),
    section: name,
    suite: 'RS-INTL-1',
    v: 1,
    version,
  }
  const seed = fixed(`seed ${record} ${name} ${version}`)
  const bytes = canonicalJson(content)
  const opening = { header, seed, content: bytes }
  const { commitment } = sectionCommitment(opening)
  return {
    opening,
    shown: { header, seed: toHex(seed), content: toBase64Url(bytes) },
    reference: { name, level: 2, commitment },
    leaf: { record, version, sections: [{ name, level: 2, commitment }] },
  }
}

const recordId = (text: string): string => toHex(fixed(text, 16))

/** Runs blocks on a fresh ledger, closes with a block that carries a snapshot, makes the file. */
function make(
  policy: Policy,
  signers: readonly Signer[],
  used: readonly Signer[],
  run: (ledger: TinyLedger, step: (step: Step) => ReturnType<TinyLedger['addBlock']>) => Parts,
  subject: (parts: Parts) => string,
): Made {
  const ledger = new TinyLedger(policy, signers)
  const parts = run(ledger, (step) => ledger.addBlock([step]))
  const since = ledger.blocks.length - 1
  ledger.addBlock([{ signer: signers[0]!, action: 'ledger.checkpoint', input: {} }])
  const status = ledger.status(subject(parts))
  ledger.addBlock([{ signer: signers[0]!, action: 'cases.decideStep', input: {} }])
  const issued = used.some(({ record }) => record.issuer !== null)
  const registry = [
    ...(issued ? ledger.blocks[0]!.writes : []),
    ...ledger.blocks[1]!.writes.filter(({ key }) => used.some(({ id }) => id === key[0])),
  ]
  const countersigners = used.filter(({ id }) => id === system.id && used.includes(countersigned))
  const authorities = [
    ...(issued ? [authority.der] : []),
    ...countersigners.map(({ certificate }) => certificate),
  ].map((der) => toBase64Url(der))
  const finality = ledger.finality(ledger.blocks.length - 1, policy)
  const bytes = makeEvidence(
    { ...parts, registry, authorities, finality, walk: [], since, status },
    ledger,
  )
  const saved = ledger.header(since)
  return {
    bytes,
    reader: {
      trusted: [
        { chain: CHAIN, genesisHash: toHex(GENESIS), policies: [toHex(policyHash(policy))] },
      ],
      savedHeads: [{ chain: CHAIN, size: since, root: saved.log }],
    },
  }
}

/** A step with everything that can be opened: a row, an outcome, a section, one field of another. */
function stepFile(policy: Policy, signer: Signer, used: readonly Signer[] = [signer]): Made {
  const rows = ['a', 'b', 'c'].map((row) => section(recordId(row), 'row', { fine: `${row}.50` }))
  const batch = merkleTree(rows.map(({ leaf }) => leafHash('batch', batchLeaf(leaf))))
  const reasons = section(recordId('b'), 'reason', { why: 'late' })
  const outcomeLeaves = rows.map(({ leaf: { record } }, i) => ({
    record,
    code: i === 1 ? 'LATE' : 'OK',
    commitment: i === 1 ? reasons.reference.commitment : null,
  }))
  const outcomes = merkleTree(outcomeLeaves.map((leaf) => leafHash('outcome', canonicalJson(leaf))))
  const note = section(
    recordId('note'),
    'note',
    { name: '𠮷野家 﨑', tags: ['x', 'y'] },
    1,
    'fields',
  )
  const card = section(recordId('card'), 'card', { number: '417' })
  const hexPath = (path: readonly Bytes[]): string[] => path.map(toHex)
  const opened: Opened[] = [
    {
      of: 'acts/0',
      tree: 'batch',
      index: 2,
      leaf: rows[2]!.leaf,
      path: hexPath(batch.inclusionPath(2)),
      sections: [rows[2]!.shown],
    },
    {
      of: 'acts/0',
      tree: 'outcome',
      index: 1,
      leaf: outcomeLeaves[1]!,
      path: hexPath(outcomes.inclusionPath(1)),
      sections: [reasons.shown],
    },
    {
      of: 'acts/0',
      tree: 'section',
      index: 0,
      leaf: card.reference,
      path: [],
      sections: [card.shown],
    },
    {
      of: 'acts/0',
      tree: 'section',
      index: 1,
      leaf: note.reference,
      path: [],
      sections: [discloseFields(note.opening, ['name'])],
    },
  ]
  const input: JsonObject = {
    batch: { root: toHex(batch.root), count: 3, totals: { fines: '3.00' } },
    outcomes: { root: toHex(outcomes.root), count: 3 },
    sections: [card.reference, note.reference],
  }
  return make(
    policy,
    [...new Set([officer, ...used])],
    used,
    (_, step) => {
      const { acts } = step({ signer, action: 'cases.decideStep', input })
      return { kind: 'step', acts, opened, records: [] }
    },
    ({ acts }) => acts[0]!.txId,
  )
}

const part = (units: string, cost: string) => ({
  chart: '3003',
  part: 'saver',
  cost,
  taxedCost: '0.00',
  units,
})

/** Three journals of a savings account; `hasFrom`: the statement begins with a balance. */
function lineFile(policy: Policy, hasFrom: boolean): Made {
  const account = recordId('account')
  const sums = ['10.0000', '15.5000', '12.2500']
  const costs = ['100.00', '160.00', '120.00']
  const lines = [part('10.0000', '100.00'), part('5.5000', '60.00'), part('-3.2500', '-40.00')]
  const other = section(recordId('other'), 'balance', { something: 'else' }).leaf
  const entries = lines.map((line, i) =>
    section(
      account,
      'entry',
      { account, version: i + 1, journal: `J${i}`, lines: [{ ...line, residue: '0.00000000' }] },
      i + 1,
    ),
  )
  const balances = sums.map((units, i) =>
    section(
      account,
      'balance',
      {
        account,
        version: i + 1,
        parts: [part(units, costs[i]!)],
        cost: costs[i]!,
        units,
        lastEntry: `J${i}`,
      },
      i + 1,
    ),
  )
  const entryTrees = entries.map(({ leaf }) => merkleTree([leafHash('entry', batchLeaf(leaf))]))
  const balanceTrees = balances.map(({ leaf }) =>
    merkleTree([leaf, other].map((row) => leafHash('balance', batchLeaf(row)))),
  )
  const journal = (i: number): JsonObject => ({
    v: 1,
    kind: 'deposit',
    subledger: {
      entries: { root: toHex(entryTrees[i]!.root), count: 1 },
      balances: { root: toHex(balanceTrees[i]!.root), count: 2 },
    },
  })
  const first = hasFrom ? 0 : 1
  const at = (tree: 'entry' | 'balance', i: number): Opened => ({
    of: `records/${hasFrom ? i : i}`,
    tree,
    index: 0,
    leaf: (tree === 'entry' ? entries : balances)[i]!.leaf,
    path: (tree === 'entry' ? entryTrees : balanceTrees)[i]!.inclusionPath(0).map(toHex),
    sections: [(tree === 'entry' ? entries : balances)[i]!.shown],
  })
  const opened = [
    ...(first === 0 ? [at('balance', 0)] : [at('entry', 0)]),
    at('entry', 1),
    at('entry', 2),
    at('balance', 2),
  ]
  return make(
    policy,
    [officer, registrar],
    [registrar],
    (_, step) => {
      const blocks = [0, 1, 2].map((i) =>
        step({
          signer: registrar,
          action: 'funds.postJournal',
          input: {},
          writes: [{ collection: 'funds/journal', key: [`J${i}`], value: journal(i) }],
        }),
      )
      const records = blocks.flatMap(({ writes }) => writes)
      return { kind: 'line', acts: blocks[2]!.acts, opened, records }
    },
    () => 'J2',
  )
}

function ruleFile(policy: Policy): Made {
  const document = canonicalJson({ v: 1, kind: 'library', name: 'fines', text: '逾期罚款' })
  const hash = toHex(ledgerHash('package', document))
  return make(
    policy,
    [officer],
    [officer],
    (_, step) => {
      const { acts, writes } = step({
        signer: officer,
        action: 'governance.enactProposal',
        input: {},
        writes: [{ collection: 'catalogue/publication', key: ['fines', 1], value: { v: 1, hash } }],
      })
      const content = toBase64Url(document)
      const opened: Opened[] = [
        {
          of: 'records/0',
          tree: 'document',
          index: 0,
          leaf: null,
          path: [],
          sections: [{ content }],
        },
      ]
      return { kind: 'rule', acts, opened, records: writes }
    },
    () => hash,
  )
}

function readFile(policy: Policy): Made {
  return make(
    policy,
    [officer, registrar],
    [officer, registrar],
    (_, step) => {
      const read = step({ signer: officer, action: 'access.readSections', input: { grant: 'G1' } })
      const confirmed = step({ signer: registrar, action: 'access.confirmReads', input: {} })
      return { kind: 'read', acts: [...read.acts, ...confirmed.acts], opened: [], records: [] }
    },
    ({ acts }) => acts[0]!.txId,
  )
}

function credentialFile(policy: Policy): Made {
  const paper = section(recordId('paper'), 'issued', { type: 'card', valid: true })
  return make(
    policy,
    [officer],
    [officer],
    (_, step) => {
      const { acts, writes } = step({
        signer: officer,
        action: 'credentials.issue',
        input: {},
        writes: [
          {
            collection: 'credentials/paper',
            key: ['P1'],
            value: { v: 1, sections: [paper.reference] },
          },
        ],
      })
      const opened: Opened[] = [
        {
          of: 'records/0',
          tree: 'section',
          index: 0,
          leaf: paper.reference,
          path: [],
          sections: [paper.shown],
        },
      ]
      return { kind: 'credential', acts, opened, records: writes }
    },
    () => 'P1',
  )
}

function erasureFile(policy: Policy): Made {
  return make(
    policy,
    [officer, registrar],
    [officer, registrar],
    (_, step) => {
      const erased = step({
        signer: officer,
        action: 'access.eraseSections',
        input: {},
        writes: [
          { collection: 'access/tombstone', key: [recordId('a')], value: { v: 1 } },
          { collection: 'access/pending', key: [recordId('a'), 3], value: null },
        ],
      })
      const confirmed = step({ signer: registrar, action: 'access.confirmErasure', input: {} })
      return {
        kind: 'erasure',
        acts: [...erased.acts, ...confirmed.acts],
        opened: [],
        records: erased.writes,
      }
    },
    ({ acts }) => acts[0]!.txId,
  )
}

const international = embeddedPolicy('RS-INTL-1')
const guomi = embeddedPolicy('RS-GM-1')
const engine = cometbftPolicy()
const files: readonly (readonly [string, Made])[] = [
  ['step, embedded, P-256', stepFile(international, officer)],
  ['step, embedded 国密, SM2', stepFile(guomi, system)],
  ['step, cometbft, passkey', stepFile(engine, reader)],
  [
    'step, 国密, passkey with SM2 beside it',
    stepFile(guomi, countersigned, [countersigned, system]),
  ],
  ['line, embedded', lineFile(international, true)],
  ['line from the first entry on, cometbft', lineFile(engine, false)],
  ['rule, cometbft', ruleFile(engine)],
  ['read, embedded', readFile(international)],
  ['credential, embedded', credentialFile(international)],
  ['erasure, cometbft', erasureFile(engine)],
]

describe('every kind of evidence file', () => {
  it.each(files)('%s: seven green', (_, { bytes, reader: known }) => {
    const { checks } = verifyEvidence(bytes, known)
    expect(checks.map(({ name, state, reason }) => [name, state, reason.code])).toEqual(
      checks.map(({ name, reason }) => [name, 'green', reason.code]),
    )
    expect(checks).toHaveLength(7)
  })

  it.each(files)(
    '%s: one changed bit, one red check or no file',
    (_, { bytes, reader: known }) => {
      const bits = Number(process.env.RENSHE_BITS_PER_BYTE ?? 0)
      const seed = Date.now() % 2 ** 32
      const wrong: string[] = []
      // Without the setting: one bit in every sixteenth byte, others each time the tests run.
      const stride = bits === 0 ? 16 : 1
      for (let at = seed % stride; at < bytes.length; at += stride) {
        const first = sha256(u32(seed), u32(at))[0]! % 8
        for (let bit = first; bit < first + Math.max(bits, 1); bit++) {
          const changed = Uint8Array.from(bytes)
          changed[at]! ^= 1 << (bit % 8)
          const { file, checks } = verifyEvidence(changed, known)
          const red = checks.filter(({ state }) => state === 'red').length
          if (file === 'ok' && red !== 1) wrong.push(`byte ${at} bit ${bit % 8}`)
        }
      }
      expect({ seed, wrong }).toEqual({ seed, wrong: [] })
    },
    600_000,
  )
})

describe('a status', () => {
  it('uses the newest snapshot in the file: two may hold the same state', () => {
    const ledger = new TinyLedger(international, [officer])
    const step = { signer: officer, action: 'cases.decideStep', input: {} }
    const { acts } = ledger.addBlock([step])
    for (let i = 0; i < 2; i++) ledger.addBlock([{ ...step, action: 'ledger.checkpoint' }])
    const newest = ledger.status(acts[0]!.txId)
    ledger.addBlock([step])
    const parts = {
      kind: 'step' as const,
      acts: [...acts],
      opened: [],
      records: [],
      registry: [...ledger.blocks[0]!.writes, ...ledger.blocks[1]!.writes],
      authorities: [toBase64Url(authority.der)],
      finality: ledger.finality(ledger.blocks.length - 1),
      walk: [],
      since: null,
    }
    const reader = { trusted: [{ chain: CHAIN, policies: [international] }] }
    const statusOf = (carrier: number): unknown =>
      verifyEvidence(makeEvidence({ ...parts, status: { ...newest, carrier } }, ledger), reader)
        .checks[6]
    expect(statusOf(newest.carrier)).toMatchObject({ state: 'green' })
    // Now the tip itself carries a snapshot, so the one before it is no longer the newest.
    const own = ledger.addBlock([{ ...step, action: 'ledger.checkpoint' }]).acts
    const finality = ledger.finality(ledger.blocks.length - 1)
    const older = { ...parts, acts: [...own], finality, status: newest }
    expect(() => makeEvidence(older, ledger)).toThrow('newest snapshot')
  })
})
