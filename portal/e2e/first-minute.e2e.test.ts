// Goal: a stranger watches one contribution travel between seven parties within 90 seconds, and the downloaded file
//       passes in the offline verifier with the network cut; one changed character turns exactly one tick red.
// Method: real Chromium on the demonstration: press play, open the worker's statement, download, open the saved
//         verifier page from disk in a browser that is offline.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startOver } from './demonstration.ts'
import { openVisitor, type Visitor, watch } from './visitor.ts'

const url = inject('demonstration')
const folder = mkdtempSync(join(tmpdir(), 'renshe-e2e-files-'))
let visitor: Visitor

beforeAll(async () => {
  await startOver(url)
  visitor = await openVisitor(url)
})

afterAll(async () => {
  await visitor.close()
  rmSync(folder, { recursive: true, force: true })
})

it('plays the story, every scene a signed act', async () => {
  const { page, faults } = visitor
  await page.goto('/demo')
  await expect.poll(() => page.locator('h1').textContent()).toContain('一笔年金缴费')
  const began = performance.now()
  await page.getByRole('button', { name: /自动播放/ }).click()
  await page.getByRole('button', { name: /暂停/ }).waitFor()
  await page.getByRole('button', { name: /暂停/ }).waitFor({ state: 'detached', timeout: 110_000 })
  const seconds = (performance.now() - began) / 1000
  expect(await page.locator('[role=alert]').allInnerTexts()).toEqual([])
  const receipts = await page.getByRole('link', { name: '凭证', exact: true }).count()
  expect(receipts).toBeGreaterThan(20)
  expect(seconds).toBeLessThan(90)
  expect(faults).toEqual([])
})

it('shows the worker their own row, with numbers that explain themselves', async () => {
  const { page, signIn, faults } = visitor
  await signIn('worker', '/hall/records/annuity')
  await expect.poll(() => page.locator('h1').textContent()).toContain('630.00')
  expect(await page.locator('h1').textContent()).toContain('490.4250')
  await page.getByRole('button', { name: '163.4750' }).click()
  const drawer = page.getByRole('complementary', { name: /个人缴费折算份额/ })
  await drawer.getByText('本机重算一致').waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('163.4750')
  expect(faults).toEqual([])
})

it('verifies the downloaded file offline: seven ticks, and one red after one changed character', async () => {
  const { page } = visitor
  const file = join(folder, 'statement.renshe.json')
  const verifier = join(folder, 'verifier.html')
  const [statement] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载凭证' }).click(),
  ])
  await statement.saveAs(file)
  const link = await page.getByRole('link', { name: '断网核验程序' }).getAttribute('href')
  writeFileSync(verifier, await (await fetch(`${url}${link}`)).text())
  const text = readFileSync(file, 'utf8')
  const at = text.indexOf('"content":"') + 40
  const other = text[at] === 'A' ? 'B' : 'A'
  const changed = join(folder, 'changed.renshe.json')
  writeFileSync(changed, text.slice(0, at) + other + text.slice(at + 1))

  const offline = await visitor.browser.newContext({ offline: true })
  const reader = await offline.newPage()
  const faults = watch(reader, 'file://')
  await reader.goto(`file://${verifier}`)
  await reader.setInputFiles('#file', file)
  await reader.locator('.check.green').nth(6).waitFor()
  expect(await reader.locator('.check.red').count()).toBe(0)
  await reader.setInputFiles('#file', changed)
  await reader.locator('.check.red').waitFor()
  expect(await reader.locator('.check.red').count()).toBe(1)
  expect(await reader.locator('.check.green').count()).toBeGreaterThan(0)
  expect(faults).toEqual([])
  await offline.close()
})
