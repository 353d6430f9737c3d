// Goal: a workbook with three bad rows is mended in place, and neither a reload nor a second upload loses or doubles it.
// Method: the demonstration's faulty workbook of 1,284 rows, uploaded by the employer's officer; one row mended, the page
//         loaded again, the same file chosen again, the other two mended; totals are those of the good workbook.
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { readTable } from '../src/patterns/bulk-upload/read-table.ts'
import {
  contributionOf,
  faultsLeft,
  LONG_MS,
  OFFICERS,
  panelOf,
  signShown,
  XLSX,
} from './acting.ts'
import { violations } from './axe.ts'
import { payroll, standInThrough, startOver } from './demonstration.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const url = inject('demonstration')
let visitor: Visitor
let contribution: string
let faulty: Buffer
let good: Awaited<ReturnType<typeof readTable>>

beforeAll(async () => {
  await startOver(url)
  await standInThrough(url, 'open-contribution')
  contribution = await contributionOf(url)
  faulty = await payroll(url, 3)
  good = await readTable(new Uint8Array(await payroll(url)))
  visitor = await openVisitor(url)
})

afterAll(() => visitor?.close())

const panel = () => panelOf(visitor.page, '上传缴费明细')
const faultsTable = () => panel().getByRole('table', { name: '要改的行' })
const totals = () => panel().getByRole('region', { name: '合计' })

async function choose(): Promise<void> {
  const file = { name: 'payroll-2026-11.xlsx', mimeType: XLSX, buffer: faulty }
  await panel().locator('input[type=file]').setInputFiles(file)
}

/** Writes what the good workbook says into one cell of a line of the file, and saves the row. */
async function mend(line: number, heading: string): Promise<void> {
  await panel()
    .getByRole('row', { name: new RegExp(`^${line} `) })
    .getByRole('button')
    .click()
  const editor = panel().getByRole('form', { name: `行 ${line}` })
  const right = good.rows[line - 2]?.[good.headings.indexOf(heading)] ?? ''
  await editor.getByLabel(heading, { exact: true }).fill(right)
  await editor.getByRole('button', { name: '保存这一行' }).click()
  await editor.waitFor({ state: 'detached', timeout: LONG_MS })
}

/** Sum of a column of the good workbook, as it is written in totals. */
function sumOf(heading: string): string {
  const at = good.headings.indexOf(heading)
  const fen = good.rows.reduce((sum, cells) => sum + BigInt((cells[at] ?? '').replace('.', '')), 0n)
  const text = String(fen)
  const yuan = text.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${yuan}.${text.slice(-2)}`
}

it('names the three bad rows, each with its reason, and signs nothing before they are mended', async () => {
  const { page, signIn } = visitor
  await signIn(OFFICERS.hr, `/institution/cases/${contribution}`)
  await panel().waitFor({ timeout: LONG_MS })
  await choose()
  await faultsTable().waitFor({ timeout: LONG_MS })
  const mends = faultsTable().getByRole('button', { name: '改' })
  await expect.poll(() => mends.count(), { timeout: LONG_MS }).toBe(3)
  const words = await wordsOf(faultsTable())
  expect(words).toMatch(
    /102\s[\s\S]*社会保障号码[\s\S]*418\s[\s\S]*一百八十[\s\S]*905\s[\s\S]*应税部分/,
  )
  expect((await wordsOf(totals())).replaceAll(/\s+/g, ' ')).toMatch(/1,284.*1,281.*3/)
  expect(await panel().getByRole('button', { name: '核对并签署' }).isDisabled()).toBe(true)
  expect(await wordsOf(panel())).toContain('还有 3 行要改')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await violations(page)).toEqual([])
})

it('keeps what is mended across a reload, and finds its draft when the same file comes again', async () => {
  const { page } = visitor
  await mend(102, '社会保障号码')
  await page.reload()
  await panel().getByText('接着上次的继续').waitFor({ timeout: LONG_MS })
  const mends = faultsTable().getByRole('button', { name: '改' })
  await expect.poll(() => mends.count(), { timeout: LONG_MS }).toBe(2)
  await choose()
  await panel().getByText('这份文件上次已经传过').waitFor({ timeout: LONG_MS })
  expect(await faultsTable().getByRole('button', { name: '改' }).count()).toBe(2)
  expect(await wordsOf(totals())).toContain('1,284')
})

it('comes to the totals of the good workbook once all are mended, and is sealed', async () => {
  await mend(418, '个人缴费')
  await mend(905, '个人缴费应税部分')
  await panel().getByText('1284 行都可以').waitFor({ timeout: LONG_MS })
  const words = await wordsOf(totals())
  expect(words).toContain(sumOf('企业缴费'))
  expect(words).toContain(sumOf('个人缴费'))
  await panel().getByRole('button', { name: '核对并签署' }).click()
  const said = await signShown(visitor.page)
  expect(said).toContain(sumOf('企业缴费'))
  expect(said).toContain('本机已重算 1284 行的指纹')
  expect(faultsLeft(visitor)).toEqual([])
})
