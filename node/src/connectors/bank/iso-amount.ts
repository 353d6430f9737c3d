import { refuseBankFile } from './bank-file-refusals.ts'
import type { IsoAmount } from './element-table.ts'

/**
 * An amount of a bank file in fen.
 *
 * @param path  where it stood, for the refusal
 * @throws BankFileRefused  CURRENCY_NOT_CNY, AMOUNT_NOT_IN_FEN (more than two places that are not
 *                          zero)
 */
export function fenOfAmount({ currency, amount }: IsoAmount, path: string): bigint {
  if (currency !== 'CNY') refuseBankFile({ code: 'CURRENCY_NOT_CNY', path })
  const fen = fenOfDecimal(amount)
  return fen ?? refuseBankFile({ code: 'AMOUNT_NOT_IN_FEN', path })
}

/** A decimal text in fen, or undefined if it is not a whole number of fen. */
export function fenOfDecimal(decimal: string): bigint | undefined {
  const parts = /^(-?)([0-9]{1,18})(?:\.([0-9]{0,17}))?$/.exec(decimal)
  if (parts === null) return undefined
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  if (fraction.length > 2) return undefined
  const fen = BigInt(parts[2] ?? '0') * 100n + BigInt(fraction.padEnd(2, '0'))
  return parts[1] === '-' ? -fen : fen
}

/** Fen as a decimal text with two places. */
export function decimalOfFen(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Fen as an amount of a bank file; never negative there: the direction is told beside it. */
export function amountOfFen(fen: bigint): IsoAmount {
  if (fen < 0n) throw new RangeError('an amount of a bank file is not negative')
  return { currency: 'CNY', amount: decimalOfFen(fen) }
}
