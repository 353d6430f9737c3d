/**
 * A stable merge sort: the order must not depend on how an engine sorts, nor on a comparison that
 * contradicts itself.
 */
export function sortStable<T>(items: readonly T[], isBefore: (left: T, right: T) => boolean): T[] {
  let runs: T[][] = items.map((item) => [item])
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const right = runs[at + 1]
      const left = runs[at] as T[]
      merged.push(right === undefined ? left : merge(left, right, isBefore))
    }
    runs = merged
  }
  return runs[0] ?? []
}

function merge<T>(
  left: readonly T[],
  right: readonly T[],
  isBefore: (left: T, right: T) => boolean,
): T[] {
  const merged: T[] = []
  let a = 0
  let b = 0
  while (a < left.length && b < right.length) {
    const fromRight = right[b] as T
    const fromLeft = left[a] as T
    // The right item goes first only when it must: equal items keep their order.
    if (isBefore(fromRight, fromLeft)) {
      merged.push(fromRight)
      b += 1
    } else {
      merged.push(fromLeft)
      a += 1
    }
  }
  return [...merged, ...left.slice(a), ...right.slice(b)]
}
