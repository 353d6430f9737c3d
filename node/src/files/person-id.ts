/** What is wrong with a text that should be a 公民身份号码. */
export type PersonIdFault = 'SHAPE' | 'BIRTH_DATE' | 'CHECK_DIGIT'

/**
 * The first thing wrong with an ID number, or undefined.
 *
 * @source GB 11643-1999: 6 region + 8 birth date + 3 sequence + 1 check character by ISO 7064 MOD
 * 11-2
 */
export function faultOfPersonId(text: string): PersonIdFault | undefined {
  if (!hasShape(text)) return 'SHAPE'
  if (!isDay(numberAt(text, 6, 10), numberAt(text, 10, 12), numberAt(text, 12, 14)))
    return 'BIRTH_DATE'
  return checkCharacterOf(text) === text[17] ? undefined : 'CHECK_DIGIT'
}

function hasShape(text: string): boolean {
  if (text.length !== 18) return false
  for (let place = 0; place < 17; place += 1) if (!isDigit(text.charCodeAt(place))) return false
  return text[17] === 'X' || isDigit(text.charCodeAt(17))
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9
}

/** The number that some digits write; not a number where one of them is none. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0
  for (let place = from; place < to; place += 1) {
    const code = text.charCodeAt(place)
    value = isDigit(code) ? value * 10 + code - ZERO : Number.NaN
  }
  return value
}

const ZERO = 48

/** The 18th character for 17 digits; what comes after them is not looked at. */
export function checkCharacterOf(digits: string): string {
  let sum = 0
  for (let place = 0; place < 17; place += 1)
    sum += (digits.charCodeAt(place) - ZERO) * (WEIGHTS[place] ?? 0)
  return CHECK_BY_REMAINDER[sum % 11] ?? ''
}

/** Whether a text is a day of the Gregorian calendar written YYYY-MM-DD, from 1800 on. */
export function isCivilDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  return isDay(numberAt(text, 0, 4), numberAt(text, 5, 7), numberAt(text, 8, 10))
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_BY_REMAINDER = '10X98765432'
