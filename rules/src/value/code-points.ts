/** How many code points (not UTF-16 units) a text has. */
export function countCodePoints(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at += 1) {
    if (isPair(text, at)) {
      count -= 1
      at += 1
    }
  }
  return count
}

/** Whether a whole surrogate pair stands at that unit. */
function isPair(text: string, at: number): boolean {
  const first = text.charCodeAt(at)
  if (first < 0xd800 || first > 0xdbff) return false
  const second = text.charCodeAt(at + 1)
  return second >= 0xdc00 && second <= 0xdfff
}

/**
 * Index of the unit where the code point number `skip` (from 0) begins; the length when there are
 * fewer.
 */
export function unitOfCodePoint(text: string, skip: number): number {
  let at = 0
  for (let left = skip; left > 0 && at < text.length; left -= 1) at += isPair(text, at) ? 2 : 1
  return at
}

/** A text as its code points. */
export function toCodePoints(text: string): number[] {
  const points: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) as number
    points.push(point)
    if (point > 0xffff) at += 1
  }
  return points
}

/** Whether every surrogate has its partner. */
export function isWellFormedText(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 0xd800 || unit > 0xdfff) continue
    if (!isPair(text, at)) return false
    at += 1
  }
  return true
}
