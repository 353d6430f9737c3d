/**
 * The decimal text of a number as a spreadsheet stored it.
 *
 * A spreadsheet computes in binary doubles and often writes 17 digits (4016.1799999999998 for
 * 4016.18). The shortest decimal that is read
 * back as the same double is what was typed; where somebody computed (0.1 + 0.2) it shows all
 * places and is refused later.
 *
 * @returns plain digits without exponent, or undefined if the text is not a finite number
 */
export function decimalOfStored(stored: string): string | undefined {
  if (!/^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?$/.test(stored)) return undefined
  const number = Number(stored)
  return Number.isFinite(number) ? withoutExponent(String(number)) : undefined
}

/**
 * The day that a spreadsheet's number means, YYYY-MM-DD; with `T` and the fraction of the day when
 * there is one.
 *
 * @param isDate1904  days are counted from 1904-01-01 instead of 1900-01-01
 * @returns           undefined outside 1900-01-01 … 9999-12-31, and for 60 in the 1900 system: it
 * is 1900-02-29, which never was
 * @source ECMA-376 Part 1 section 18.17.4.1
 */
export function dayOfSerial(decimal: string, isDate1904: boolean): string | undefined {
  const [whole = '', fraction] = decimal.split('.')
  const serial = Number(whole)
  if (!/^[0-9]{1,7}$/.test(whole) || (!isDate1904 && (serial === 60 || serial === 0)))
    return undefined
  const epochDay = isDate1904 ? DAYS_1904 : serial > 60 ? DAYS_1900_AFTER_LEAP : DAYS_1900
  const instant = new Date((epochDay + serial) * MS_PER_DAY)
  if (instant.getUTCFullYear() > 9999) return undefined
  const day = instant.toISOString().slice(0, 10)
  return fraction === undefined ? day : `${day}T0.${fraction}`
}

/**
 * The serial number that shows as this day in the 1900 system; the day must exist and be 1900-03-01
 * or later.
 */
export function serialOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY - DAYS_1900_AFTER_LEAP
}

const MS_PER_DAY = 86_400_000
const DAYS_1900 = Date.UTC(1899, 11, 31) / MS_PER_DAY
const DAYS_1900_AFTER_LEAP = Date.UTC(1899, 11, 30) / MS_PER_DAY
const DAYS_1904 = Date.UTC(1904, 0, 1) / MS_PER_DAY

function withoutExponent(text: string): string {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?e([+-][0-9]+)$/.exec(text)
  if (parts === null) return text === '-0' ? '0' : text
  const [, sign = '', whole = '', fraction = ''] = parts
  const point = whole.length + Number(parts[4])
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
