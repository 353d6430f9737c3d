// Goal: entries of the data catalogue come back from CSV as they were, and a broken cell is told by line and
// column. Method: two entries there and back, with texts a spreadsheet would execute; one cell broken per row.
import type { DataSetContent } from '@renshe/contracts'
import { expect, it } from 'vitest'

import { DATA_SET_COLUMNS, readDataSets, writeDataSets } from './data-set-csv.ts'
import { bytesOf } from './test-columns.ts'
import { writeCsv } from './write-csv.ts'

const CLAUSE = '政务数据共享条例/14'
const SHARED: DataSetContent = {
  id: 'insured-status',
  version: 1,
  name: { zh: '个人参保状态，"示例"', en: '=status' },
  items: ['是否参保', '月数'],
  provider: 'insurance',
  format: 'STRUCTURED',
  updateFrequency: 'MONTHLY',
  sharing: 'CONDITIONAL',
  shareMethods: ['API', 'FILE'],
  conditions: { scope: '许可机关', purpose: '许可核查' },
  notShared: null,
  grade: 3,
  personal: true,
  responsible: 'SIA',
  duties: (['PRODUCTION', 'SHARED_USE', 'TRANSFER_STORAGE'] as const).map((stage) => ({
    stage,
    role: 'SIA',
    duty: '@谁管理谁负责',
    clause: CLAUSE,
  })),
  change: { conditions: '职责变化', vote: 'LOOSEN' },
  sections: [{ package: 'insured', section: 'status', level: 3 }],
}
const CLOSED: DataSetContent = {
  ...SHARED,
  id: 'inspection-plans',
  sharing: 'NOT_SHARED',
  shareMethods: [],
  conditions: null,
  notShared: { reason: '执法秘密', clause: CLAUSE, rank: 'LAW' },
}

it('gives entries back as they were', async () => {
  const bytes = await bytesOf(writeDataSets([SHARED, CLOSED]))
  expect(await readDataSets(bytes)).toEqual({ entries: [SHARED, CLOSED], problems: [] })
  expect(await bytesOf(writeDataSets([SHARED, CLOSED]))).toEqual(bytes)
})

it.each<[string, string, string]>([
  ['grade', '5', '/grade'],
  ['sharing', 'MAYBE', '/sharing'],
  ['duties', '[', 'duties'],
  ['provider', '', 'provider'],
])('tells a broken %s and keeps the other rows', async (column, text, at) => {
  const rows = [SHARED, CLOSED].map((entry) =>
    Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  )
  rows[0] = { ...rows[0], [column]: text }
  const { entries, problems } = await readDataSets(await bytesOf(writeCsv(DATA_SET_COLUMNS, rows)))
  expect(entries).toEqual([CLOSED])
  expect(problems).toMatchObject([{ line: 2, at }])
})
