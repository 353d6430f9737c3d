// Goal: what is typed becomes a value exactly spelled, or a fault that says what was expected and what came.
// Method: each type of field with right, loosely written and wrong texts; lists and records with faults inside.
import { describe, expect, it } from 'vitest'
import type { Field } from '../../package/package-document.ts'
import { sayIn } from '../../words/words.ts'
import { readField, readForm, typedOf } from './typed-values.ts'
import { formWords } from './words.ts'

const value = (field: Field, typed: string) => {
  const read = readField(field, typed)
  return read.ok ? read.value : read.faults[0]?.key
}

describe('a field', () => {
  it.each([
    [{ type: 'money' }, '808,937.36', '808937.36'],
    [{ type: 'money' }, ' ￥１，２００ 元', '1200.00'],
    [{ type: 'money' }, '-0', '0.00'],
    [{ type: 'money' }, '1.234', 'money'],
    [{ type: 'money' }, '一百', 'money'],
    [{ type: 'money', minimum: '0.00' }, '-0.01', 'atLeast'],
    [{ type: 'decimal', places: 4 }, '1.2846', '1.2846'],
    [{ type: 'decimal', places: 4 }, '8', '8.0000'],
    [{ type: 'decimal', places: 4, maximum: '1.0000' }, '1.00001', 'decimal'],
    [{ type: 'decimal', places: 4, maximum: '1.0000' }, '1.0001', 'atMost'],
    [{ type: 'integer' }, '012', 12],
    [{ type: 'integer' }, '1.5', 'integer'],
    [{ type: 'boolean' }, 'false', false],
    [{ type: 'date' }, '2026-02-29', 'date'],
    [{ type: 'date' }, '2026-11-23', '2026-11-23'],
    [{ type: 'month' }, '2026-13', 'month'],
    [{ type: 'code', codes: ['A'] }, 'B', 'choice'],
    [{ type: 'text' }, '𠮷野家 Ame\u0301lie ', '𠮷野家 Ame\u0301lie '],
    [{ type: 'text', maxLength: 3 }, '四个字呀', 'tooLong'],
    [{ type: 'resident-id' }, '99999919900101001', 'idShort'],
    [{ type: 'resident-id' }, '9999991990010100160', 'idLong'],
    [{ type: 'resident-id' }, '999999199001010015', 'idCheck'],
    [{ type: 'resident-id' }, '999999 19900101 0016', '999999199001010016'],
    [{ type: 'money' }, '', 'missing'],
    [{ type: 'money', optional: true }, '', undefined],
  ] as const)('%j of “%s” is %s', (field, typed, expected) => {
    expect(value(field as Field, typed)).toBe(expected)
  })

  it('of many values tells which line is wrong', () => {
    const field: Field = {
      type: 'text',
      many: true,
      fields: { months: { type: 'integer' }, ratio: { type: 'decimal', places: 4 } },
    }
    const typed = [{ months: '12', ratio: '0.5' }, '', { months: 'x', ratio: '1' }]
    const read = readField(field, typed)
    expect(read).toMatchObject({ ok: false, faults: [{ key: 'integer', at: '2.months' }] })
    expect(readField(field, [{ months: '12', ratio: '0.5' }])).toEqual({
      ok: true,
      value: [{ months: 12, ratio: '0.5000' }],
    })
  })

  it('shows a value as it was typed', () => {
    expect(typedOf([{ months: 12, ratio: '0.5000' }])).toEqual([{ months: '12', ratio: '0.5000' }])
  })
})

describe('a form', () => {
  it('says every fault in both languages, with what came', () => {
    const { values, faults } = readForm(
      { planKey: { type: 'reference' }, amount: { type: 'money' } },
      { planKey: 'DEMO-0001', amount: '三元' },
    )
    expect(values).toEqual({ planKey: 'DEMO-0001' })
    const [fault] = faults.amount ?? []
    const said = { label: '金额', ...fault?.values }
    expect(sayIn(formWords, 'zh')(fault?.key ?? 'missing', said)).toBe(
      '金额以元为单位，最多两位小数，例如 1200.00。您填的是“三元”。',
    )
    expect(sayIn(formWords, 'en')(fault?.key ?? 'missing', said)).toContain('You typed "三元"')
  })
})
