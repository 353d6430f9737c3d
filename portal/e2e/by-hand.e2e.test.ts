// Goal: every party takes its own step of one contribution in its browser, and the books balance to the fen.
// Method: the whole month by hand: forms from the packages, the sign dialog, a session for each officer; the bank
//         books what lies at its counter; then the contribution as the custodian sees it, and the book.
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import {
  act,
  choose,
  choosePlan,
  contributionOf,
  faultsLeft,
  LONG_MS,
  OFFICERS,
  panelOf,
  signShown,
  XLSX,
} from './acting.ts'
import { advance, bankBooks, demonstrationOf, payroll, startOver } from './demonstration.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const url = inject('demonstration')
let visitor: Visitor
let contribution: string

beforeAll(async () => {
  await startOver(url)
  visitor = await openVisitor(url)
})

afterAll(() => visitor?.close())

/** Opens a case of a service with the form that its package asks for. */
async function open(by: string, service: string, fill: () => Promise<void>): Promise<string> {
  const { page, signIn } = visitor
  await signIn(by, `/institution/start/${service}`)
  const check = page.getByRole('button', { name: '核对并签署' })
  await check.waitFor({ timeout: LONG_MS })
  await fill()
  await check.click()
  return signShown(page)
}

it('begins the month and seals 1,284 rows', async () => {
  const { page } = visitor
  const said = await open(OFFICERS.hr, 'annuity-contribution', async () => {
    await choosePlan(page)
    await page.getByLabel('缴费期').fill('2026-11')
    await page.getByLabel('缴费类型').selectOption({ label: '正常' })
  })
  expect(said).toContain('我单位为计划DEMO-0001办理')
  await page.waitForURL('**/institution/cases/*', { timeout: LONG_MS })
  contribution = await contributionOf(url)
  const panel = panelOf(page, '上传缴费明细')
  await panel.waitFor({ timeout: LONG_MS })
  const file = { name: 'payroll-2026-11.xlsx', mimeType: XLSX, buffer: await payroll(url) }
  await panel.locator('input[type=file]').setInputFiles(file)
  await panel.getByText('1284 行都可以').waitFor({ timeout: LONG_MS })
  await panel.getByRole('button', { name: '核对并签署' }).click()
  const rows = await signShown(page)
  expect(rows).toContain('本机已重算 1284 行的指纹')
  expect(faultsLeft(visitor)).toEqual([])
})

it('bills, agrees, confirms by a second officer, collects and pays', async () => {
  await advance(url)
  const bill = await act(visitor, OFFICERS.accountManager, contribution, '出具缴费账单')
  expect(bill).toContain('808,937.36')
  expect(await act(visitor, OFFICERS.trustee, contribution, '出具缴费账单')).toContain('808,937.36')
  await advance(url)
  await act(visitor, OFFICERS.finance, contribution, '确认账单', choose(/confirmed|确认/))
  await advance(url)
  await act(visitor, OFFICERS.trustee, contribution, '通知收账')
  await advance(url)
  const order = await act(visitor, OFFICERS.finance, contribution, '划款')
  expect(order).toContain('808,937.36')
  expect(order).toContain('捌拾万捌仟玖佰叁拾柒元叁角陆分')
  await bankBooks(url)
  await advance(url)
  await act(visitor, OFFICERS.trustee, contribution, '入账指令')
  expect(faultsLeft(visitor)).toEqual([])
})

/** What the story has this officer type: net asset values of the portfolios of the demonstration. */
async function valuesOf(scene: string): Promise<Readonly<Record<string, unknown>>> {
  const { page } = visitor
  const { input } = (await page.evaluate(
    async (name) => (await fetch(`/api/v1/demonstration/scenes/${name}`)).json(),
    scene,
  )) as { input: { fields: Readonly<Record<string, unknown>> } }
  return input.fields
}

const typeValue =
  (scene: string) =>
  async (panel: Locator): Promise<void> => {
    const { portfolio, netAssetValue } = await valuesOf(scene)
    await panel.getByLabel('投资组合').fill(String(portfolio))
    await panel.getByLabel('组合净值').fill(String(netAssetValue))
  }

it('values the dealing day from both sides and publishes the unit value', async () => {
  const { page } = visitor
  await advance(url)
  await open(OFFICERS.custodian, 'annuity-valuation', async () => {
    const { valuationDay } = await valuesOf('open-valuation')
    await choosePlan(page)
    await page.getByLabel('估值日').fill(String(valuationDay))
    await page.getByLabel('更正次数').fill('0')
  })
  await page.waitForURL('**/institution/cases/*', { timeout: LONG_MS })
  const { ids } = await demonstrationOf(url)
  const valuation = ids.valuation ?? ''
  await act(visitor, OFFICERS.managerOne, valuation, '投资管理人估值', typeValue('value-one'))
  await act(visitor, OFFICERS.managerTwo, valuation, '投资管理人估值', typeValue('value-two'))
  await act(visitor, OFFICERS.custodian, valuation, '托管人估值', async (panel) => {
    const { custodianValues } = await valuesOf('value-custodian')
    const [one, two] = custodianValues as readonly string[]
    await panel.getByRole('button', { name: '加一行' }).click()
    await panel.getByLabel('第 1 行').fill(String(one))
    await panel.getByLabel('第 2 行').fill(String(two))
  })
  await advance(url)
  await act(visitor, OFFICERS.custodian, valuation, '估值核对')
  const published = await act(visitor, OFFICERS.custodian, valuation, '公布份额净值')
  expect(published).toContain('公布份额净值')
  expect(faultsLeft(visitor)).toEqual([])
})

it('allocates, invests and transfers', async () => {
  await advance(url)
  const units = await act(visitor, OFFICERS.accountManager, contribution, '分配到个人账户')
  expect(units.replaceAll(',', '')).toContain('629719.1299')
  await act(visitor, OFFICERS.trustee, contribution, '分配到个人账户')
  await advance(url)
  await act(visitor, OFFICERS.trustee, contribution, '投资分配指令')
  await advance(url)
  await act(visitor, OFFICERS.custodian, contribution, '资金划拨')
  expect(faultsLeft(visitor)).toEqual([])
})

it('ends with three equal sums, the residue named, and a balanced book', async () => {
  const { page, signIn } = visitor
  await signIn(OFFICERS.custodian, `/institution/contributions/${contribution}`)
  const match = page.getByRole('region', { name: '三方勾稽' })
  await match.getByText(/三数一致，差额/).waitFor({ timeout: LONG_MS })
  const words = (await wordsOf(match)).replaceAll(/\s+/g, ' ')
  expect(words.match(/808,937\.36/g)?.length).toBeGreaterThanOrEqual(2)
  expect(words).toContain('629,719.1299 × 1.2846 + 0.16573046')
  expect(words).toContain('三数一致，差额 0.00')
  expect(words).toContain('0.16 元入企业账户，零头 0.00891252 结转')
  await signIn(OFFICERS.custodian, '/institution/journal/DEMO-0001')
  await page.getByText('平衡', { exact: true }).first().waitFor({ timeout: LONG_MS })
  expect(await page.getByText('不平衡').count()).toBe(0)
  expect(faultsLeft(visitor)).toEqual([])
})
