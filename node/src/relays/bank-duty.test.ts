// Goal: an order reaches the bank once, its answers and the money reach the chain once, across restarts.
// Method: a fictional fair on the real chain; the test writes the bank's files and reads the orders.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@renshe/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeFile, statusFile, type TestEntry } from '../connectors/bank/bank-files-for-tests.ts'
import { type Host, openHost } from '../host.ts'
import {
  FAIR_ACCOUNTS as ACCOUNTS,
  type FairSide,
  fairBank,
  foundFairConsortium,
} from './fair-consortium.fixture.ts'

let folder = ''
let host: Host
let files = 0

const inFolder = (side: FairSide) => join(folder, 'banks', side, 'in')
const outFolder = (side: FairSide) => join(folder, 'banks', side, 'out')

const bankOf = (side: FairSide) => fairBank(inFolder(side), outFolder(side))

const open = () => openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-fair-'))
  await foundFairConsortium(folder, bankOf)
  host = await open()
  const fields = { number: 'F-1', guest: 'payer' }
  const { data } = await does('keeper', 'cases.openCase', { service: 'fair-founding', fields })
  for (const side of ['keeper', 'payer'] as const) {
    const step = `${side}-account`
    const content = { accountNo: ACCOUNTS[side], accountName: `示例·${side}` }
    const input = { case: data.case as string, step }
    const sealed = { sections: { [step]: content } }
    await host.member(side).act('cases.actOnStep', input, 'system', sealed)
  }
  await does('keeper', 'cases.actOnStep', { case: data.case as string, step: 'found' })
})

afterEach(async () => {
  await host.stop()
  rmSync(folder, { recursive: true, force: true })
})

const does = (id: string, action: string, input: JsonObject) => host.member(id).act(action, input)

async function orderFee(fee: string): Promise<string> {
  const fields = { number: 'F-1', fee }
  const { data } = await does('payer', 'cases.openCase', { service: 'fair-fee', fields })
  await does('payer', 'cases.actOnStep', { case: data.case as string, step: 'order' })
  await host.quiet()
  return data.case as string
}

function ordersOut(): { readonly text: string; readonly message: string; readonly end: string }[] {
  mkdirSync(outFolder('payer'), { recursive: true })
  const names = readdirSync(outFolder('payer')).filter((name) => name.endsWith('.xml'))
  return names.map((name) => {
    const text = readFileSync(join(outFolder('payer'), name), 'utf8')
    const [, message = ''] = /<MsgId>(.*?)<\/MsgId>/.exec(text) ?? []
    const [, end = ''] = /<EndToEndId>(.*?)<\/EndToEndId>/.exec(text) ?? []
    return { text, message, end }
  })
}

/** The bank puts a file for a member, who takes it. */
async function bankTells(side: FairSide, make: (messageId: string) => Uint8Array): Promise<void> {
  files += 1
  const name = `file-${String(files).padStart(4, '0')}`
  mkdirSync(inFolder(side), { recursive: true })
  writeFileSync(join(inFolder(side), `${name}.xml`), make(name))
  await host.advanceTo(host.clock.now() + 1000)
}

const notice = (side: FairSide, entry: TestEntry) =>
  bankTells(side, (id) => noticeFile(id, [entry], ACCOUNTS[side]))

async function settles(fen: number, { message, end }: { message: string; end: string }) {
  await bankTells('payer', (id) => statusFile(id, message, 'ACSP'))
  const debit = { fen: -fen, bankReference: `D-${message.slice(0, 20)}`, instructionId: message }
  await notice('payer', { ...debit, endToEndId: end })
}

const caseOf = (id: string) =>
  host.member('keeper').ask('cases.getCase', { case: id }) as unknown as {
    case: { status: string }
    steps: { step: string; status: string; record: unknown }[]
  }
const balances = () => {
  const { accounts } = host.member('keeper').ask('funds.getBook', { book: 'F-1' }) as unknown as {
    accounts: { account: string; amount: string }[]
  }
  return Object.fromEntries(accounts.map(({ account, amount }) => [account, amount]))
}
const failures = () =>
  ['keeper', 'payer'].flatMap((id) => host.relaysOf(id).filter(({ failure }) => failure !== null))

describe('a bank', () => {
  it('gets an order once and tells its end once, and money finds its case', async () => {
    const fee = await orderFee('12.30')
    const [order] = ordersOut()
    expect(order?.text).toContain('<InstdAmt Ccy="CNY">12.30</InstdAmt>')
    expect(order?.text).toContain(ACCOUNTS.keeper)
    await settles(1230, order ?? { message: '', end: '' })
    const credit = { fen: 1230, bankReference: 'C-1', endToEndId: order?.end ?? '' }
    await notice('keeper', credit)
    await notice('keeper', credit)
    expect(caseOf(fee).steps.filter(({ status }) => status === 'open')).toMatchObject([
      { step: 'close' },
    ])
    expect(caseOf(fee).steps.find(({ step }) => step === 'arrival')?.record).not.toBeNull()
    expect(balances()).toEqual({ 1001: '12.30', 2001: '12.30' })
    expect(ordersOut()).toHaveLength(1)
    expect(failures()).toEqual([])
  })

  it('puts money that nobody expected into suspense', async () => {
    await notice('keeper', { fen: 500, bankReference: 'C-2', endToEndId: 'SOMETHING' })
    expect(balances()).toEqual({ 1001: '5.00', 2002: '5.00' })
  })

  it('sends a rejected order again under the next attempt', async () => {
    const fee = await orderFee('7.00')
    const [first] = ordersOut()
    await bankTells('payer', (id) => statusFile(id, first?.message ?? '', 'RJCT'))
    await does('payer', 'cases.actOnStep', { case: fee, step: 'order-again' })
    await host.quiet()
    const ends = ordersOut().map(({ end }) => end)
    expect(new Set(ends).size).toBe(2)
    const second = ordersOut().find(({ message }) => message !== first?.message)
    await settles(700, second ?? { message: '', end: '' })
    await notice('keeper', { fen: 700, bankReference: 'C-3', endToEndId: second?.end ?? '' })
    expect(balances()).toEqual({ 1001: '7.00', 2001: '7.00' })
  })

  it('goes on after a restart between order and answer, with the same file', async () => {
    await orderFee('3.00')
    const [before] = ordersOut()
    await host.stop()
    host = await open()
    await host.quiet()
    expect(ordersOut()).toEqual([before])
    await settles(300, before ?? { message: '', end: '' })
    const { items } = host.member('payer').ask('funds.listPayments', {
      member: 'payer',
      state: 'settled',
    }) as { items: unknown[] }
    expect(items).toHaveLength(1)
    expect(failures()).toEqual([])
  })
})
