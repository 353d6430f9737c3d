// Goal: a real browser keeps the session cookies on the plain loopback, under both of its names, and the issuer's
// page works under its own policy, without a script.
// Method: Chromium at the club's node; what the browser refuses shows in its console.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleAccounts } from '../api/accounts.ts'
import { ApiWorld } from '../api/api-world.fixture.ts'
import { type Served, serve } from '../api/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-browser-'))
let world: ApiWorld
let served: Served
let browser: Browser

beforeAll(async () => {
  mkdirSync(join(folder, 'pages'))
  writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html><title>portal</title>')
  writeFileSync(join(folder, 'pages', 'favicon.ico'), '')
  world = await ApiWorld.create(1)
  served = await serve(world.host, {
    port: 0,
    accounts: await sampleAccounts(world.host, 'sample password'),
    pages: join(folder, 'pages'),
  })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await served?.stop()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openPage(locale = 'zh-CN'): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, complaints }
}

const session = (page: Page, slot = 'a') =>
  page.evaluate(async (chosen) => {
    const response = await fetch('/api/v1/session', { headers: { 'x-renshe-slot': chosen } })
    return (await response.json()) as Record<string, unknown>
  }, slot)

describe.each(['127.0.0.1', 'localhost'])('at http://%s', (name) => {
  const at = (path: string) => `http://${name}:${served.port}${path}`

  it('a browser signs in by a named account, in both slots, and by a request of a page', async () => {
    const { page, complaints } = await openPage()
    await page.goto(at('/api/v1/sign-in?account=school/school-1&return=/work'))
    expect(new URL(page.url()).pathname).toBe('/work')
    expect(await session(page)).toMatchObject({ member: 'school' })
    const switched = await page.evaluate(async () => {
      const query = 'account=club/club-1&slot=b'
      const response = await fetch(`/api/v1/sign-in?${query}`)
      return [response.status, response.redirected]
    })
    expect(switched).toEqual([200, true])
    expect(await session(page, 'b')).toMatchObject({ member: 'club' })
    expect(await session(page, 'a')).toMatchObject({ member: 'school' })
    const kept = (await page.context().cookies()).filter(({ name }) => /^__Host-/.test(name))
    expect(
      kept.map(({ name, secure, httpOnly, sameSite }) => [name, secure, httpOnly, sameSite]),
    ).toEqual(
      expect.arrayContaining([
        ['__Host-renshe', true, true, 'Strict'],
        ['__Host-renshe-b', true, true, 'Strict'],
        ['__Host-renshe-browser', true, true, 'Lax'],
      ]),
    )
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('a person chooses from the issuer’s page, by keyboard, and leaves it', async () => {
    const { page, complaints } = await openPage('en-GB')
    await page.goto(at('/api/v1/sign-in?return=/work'))
    expect(await page.title()).toBe('Sign in')
    const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(color).toBe('rgb(246, 246, 242)')
    await page.getByRole('button', { name: 'Do not sign in' }).press('Enter')
    await page.waitForURL('**/work')
    expect(await session(page)).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
    await page.goto(at('/api/v1/sign-in?return=/work'))
    await page.getByRole('button', { name: /treasury/ }).press('Enter')
    await page.waitForURL('**/work')
    expect(await session(page)).toMatchObject({ member: 'treasury' })
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
    await page.context().close()
  })
})
