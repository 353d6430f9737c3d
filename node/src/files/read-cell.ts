import type { CellProblemCode, ColumnSpec, RawCell } from './column-spec.ts'
import { expectedOf } from './expected.ts'
import { faultOfPersonId, isCivilDay } from './person-id.ts'
import type { BilingualText } from './refusals.ts'

/** What became of a cell: its canonical text, or why not; a remark may stand beside a value. */
export type CellReading =
  | { readonly value: string; readonly remark?: CellProblemCode }
  | { readonly problem: CellProblemCode; readonly expected: BilingualText }

/**
 * Reads one cell by what its column declares. Nothing is guessed: what is not clear is told.
 *
 * @param column  what the cell should hold
 * @param raw     what the file holds there
 */
export function readCell(column: ColumnSpec, raw: RawCell): CellReading {
  return readingOf(column, judge(column, raw))
}

/**
 * Reads a text, which is all that CSV has.
 *
 * @returns the canonical text where there is nothing to tell of it
 */
export function readText(column: ColumnSpec, text: string): string | CellReading {
  const judgement = text === '' ? judgeEmpty(column) : judgeText(column, text)
  return typeof judgement === 'string' ? judgement : readingOf(column, judgement)
}

function readingOf(column: ColumnSpec, judgement: Judgement): CellReading {
  if (typeof judgement === 'string') return { value: judgement }
  if ('value' in judgement) return judgement
  return { problem: judgement.problem, expected: expectedOf(column, judgement.problem) }
}

/** A text alone is taken as it is, with nothing to be told. */
type Judgement = string | Remarked | Problem
type Remarked = { readonly value: string; readonly remark: CellProblemCode }
type Problem = { readonly problem: CellProblemCode }

function judge(column: ColumnSpec, raw: RawCell): Judgement {
  if (raw.kind === 'unusable') return { problem: raw.code }
  if (raw.text === '') return judgeEmpty(column)
  if (raw.kind === 'text') return judgeText(column, raw.text)
  const judgement = raw.kind === 'day' ? judgeDay(column, raw.text) : judgeNumber(column, raw.text)
  if (!raw.isFormula || isProblem(judgement)) return judgement
  return { value: textOf(judgement), remark: 'FORMULA_VALUE_TAKEN' }
}

function judgeEmpty({ required }: ColumnSpec): Judgement {
  return required ? { problem: 'EMPTY' } : ''
}

function isProblem(judgement: Judgement): judgement is Problem {
  return typeof judgement !== 'string' && 'problem' in judgement
}

function textOf(judgement: string | Remarked): string {
  return typeof judgement === 'string' ? judgement : judgement.value
}

function judgeText(column: ColumnSpec, text: string): Judgement {
  const fault = isUsual(text) ? undefined : faultOfCharacters(text)
  if (fault !== undefined) return { problem: fault }
  switch (column.type) {
    case 'money':
      return judgeMoney(text)
    case 'decimal':
      return judgeDecimal(text, column.decimals ?? DEFAULT_DECIMALS)
    case 'int':
      return INT.test(text) ? text : { problem: 'NOT_INT' }
    case 'date':
      return judgeDate(text)
    case 'month':
      return judgeMonth(text)
    case 'code':
      return judgeCode(column, text)
    case 'id':
      return judgeId(text)
    case 'text':
      return judgeFreeText(column, text)
  }
}

/**
 * A number of a spreadsheet is a binary double: only texts that it carries without loss are taken.
 */
function judgeNumber(column: ColumnSpec, text: string): Judgement {
  if (column.type === 'id') return { problem: 'ID_STORED_AS_NUMBER' }
  if (column.type === 'date') return { problem: 'NOT_DATE' }
  if (significantDigits(text) > EXACT_DIGITS && column.type !== 'money')
    return { problem: 'NUMBER_TOO_PRECISE' }
  if (column.type === 'money') {
    const judgement = judgeMoney(text)
    if (isProblem(judgement)) return judgement
    return significantDigits(textOf(judgement)) > EXACT_DIGITS
      ? { problem: 'NUMBER_TOO_PRECISE' }
      : judgement
  }
  const judgement = judgeText(column, text)
  if (isProblem(judgement) || (column.type !== 'text' && column.type !== 'code')) return judgement
  return { value: textOf(judgement), remark: 'NUMBER_TAKEN_AS_TEXT' }
}

/** A day of a spreadsheet, already as YYYY-MM-DD, or with its time when it has one. */
function judgeDay(column: ColumnSpec, text: string): Judgement {
  if (column.type === 'date') return judgeDate(text)
  // A spreadsheet turns a typed "2026-01" into the first day of that month.
  if (column.type === 'month')
    return isCivilDay(text) && text.endsWith('-01') ? text.slice(0, 7) : { problem: 'NOT_MONTH' }
  return { problem: 'WRONG_CELL_KIND' }
}

