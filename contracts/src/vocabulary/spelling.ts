/*
 * How identifiers are spelled, as plain loops: consensus code calls no regular expressions, whose
 * engines differ between versions of the runtime.
 *
 * @source ledger-bytes.md section 2
 */
import { isHex } from '@renshe/crypto'

const A_LOWER = 97
const Z_LOWER = 122
const A_UPPER = 65
const Z_UPPER = 90
const ZERO = 48
const NINE = 57
const HYPHEN = 45
const UNDERSCORE = 95

function isLower(code: number): boolean {
  return code >= A_LOWER && code <= Z_LOWER
}

function isUpper(code: number): boolean {
  return code >= A_UPPER && code <= Z_UPPER
}

/** Whether the code unit is an ASCII digit. */
export function isDigitCode(code: number): boolean {
  return code >= ZERO && code <= NINE
}

function everyCode(text: string, from: number, accepts: (code: number) => boolean): boolean {
  for (let at = from; at < text.length; at++) if (!accepts(text.charCodeAt(at))) return false
  return true
}

/** `[a-z][a-z0-9-]{2,31}`: a member of the consortium, also a chain's name. */
export function isMemberId(text: string): boolean {
  if (text.length < 3 || text.length > 32 || !isLower(text.charCodeAt(0))) return false
  return everyCode(text, 1, (code) => isLower(code) || isDigitCode(code) || code === HYPHEN)
}

/** `[A-Z][A-Z0-9_]{1,63}`: refusal codes, statuses, codes of lists, member roles. */
export function isCode(text: string): boolean {
  if (text.length < 2 || text.length > 64 || !isUpper(text.charCodeAt(0))) return false
  return everyCode(text, 1, (code) => isUpper(code) || isDigitCode(code) || code === UNDERSCORE)
}

/** Kebab case, at most 64 characters: packages, registers, rows, steps, charts, sections. */
export function isKebabName(text: string): boolean {
  if (text.length < 1 || text.length > 64 || !isLower(text.charCodeAt(0))) return false
  if (text.charCodeAt(text.length - 1) === HYPHEN || text.includes('--')) return false
  return everyCode(text, 1, (code) => isLower(code) || isDigitCode(code) || code === HYPHEN)
}

/** Camel case, at most 64 characters: fields, values, parties, references. FEEL reads them. */
export function isCamelName(text: string): boolean {
  if (text.length < 1 || text.length > 64 || !isLower(text.charCodeAt(0))) return false
  return everyCode(text, 1, (code) => isLower(code) || isUpper(code) || isDigitCode(code))
}

/** A section of sealed data: kebab or camel case, since FEEL reads the names of batches. */
export function isSectionName(text: string): boolean {
  return isKebabName(text) || isCamelName(text)
}

/**
 * `library.rule-name`, also used for parameters: kebab names joined by dots, at most 96 characters.
 */
export function isDottedName(text: string): boolean {
  return text.length <= 96 && text.includes('.') && text.split('.').every(isKebabName)
}

/**
 * Officer role or unit: kebab or dotted, at most 64 characters, for example
 * `contribution.reviewer`.
 */
export function isOfficerRole(text: string): boolean {
  return text.length <= 64 && text.split('.').every(isKebabName)
}

/**
 * Kebab case with steps of rules and names as FEEL spells them: `upload-payroll` → `uploadPayroll`.
 */
export function camelOfKebab(name: string): string {
  let text = ''
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    if (code !== HYPHEN) text += name[at]
    else if (at + 1 < name.length) {
      const next = name.charCodeAt(at + 1)
      text += isLower(next) ? String.fromCharCode(next - 32) : name[at + 1]
      at++
    }
  }
  return text
}

/** 32 bytes in lower-case hex: digests, fingerprints, transaction ids. */
export function isDigest(text: string): boolean {
  return isHex(text, 32)
}

/** 16 bytes in lower-case hex: a record of sealed sections. */
export function isRecordId(text: string): boolean {
  return isHex(text, 16)
}

/**
 * Text that names a thing of an office: officer numbers, service names, units, register keys.
 * Visible characters of one line, nothing at the ends that a person cannot see.
 */
export function isPlainLabel(text: string, maxLength: number): boolean {
  if (text.length < 1 || text.length > maxLength) return false
  if (text.startsWith(' ') || text.endsWith(' ')) return false
  return everyCode(text, 0, (code) => code >= 32 && code !== 127 && !(code >= 0x80 && code < 0xa0))
}

/** `<instrument>/<article>` as clauses are cited. */
export function isClauseId(text: string): boolean {
  const slash = text.lastIndexOf('/')
  return slash > 0 && slash < text.length - 1 && isPlainLabel(text, 128)
}
