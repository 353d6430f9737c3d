/*
 * Texts that another one could be taken for. Ranges of code points, because tables of normal forms differ by
 * version.
 */
import type { Json, JsonObject } from '@renshe/crypto'

/** A text that another one could be taken for: the sign dialog shows its code points. */
export interface UnusualText {
  readonly text: string
  /** For example `U+20BB7 U+91CE`. */
  readonly codePoints: string
}

/** First and last: combining marks, single letters, what is invisible, compatibility characters, other planes. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0x1100, 0x11ff],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0x20d0, 0x20ff],
  [0x2126, 0x212b],
  [0x3099, 0x309a],
  [0xe000, 0xfaff],
  [0xfb00, 0xfb4f],
  [0xfe00, 0xfe2f],
  [0xfeff, 0xfeff],
  [0x10000, 0x10ffff],
]

/** Every such text among the values, each once. */
export function unusualTexts(all: readonly JsonObject[]): UnusualText[] {
  const found = new Map<string, UnusualText>()
  const visit = (json: Json): void => {
    if (typeof json === 'string') {
      if (isUnusual(json)) found.set(json, { text: json, codePoints: codePointsOf(json) })
    } else if (json !== null && typeof json === 'object') {
      for (const part of Object.values(json)) visit(part)
    }
  }
  for (const values of all) visit(values)
  return [...found.values()]
}

function isUnusual(text: string): boolean {
  return [...text].some((character) => {
    const point = character.codePointAt(0) as number
    return RANGES.some(([first, last]) => first <= point && point <= last)
  })
}

const HEX = '0123456789ABCDEF'

function codePointsOf(text: string): string {
  return Array.from(text, (character) => {
    let rest = character.codePointAt(0) as number
    let spelled = ''
    for (; rest > 0 || spelled.length < 4; rest = (rest - (rest % 16)) / 16) {
      spelled = HEX[rest % 16] + spelled
    }
    return `U+${spelled}`
  }).join(' ')
}
