// Goal: every type of field that a row may have is read from a cell into exactly the spelling that the contracts
// take, and what no cell can hold is refused before anybody uploads.
// Method: a made-up row with one column of each type, typed texts, the contracts' own judgement of the values.
import type { Field } from '@renshe/contracts'
import { findFieldFault } from '@renshe/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { CLUB_RULES } from '../testing/club-packages.fixture.ts'
import { DraftWorld, feesPackage } from './draft-world.fixture.ts'
import { tableColumns } from './drafts.ts'

let world: DraftWorld | undefined
afterEach(() => world?.close())

function packageWith(columns: Readonly<Record<string, Field>>, checks: readonly object[] = []) {
  // The club's totals are of these two.
  const totalled: Record<string, Field> = {
    fee: { type: 'money', optional: true },
    books: { type: 'integer', optional: true },
  }
  const row = { columns: { ...columns, ...totalled }, checks }
  const rows = { ...CLUB_RULES.rows, 'fee-row': row }
  return feesPackage({ rows: rows as typeof CLUB_RULES.rows })
}

async function typed(field: Field, text: string) {
  await world?.close()
  world = new DraftWorld(packageWith({ value: field }))
  return world.open().addRow({ value: text })
}

describe('a cell', () => {
  it.each<[Field, string, unknown]>([
    [{ type: 'money' }, '5', '5.00'],
    [{ type: 'decimal', places: 4 }, '0.08', '0.0800'],
    [{ type: 'decimal', places: 4 }, '8', '8.0000'],
    [{ type: 'decimal', places: 0 }, '8', '8'],
    [{ type: 'decimal' }, '1.50', '1.50'],
    [{ type: 'integer' }, '-12', -12],
    [{ type: 'boolean' }, '是', true],
    [{ type: 'boolean' }, 'no', false],
    [{ type: 'date' }, '2026年1月5日', '2026-01-05'],
    [{ type: 'month' }, '202601', '2026-01'],
    [{ type: 'instant' }, '2026-01-05T09:30', Date.UTC(2026, 0, 5, 1, 30)],
    [{ type: 'instant' }, '2026-01-05 09:30:15Z', Date.UTC(2026, 0, 5, 9, 30, 15)],
    [{ type: 'code', codes: ['A', 'B'] }, 'B', 'B'],
    [{ type: 'code' }, '110101', '110101'],
    [{ type: 'reference', register: 'club' }, 'C-1', 'C-1'],
    [{ type: 'member' }, 'treasury', 'treasury'],
    [{ type: 'digest' }, 'ab'.repeat(32), 'ab'.repeat(32)],
    [{ type: 'text', maxLength: 450 }, '字'.repeat(450), '字'.repeat(450)],
    [{ type: 'resident-id' }, '11010519491231002X', '11010519491231002X'],
  ])('%j takes %s', async (field, text, value) => {
    const { values, problems } = await typed(field, text)
    expect(problems).toEqual([])
    expect(values).toEqual({ value })
    expect(findFieldFault(field, value as never)).toBeUndefined()
  })

  it.each<[Field, string, string]>([
    [{ type: 'decimal', places: 2 }, '0.123', 'TOO_MANY_PLACES'],
    [{ type: 'decimal', places: 2 }, '-0', 'FIELD_INVALID'],
    [{ type: 'integer', maximum: '10' }, '11', 'ABOVE_MAXIMUM'],
    [{ type: 'date', minimum: '2026-01-01' }, '2025-12-31', 'BELOW_MINIMUM'],
    [{ type: 'boolean' }, 'maybe', 'NOT_IN_LIST'],
    [{ type: 'instant' }, '2026-01-05', 'FIELD_INVALID'],
    [{ type: 'instant' }, '2026-01-05T25:00', 'FIELD_INVALID'],
    [{ type: 'member' }, 'NOBODY!', 'FIELD_INVALID'],
    [{ type: 'digest' }, 'ab', 'FIELD_INVALID'],
    [{ type: 'text', maxLength: 3 }, '四个汉字', 'TOO_LONG'],
  ])('%j does not take %s: %s', async (field, text, code) => {
    const { values, problems } = await typed(field, text)
    expect(values).toBeNull()
    expect(problems).toMatchObject([{ code, column: 'value', came: text }])
  })

  it('left empty is absent, and a fault where it is required', async () => {
    expect((await typed({ type: 'money', optional: true }, '')).values).toEqual({})
    expect((await typed({ type: 'money' }, '')).problems).toMatchObject([{ code: 'EMPTY' }])
  })
})

describe('a column', () => {
  it.each<Field>([{ type: 'file' }, { type: 'photo' }, { type: 'date', many: true }])(
    '%j cannot be in a table',
    (field) => {
      expect(() => tableColumns(packageWith({ value: field }), 'fees')).toThrow(
        'COLUMN_NOT_IN_TABLES',
      )
    },
  )

  it('is not asked of a section without rows', () => {
    expect(() => tableColumns(feesPackage(), 'note')).toThrow('SECTION_HAS_NO_ROWS')
    expect(() => tableColumns(feesPackage(), 'nothing')).toThrow('SECTION_HAS_NO_ROWS')
  })

  it('has the headings and words of the package, and its own name where there are none', () => {
    const columns = tableColumns(feesPackage(), 'fees')
    expect(columns.map(({ title }) => title.zh).slice(0, 4)).toEqual([
      '社会保障号码',
      '姓名',
      '会费',
      'books',
    ])
  })
})

describe('a check that takes more work than is allowed', () => {
  it('holds the row and says so; it does not stop the upload', async () => {
    const check = { unless: 'count(for i in 1..1000 return i) > 0', refuse: 'X', column: 'value' }
    world = new DraftWorld(packageWith({ value: { type: 'text' } }, [check]))
    const draft = world.open({ environment: { now: 0, limits: { steps: 100 } } })
    const { problems } = await draft.addRow({ value: 'a' })
    expect(problems).toMatchObject([{ code: 'CHECK_LIMIT', column: 'value', came: 'a' }])
  })
})
