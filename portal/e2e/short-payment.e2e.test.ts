// Goal: money that is not the bill is not booked; what is missing is paid by hand, and the match closes at 0.00.
// Method: the bank lets 937.36 yuan less arrive; the trustee reads the refusal and asks for a top-up, the settlor
//         pays it, both in the browser; nobody can allocate in between.
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { act, choose, contributionOf, faultsLeft, LONG_MS, OFFICERS } from './acting.ts'
import { bankBooks, standInThrough, startOver } from './demonstration.ts'
import { openVisitor, type Visitor, wordsOf } from './visitor.ts'

const url = inject('demonstration')
let visitor: Visitor
let contribution: string

beforeAll(async () => {
  await startOver(url)
  await standInThrough(url, 'remit')
  await bankBooks(url, 'short')
  contribution = await contributionOf(url)
  visitor = await openVisitor(url)
})

afterAll(() => visitor?.close())

it('refuses the short arrival in a sentence, with who may do what', async () => {
  const { page, signIn, faults } = visitor
  await signIn(OFFICERS.trustee, `/institution/contributions/${contribution}`)
  const match = page.getByRole('region', { name: '三方勾稽' })
  const refusal = match.getByRole('alert')
  await refusal.waitFor({ timeout: LONG_MS })
  const said = await wordsOf(refusal)
  expect(said).toContain('不能入账：到账 808,000.00 元，账单 808,937.36 元，短缴 937.36 元。')
  expect(said).toContain('由受托人处理')
  expect(await wordsOf(match)).toContain('−937.36')
  expect(faults).toEqual([])
})

it('gives the account manager nothing to allocate', async () => {
  const { page, signIn } = visitor
  await signIn(OFFICERS.accountManager, `/institution/contributions/${contribution}`)
  await page.getByRole('region', { name: '三方勾稽' }).waitFor({ timeout: LONG_MS })
  await page.getByRole('alert').waitFor({ timeout: LONG_MS })
  expect(await page.getByRole('button', { name: /核对并签署/ }).count()).toBe(0)
})

it('is topped up by hand and ends matched', async () => {
  const { page, signIn } = visitor
  await act(visitor, OFFICERS.trustee, contribution, '处理短缴', choose(/请委托人补缴/))
  await act(visitor, OFFICERS.finance, contribution, '划款')
  await bankBooks(url)
  await signIn(OFFICERS.trustee, `/institution/contributions/${contribution}`)
  const match = page.getByRole('region', { name: '三方勾稽' })
  await match.getByText(/账单与到账一致，差额/).waitFor({ timeout: LONG_MS })
  expect(await wordsOf(match)).toMatch(/差额\s*0\.00/)
  expect(await match.getByRole('alert').count()).toBe(0)
  await page.getByRole('button', { name: '核对并签署：入账指令' }).waitFor({ timeout: LONG_MS })
  expect(faultsLeft(visitor)).toEqual([])
})
