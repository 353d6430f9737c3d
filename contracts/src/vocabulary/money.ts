import { isDigitCode } from './spelling.ts'

/**
 * An amount of money in fen, 1 yuan = 100 fen. Only code holds it; every JSON, package and FEEL
 * text has the yuan text of {@link yuanFromFen}.
 */
export type Fen = bigint

const MOST_DIGITS = 15

/**
 * Whether the text is money: yuan with exactly two places, `-?(0|[1-9][0-9]{0,14})\.[0-9]{2}`, and
 * not `-0.00`.
 *
 * @source ledger-bytes.md section 2
 */
export function isMoney(text: string): boolean {
  const isNegative = text.startsWith('-')
  const start = isNegative ? 1 : 0
  const point = text.length - 3
  if (point < start + 1 || point - start > MOST_DIGITS || text[point] !== '.') return false
  if (text[start] === '0' && point > start + 1) return false
  for (let at = start; at < text.length; at++) {
    if (at !== point && !isDigitCode(text.charCodeAt(at))) return false
  }
  return !(isNegative && text === '-0.00')
}

/**
 * Reads yuan text.
 *
 * @throws RangeError for text that is not {@link isMoney}: input is checked where it enters
 */
export function fenFromYuan(text: string): Fen {
  if (!isMoney(text)) throw new RangeError('money is yuan text with exactly two places')
  return BigInt(text.slice(0, -3) + text.slice(-2))
}

/**
 * Writes yuan text, exactly two places.
 *
 * @throws RangeError beyond ±999,999,999,999,999.99 yuan
 */
export function yuanFromFen(fen: Fen): string {
  const size = fen < 0n ? -fen : fen
  const digits = size.toString().padStart(3, '0')
  if (digits.length > MOST_DIGITS + 2) throw new RangeError('money has at most 15 digits of yuan')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
