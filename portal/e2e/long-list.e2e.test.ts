// Goal: ten thousand open steps are one list: it scrolls to its end, and what is drawn and asked does not grow with it.
// Method: the node's own answer for one step, repeated page after page on its way to the browser (making ten thousand
//         open steps on the chain would take an hour); the list is scrolled to its last row. How fast a frame is, is
//         measured where timings are: never here.
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { LONG_MS, OFFICERS } from './acting.ts'
import { standInThrough } from './demonstration.ts'
import { openVisitor, type Visitor } from './visitor.ts'

const url = inject('demonstration')
const STEPS = 10_000
const PAGE = 100
/** Rows in view, and those kept ready above and below. */
const MOST_DRAWN = 120
let visitor: Visitor

beforeAll(async () => {
  await standInThrough(url, 'transfer')
  visitor = await openVisitor(url)
})

afterAll(() => visitor?.close())

interface Steps {
  readonly height: number
  readonly data: { readonly items: readonly { readonly step: object }[] }
}

/** Answers each page with the first step that there is, under other numbers. */
async function repeatSteps(page: Page): Promise<void> {
  let first: Steps | undefined
  await page.route('**/queries/cases/list-open-steps', async (route: Route) => {
    first ??= (await (await route.fetch()).json()) as Steps
    const { input } = route.request().postDataJSON() as { input: { cursor?: string } }
    const from = Number(input.cursor ?? 0)
    const [item] = first.data.items
    if (item === undefined) throw new Error('there is no open step to repeat')
    const items = Array.from({ length: PAGE }, (_, at) => ({
      ...item,
      step: { ...item.step, n: from + at },
    }))
    const next = from + PAGE >= STEPS ? null : String(from + PAGE)
    await route.fulfill({ json: { height: first.height, data: { items, next } } })
  })
}

it('scrolls to the last of 10,000 steps', async () => {
  const { page, signIn, faults } = visitor
  await repeatSteps(page)
  let questions = 0
  page.on('request', (request) => {
    if (request.url().includes('/queries/') && !request.url().includes('list-open-steps')) {
      questions += 1
    }
  })
  await signIn(OFFICERS.custodian, '/institution')
  const list = page.getByRole('region', { name: '等我方办理' }).locator('.data-table').first()
  await list.waitFor({ timeout: LONG_MS })
  await expect
    .poll(
      async () => {
        await list.evaluate((frame) => {
          frame.scrollTop = frame.scrollHeight
        })
        expect(await list.locator('tbody tr').count()).toBeLessThan(MOST_DRAWN)
        return list.locator('table').getAttribute('aria-rowcount')
      },
      { timeout: 100_000, interval: 50 },
    )
    .toBe(String(STEPS + 1))
  // The last page may have come after the last scroll.
  const last = list.locator(`tr[aria-rowindex="${STEPS + 1}"]`)
  await expect
    .poll(
      async () => {
        await list.evaluate((frame) => {
          frame.scrollTop = frame.scrollHeight
        })
        return last.count()
      },
      { timeout: LONG_MS, interval: 100 },
    )
    .toBe(1)
  expect(questions).toBeLessThan(60)
  expect(faults).toEqual([])
})
