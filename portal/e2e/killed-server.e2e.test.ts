// Goal: a server that dies loses nothing: what was typed stays, and an act that was handed in ends in one true sentence.
// Method: a demonstration of its own in its own folder, ended with SIGKILL: while a form is filled in; before a signed
//         transaction reaches it; after the transaction reached it and before the browser has its answer. Each time
//         it is started again on the same folder and port.
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { act, choosePlan, contributionOf, LONG_MS, OFFICERS, readyDialog } from './acting.ts'
import { demonstrationOf, standInThrough } from './demonstration.ts'
import { type DemonstrationHost, discard, startDemonstration } from './demonstration-host.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const PEOPLE = 12
/** A server that starts again reads its chain, and may share the machine. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
let host: DemonstrationHost
let visitor: Visitor

beforeAll(async () => {
  host = await startDemonstration({ people: PEOPLE })
  visitor = await openVisitor(host.url)
})

afterAll(async () => {
  await visitor?.close()
  await host?.stop()
  if (host !== undefined) discard(host)
})

const kill = () => host.stop('SIGKILL')

async function startAgain(): Promise<void> {
  const { folder, url } = host
  host = await startDemonstration({ folder, port: Number(new URL(url).port), people: PEOPLE })
}

it('keeps a form that was half filled in', async () => {
  const { page, signIn } = visitor
  await signIn(OFFICERS.hr, '/institution/start/annuity-contribution')
  await page.getByLabel('缴费期').waitFor({ timeout: LONG_MS })
  await page.getByLabel('缴费期').fill('2026-11')
  await page.getByRole('button', { name: '存草稿' }).click()
  await page.getByText('草稿已存在本机').waitFor()
  await kill()
  await startAgain()
  await signIn(OFFICERS.hr, '/institution/start/annuity-contribution')
  await page.getByText('上次填到一半的内容已恢复').waitFor({ timeout: LONG_MS })
  expect(await page.getByLabel('缴费期').inputValue()).toBe('2026-11')
})

/** Fills in what is left of the form and opens the dialog. */
async function askToSign(page: Page) {
  await choosePlan(page)
  await page.getByLabel('缴费类型').selectOption({ label: '正常' })
  await page.getByRole('button', { name: '核对并签署' }).click()
  return readyDialog(page)
}

/** Takes the next transaction that is handed in. */
async function handIn(page: Page, take: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/v1/transactions', take, { times: 1 })
  await page.getByRole('dialog').getByRole('button', { name: '确认并签署' }).click()
}

it('says that nothing was recorded when the server died before it had the transaction', async () => {
  const { page } = visitor
  const dialog = await askToSign(page)
  await handIn(page, async (route) => {
    await kill()
    await route.abort()
  })
  await dialog.getByText('正在确认这一步是否已入账，请不要重新提交').waitFor({ timeout: LONG_MS })
  await startAgain()
  await dialog.getByText('这一步没有入账，什么都没有记录').waitFor({ timeout: LONG_MS })
  expect(await wordsOf(dialog)).not.toContain('已入账')
  expect((await demonstrationOf(host.url)).ids.contribution).toBeNull()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  // What was typed is a draft again, not something that is still under way.
  expect(await page.getByLabel('缴费期').inputValue()).toBe('2026-11')
  await page.getByText('草稿 1', { exact: true }).waitFor({ timeout: LONG_MS })
})

it('says that it is recorded when the server died after it had the transaction', async () => {
  const { page, signIn } = visitor
  await signIn(OFFICERS.hr, '/institution/start/annuity-contribution')
  const dialog = await askToSign(page)
  await handIn(page, async (route) => {
    await route.fetch()
    await kill()
    await route.abort()
  })
  await dialog.getByText('正在确认这一步是否已入账，请不要重新提交').waitFor({ timeout: LONG_MS })
  await startAgain()
  await dialog.getByText('已入账', { exact: true }).waitFor({ timeout: LONG_MS })
  expect(await dialog.getByRole('button', { name: /确认并签署|再次提交/ }).count()).toBe(0)
})

it('goes on with the same case afterwards', async () => {
  const { url } = host
  const contribution = await contributionOf(url)
  await standInThrough(url, 'agree-bill')
  expect(await contributionOf(url)).toBe(contribution)
  await act(visitor, OFFICERS.finance, contribution, '确认账单', (panel) =>
    panel.getByRole('radio').first().check(),
  )
})
