// Goal: the demonstration's bank behaves like one: books once, tells what its scenario says,
// survives restarts, and a connector
// that listens to it ends with the right picture whatever the bank does.
// Method: bank and two connectors in one process on real directories; one story per behaviour; sums
// of money always conserved.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BankConnector, openBankConnector, type PaymentOrder } from '@renshe/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BankHost, customerDirectories, openBankHost } from './bank-host.ts'
import { runCommand } from './commands.ts'
import { checkScenario, type RuleEffect, type Scenario } from './scenario.ts'

const EMPLOYER = '6200000000000101'
const CUSTODY = '6200000000000201'
const PENSIONER = '6200000000000301'

const SCENARIO: Scenario = {
  date: '2026-01-05',
  accounts: [
    { account: EMPLOYER, name: '示例企业', balance: '100000.00', customer: 'employer' },
    { account: CUSTODY, name: '受托财产托管账户', balance: '0.00', customer: 'custodian' },
    { account: PENSIONER, name: '𠮷某', balance: '0.00' },
  ],
  rules: [],
  incoming: [],
}

const ORDER: PaymentOrder = {
  paymentKey: 'bill-2026-01',
  amountFen: 401_618n,
  debtor: { name: '示例企业', account: EMPLOYER },
  creditor: { name: '受托财产托管账户', account: CUSTODY },
  executeOn: '2026-01-05',
  remittance: '企业年金缴费 2026-01',
  endToEndId: 'BATCH-2026-01',
  orderedAt: Date.UTC(2026, 0, 5, 1),
}

let root: string
let host: BankHost
let employer: BankConnector
let custodian: BankConnector
let told: string[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'demo-bank-'))
  told = []
})
afterEach(() => {
  host.close()
  employer.close()
  custodian.close()
  rmSync(root, { recursive: true })
})

async function connect(customer: string, account: string): Promise<BankConnector> {
  const { toBank, fromBank } = customerDirectories(join(root, 'bank'), customer)
  return openBankConnector({
    directory: join(root, customer),
    outDirectory: toBank,
    inDirectory: fromBank,
    accounts: [account],
    onCredit: ({ amountFen, endToEndId, source }) => {
      told.push(`${customer}: credit ${amountFen} ${endToEndId} ${source}`)
    },
    onPaymentStatus: ({ status, reasonCode }) => {
      told.push(`${customer}: ${status} ${reasonCode}`.trimEnd())
    },
    onFinding: ({ code }) => {
      told.push(`${customer}: ! ${code}`)
    },
  })
}

async function open(scenario: Partial<Scenario> = {}): Promise<void> {
  host = await openBankHost(join(root, 'bank'), { ...SCENARIO, ...scenario })
  employer = await connect('employer', EMPLOYER)
  custodian = await connect('custodian', CUSTODY)
}

const withRule = (effect: RuleEffect, times?: number): Partial<Scenario> => ({
  rules: [
    { match: { creditorAccount: CUSTODY }, effect, ...(times === undefined ? {} : { times }) },
  ],
})

let commands = 0
function command(fields: Record<string, unknown>): unknown {
  commands += 1
  const answer = runCommand(host, JSON.stringify({ id: `c${commands}`, ...fields }))
  if (!answer.ok) throw new Error(answer.error)
  return answer.result
}

async function settle(): Promise<void> {
  host.poll()
  await employer.poll()
  await custodian.poll()
}

const balances = () => host.status().balances

