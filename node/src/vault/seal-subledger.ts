/* A journal's entries and balances, sealed as rows of two trees under the roots that the journal commits. */
import {
  type AppliedLines,
  balanceContent,
  EMPTY_TREE,
  entryContent,
  type Scale,
  type SealedLeaf,
  type SubledgerTree,
  subledgerTree,
} from '@renshe/contracts'
import { PAGE_ROWS } from '../peer.ts'
import {
  type BatchTerms,
  beginBatch,
  type RowToSeal,
  type SealPurpose,
  type SectionTerms,
} from './seal.ts'
import type { StoredLeaf } from './sealing.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

/** What a posting's trees are sealed from. */
export interface PostingToSeal extends SealPurpose {
  readonly entry: SectionTerms
  readonly balance: SectionTerms
  readonly scale: Scale
  readonly applied: AppliedLines
  /** Root of the balances before, sealed by this vault. */
  readonly previous: string
}

/** Roots and counts of both trees. */
export interface SealedPosting {
  readonly entries: SubledgerTree['head']
  readonly balances: SubledgerTree['head']
}

/**
 * Seals what a posting changes: every entry, and the balances of the accounts it touches. The other
 * accounts keep the leaves that earlier postings made.
 *
 * @throws RangeError if this vault did not seal the balances before
 */
export async function sealPosting(vault: Vault, posting: PostingToSeal): Promise<SealedPosting> {
  const { applied, scale, previous } = posting
  const before = balanceTreeOf(vault, previous, posting.balance.level)
  if (before === undefined) throw new RangeError('the balances before were sealed elsewhere')
  if (applied.entries.length === 0) return { entries: EMPTY_TREE, balances: before.head }
  const entries = applied.entries.map((entry) => ({
    record: entry.account,
    version: entry.version,
    content: entryContent(entry, scale),
  }))
  const sealedEntries = await sealRows(vault, posting, 'entry', posting.entry, entries)
  const touched = applied.entries.map(({ account }) => {
    const balance = applied.balances.get(account)
    if (balance === undefined) throw new RangeError(`no balance of a touched account`)
    return {
      record: account,
      version: balance.version,
      content: balanceContent(balance, scale),
    }
  })
  const sealedBalances = await sealRows(vault, posting, 'balance', posting.balance, touched, before)
  return { entries: sealedEntries, balances: sealedBalances }
}

async function sealRows(
  vault: Vault,
  { case: caseId, step, expiresAt, previous }: PostingToSeal,
  kind: 'entry' | 'balance',
  section: SectionTerms,
  rows: readonly RowToSeal[],
  before?: SubledgerTree,
): Promise<SubledgerTree['head']> {
  const terms: BatchTerms = { case: caseId, step, expiresAt, kind, section }
  const sealer = beginBatch(vault, terms)
  for (let from = 0; from < rows.length; from += PAGE_ROWS) {
    sealer.add(rows.slice(from, from + PAGE_ROWS))
  }
  const leaves = sealer.leaves.map((leaf) => sealedLeaf(leaf, section.level))
  const { head } = before === undefined ? subledgerTree(kind, leaves) : before.with(leaves)
  const grewFrom = before === undefined || previous === EMPTY_TREE.root ? null : previous
  await sealer.finish({ ...head, previous: grewFrom })
  return head
}

function sealedLeaf({ record, version, commitment }: StoredLeaf, level: number): SealedLeaf {
  return { account: record, version, commitment, level }
}

/** The tree of balances under a root, from this vault; undefined if it was sealed elsewhere. */
export function balanceTreeOf(
  vault: Vault,
  root: string,
  level: number,
): SubledgerTree | undefined {
  const places = placesOfRoot(vault, root)
  if (places === undefined) return undefined
  return subledgerTree(
    'balance',
    places.map(({ leaf }) => sealedLeaf(leaf, level)),
  )
}
