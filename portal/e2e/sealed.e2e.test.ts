// Goal: the node tells each party what it may see and nothing else, and a refused look is an answer.
// Method: with a whole month on the chain, the custodian tries to open names; then each of seven roles opens the
//         whole page of the contribution, and everything that came over the network is searched for the people,
//         numbers and amounts of the payroll and for the contents of sealed sections.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { readTable } from '../src/patterns/bulk-upload/read-table.ts'
import { contributionOf, LONG_MS, OFFICERS } from './acting.ts'
import { payroll, standInThrough } from './demonstration.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const url = inject('demonstration')
let visitor: Visitor
let contribution: string
/** What nobody but those who may must be told: numbers of people, names, and what each earns. */
let secrets: readonly string[]

beforeAll(async () => {
  await standInThrough(url, 'transfer')
  contribution = await contributionOf(url)
  secrets = secretsOf(await readTable(new Uint8Array(await payroll(url))))
  visitor = await openVisitor(url)
}, 300_000)

afterAll(() => visitor?.close())

/** Bodies of everything that a page is answered, in the order in which it came. */
function answersOf(page: Page): Promise<string>[] {
  const answers: Promise<string>[] = []
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url())
    if (origin !== url || pathname.startsWith('/assets/') || pathname.endsWith('/events')) return
    // Published packages are the same for everybody; their examples speak of people and wages, too.
    if (pathname.startsWith('/api/v1/queries/catalogue/')) return
    if (response.status() >= 300 && response.status() < 400) return
    // A page that is left takes the bodies with it that it did not read.
    answers.push(response.text().then(decoded, () => ''))
  })
  return answers
}

/** Everything that came, once nothing more does for a while. */
async function allOf(answers: readonly Promise<string>[]): Promise<string> {
  for (let rounds = 0; rounds < 40; rounds++) {
    const count = answers.length
    await Promise.all(answers)
    await new Promise((resolve) => setTimeout(resolve, 700))
    if (answers.length === count) return (await Promise.all(answers)).join('\n')
  }
  throw new Error('the page does not stop asking')
}

/** A body, and what stands in its texts of base64url: openings travel like that. */
function decoded(body: string): string {
  const texts = body.match(/[A-Za-z0-9_-]{24,}/g) ?? []
  return [body, ...texts.map((text) => Buffer.from(text, 'base64url').toString())].join('\n')
}

it('refuses to open a name to the custodian: an answer, with clause and who may', async () => {
  const { page, signIn } = visitor
  const answers = answersOf(page)
  await signIn(OFFICERS.custodian, `/institution/cases/${contribution}`)
  const sealed = page.getByRole('region', { name: '缴费明细', exact: true })
  const attempt = sealed.getByRole('button', { name: '试着打开' })
  await attempt.waitFor({ timeout: LONG_MS })
  await attempt.click()
  const refusal = sealed.getByRole('alert')
  await refusal.waitFor({ timeout: LONG_MS })
  const said = await wordsOf(refusal)
  expect(said).toContain('您的单位不能打开')
  expect(said).toContain('企业年金基金管理运作流程')
  expect(said).toMatch(/可以打开：.*示例·北辰银行.*示例·华岳机械.*示例·安养养老保险/)
  expect(await refusal.getAttribute('class')).toBe('refused')
  expect(await sealed.getByRole('table').count()).toBe(0)
  const received = await allOf(answers)
  expect(received.length).toBeGreaterThan(10_000)
  expect(toldOf(received)).toEqual([])
})

/** The sample worker is one of the accounts that a visitor may choose: its name is public, its row is not. */
const WORKER = '示例·李某'

function secretsOf({ headings, rows }: Awaited<ReturnType<typeof readTable>>): readonly string[] {
  const column = (heading: string): readonly string[] =>
    rows.map((cells) => cells[headings.indexOf(heading)] ?? '')
  const names = column('姓名').filter((name) => name !== WORKER)
  const earned = column('缴费基数').map((amount) => `"${amount}"`)
  return [...new Set([...column('社会保障号码'), ...names, ...earned])].filter(Boolean)
}

/** What of it was told; the first few. */
function toldOf(received: string): readonly string[] {
  return secrets.filter((secret) => received.includes(secret)).slice(0, 5)
}

/** Contents of the arrival's sealed notice, as one who may open it reads them. */
const SEALED_FIELDS = ['bankReference', 'payerAccount'] as const

const ROLES = [
  ['委托人', OFFICERS.hr],
  ['受托人', OFFICERS.trustee],
  ['账户管理人', OFFICERS.accountManager],
  ['托管人', OFFICERS.custodian],
  ['投资管理人', OFFICERS.managerOne],
  ['银行', OFFICERS.bank],
  ['监管', OFFICERS.supervisor],
] as const

for (const [role, account] of ROLES) {
  it(`sends no sealed content to ${role} with the whole page of the contribution`, async () => {
    const fresh = await openVisitor(url)
    try {
      const answers = answersOf(fresh.page)
      await fresh.signIn(account, `/institution/contributions/${contribution}`)
      await fresh.page.getByText(/三数一致/).waitFor({ timeout: LONG_MS })
      await fresh.page.getByRole('region', { name: '资金记录' }).first().waitFor()
      await fresh.signIn(account, `/institution/cases/${contribution}`)
      await fresh.page.getByRole('region', { name: '办理经过' }).waitFor({ timeout: LONG_MS })
      const received = await allOf(answers)
      expect(received).toContain('808937.36')
      // Even those who may open the rows are sent them only when they do, with a receipt.
      expect(toldOf(received)).toEqual([])
      for (const field of SEALED_FIELDS) expect(received).not.toContain(`"${field}":"`)
      expect(fresh.faults).toEqual([])
    } finally {
      await fresh.close()
    }
  })
}

it('would find them: rows that the account manager opens are sent to it, and found', async () => {
  const { page, signIn } = visitor
  const answers = answersOf(page)
  await signIn(OFFICERS.accountManager, `/institution/cases/${contribution}`)
  const sealed = page.getByRole('region', { name: '缴费明细', exact: true })
  const open = sealed.getByRole('button', { name: /^打开/ })
  await open.waitFor({ timeout: LONG_MS })
  await open.click()
  await sealed.getByRole('table').waitFor({ timeout: LONG_MS })
  expect(await wordsOf(sealed)).toContain('本机重算指纹一致')
  expect(toldOf(await allOf(answers))).toHaveLength(5)
})
