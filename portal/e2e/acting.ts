/* What officers do in a browser: sign in, fill the form that the package asks for, read, sign. */
import type { Locator, Page } from 'playwright-core'
import { demonstrationOf } from './demonstration.ts'
import { type Visitor, wordsOf } from './visitor.ts'

/** Sample officers by what they do in the story. */
export const OFFICERS = {
  hr: 'emp-1001/0101',
  finance: 'emp-1001/0102',
  trustee: 'tru-0001/0201',
  accountManager: 'acc-0001/0301',
  custodian: 'cus-0001/0401',
  managerOne: 'inv-0001/0501',
  managerTwo: 'inv-0002/0601',
  bank: 'bnk-0001/0701',
  supervisor: 'hrss-1300/0801',
} as const

/** The machine may be busy with other things: conditions are waited for, so long at most. */
export const LONG_MS = 60_000

/** Files of the demonstration are XLSX. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The case of the visitor's month. */
export async function contributionOf(url: string): Promise<string> {
  const { ids } = await demonstrationOf(url)
  if (ids.contribution == null) throw new Error('the contribution is not opened')
  return ids.contribution
}

/**
 * Waits until the dialog can be signed.
 *
 * @throws Error with what the dialog says instead
 */
export async function readyDialog(page: Page): Promise<Locator> {
  const dialog = page.getByRole('dialog')
  const sign = dialog.getByRole('button', { name: '确认并签署' })
  const other = dialog.locator('.sign-notice, .refused')
  await sign.or(other).first().waitFor({ timeout: LONG_MS })
  if (await sign.isVisible()) return dialog
  throw new Error(`nothing to sign: ${await wordsOf(dialog)}`)
}

/** Signs what the dialog shows and closes it once it is 已入账; returns the words that were signed. */
export async function signShown(page: Page): Promise<string> {
  const dialog = await readyDialog(page)
  const words = await wordsOf(dialog)
  await dialog.getByRole('button', { name: '确认并签署' }).click()
  await recorded(dialog)
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await dialog.waitFor({ state: 'detached' })
  return words
}

/** Waits until the dialog says 已入账. */
export async function recorded(dialog: Locator): Promise<void> {
  const end = dialog.locator('.sign-verdict, .refused, .sign-notice.is-failure')
  await end.first().waitFor({ timeout: LONG_MS })
  const words = await wordsOf(dialog)
  if (!words.includes('已入账')) throw new Error(`not recorded: ${words}`)
}

/** The panel of a step on the page that is open. */
export function panelOf(page: Page, step: string): Locator {
  return page.getByRole('region', { name: step, exact: true })
}

/** Acts on a step of a case with the form of the package, as one officer. */
export async function act(
  { page, signIn }: Visitor,
  by: string,
  caseId: string,
  step: string,
  fill: (panel: Locator) => Promise<void> = async () => undefined,
): Promise<string> {
  await signIn(by, `/institution/cases/${caseId}`)
  const panel = panelOf(page, step)
  await panel.waitFor({ timeout: LONG_MS })
  await fill(panel)
  await panel.getByRole('button', { name: /核对并签署|打开明细并计算/ }).click()
  return signShown(page)
}

/** Chooses an outcome of a step. */
export function choose(outcome: string | RegExp): (panel: Locator) => Promise<void> {
  return (panel) => panel.getByRole('radio', { name: outcome }).check()
}

/** Chooses the plan of the demonstration, once the register's keys are there to choose from. */
export async function choosePlan(page: Page): Promise<void> {
  const plan = page.getByLabel('计划')
  const option = plan.locator('option[value="DEMO-0001"]')
  await option.waitFor({ state: 'attached', timeout: LONG_MS })
  await plan.selectOption('DEMO-0001')
}

/**
 * What went wrong on pages on which steps were taken. When a step is done, its form and its draft are
 * nobody's any more: a panel that is about to leave the page may ask for them once more, and is answered
 * that there is nothing; the browser notes that as an error.
 */
export function faultsLeft({ faults }: Visitor): readonly string[] {
  const last = /status of 404.*\/api\/v1\/(?:drafts\/|queries\/cases\/get-step$)/
  return faults.filter((fault) => !last.test(fault))
}
