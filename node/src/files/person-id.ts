/** What is wrong with a text that should be a 公民身份号码. */
export type PersonIdFault = 'SHAPE' | 'BIRTH_DATE' | 'CHECK_DIGIT'

/**
 * The first thing wrong with an ID number, or undefined.
 *
 * @source GB 11643-1999: 6 region + 8 birth date + 3 sequence + 1 check character by ISO 7064 MOD
 * 11-2
 */
export function faultOfPersonId(text: string): PersonIdFault | undefined {
  if (!/^[0-9]{17}[0-9X]$/.test(text)) return 'SHAPE'
  if (!isCivilDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`))
    return 'BIRTH_DATE'
  return checkCharacterOf(text.slice(0, 17)) === text[17] ? undefined : 'CHECK_DIGIT'
}

/** The 18th character for 17 digits. */
export function checkCharacterOf(digits: string): string {
  let sum = 0
  for (let place = 0; place < 17; place += 1) sum += Number(digits[place]) * (WEIGHTS[place] ?? 0)
  return CHECK_BY_REMAINDER[sum % 11] ?? ''
}

/** Whether a text is a day of the Gregorian calendar written YYYY-MM-DD, from 1800 on. */
export function isCivilDay(text: string): boolean {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_BY_REMAINDER = '10X98765432'
