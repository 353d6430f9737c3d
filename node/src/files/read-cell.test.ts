// Goal: a cell is read into exactly one canonical text or refused with a reason; nothing is guessed
// or repaired.
// Method: one table per column type; the ID examples of GB 11643; property: what is told as a value
// is read as itself again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ColumnSpec, ColumnType, RawCell } from './column-spec.ts'
import { readCell } from './read-cell.ts'

const column = (type: ColumnType, more: Partial<ColumnSpec> = {}): ColumnSpec => ({
  name: 'c',
  title: { zh: '列', en: 'c' },
  type,
  required: false,
  codes: [{ code: 'NONE', title: { zh: '无变动', en: 'None' } }],
  ...more,
})

function outcome(type: ColumnType, raw: RawCell, more: Partial<ColumnSpec> = {}): string {
  const reading = readCell(column(type, more), raw)
  if ('problem' in reading) return reading.problem
  return reading.remark === undefined ? `=${reading.value}` : `=${reading.value} ${reading.remark}`
}

const TEXTS: [ColumnType, string, string][] = [
  ['money', '420', '=420.00'],
  ['money', '420.5', '=420.50'],
  ['money', '-0.00', '=0.00'],
  ['money', '-12.34', '=-12.34'],
  ['money', '999999999999999.99', '=999999999999999.99'],
  ['money', '1,234.56', 'NOT_MONEY'],
  ['money', '¥5', 'NOT_MONEY'],
  ['money', '5元', 'NOT_MONEY'],
  ['money', '５', 'NOT_MONEY'],
  ['money', '05', 'NOT_MONEY'],
  ['money', '.5', 'NOT_MONEY'],
  ['money', '5.', 'NOT_MONEY'],
  ['money', '+5', 'NOT_MONEY'],
  ['money', '1e3', 'NOT_MONEY'],
  ['money', ' 5', 'NOT_MONEY'],
  ['money', '(5)', 'NOT_MONEY'],
  ['money', 'NaN', 'NOT_MONEY'],
  ['money', '0.001', 'TOO_MANY_PLACES'],
  ['money', '0.100', 'TOO_MANY_PLACES'],
  ['decimal', '0.0800', '=0.0800'],
  ['decimal', '1e-3', 'NOT_DECIMAL'],
  ['decimal', '0.12345678901', 'TOO_MANY_PLACES'],
  ['int', '0', '=0'],
  ['int', '-0', 'NOT_INT'],
  ['int', '007', 'NOT_INT'],
  ['int', '1.0', 'NOT_INT'],
  ['date', '2026-01-05', '=2026-01-05'],
  ['date', '2026/1/5', '=2026-01-05'],
  ['date', '2026年1月5日', '=2026-01-05'],
  ['date', '2024-02-29', '=2024-02-29'],
  ['date', '2026-02-29', 'NOT_DATE'],
  ['date', '1900-02-29', 'NOT_DATE'],
  ['date', '5/1/2026', 'NOT_DATE'],
  ['date', '2026-1/5', 'NOT_DATE'],
  ['date', '20260105', 'NOT_DATE'],
  ['date', '26-01-05', 'NOT_DATE'],
  ['date', '2026-01-05T00:00', 'NOT_DATE'],
  ['date', '0001-01-01', 'NOT_DATE'],
  ['month', '2026-01', '=2026-01'],
  ['month', '202601', '=2026-01'],
  ['month', '2026年1月', '=2026-01'],
  ['month', '2026-13', 'NOT_MONTH'],
  ['month', '2026', 'NOT_MONTH'],
  ['code', 'NONE', '=NONE'],
  ['code', '无变动', '=NONE'],
  ['code', 'None', '=NONE'],
  ['code', 'none', 'NOT_IN_LIST'],
  ['code', 'constructor', 'NOT_IN_LIST'],
  ['id', '11010519491231002X', '=11010519491231002X'],
  ['id', '11010519491231002x', '=11010519491231002X LOWER_CASE_X_TAKEN'],
  ['id', '110105194912310021', 'ID_CHECK_DIGIT'],
  ['id', '11010519490230002X', 'ID_BIRTH_DATE'],
  ['id', '110105491231002', 'NOT_ID'],
  ['id', '１1010519491231002X', 'NOT_ID'],
  ['id', '1.10105E+17', 'ID_STORED_AS_NUMBER'],
  ['text', '𠮷野', '=𠮷野'],
  ['text', '\ufa15', '=\ufa15'],
  ['text', '=cmd|calc', '==cmd|calc'],
  ['text', '<script>', '=<script>'],
  ['text', ' 王', 'SPACE_AROUND'],
  ['text', '王\u3000', 'SPACE_AROUND'],
  ['text', '张\u3000三', '=张\u3000三'],
  ['text', '王\u0000', 'CONTROL_CHARACTER'],
  ['text', '王\n明', 'CONTROL_CHARACTER'],
  ['text', '王\ud842', 'CONTROL_CHARACTER'],
  ['text', '王\u2028', 'CONTROL_CHARACTER'],
  ['text', '王\ue78d', 'PRIVATE_USE_CHARACTER'],
  ['text', '王\u{f0000}', 'PRIVATE_USE_CHARACTER'],
]

