/* A visitor's browser: real Chromium, and everything that a page must never do is written down. */
import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'

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
  await context.addInitScript((locale) => {
    if (location.protocol.startsWith('http')) localStorage.setItem('renshe-locale', locale)
  }, lang)
  const page = await context.newPage()
  const faults = watch(page, url)
  const signIn = async (account: string, path: string): Promise<void> => {
    // A page that is left must not ask in the name of whoever comes after.
    await page.goto('about:blank')
    const asked = new URLSearchParams({ account, return: path })
    await page.goto(`/api/v1/sign-in?${asked}`)
    const heading = page.locator('h1').first()
    await heading.waitFor({ timeout: 60_000 }).catch(async () => {
      const shown = await wordsOf(page.locator('body'))
      throw new Error(`${account} came to ${page.url()}: ${shown.slice(0, 500)}`)
    })
  }
  return { browser, context, page, faults, signIn, close: () => browser.close() }
}

/** Writes down what a page does that it must not. */
export function watch(page: Page, url: string): Faults {
  const faults: Faults = []
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    faults.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== url) faults.push(`asked ${request.url()}`)
  })
  return faults
}

/** The words of a part of a page as they are laid out: what is hidden is not among them. */
export async function wordsOf(part: Locator): Promise<string> {
  return (await part.allInnerTexts()).join('\n')
}
