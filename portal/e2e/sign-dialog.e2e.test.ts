// Goal: what is signed is what is said; nobody signs by accident, twice, or what a server chose.
// Method: the settlor opens the month: the dialog is left with Escape; the prepared answer is altered on its way, one
//         part of body or openings at a time; the right one is signed with two clicks in a row. Every request to hand
//         a transaction in is counted. Then one step is taken with the keyboard alone, from the list to 已入账.
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import {
  choosePlan,
  contributionOf,
  LONG_MS,
  OFFICERS,
  panelOf,
  readyDialog,
  recorded,
} from './acting.ts'
import { violations } from './axe.ts'
import { demonstrationOf, standInThrough, startOver } from './demonstration.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const url = inject('demonstration')
const PREPARE = '**/api/v1/actions/cases/open-case/prepare'
let visitor: Visitor
/** Transactions that this browser handed in. */
const handedIn: string[] = []

beforeAll(async () => {
  await startOver(url)
  visitor = await openVisitor(url)
  visitor.page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/v1/transactions') {
      handedIn.push(request.postData() ?? '')
    }
  })
})

afterAll(() => visitor?.close())

/** The form of the month, filled in. */
async function fillIn(): Promise<Page> {
  const { page, signIn } = visitor
  await signIn(OFFICERS.hr, '/institution/start/annuity-contribution')
  await choosePlan(page)
  await page.getByLabel('缴费期').fill('2026-11')
  await page.getByLabel('缴费类型').selectOption({ label: '正常' })
  return page
}

const press = (page: Page) => page.getByRole('button', { name: '核对并签署' }).click()

it('signs nothing when it is left with Escape, and keeps what was typed', async () => {
  const page = await fillIn()
  await press(page)
  const dialog = await readyDialog(page)
  expect(await violations(page)).toEqual([])
  // Focus is on the heading: Enter does not sign.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(handedIn).toEqual([])
  expect(await page.getByLabel('缴费期').inputValue()).toBe('2026-11')
  expect((await demonstrationOf(url)).ids.contribution).toBeNull()
})

interface Prepared {
  body: string
  [part: string]: unknown
}

/** The bytes of a body with one part of it said otherwise. */
function altered(prepared: Prepared, from: string, to: string): Prepared {
  const text = Buffer.from(prepared.body, 'base64url').toString()
  if (!text.includes(from)) throw new Error(`the body does not say ${from}: ${text}`)
  return { ...prepared, body: Buffer.from(text.replace(from, to)).toString('base64url') }
}

const ALTERED: readonly [what: string, from: string, to: string][] = [
  ['another month', '"period":"2026-11"', '"period":"2026-12"'],
  ['another kind', '"type":"REGULAR"', '"type":"BACK_PAYMENT"'],
  ['another service', '"service":"annuity-contribution"', '"service":"annuity-valuation"'],
  ['another action', '"action":"cases.openCase"', '"action":"cases.withdrawCase"'],
]

