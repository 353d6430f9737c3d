// Goal: every route of stage 1, in both languages, is a page that anybody can use and that asks nobody else.
// Method: with a whole month on the chain, each route as somebody who may be there, in real Chromium: one h1, the
//         ribbon, no error in the console, no request elsewhere, the policy not violated; axe-core in a second pass
//         (it is injected past the policy, so the pass that checks the policy comes first and without it). Explorer,
//         demonstration and own pages also at 390 and 320 px. Then the weight of a first load, and ten thousand rows.
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { contributionOf, LONG_MS, OFFICERS } from './acting.ts'
import { violations } from './axe.ts'
import { demonstrationOf, standInThrough } from './demonstration.ts'
import { openVisitor, type Visitor, watch } from './visitor.ts'

const url = inject('demonstration')
const FIRST_LOAD_BYTES = 300 * 1024

let visitor: Visitor
/** Values of `:names` in routes. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  await standInThrough(url, 'look')
  const { ids: known, scenes, height } = await demonstrationOf(url)
  ids.case = await contributionOf(url)
  ids.valuation = known.valuation ?? ''
  ids.height = String(height - 1)
  ids.tx = scenes.find(({ id }) => id === 'allocate' || id === 'transfer')?.txId ?? ''
  const ask = async (path: string, input: object): Promise<Record<string, unknown>[]> => {
    const response = await fetch(`${url}/api/v1/queries/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
    })
    const { data } = (await response.json()) as { data: { items: Record<string, unknown>[] } }
    return data.items
  }
  const [rule] = await ask('catalogue/list-rules', { limit: 1 })
  ids.rule = String(rule?.hash ?? '')
  visitor = await openVisitor(url)
  ids.alert = await firstBelow('/supervision', '/supervision/alerts/')
  ids.warrant = await firstBelow('/supervision/warrants', '/supervision/warrants/')
  await visitor.context.clearCookies()
  signedIn = null
}, 300_000)

afterAll(() => visitor?.close())

/** Who is signed in; a session serves all routes of the same account. */
let signedIn: string | null = null

async function become(account: string): Promise<void> {
  if (signedIn === account) return
  await visitor.signIn(account, '/explore/verify')
  signedIn = account
}

/** Number of the first record that a supervisor's list links to. */
async function firstBelow(list: string, prefix: string): Promise<string> {
  await visitor.signIn(OFFICERS.supervisor, list)
  const link = visitor.page.locator(`main a[href^="${prefix}"]:not([href$="/new"])`).first()
  await link.waitFor({ timeout: LONG_MS })
  return ((await link.getAttribute('href')) ?? '').slice(prefix.length)
}

const PUBLIC = [
  '/demo',
  '/explore/verify',
  '/explore/blocks',
  '/explore/blocks/:height',
  '/explore/tx/:tx',
  '/explore/search',
  '/explore/rules',
  '/explore/rules/:rule',
  '/explore/parameters',
  '/explore/sharing',
  '/explore/self-test',
  '/tools',
  '/tools/pension',
  '/tools/severance',
] as const

const OWN = ['/hall/records/annuity', '/hall/access-log'] as const

const OFFICER = [
  [OFFICERS.trustee, '/institution'],
  [OFFICERS.trustee, '/institution/contributions'],
  [OFFICERS.trustee, '/institution/plans'],
  [OFFICERS.trustee, '/institution/plans/DEMO-0001'],
  [OFFICERS.trustee, '/institution/cases/:case'],
  [OFFICERS.custodian, '/institution/contributions/:case'],
  [OFFICERS.custodian, '/institution/valuation'],
  [OFFICERS.custodian, '/institution/valuation/2026-11-16'],
  [OFFICERS.custodian, '/institution/visibility'],
  [OFFICERS.custodian, '/institution/compare/:case?right=trustee'],
  [OFFICERS.accountManager, '/institution/journal'],
  [OFFICERS.accountManager, '/institution/journal/DEMO-0001'],
  [OFFICERS.accountManager, '/institution/warrants'],
  [OFFICERS.managerTwo, '/institution/orders'],
  [OFFICERS.managerTwo, '/institution/orders/DEMO-0001'],
  [OFFICERS.hr, '/institution/start/annuity-contribution'],
  [OFFICERS.supervisor, '/supervision'],
  [OFFICERS.supervisor, '/supervision/alerts/:alert'],
  [OFFICERS.supervisor, '/supervision/matches'],
  [OFFICERS.supervisor, '/supervision/warrants'],
  [OFFICERS.supervisor, '/supervision/warrants/:warrant'],
  [OFFICERS.supervisor, '/supervision/warrants/new'],
] as const

const pathOf = (route: string): string => route.replaceAll(/:(\w+)/g, (_, name) => ids[name] ?? '')

/** Waits until a page has its content: no bars in its place. */
async function ready(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ timeout: LONG_MS })
  await expect
    .poll(() => page.locator('.waiting').count(), { timeout: LONG_MS, interval: 200 })
    .toBe(0)
}

/** Loads a route in a language, with an own page that the policy holds for. */
async function look(route: string, lang: 'zh' | 'en'): Promise<void> {
  const page = await visitor.context.newPage()
  const faults = watch(page, url)
  await page.addInitScript((locale) => localStorage.setItem('renshe-locale', locale), lang)
  await page.goto(pathOf(route))
  await ready(page)
  // A page that leads on to another has its heading there.
  await expect.poll(() => page.locator('h1').count(), { timeout: 15_000 }).toBe(1)
  expect(await page.locator('.failed').count()).toBe(0)
  expect(await page.locator('html').getAttribute('lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en')
  const ribbon = lang === 'zh' ? '演示环境' : /demonstration/i
  expect(await page.getByText(ribbon).first().isVisible()).toBe(true)
  expect(faults).toEqual([])
  expect(await violations(page)).toEqual([])
  await page.close()
}

const LANGUAGES = ['zh', 'en'] as const

describe.each(LANGUAGES)('in %s, without sign-in', (lang) => {
  it.each(PUBLIC)('%s is a good page', (route) => look(route, lang))
})

describe.each(LANGUAGES)('in %s, as an officer', (lang) => {
  it.each(OFFICER)('%s: %s is a good page', async (account, route) => {
    await become(account)
    await look(route, lang)
  })
})

describe.each(LANGUAGES)('in %s, as the worker', (lang) => {
  it.each(OWN)('%s is a good page', async (route) => {
    await become('worker')
    await look(route, lang)
  })
})

it('has no sideways scroll on a phone', async () => {
  await become('worker')
  const page = await visitor.context.newPage()
  const wide: string[] = []
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 })
    for (const route of [...PUBLIC, ...OWN]) {
      await page.goto(pathOf(route))
      await ready(page)
      const inner = await page.evaluate(() => document.documentElement.scrollWidth)
      if (inner > width) wide.push(`${route} is ${inner} px wide at ${width}`)
    }
  }
  await page.close()
  expect(wide).toEqual([])
})

it('loads at most 300 KB of script and style, compressed, for a public page', async () => {
  for (const route of ['/demo', '/explore/verify', '/explore/blocks']) {
    const fresh = await openVisitor(url)
    const sizes: Promise<number>[] = []
    fresh.page.on('response', (response) => {
      if (!/\.(?:js|css)$/.test(new URL(response.url()).pathname)) return
      sizes.push(response.body().then((body) => gzipSync(body).length))
    })
    await fresh.page.goto(route)
    await ready(fresh.page)
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    await fresh.close()
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes, route).toBeLessThanOrEqual(FIRST_LOAD_BYTES)
  }
})
