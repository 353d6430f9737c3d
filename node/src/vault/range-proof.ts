/*
 * Proof that a run of leaves lies at its place in a tree of RFC 6962: the hashes of the subtrees that
 * the run does not touch, left to right. One proof serves up to 10,000 rows of a read, where a path for
 * each row would be larger than the rows.
 */
import { type Bytes, equalBytes } from '@renshe/crypto'
import { nodeHash, treeRoot } from '@renshe/proof'

/** Where a run of leaves lies. */
export interface LeafRange {
  readonly from: number
  readonly count: number
  /** Leaves of the whole tree; from a committed place. */
  readonly size: number
}

/** Largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/**
 * Makes the proof.
 *
 * @param leaves  leaf hashes of the whole tree
 * @throws RangeError for a run that is empty or not inside the tree
 */
export function rangeProof(leaves: readonly Bytes[], from: number, count: number): Bytes[] {
  refuseOutside({ from, count, size: leaves.length })
  const proof: Bytes[] = []
  const walk = (start: number, end: number): void => {
    if (start >= from + count || end <= from) proof.push(treeRoot(leaves.slice(start, end)))
    else if (start < from || end > from + count) {
      const middle = start + splitOf(end - start)
      walk(start, middle)
      walk(middle, end)
    }
  }
  walk(0, leaves.length)
  return proof
}

/**
 * Whether the run leads to the root.
 *
 * @param leaves  leaf hashes of the run, `range.count` of them
 */
export function verifyRange(
  leaves: readonly Bytes[],
  range: LeafRange,
  proof: readonly Bytes[],
  root: Bytes,
): boolean {
  const { from, count, size } = range
  if (leaves.length !== count || !isInside(range)) return false
  let used = 0
  const walk = (start: number, end: number): Bytes | undefined => {
    if (start >= from + count || end <= from) return proof[used++]
    if (start >= from && end <= from + count) {
      return treeRoot(leaves.slice(start - from, end - from))
    }
    const middle = start + splitOf(end - start)
    const left = walk(start, middle)
    const right = walk(middle, end)
    return left === undefined || right === undefined ? undefined : nodeHash(left, right)
  }
  const made = walk(0, size)
  return made !== undefined && used === proof.length && equalBytes(made, root)
}

/**
 * Paths of single leaves of a run, leaf to root, from the proof of the whole run: what {@link verifyRange}
 * accepts, for readers that verify row by row.
 */
export function pathsInRange(
  leaves: readonly Bytes[],
  { from, count, size }: LeafRange,
  proof: readonly Bytes[],
): Bytes[][] {
  const paths = leaves.map((): Bytes[] => [])
  let used = 0
  const walk = (start: number, end: number): Bytes => {
    const isOutside = start >= from + count || end <= from
    const known = isOutside ? proof[used++] : end - start === 1 ? leaves[start - from] : undefined
    if (known !== undefined) return known
    if (end - start <= 1) throw new RangeError('a proof of this run')
    const middle = start + splitOf(end - start)
    const left = walk(start, middle)
    const right = walk(middle, end)
    for (let at = Math.max(start, from); at < Math.min(end, from + count); at++) {
      paths[at - from]?.push(at < middle ? right : left)
    }
    return nodeHash(left, right)
  }
  walk(0, size)
  return paths
}

function isInside({ from, count, size }: LeafRange): boolean {
  return from >= 0 && count >= 1 && from + count <= size
}

function refuseOutside(range: LeafRange): void {
  if (!isInside(range)) throw new RangeError('a run of leaves inside the tree')
}