describe('one payment, every behaviour', () => {
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) {
      command({ do: 'endOfDay' })
      await settle()
    }
  }
  const stories: [string, Partial<Scenario>, number, string[]][] = [
    [
      'plain',
      {},
      1,
      ['employer: settled', 'employer: accepted?', 'custodian: credit 401618 BATCH-2026-01 notice'],
    ],
    ['rejected', withRule({ reject: 'AC01' }), 1, ['employer: rejected AC01']],
    [
      'not enough money',
      { accounts: SCENARIO.accounts.map((one) => ({ ...one, balance: '4016.17' })) },
      1,
      ['employer: rejected AM04'],
    ],
    [
      'two days late',
      withRule({ lateDays: 2 }),
      2,
      ['employer: accepted', 'employer: settled', 'custodian: credit 401618 BATCH-2026-01 notice'],
    ],
    [
      'in part',
      withRule({ amount: '4000.00' }),
      1,
      [
        'employer: accepted?',
        'employer: ! AMOUNT_DIFFERS',
        'custodian: credit 400000 BATCH-2026-01 notice',
      ],
    ],
    [
      'with another reference',
      withRule({ reference: 'BATCH-2026-10' }),
      1,
      ['employer: settled', 'employer: accepted?', 'custodian: credit 401618 BATCH-2026-10 notice'],
    ],
    [
      'without a notice: the statement tells',
      withRule({ notice: 'none' }),
      1,
      [
        'employer: accepted',
        'employer: ! NOTICE_MISSED',
        'employer: settled',
        'custodian: ! NOTICE_MISSED',
        'custodian: credit 401618 BATCH-2026-01 statement',
      ],
    ],
    [
      'with every notice and report twice',
      withRule({ notice: 'twice', report: 'twice' }),
      1,
      ['employer: settled', 'employer: accepted?', 'custodian: credit 401618 BATCH-2026-01 notice'],
    ],
    [
      'with notices at the end of the day, no report',
      withRule({ notice: 'atDayEnd', report: 'none' }),
      1,
      [
        'employer: ! NOTICE_MISSED?',
        'employer: settled',
        'custodian: ! NOTICE_MISSED?',
        'custodian: credit 401618 BATCH-2026-01 any',
      ],
    ],
    [
      'returned a day later',
      withRule({ returnAfterDays: 1, returnReason: 'AC04' }),
      2,
      [
        'employer: settled',
        'employer: accepted?',
        'custodian: credit 401618 BATCH-2026-01 notice',
        'employer: returned AC04',
        'custodian: ! UNKNOWN_DEBIT',
      ],
    ],
  ]
  it.each(stories)('%s', async (_, scenario, count, expected) => {
    await open(scenario)
    employer.pay(ORDER)
    await settle()
    await days(count)
    const seen = told.map((line) => line.replace(/ (notice|statement)$/, ''))
    for (const line of expected) {
      const plain = line.replace(/ (notice|statement|any)$/, '')
      if (plain.endsWith('?')) continue
      expect(seen).toContain(plain)
      if (/ (notice|statement)$/.test(line)) expect(told).toContain(line)
    }
    const allowed = expected.map((line) => line.replace(/ (notice|statement|any)$|\?$/, ''))
    for (const line of seen) expect(allowed).toContain(line)
    expect(new Set(told).size, told.join('\n')).toBe(told.length)
    const sum = Object.values(balances()).reduce((total, yuan) => total + Number(yuan), 0)
    const start = (scenario.accounts ?? SCENARIO.accounts).reduce(
      (total, { balance }) => total + Number(balance),
      0,
    )
    expect(sum).toBeCloseTo(start, 6)
  })

  it('a rule with a limit applies so often and no more', async () => {
    await open(withRule({ reject: 'AG01' }, 1))
    employer.pay(ORDER)
    employer.pay({ ...ORDER, paymentKey: 'again', endToEndId: 'AGAIN' })
    await settle()
    expect(host.status().transfers).toMatchObject({ rejected: 1, booked: 1 })
  })

  it('a poll by command takes charges from one order: the payer pays all, the payee gets less', async () => {
    await open()
    employer.pay(ORDER)
    const short = { do: 'poll', endToEndId: ORDER.endToEndId, amount: '4000.00' }
    expect(command(short)).toEqual({ taken: 1 })
    await settle()
    expect(balances()).toMatchObject({ [EMPLOYER]: '95983.82', [CUSTODY]: '4000.00' })
    expect(told).toContain('employer: settled')
    expect(told).toContain('custodian: credit 400000 BATCH-2026-01 notice')
    // What came goes back, not what was ordered.
    command({ do: 'return', endToEndId: ORDER.endToEndId, reason: 'AC04' })
    expect(balances()).toMatchObject({ [EMPLOYER]: '99983.82', [CUSTODY]: '0.00' })
  })

  it('charges cannot make a payment larger', async () => {
    await open()
    employer.pay(ORDER)
    command({ do: 'poll', endToEndId: ORDER.endToEndId, amount: '5000.00' })
    expect(balances()).toMatchObject({ [EMPLOYER]: '95983.82', [CUSTODY]: '4016.18' })
  })

  it('an order for a later day waits for it', async () => {
    await open()
    employer.pay({ ...ORDER, executeOn: '2026-01-07' })
    await settle()
    await days(1)
    expect(balances()[CUSTODY]).toBe('0.00')
    await days(1)
    expect(balances()[CUSTODY]).toBe('4016.18')
  })
})

