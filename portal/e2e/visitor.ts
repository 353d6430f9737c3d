/* A visitor's browser: real Chromium, and everything that a page must never do is written down. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where Debian has it; another place by the environment. */
const CHROMIUM = process.env.RENSHE_CHROMIUM ?? '/usr/bin/chromium'

/** What went wrong on pages, in words; empty on good ones. */
export type Faults = string[]

/** A browser with one window. */
export interface Visitor {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of the console, violations of the policy, requests to other origins. */
  readonly faults: Faults
  /** Signs a sample account in, as the role switcher does, and waits for the page. */
  readonly signIn: (account: string, path: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens a browser. */
export async function openVisitor(
  url: string,
  settings: { readonly width?: number; readonly height?: number; readonly lang?: 'zh' | 'en' } = {},
): Promise<Visitor> {
  if (!existsSync(CHROMIUM)) throw new Error(`no Chromium at ${CHROMIUM}; set RENSHE_CHROMIUM`)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  const { width = 1440, height = 1000, lang = 'zh' } = settings
  const context = await browser.newContext({
    viewport: { width, height },
    baseURL: url,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  await context.addInitScript((locale) => localStorage.setItem('renshe-locale', locale), lang)
  const page = await context.newPage()
  const faults = watch(page, url)
  const signIn = async (account: string, path: string): Promise<void> => {
    const asked = new URLSearchParams({ account, return: path })
    await page.goto(`/api/v1/sign-in?${asked}`)
    await page.locator('h1').first().waitFor()
  }
  return { browser, context, page, faults, signIn, close: () => browser.close() }
}

/** Writes down what a page does that it must not. */
export function watch(page: Page, url: string): Faults {
  const faults: Faults = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== url) faults.push(`asked ${request.url()}`)
  })
  return faults
}

/** Brings the demonstration to just before a scene. */
export async function standInThrough(url: string, scene: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/demonstration/stand-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ scene, through: true }),
  })
  if (!response.ok) throw new Error(`${scene}: ${response.status} ${await response.text()}`)
}

/** The demonstration as its host tells it. */
export async function demonstrationOf(url: string): Promise<{
  readonly run: string
  readonly ids: Readonly<Record<string, string | null>>
  readonly scenes: readonly {
    readonly id: string
    readonly status: string
    readonly path: string
  }[]
}> {
  const response = await fetch(`${url}/api/v1/demonstration`)
  return (await response.json()) as Awaited<ReturnType<typeof demonstrationOf>>
}

/** Begins the demonstration anew and waits until it is. */
export async function startOver(url: string): Promise<void> {
  const { run } = await demonstrationOf(url)
  const response = await fetch(`${url}/api/v1/demonstration/start-over`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{}',
  })
  if (!response.ok) throw new Error(`start-over: ${response.status}`)
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = await demonstrationOf(url).catch(() => null)
    if (now !== null && now.run !== run) return
  }
}
