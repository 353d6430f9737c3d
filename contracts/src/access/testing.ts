/* A consortium with sealed sections, a batch and grants, for tests of access. */
import { canonicalJson, toHex } from '@renshe/crypto'
import { action, type Context, type Contracts } from '@renshe/kernel'
import { leafHash, type MerkleTree, merkleTree } from '@renshe/proof'
import { Type } from 'typebox'
import type { PackageDocument } from '../catalogue/package-document.ts'
import { createContracts } from '../protocol.ts'
import { recordEntry } from '../registers/entries.ts'
import { TestConsortium } from '../testing.ts'
import { type GrantTerms, makeGrant } from './grants.ts'
import { openHandOver } from './hand-overs.ts'
import { registerBatch, registerSections } from './sections.ts'

/** Names the action: it is made with the ports of the whole assembly. */
export const readSections = 'access.readSections'

/** A case that nothing executes. */
export const CASE = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
/** Another one. */
export const OTHER_CASE = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
/** Hash of a catalogue entry that nobody published. */
export const ENTRY = 'e1'.repeat(32)
/** A record of the owner, with the sections `reason` (twice) and `photo`. */
export const RECORD = 'a1'.repeat(16)

/** Hex of 16 bytes that follow from a number. */
export const recordId = (n: number): string => n.toString(16).padStart(32, '0')
/** Hex of 32 bytes that follow from a number. */
export const commitment = (n: number): string => n.toString(16).padStart(64, '0')

/** Leaves of a batch of seven rows. */
export const LEAVES = Array.from({ length: 7 }, (_, n) => ({
  record: recordId(n),
  version: 1,
  sections: [{ name: 'rows', level: 2, commitment: commitment(n) }],
}))
/** Their tree. */
export const TREE: MerkleTree = merkleTree(
  LEAVES.map((leaf) => leafHash('batch', canonicalJson(leaf))),
)
/** Its root and count, as bodies name it. */
export const BATCH = { root: toHex(TREE.root), count: LEAVES.length }

/** Sibling hashes of a row, as a read carries them. */
export function proofOf(index: number) {
  const { sections } = LEAVES[index] as (typeof LEAVES)[number]
  return { index, sections, path: TREE.inclusionPath(index).map(toHex) }
}

/** Terms of a grant to the reader over the sections of the case. */
export const TERMS: GrantTerms = {
  owner: 'owner',
  entry: ENTRY,
  level: 2,
  caseId: CASE,
  holder: { member: 'reader' },
  sections: ['reason', 'rows'],
  purpose: { code: 'CARD', service: 'reading-room' },
  basis: [{ clause: 'library-statute/7' }],
  use: 'VIEW',
}

/** What a test lets its contract do: the functions that cases call. */
export type Doing = (ctx: Context) => unknown
let doing: Doing = () => undefined

const doAction = action({
  name: 'test.do',
  summary: 'Does what the test says, as a case would.',
  input: Type.Object({}),
  run(ctx: Context) {
    const done = doing(ctx)
    return typeof done === 'string' ? done : null
  },
})

function contracts(): Contracts {
  const all = createContracts()
  return { ...all, actions: new Map([...all.actions, [doAction.name, doAction]]) }
}

/** Registers the sections, the entry and the batch that the tests speak of. */
function sealContent(ctx: Context): void {
  const registered = registerSections(ctx, {
    record: RECORD,
    owner: 'owner',
    entry: ENTRY,
    caseId: CASE,
    sections: [
      { name: 'photo', level: 2, commitment: commitment(100) },
      { name: 'reason', level: 2, commitment: commitment(101) },
    ],
  })
  recordEntry(ctx, {
    register: 'reading-card',
    key: '7',
    owner: 'owner',
    fields: {},
    sections: registered,
    caseId: CASE,
  })
  registerBatch(ctx, {
    ...BATCH,
    owner: 'owner',
    entry: ENTRY,
    section: 'rows',
    level: 2,
    caseId: CASE,
  })
}

/** A chain with an owner, a reader and a successor, and the sealed content above. */
export function accessWorld(
  parameters: readonly { readonly name: string; readonly value: number }[] = [],
  packages: readonly PackageDocument[] = [],
) {
  const made = new TestConsortium({
    contracts: contracts(),
    parameters,
    packages,
    members: [
      {
        id: 'owner',
        roles: ['LIB'],
        officers: { '0001': [], '0002': ['window'], '0003': ['window'] },
      },
      { id: 'reader', roles: ['SCH'], officers: { '0417': ['clerk'], '0418': [] } },
      { id: 'successor', roles: ['LIB'] },
    ],
  })
  const { world } = made
  const run = (what: Doing) => {
    doing = what
    return world.run(made.signer('owner'), 'test.do', {})
  }
  const does = (what: Doing): string => {
    const { code, data, fault } = run(what)
    if (code !== 'OK') throw new Error(`${code} ${JSON.stringify(data)}`, { cause: fault })
    return data as string
  }
  does(sealContent)
  return {
    made,
    world,
    run,
    does,
    grant: (terms: Partial<GrantTerms> = {}) =>
      does((ctx) => makeGrant(ctx, { ...TERMS, ...terms })),
    order: (order: Partial<Parameters<typeof openHandOver>[1]>) =>
      does((ctx) => openHandOver(ctx, { caseId: CASE, from: 'owner', to: 'successor', ...order })),
    reader: made.signer('reader', '0417'),
    holderKey: made.holderKey('reader'),
  }
}
