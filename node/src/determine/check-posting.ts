/* The member that agrees recomputes a posting's trees from the openings that the owner shows. */
import {
  type AccountEntry,
  type AppliedLines,
  balanceContent,
  entryContent,
  type Scale,
  type SealedLeaf,
  type SubledgerTree,
  subledgerTree,
} from '@renshe/contracts'
import { type Bytes, equalBytes, type Json, parseCanonicalJson } from '@renshe/crypto'
import type { Opening, SubledgerPage } from '../peer.ts'
import { checkOpening, type ExpectedHeader } from '../prepare/check-openings.ts'
import { SigningRefused } from '../prepare/signing-refused.ts'
import type { SectionTerms } from '../vault/seal.ts'

/** Where the owner's posting is not what this member computed; for people, never for the chain. */
export interface PostingDifference {
  readonly tree: 'entry' | 'balance'
  /** Account, or null where the posting as a whole is meant. */
  readonly account: string | null
  /** Member of the content, for example `lines/0/units`, or `root`, `count`, `header.owner`. */
  readonly place: string
  readonly computed: Json
  readonly shown: Json
}

/** What the trees are recomputed from. */
export interface PostingToCheck {
  readonly chain: string
  readonly owner: string
  readonly suite: string
  readonly entry: SectionTerms
  readonly balance: SectionTerms
  readonly scale: Scale
  /** What this member computed. */
  readonly applied: AppliedLines
  readonly before: SubledgerTree
  /** What the owner says the heads are. */
  readonly entries: { readonly root: string; readonly count: number }
  readonly balances: { readonly root: string; readonly count: number }
}

/**
 * Compares every opening with the content this member computed and rebuilds both trees.
 *
 * @returns the first difference, or null: then the roots may be signed
 */
export async function findPostingDifference(
  posting: PostingToCheck,
  pages: AsyncIterable<SubledgerPage>,
): Promise<PostingDifference | null> {
  const { applied, before } = posting
  const expected = applied.entries.length
  const leaves = { entry: [] as SealedLeaf[], balance: [] as SealedLeaf[] }
  for await (const { tree, openings } of pages) {
    for (const opening of openings) {
      const entry = applied.entries[leaves[tree].length]
      if (entry === undefined) return whole(tree, 'count', expected, null)
      const checked = checkOne(posting, tree, entry, opening)
      if ('place' in checked) return checked
      leaves[tree].push(checked)
    }
  }
  for (const tree of ['entry', 'balance'] as const) {
    const count = leaves[tree].length
    if (count !== expected) return whole(tree, 'count', expected, count)
  }
  const entries = subledgerTree('entry', leaves.entry).head
  const balances = before.with(leaves.balance).head
  if (entries.root !== posting.entries.root || entries.count !== posting.entries.count) {
    return whole('entry', 'root', entries.root, posting.entries.root)
  }
  if (balances.root !== posting.balances.root || balances.count !== posting.balances.count) {
    return whole('balance', 'root', balances.root, posting.balances.root)
  }
  return null
}

function whole(
  tree: 'entry' | 'balance',
  place: string,
  computed: Json,
  shown: Json,
): PostingDifference {
  return { tree, account: null, place, computed, shown }
}

function checkOne(
  posting: PostingToCheck,
  tree: 'entry' | 'balance',
  entry: AccountEntry,
  opening: Opening,
): SealedLeaf | PostingDifference {
  const { account } = entry
  const { content, version } = computedContent(posting, tree, entry)
  if (!equalBytes(opening.content, content)) {
    return { tree, account, ...differingMember(content, opening.content) }
  }
  const section = tree === 'entry' ? posting.entry : posting.balance
  const { chain, owner, suite } = posting
  const header: ExpectedHeader = { chain, owner, suite, section, version }
  try {
    const commitment = checkOpening(header, opening, content, tree, account)
    return { account, version, commitment, level: section.level }
  } catch (error) {
    if (!(error instanceof SigningRefused)) throw error
    const { place, expected: computed, came: shown } = error
    return { tree, account, place, computed, shown }
  }
}

function computedContent(
  { applied, scale }: PostingToCheck,
  tree: 'entry' | 'balance',
  entry: AccountEntry,
): { readonly content: Bytes; readonly version: number } {
  if (tree === 'entry') return { content: entryContent(entry, scale), version: entry.version }
  const balance = applied.balances.get(entry.account)
  if (balance === undefined) throw new RangeError('a touched account without balance')
  return { content: balanceContent(balance, scale), version: balance.version }
}

function differingMember(
  computed: Bytes,
  shown: Bytes,
): Pick<PostingDifference, 'place' | 'computed' | 'shown'> {
  try {
    return firstDifference('', parseCanonicalJson(computed), parseCanonicalJson(shown))
  } catch {
    return { place: 'content', computed: null, shown: null }
  }
}

function firstDifference(
  place: string,
  computed: Json,
  shown: Json,
): Pick<PostingDifference, 'place' | 'computed' | 'shown'> {
  if (isComposite(computed) && isComposite(shown)) {
    for (const name of new Set([...Object.keys(computed), ...Object.keys(shown)])) {
      const left = (computed as Record<string, Json>)[name] ?? null
      const right = (shown as Record<string, Json>)[name] ?? null
      if (JSON.stringify(left) === JSON.stringify(right)) continue
      return firstDifference(place === '' ? name : `${place}/${name}`, left, right)
    }
  }
  return { place, computed, shown }
}

function isComposite(json: Json): json is Exclude<Json, null | boolean | number | string> {
  return typeof json === 'object' && json !== null
}