describe('exactly once', () => {
  it('the same file again, under another name too, is answered with the same report and not booked', async () => {
    await open()
    const { fileName } = employer.pay(ORDER)
    const { toBank, fromBank } = customerDirectories(join(root, 'bank'), 'employer')
    const bytes = readFileSync(join(toBank, fileName))
    host.poll()
    const report = readdirSync(fromBank).filter((name) => name.startsWith('pain002'))
    const first = readFileSync(join(fromBank, report[0] ?? ''))
    rmSync(join(fromBank, report[0] ?? ''))
    writeFileSync(join(toBank, 'other.xml'), bytes)
    employer.resend(ORDER.paymentKey)
    expect(host.poll()).toBe(2)
    expect(readFileSync(join(fromBank, report[0] ?? '')).equals(first)).toBe(true)
    expect(balances()).toMatchObject({ [EMPLOYER]: '95983.82', [CUSTODY]: '4016.18' })
    expect(host.status().bookings).toBe(2)
  })

  it('an instruction id in another message is not booked again; with other content it is refused', async () => {
    await open()
    const { fileName, messageId } = employer.pay(ORDER)
    const { toBank, fromBank } = customerDirectories(join(root, 'bank'), 'employer')
    const text = readFileSync(join(toBank, fileName), 'utf8')
    host.poll()
    const other = (id: string) => text.replace(`<MsgId>${messageId}`, `<MsgId>${id}`)
    writeFileSync(join(toBank, 'a.xml'), other('OTHER-1'))
    writeFileSync(join(toBank, 'b.xml'), other('OTHER-2').replaceAll('4016.18', '9999.99'))
    expect(host.poll()).toBe(2)
    expect(host.status()).toMatchObject({
      bookings: 2,
      transfers: { booked: 1, rejected: 0 },
      balances: { [CUSTODY]: '4016.18' },
    })
    const reports = readdirSync(fromBank).filter((name) => name.startsWith('pain002'))
    const texts = reports.map((name) => readFileSync(join(fromBank, name), 'utf8'))
    expect(texts.filter((one) => one.includes('ACSP'))).toHaveLength(2)
    expect(texts.filter((one) => one.includes('<Cd>AM05</Cd>'))).toHaveLength(1)
  })

  it('another file under the same message id, a broken file, a file that is no order: set aside', async () => {
    await open()
    const { fileName } = employer.pay(ORDER)
    const { toBank } = customerDirectories(join(root, 'bank'), 'employer')
    const text = readFileSync(join(toBank, fileName), 'utf8')
    host.poll()
    writeFileSync(join(toBank, 'a.xml'), text.replaceAll('4016.18', '9999.99'))
    writeFileSync(join(toBank, 'b.xml'), text.slice(0, 500))
    writeFileSync(join(toBank, 'c.xml'), '<!DOCTYPE x><x/>')
    host.poll()
    expect(readdirSync(join(toBank, 'refused'))).toHaveLength(3)
    expect(balances()[CUSTODY]).toBe('4016.18')
  })

  it('an order on an account of somebody else is rejected', async () => {
    await open()
    const thief = await openBankConnector({
      directory: join(root, 'thief'),
      outDirectory: customerDirectories(join(root, 'bank'), 'employer').toBank,
      inDirectory: join(root, 'thief-in'),
      accounts: [CUSTODY, PENSIONER],
      onCredit: () => {},
      onPaymentStatus: () => {},
    })
    const creditor = { name: 'x', account: EMPLOYER }
    thief.pay({ ...ORDER, debtor: { name: 'x', account: PENSIONER }, creditor })
    thief.close()
    host.poll()
    expect(host.status()).toMatchObject({ bookings: 0, transfers: { rejected: 1 } })
  })

  it('a command that comes again gets its first answer, after a restart too', async () => {
    await open()
    const pay = JSON.stringify({
      id: 'counter-1',
      do: 'pay',
      from: { name: '外行企业', account: '9999' },
      to: CUSTODY,
      amount: '10.00',
    })
    const answer = runCommand(host, pay)
    expect(answer).toMatchObject({ ok: true, result: { status: 'booked' } })
    expect(runCommand(host, pay)).toEqual(answer)
    host.close()
    host = await openBankHost(join(root, 'bank'), SCENARIO)
    expect(runCommand(host, pay)).toEqual(answer)
    expect(balances()[CUSTODY]).toBe('10.00')
    await custodian.poll()
    expect(told).toEqual(['custodian: credit 1000 NOTPROVIDED notice'])
  })

  it('a crash after the record and before the files: they are placed at the next start, same bytes', async () => {
    await open()
    employer.pay(ORDER)
    host.poll()
    const { fromBank } = customerDirectories(join(root, 'bank'), 'custodian')
    const [name = ''] = readdirSync(fromBank).filter((one) => one.startsWith('camt054'))
    const bytes = readFileSync(join(fromBank, name))
    host.close()
    const journal = join(root, 'bank', 'bank.journal')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const kept = lines.filter((line) => !line.includes('"type":"placed"'))
    writeFileSync(journal, kept.join('\n'))
    rmSync(join(fromBank, name))
    host = await openBankHost(join(root, 'bank'), SCENARIO)
    expect(readFileSync(join(fromBank, name)).equals(bytes)).toBe(true)
    expect(balances()[CUSTODY]).toBe('4016.18')
  })
})

