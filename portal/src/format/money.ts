/* Amounts as people read them: exact texts in, exact texts out; nothing passes through a double. */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Groups the digits of an exact decimal; a minus is U+2212.
 *
 * @param text    exact decimal, for example `808937.36`
 * @param places  at least so many decimal places; zeros are added, nothing is rounded
 * @throws RangeError if it is no decimal
 */
export function grouped(text: string, places = 0): string {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === '') throw new RangeError(`not a decimal: ${text}`)
  const shown = fraction.padEnd(places, '0')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign === '-' ? '−' : ''}${digits}${shown === '' ? '' : `.${shown}`}`
}

/** Yuan with two places. */
export function yuan(text: string): string {
  return grouped(text, 2)
}

/** Yuan of an amount in fen. */
export function yuanOfFen(fen: string): string {
  const isNegative = fen.startsWith('-')
  const digits = (isNegative ? fen.slice(1) : fen).padStart(3, '0')
  return yuan(`${isNegative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`)
}

/** A rate as a percentage, exact: `0.0800` is `8%`. */
export function percent(rate: string): string {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(rate) ?? []
  if (whole === '') throw new RangeError(`not a decimal: ${rate}`)
  const digits = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(2).replace(/0+$/, '')
  return `${sign === '-' ? '−' : ''}${digits}${rest === '' ? '' : `.${rest}`}%`
}