for (const [what, from, to] of ALTERED) {
  it(`stops over a body that the server made say ${what}`, async () => {
    const page = await fillIn()
    const alter = async (route: Route): Promise<void> => {
      const response = await route.fetch()
      const prepared = (await response.json()) as Prepared
      await route.fulfill({ response, json: altered(prepared, from, to) })
    }
    await page.route(PREPARE, alter)
    await press(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('内容与要签的指纹不一致，已停止').waitFor({ timeout: LONG_MS })
    expect(await wordsOf(dialog)).toContain('没有签名，什么都没有提交')
    expect(await dialog.getByRole('button', { name: '确认并签署' }).count()).toBe(0)
    expect(handedIn).toEqual([])
    await page.unroute(PREPARE, alter)
    await page.keyboard.press('Escape')
  })
}

it('hands in one transaction for two clicks in a row', async () => {
  const page = await fillIn()
  await press(page)
  const dialog = await readyDialog(page)
  await dialog.getByRole('button', { name: '确认并签署' }).dblclick()
  await recorded(dialog)
  expect(handedIn).toHaveLength(1)
  await dialog.getByRole('button', { name: '关闭' }).last().click()
})

interface PreparedSealed extends Prepared {
  sections: { name: string; opening: { header: object; seed: string; content: string } }[]
}

/** Another reason than the one that was typed, in a part of the opening of the sealed section. */
const OPENINGS: readonly [part: string, alter: (prepared: PreparedSealed) => void][] = [
  [
    'content',
    ({ sections: [reason] }) => {
      if (reason === undefined) throw new Error('nothing is sealed')
      const text = Buffer.from(reason.opening.content, 'base64url').toString()
      if (!text.includes('少算一人')) throw new Error(`the opening says ${text}`)
      const other = text.replace('少算一人', '多算一人')
      reason.opening.content = Buffer.from(other).toString('base64url')
    },
  ],
  [
    'seed',
    ({ sections: [reason] }) => {
      if (reason === undefined) throw new Error('nothing is sealed')
      const { seed } = reason.opening
      reason.opening.seed = `${seed.startsWith('A') ? 'B' : 'A'}${seed.slice(1)}`
    },
  ],
  ['number of sections', (prepared) => prepared.sections.splice(0, 1)],
]

it.each(OPENINGS)('stops over an opening whose %s is another', async (_, alter) => {
  await standInThrough(url, 'agree-bill')
  const contribution = await contributionOf(url)
  const { page, signIn } = visitor
  const before = handedIn.length
  await signIn(OFFICERS.finance, `/institution/cases/${contribution}`)
  const panel = panelOf(page, '确认账单')
  await panel.getByRole('radio', { name: /账单有误/ }).check()
  await panel.getByLabel('账单错误说明').fill('少算一人')
  const prepare = '**/api/v1/actions/cases/act-on-step/prepare'
  const handler = async (route: Route): Promise<void> => {
    const response = await route.fetch()
    const prepared = (await response.json()) as PreparedSealed
    alter(prepared)
    await route.fulfill({ response, json: prepared })
  }
  await page.route(prepare, handler)
  await panel.getByRole('button', { name: '核对并签署' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('内容与要签的指纹不一致，已停止').waitFor({ timeout: LONG_MS })
  expect(await dialog.getByRole('button', { name: '确认并签署' }).count()).toBe(0)
  expect(handedIn).toHaveLength(before)
  await page.unroute(prepare, handler)
  await page.keyboard.press('Escape')
})

/** Presses Tab until something is focused; so many times at most. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
    })
    if (name.test(focused)) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

it('takes a step with the keyboard alone, from the list of open steps to 已入账', async () => {
  await standInThrough(url, 'agree-bill')
  const contribution = await contributionOf(url)
  const { page, signIn } = visitor
  await signIn(OFFICERS.finance, '/institution')
  await page
    .getByRole('link', { name: /企业年金缴费 2026年11月/ })
    .first()
    .waitFor({ timeout: LONG_MS })
  await page.keyboard.press('Tab')
  await tabTo(page, /企业年金缴费 2026年11月/)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/institution/contributions/${contribution}`)
  await page.getByRole('button', { name: '核对并签署：确认账单' }).waitFor({ timeout: LONG_MS })
  await tabTo(page, /核对并签署：确认账单/)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: '确认账单', exact: true })
  await panel.getByRole('radio').first().waitFor({ timeout: LONG_MS })
  // Digits choose and never submit.
  await page.keyboard.press('1')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await panel.getByRole('radio').first().isChecked()).toBe(true)
  await page.keyboard.press('Control+Enter')
  const dialog = await readyDialog(page)
  await tabTo(page, /^确认并签署$/)
  await page.keyboard.press('Enter')
  await recorded(dialog)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const { scenes } = await demonstrationOf(url)
  expect(scenes.find(({ id }) => id === 'confirm')?.status).toBe('done')
})