describe('days', () => {
  it('every day has a statement per account of a customer, and they join', async () => {
    await open({
      incoming: [
        {
          id: 'x',
          on: '2026-01-06',
          from: { name: '陌生人', account: '8888' },
          to: CUSTODY,
          amount: '0.01',
        },
      ],
    })
    employer.pay(ORDER)
    await settle()
    command({ do: 'advance', to: '2026-01-09' })
    await settle()
    expect(host.status().date).toBe('2026-01-09')
    expect(custodian.lastStatementDay(CUSTODY)).toBe('2026-01-08')
    expect(told).toContain('custodian: credit 1 NOTPROVIDED notice')
    expect(told.filter((line) => line.includes('!'))).toEqual([])
  })

  it('may be skipped: the next is the one that the command says, never an earlier one', async () => {
    await open()
    expect(command({ do: 'endOfDay', to: '2026-11-13' })).toEqual({ date: '2026-11-13' })
    expect(() => command({ do: 'endOfDay', to: '2026-11-12' })).toThrow('a day cannot come again')
    expect(command({ do: 'status' })).toMatchObject({ date: '2026-11-13' })
  })

  it('a transfer at the counter comes back by command', async () => {
    await open()
    const from = { name: '示例企业', account: EMPLOYER }
    command({ do: 'pay', from, to: CUSTODY, amount: '5.00', endToEndId: 'E5' })
    expect(command({ do: 'return', endToEndId: 'E5', reason: 'AC06' })).toEqual({ returned: 1 })
    expect(command({ do: 'return', endToEndId: 'E5', reason: 'AC06' })).toEqual({ returned: 0 })
    expect(balances()).toMatchObject({ [EMPLOYER]: '100000.00', [CUSTODY]: '0.00' })
  })
})

describe('hostile commands and scenarios', () => {
  const good = {
    id: 'h',
    do: 'pay',
    from: { name: 'x', account: '9' },
    to: CUSTODY,
    amount: '1.00',
  }
  const cases: [string, string, string][] = [
    ['no JSON', '{', 'JSON'],
    ['a list', '[]', 'command: expected an object'],
    ['no id', '{"do":"poll"}', 'id: expected a text'],
    ['nothing to do', '{"id":"h"}', 'do: expected pay'],
    ['a stranger', JSON.stringify({ ...good, x: 1 }), 'came x'],
    ['a number for money', JSON.stringify({ ...good, amount: 1 }), 'amount: expected yuan'],
    ['three places', JSON.stringify({ ...good, amount: '1.000' }), 'amount: expected yuan'],
    [
      'a line end in a name',
      JSON.stringify({ ...good, from: { name: 'a\n', account: '1' } }),
      'from.name',
    ],
    ['a long account', JSON.stringify({ ...good, to: '1'.repeat(35) }), 'to: expected'],
    ['no such day', '{"id":"h","do":"advance","to":"2026-02-30"}', 'to: no such day'],
    ['a reason in words', '{"id":"h","do":"return","endToEndId":"E","reason":"bad"}', 'reason:'],
  ]
  it.each(cases)('%s', async (_, text, error) => {
    await open()
    const before = readFileSync(join(root, 'bank', 'bank.journal'))
    const answer = runCommand(host, text)
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(error) })
    expect(readFileSync(join(root, 'bank', 'bank.journal')).equals(before)).toBe(true)
  })

  it.each([
    ['no accounts', { ...SCENARIO, accounts: undefined }, 'accounts: expected a list'],
    [
      'an account twice',
      { ...SCENARIO, accounts: [SCENARIO.accounts[0], SCENARIO.accounts[0]] },
      'once',
    ],
    [
      'a customer that is a path',
      { ...SCENARIO, accounts: [{ ...SCENARIO.accounts[0], customer: '../x' }] },
      'customer',
    ],
    ['an effect nobody knows', { ...SCENARIO, rules: [{ match: {}, effect: { x: 1 } }] }, 'came x'],
    ['a day that is none', { ...SCENARIO, date: '2026-13-01' }, 'date'],
  ])('scenario: %s', async (_, scenario, error) => {
    await open()
    expect(() => checkScenario(scenario)).toThrow(error)
  })
})