describe('texts', () => {
  it.each(TEXTS)('%s %j → %s', (type, text, expected) => {
    expect(outcome(type, { kind: 'text', text })).toBe(expected)
  })

  it('counts characters, not UTF-16 units', () => {
    expect(outcome('text', { kind: 'text', text: '𠮷𰻝' }, { maxLength: 2 })).toBe('=𠮷𰻝')
    expect(outcome('text', { kind: 'text', text: '𠮷𰻝a' }, { maxLength: 2 })).toBe('TOO_LONG')
  })

  it('an empty cell is a problem only where a value is required', () => {
    for (const type of ['money', 'text', 'id', 'date'] as const) {
      expect(outcome(type, { kind: 'text', text: '' })).toBe('=')
      expect(outcome(type, { kind: 'text', text: '' }, { required: true })).toBe('EMPTY')
    }
  })
})

describe('numbers and days of a spreadsheet', () => {
  const number = (text: string, isFormula = false): RawCell => ({ kind: 'number', text, isFormula })
  const day = (text: string, isFormula = false): RawCell => ({ kind: 'day', text, isFormula })
  const cases: [ColumnType, RawCell, string][] = [
    ['money', number('4016.18'), '=4016.18'],
    ['money', number('0.30000000000000004'), 'TOO_MANY_PLACES'],
    ['money', number('12345678901234.56'), 'NUMBER_TOO_PRECISE'],
    ['money', number('1234567890123.45'), '=1234567890123.45'],
    ['money', number('420', true), '=420.00 FORMULA_VALUE_TAKEN'],
    ['id', number('110105194912310000'), 'ID_STORED_AS_NUMBER'],
    ['text', number('7'), '=7 NUMBER_TAKEN_AS_TEXT'],
    ['text', number('6222020200112230000'), 'NUMBER_TOO_PRECISE'],
    ['date', number('46027'), 'NOT_DATE'],
    ['month', number('202601'), '=2026-01'],
    ['date', day('2026-01-05'), '=2026-01-05'],
    ['date', day('2026-01-05T0.5'), 'NOT_DATE'],
    ['month', day('2026-01-01'), '=2026-01'],
    ['month', day('2026-01-05'), 'NOT_MONTH'],
    ['money', day('2026-01-05'), 'WRONG_CELL_KIND'],
    ['text', { kind: 'unusable', code: 'FORMULA', text: '王' }, 'FORMULA'],
    ['money', { kind: 'unusable', code: 'CELL_ERROR', text: '#REF!' }, 'CELL_ERROR'],
  ]
  it.each(cases)('%s %j → %s', (type, raw, expected) => {
    expect(outcome(type, raw)).toBe(expected)
  })
})

it('what is told as a value is read as the same value again', () => {
  const types: ColumnType[] = ['money', 'decimal', 'int', 'date', 'month', 'code', 'text', 'id']
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...TEXTS.map(([, text]) => text)),
        fc.stringMatching(/^-?[0-9]{1,6}(\.[0-9]{1,3})?$/),
      ),
      (type, text) => {
        const reading = readCell(column(type), { kind: 'text', text })
        if ('problem' in reading) {
          expect(reading.expected.zh).not.toBe('')
          return
        }
        const again = readCell(column(type), { kind: 'text', text: reading.value })
        expect(again).toEqual({ value: reading.value })
      },
    ),
    { numRuns: 2_000 },
  )
})
