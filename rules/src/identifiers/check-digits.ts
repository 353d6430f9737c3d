import { compareDates, type FeelDate, makeDate } from '../time/civil-date.ts'

/** What a citizen ID number says about itself. */
export interface ResidentId {
  readonly isValid: boolean
  /** LENGTH, CHARACTER, DATE, CHECK_DIGIT, in this order. */
  readonly breaches: readonly string[]
  readonly birthDate: FeelDate | null
  /** GB/T 2261.1: 1 male, 2 female. */
  readonly gender: '1' | '2' | null
  readonly regionCode: string | null
  /** BEFORE_1900, IN_FUTURE, REGION_UNKNOWN, in this order; they never make a number invalid. */
  readonly warnings: readonly string[]
}

/** What a number is checked against beside its own digits. */
export interface ResidentIdSetting {
  /** Births after this day are in the future. */
  readonly on?: FeelDate
  /** The area code of made-up people, where one is published (a demonstration genesis only). */
  readonly sampleAreaCode?: string
}

/** The area code that belongs to nobody and therefore to examples. */
const NOBODYS_AREA = '999999'

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const RESIDENT_CHECKS = '10X98765432'

/**
 * Checks a citizen ID number; decoded parts only when it is valid.
 *
 * @source GB 11643-1999, check by ISO 7064 MOD 11-2; lower-case x is not a character of it
 */
export function checkResidentId(text: string, setting: ResidentIdSetting = {}): ResidentId {
  const broken = (breach: string): ResidentId => ({
    isValid: false,
    breaches: [breach],
    birthDate: null,
    gender: null,
    regionCode: null,
    warnings: [],
  })
  if (text.length !== 18) return broken('LENGTH')
  for (let at = 0; at < 18; at += 1) {
    if (digitAt(text, at) === undefined && !(at === 17 && text[at] === 'X'))
      return broken('CHARACTER')
  }
  const breaches: string[] = []
  const number = (from: number, to: number): number => Number(text.slice(from, to))
  const birthDate = makeDate(number(6, 10), number(10, 12), number(12, 14)) ?? null
  if (birthDate === null) breaches.push('DATE')
  const sum = RESIDENT_WEIGHTS.reduce(
    (total, weight, at) => total + weight * (digitAt(text, at) ?? 0),
    0,
  )
  if (RESIDENT_CHECKS[sum % 11] !== text[17]) breaches.push('CHECK_DIGIT')
  if (breaches.length > 0 || birthDate === null) return { ...broken(''), breaches }
  const regionCode = text.slice(0, 6)
  return {
    isValid: true,
    breaches,
    birthDate,
    gender: number(16, 17) % 2 === 1 ? '1' : '2',
    regionCode,
    warnings: warningsOf(birthDate, regionCode, setting),
  }
}

function warningsOf(birthDate: FeelDate, regionCode: string, setting: ResidentIdSetting): string[] {
  const warnings: string[] = []
  if (birthDate.year < 1900) warnings.push('BEFORE_1900')
  if (setting.on !== undefined && compareDates(birthDate, setting.on) > 0)
    warnings.push('IN_FUTURE')
  if (regionCode === NOBODYS_AREA && regionCode !== setting.sampleAreaCode) {
    warnings.push('REGION_UNKNOWN')
  }
  return warnings
}

function digitAt(text: string, at: number): number | undefined {
  const unit = text.charCodeAt(at)
  return unit >= 48 && unit <= 57 ? unit - 48 : undefined
}

/** What a unified social credit code says about itself. */
export interface CreditCode {
  readonly isWellFormed: boolean
  /** Of the 18th character only; false when not well formed. */
  readonly isCheckValid: boolean
  readonly registerDepartment: string | null
  readonly regionCode: string | null
  readonly organisationCode: string | null
  /** Whether the organisation code within it passes its own check. */
  readonly isOrganisationCheckValid: boolean
  /** CHECK_CHARACTER, ORGANISATION_CODE_CHECK, in this order. */
  readonly warnings: readonly string[]
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * Checks a unified social credit code. Early pilot codes have a wrong check character and are
 * lawful all the same.
 *
 * @source GB 32100-2015
 */
export function checkCreditCode(text: string): CreditCode {
  const values = [...text].map((character) => CREDIT_ALPHABET.indexOf(character))
  if (text.length !== 18 || values.includes(-1)) {
    return {
      isWellFormed: false,
      isCheckValid: false,
      registerDepartment: null,
      regionCode: null,
      organisationCode: null,
      isOrganisationCheckValid: false,
      warnings: [],
    }
  }
  let sum = 0
  let weight = 1
  for (let at = 0; at < 17; at += 1) {
    sum += (values[at] as number) * weight
    weight = (weight * 3) % 31
  }
  const organisationCode = text.slice(8, 17)
  const isCheckValid = (31 - (sum % 31)) % 31 === values[17]
  const isOrganisationCheckValid = checkOrganisationCode(organisationCode).isCheckValid
  const warnings = isCheckValid ? [] : ['CHECK_CHARACTER']
  if (!isOrganisationCheckValid) warnings.push('ORGANISATION_CODE_CHECK')
  return {
    isWellFormed: true,
    isCheckValid,
    registerDepartment: text.slice(0, 1),
    regionCode: text.slice(2, 8),
    organisationCode,
    isOrganisationCheckValid,
    warnings,
  }
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Checks an organisation code of 9 characters, with or without a hyphen before the last.
 *
 * @source GB 11714-1997: letters count from A = 10
 */
export function checkOrganisationCode(text: string): {
  isWellFormed: boolean
  isCheckValid: boolean
} {
  const plain = text.length === 10 && text[8] === '-' ? text.slice(0, 8) + text.slice(9) : text
  const values = [...plain].map((character) => alphanumeric(character))
  if (plain.length !== 9 || values.includes(-1)) return { isWellFormed: false, isCheckValid: false }
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, at) => total + weight * (values[at] as number),
    0,
  )
  const check = 11 - (sum % 11)
  const wanted = check === 10 ? 'X' : check === 11 ? '0' : `${check}`
  return { isWellFormed: true, isCheckValid: plain[8] === wanted }
}

function alphanumeric(character: string): number {
  const unit = character.charCodeAt(0)
  if (character.length !== 1) return -1
  if (unit >= 48 && unit <= 57) return unit - 48
  return unit >= 65 && unit <= 90 ? unit - 55 : -1
}

/**
 * Checks a bank card number of 12 to 19 digits.
 *
 * @source ISO/IEC 7812-1, Luhn
 */
export function checkCardNumber(text: string): { isWellFormed: boolean; isCheckValid: boolean } {
  if (text.length < 12 || text.length > 19) return { isWellFormed: false, isCheckValid: false }
  let sum = 0
  for (let at = 0; at < text.length; at += 1) {
    const digit = digitAt(text, text.length - 1 - at)
    if (digit === undefined) return { isWellFormed: false, isCheckValid: false }
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return { isWellFormed: true, isCheckValid: sum % 10 === 0 }
}