function judgeMoney(text: string): Judgement {
  if (MONEY_AS_KEPT.test(text)) return text
  const parts = MONEY.exec(text)
  if (parts === null) return { problem: DECIMAL.test(text) ? 'TOO_MANY_PLACES' : 'NOT_MONEY' }
  const value = `${parts[1] ?? ''}${parts[2] ?? ''}.${(parts[3] ?? '').padEnd(2, '0')}`
  return value === '-0.00' ? '0.00' : value
}

function judgeDecimal(text: string, decimals: number): Judgement {
  if (!DECIMAL.test(text)) return { problem: 'NOT_DECIMAL' }
  const point = text.indexOf('.')
  return point >= 0 && text.length - point - 1 > decimals ? { problem: 'TOO_MANY_PLACES' } : text
}

function judgeDate(text: string): Judgement {
  if (isCivilDay(text)) return text
  const parts = DATE_DASHED.exec(text) ?? DATE_SLASHED.exec(text) ?? DATE_CHINESE.exec(text)
  if (parts === null) return { problem: 'NOT_DATE' }
  const value = `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`
  return isCivilDay(value) ? value : { problem: 'NOT_DATE' }
}

function judgeMonth(text: string): Judgement {
  const parts = MONTH.exec(text) ?? MONTH_CHINESE.exec(text) ?? MONTH_DIGITS.exec(text)
  if (parts === null) return { problem: 'NOT_MONTH' }
  const value = `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}`
  return isCivilDay(`${value}-01`) ? value : { problem: 'NOT_MONTH' }
}

/** Codes of a column by everything that stands for them; made once for each column. */
const codesByText = new WeakMap<ColumnSpec, ReadonlyMap<string, string>>()

function judgeCode(column: ColumnSpec, text: string): Judgement {
  let codes = codesByText.get(column)
  if (codes === undefined) {
    // The first entry that a text fits counts, as when the list is read from above.
    const texts = (column.codes ?? []).flatMap(({ code, title }) =>
      [code, title.zh, title.en].map((word): [string, string] => [word, code]),
    )
    codes = new Map(texts.reverse())
    codesByText.set(column, codes)
  }
  return codes.get(text) ?? { problem: 'NOT_IN_LIST' }
}

function judgeId(text: string): Judgement {
  if (SCIENTIFIC.test(text)) return { problem: 'ID_STORED_AS_NUMBER' }
  const isLowerCase = text.endsWith('x')
  const value = isLowerCase ? `${text.slice(0, -1)}X` : text
  const fault = faultOfPersonId(value)
  if (fault === 'SHAPE') return { problem: 'NOT_ID' }
  if (fault === 'BIRTH_DATE') return { problem: 'ID_BIRTH_DATE' }
  if (fault === 'CHECK_DIGIT') return { problem: 'ID_CHECK_DIGIT' }
  return isLowerCase ? { value, remark: 'LOWER_CASE_X_TAKEN' } : value
}

/** Names and other words: full Unicode, never normalised, never trimmed. */
function judgeFreeText(column: ColumnSpec, text: string): Judgement {
  if (SPACE_AROUND.test(text)) return { problem: 'SPACE_AROUND' }
  const most = column.maxLength ?? DEFAULT_MAX_LENGTH
  // There are no more code points than UTF-16 units.
  return text.length > most && [...text].length > most ? { problem: 'TOO_LONG' } : text
}

/** Whether all characters are visible ASCII, a space, or common Han: most texts, told by a plain loop. */
function isUsual(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place)
    const isAscii = unit >= 0x20 && unit < 0x7f
    if (!isAscii && !(unit >= 0x4e00 && unit <= 0x9fff)) return false
  }
  return true
}

function faultOfCharacters(text: string): CellProblemCode | undefined {
  if (CONTROL.test(text)) return 'CONTROL_CHARACTER'
  return PRIVATE_USE.test(text) ? 'PRIVATE_USE_CHARACTER' : undefined
}

function significantDigits(text: string): number {
  return text.replace(/^-?0*\.?0*|\./g, '').length
}

const DEFAULT_MAX_LENGTH = 200
const DEFAULT_DECIMALS = 10
/** A double tells 15 significant decimal digits apart, whatever they are. */
const EXACT_DIGITS = 15

/** Money as it is kept, with nothing to mend. */
const MONEY_AS_KEPT = /^(?:0|[1-9][0-9]{0,14})\.[0-9]{2}$/
/** At most 999 trillion yuan: beyond it nothing here is a payroll. */
const MONEY = /^(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,2}))?$/
const DECIMAL = /^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?$/
const INT = /^(?:0|-?[1-9][0-9]{0,14})$/
const DATE_DASHED = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/
const DATE_SLASHED = /^([0-9]{4})\/([0-9]{1,2})\/([0-9]{1,2})$/
const DATE_CHINESE = /^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$/
const MONTH = /^([0-9]{4})[-/]([0-9]{1,2})$/
const MONTH_CHINESE = /^([0-9]{4})年([0-9]{1,2})月$/
const MONTH_DIGITS = /^([0-9]{4})([0-9]{2})$/
const SCIENTIFIC = /^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+$/
const SPACE_AROUND = /^\s|\s$/u
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u
const PRIVATE_USE = /\p{Co}/u
