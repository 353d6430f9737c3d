// Goal: an order is sent once and money is told once, whatever comes twice, late, wrong or out of
// order, and across restarts.
// Method: a connector on real directories; files as a bank writes them; every story is played in
// several orders and re-opened.
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  type BankConnector,
  type BankConnectorOptions,
  openBankConnector,
} from './bank-connector.ts'
import {
  noticeFile,
  OWN_ACCOUNT,
  statementFile,
  statusFile,
  type TestEntry,
} from './bank-files-for-tests.ts'
import { JournalDamaged } from './durable-journal.ts'
import { type PaymentOrder, PaymentRefused } from './payment-order.ts'
import { readMessage } from './read-message.ts'

let root: string
let told: string[]
let failing: ((id: string) => boolean) | undefined
let open: BankConnector[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bank-connector-'))
  told = []
  failing = undefined
  open = []
})
afterEach(() => {
  for (const connector of open) connector.close()
  rmSync(root, { recursive: true })
})

const outDirectory = () => join(root, 'to-bank')
const inDirectory = () => join(root, 'from-bank')

async function connect(more: Partial<BankConnectorOptions> = {}): Promise<BankConnector> {
  const tell = (id: string, text: string) => {
    if (failing?.(id) === true) throw new Error('the ledger is away')
    told.push(text)
  }
  const connector = await openBankConnector({
    directory: join(root, 'connector'),
    outDirectory: outDirectory(),
    inDirectory: inDirectory(),
    accounts: [OWN_ACCOUNT],
    onCredit: ({ eventId, amountFen, endToEndId, source }) =>
      tell(eventId, `credit ${amountFen} ${endToEndId} ${source}`),
    onPaymentStatus: ({ eventId, paymentKey, status, reasonCode }) =>
      tell(eventId, `${paymentKey} ${status}${reasonCode === '' ? '' : ` ${reasonCode}`}`),
    onFinding: ({ eventId, code }) => tell(eventId, `! ${code}`),
    ...more,
  })
  open.push(connector)
  return connector
}

async function reopen(connector: BankConnector): Promise<BankConnector> {
  connector.close()
  open = open.filter((one) => one !== connector)
  return connect()
}

const ORDER: PaymentOrder = {
  paymentKey: 'case-1/pay-1',
  amountFen: 42_000n,
  debtor: { name: '示例图书馆', account: OWN_ACCOUNT },
  creditor: { name: '𠮷野书店', account: '6200000000000002', bankCode: '999999000002' },
  executeOn: '2026-01-05',
  remittance: '书款',
  orderedAt: Date.UTC(2026, 0, 5, 1),
}

function arrive(name: string, bytes: Uint8Array | string): void {
  writeFileSync(join(inDirectory(), name), bytes)
}

const outFiles = () => readdirSync(outDirectory()).filter((name) => name.endsWith('.xml'))
const outFile = (name: string) => readFileSync(join(outDirectory(), name))

describe('orders', () => {
  it('one order is one file, the same again is the same file, byte for byte, after restarts too', async () => {
    let connector = await connect()
    const view = connector.pay(ORDER)
    expect(view).toMatchObject({ status: 'sent', paymentKey: ORDER.paymentKey })
    const bytes = outFile(view.fileName)
    expect(readMessage(bytes)).toMatchObject({
      kind: 'pain.001',
      unknown: [],
      document: {
        GrpHdr: { CreDtTm: '2026-01-05T09:00:00+08:00', NbOfTxs: '1', CtrlSum: '420.00' },
      },
    })
    expect(connector.pay({ ...ORDER, orderedAt: ORDER.orderedAt + 60_000 })).toEqual(view)
    connector = await reopen(connector)
    expect(connector.pay(ORDER)).toEqual(view)
    expect(outFiles()).toEqual([view.fileName])
    expect(outFile(view.fileName).equals(bytes)).toBe(true)
  })

  it('an order taken by the bank is not put out again, except when asked, and then byte-identical', async () => {
    let connector = await connect()
    const { fileName } = connector.pay(ORDER)
    const bytes = outFile(fileName)
    rmSync(join(outDirectory(), fileName))
    connector = await reopen(connector)
    connector.pay(ORDER)
    expect(outFiles()).toEqual([])
    expect(connector.resend(ORDER.paymentKey)).toBe(true)
    expect(outFile(fileName).equals(bytes)).toBe(true)
    expect(connector.resend('no-such-key')).toBe(false)
  })

  it('a crash between journal and file: the file is placed at the next start', async () => {
    const connector = await connect()
    const { fileName } = connector.pay(ORDER)
    const bytes = outFile(fileName)
    connector.close()
    open = []
    const journal = join(root, 'connector', 'bank.journal')
    const [first] = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, `${first}\n`)
    rmSync(join(outDirectory(), fileName))
    await connect()
    expect(outFile(fileName).equals(bytes)).toBe(true)
  })

  it('the same key with any other content is refused', async () => {
    const connector = await connect()
    connector.pay(ORDER)
    const others: Partial<PaymentOrder>[] = [
      { amountFen: 42_001n },
      { creditor: { ...ORDER.creditor, account: '6200000000000003' } },
      { creditor: { ...ORDER.creditor, name: '吉野书店' } },
      { remittance: '书款2' },
      { executeOn: '2026-01-06' },
      { endToEndId: 'X' },
    ]
    for (const other of others)
      expect(() => connector.pay({ ...ORDER, ...other })).toThrow('PAYMENT_KEY_TAKEN')
    expect(outFiles()).toHaveLength(1)
  })

  const wrong: [string, Partial<PaymentOrder>, string][] = [
    ['nothing', { amountFen: 0n }, 'amountFen'],
    ['less than nothing', { amountFen: -1n }, 'amountFen'],
    ['too much', { amountFen: 10n ** 17n }, 'amountFen'],
    ['no key', { paymentKey: '' }, 'paymentKey'],
    ['a key with a line end', { paymentKey: 'a\nb' }, 'paymentKey'],
    ['a long name', { creditor: { ...ORDER.creditor, name: '王'.repeat(141) } }, 'creditor.name'],
    ['a long account', { creditor: { name: 'x', account: '1'.repeat(35) } }, 'creditor.account'],
    ['no text', { remittance: '' }, 'remittance'],
    ['a control character', { remittance: 'a\u0000' }, 'remittance'],
    ['a lone surrogate', { remittance: '\ud842' }, 'remittance'],
    ['a day that is none', { executeOn: '2026-02-30' }, 'executeOn'],
    ['a long reference', { endToEndId: 'x'.repeat(36) }, 'endToEndId'],
  ]
  it.each(wrong)('%s is refused and nothing is sent', async (_, change, field) => {
    const connector = await connect()
    try {
      connector.pay({ ...ORDER, ...change })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(PaymentRefused)
      expect((error as PaymentRefused).refusal).toMatchObject({
        code: 'PAYMENT_FIELD_WRONG',
        field,
      })
    }
    expect(outFiles()).toEqual([])
    expect(readFileSync(join(root, 'connector', 'bank.journal'))).toHaveLength(0)
  })

  it('an account of somebody else is not paid from', async () => {
    const connector = await connect({ accounts: ['6200000000000077'] })
    expect(() => connector.pay(ORDER)).toThrow('PAYMENT_ACCOUNT_NOT_SERVED')
  })
})

describe('a payment and its fate', () => {
  async function play(...files: ((messageId: string) => Uint8Array)[]): Promise<string[]> {
    const connector = await connect()
    const { messageId } = connector.pay(ORDER)
    for (const [place, file] of files.entries()) {
      arrive(`f${place}.xml`, file(messageId))
      await connector.poll()
    }
    return told
  }
  const status = (code: string, level?: 'group' | 'payment') => (id: string) =>
    statusFile(`S-${code}-${level ?? ''}`, id, code, level)
  const booked =
    (more: Partial<TestEntry> = {}) =>
    (id: string) =>
      noticeFile(`N-${more.bankReference ?? 'B1'}`, [
        { fen: -42_000, bankReference: 'B1', instructionId: id, ...more },
      ])
  const cameBack = (id: string) =>
    noticeFile('N-B2', [{ fen: 42_000, bankReference: 'B2', instructionId: id, isReturn: true }])
  const statement = (id: string) =>
    statementFile('D1', '2026-01-05', 1, 100_000, [
      { fen: -42_000, bankReference: 'B1', instructionId: id },
    ])

  const stories: [string, ((id: string) => Uint8Array)[], string[]][] = [
    ['accepted', [status('ACSP')], ['accepted']],
    ['accepted at the level of the group', [status('ACCP', 'group')], ['accepted']],
    ['accepted at the level of the payment', [status('ACTC', 'payment')], ['accepted']],
    ['accepted twice by two codes', [status('ACTC'), status('ACSP')], ['accepted']],
    ['only received', [status('RCVD')], []],
    ['rejected', [status('RJCT')], ['rejected AC01']],
    ['accepted, then rejected', [status('ACTC'), status('RJCT')], ['accepted', 'rejected AC01']],
    ['settled', [status('ACSP'), booked()], ['accepted', 'settled']],
    ['settlement announced is not yet settled', [status('ACSC')], ['accepted']],
    ['settled before accepted', [booked(), status('ACSP')], ['settled']],
    ['settled, told by its reference', [booked({ instructionId: 'x' })], ['! UNKNOWN_DEBIT']],
    ['settled by the statement alone', [statement], ['! NOTICE_MISSED', 'settled']],
    ['settled, then the statement', [booked(), statement], ['settled']],
    ['returned', [booked(), cameBack], ['settled', 'returned AC04']],
    ['returned before settled', [cameBack, booked()], ['settled', 'returned AC04']],
    ['returned twice', [booked(), cameBack, cameBack], ['settled', 'returned AC04']],
    ['wrong amount', [booked({ fen: -42_001 })], ['! AMOUNT_DIFFERS']],
    [
      'rejected, yet booked: the account is believed',
      [status('RJCT'), booked()],
      ['rejected AC01', '! PAYMENT_CONTRADICTION', 'settled'],
    ],
    [
      'booked, yet rejected: the account is believed',
      [booked(), status('RJCT')],
      ['settled', '! PAYMENT_CONTRADICTION'],
    ],
    ['a code nobody knows', [status('XXXX')], ['! STATUS_UNKNOWN']],
    ['only pending', [booked({ status: 'PDNG' })], []],
  ]
  it.each(stories)('%s', async (_, files, expected) => {
    const events = await play(...files)
    expect(events.map((event) => event.replace('case-1/pay-1 ', ''))).toEqual(expected)
  })

  it('money that comes back in part is told as money, with a finding', async () => {
    await play(booked(), (id) =>
      noticeFile('N9', [{ fen: 41_000, bankReference: 'B9', instructionId: id, isReturn: true }]),
    )
    expect(told.slice(1)).toEqual(['! AMOUNT_DIFFERS', 'credit 41000 NOTPROVIDED notice'])
  })

  it('a stranger who repeats our reference on his own money does not make a return', async () => {
    await play(booked(), (id) =>
      noticeFile('N9', [{ fen: 42_000, bankReference: 'B9', endToEndId: id }]),
    )
    expect(told[1]).toMatch(/^credit 42000 R[0-9a-f]{34} notice$/)
  })
})

describe('money that comes in', () => {
  const CREDIT: TestEntry = { fen: 401_618, bankReference: 'B7', endToEndId: 'BATCH-2026-01' }

  it('is told once with all its facts', async () => {
    const credits: unknown[] = []
    const connector = await connect({
      onCredit: (credit) => {
        credits.push(credit)
      },
    })
    arrive('a.xml', noticeFile('N1', [CREDIT]))
    expect(await connector.poll()).toMatchObject({ taken: 1, told: 1, waiting: 0 })
    expect(credits).toEqual([
      {
        eventId: `credit|${OWN_ACCOUNT}|B7`,
        account: OWN_ACCOUNT,
        amountFen: 401_618n,
        valueDate: '2026-01-05',
        bookingDate: '2026-01-05',
        bankReference: 'B7',
        entryReference: '',
        endToEndId: 'BATCH-2026-01',
        payerName: '付款人',
        payerAccount: '6200000000000009',
        remittance: '缴费',
        source: 'notice',
      },
    ])
  })

  it('the same file, the same message with other white space, the same booking: all once', async () => {
    let connector = await connect()
    const bytes = noticeFile('N1', [CREDIT])
    arrive('a.xml', bytes)
    arrive('b.xml', bytes)
    arrive('c.xml', Buffer.from(bytes).toString().replaceAll('\n', '\n '))
    arrive('d.xml', noticeFile('N2', [CREDIT]))
    arrive('e.xml', noticeFile('N3', [CREDIT, CREDIT]))
    expect(await connector.poll()).toMatchObject({ taken: 4, duplicates: 1, refused: 0 })
    connector = await reopen(connector)
    arrive('f.xml', bytes)
    expect(await connector.poll()).toMatchObject({ taken: 0, duplicates: 1, told: 0 })
    expect(told).toEqual(['credit 401618 BATCH-2026-01 notice'])
    expect(readdirSync(join(inDirectory(), 'done'))).toHaveLength(6)
  })

  it('a booking told with another amount is a finding and moves nothing', async () => {
    const connector = await connect()
    arrive('a.xml', noticeFile('N1', [CREDIT]))
    arrive('b.xml', noticeFile('N2', [{ ...CREDIT, fen: 401_619 }]))
    arrive('c.xml', noticeFile('N1', [{ ...CREDIT, bankReference: 'B8' }]))
    await connector.poll()
    expect(told).toEqual([
      'credit 401618 BATCH-2026-01 notice',
      '! ENTRY_DIFFERS',
      '! MESSAGE_ID_REUSED',
    ])
  })

  it('money on an account that is not ours is a finding', async () => {
    const connector = await connect()
    arrive('a.xml', noticeFile('N1', [CREDIT], '6200000000000055'))
    await connector.poll()
    expect(told).toEqual(['! FOREIGN_ACCOUNT'])
  })

  it('what no notice told comes from the statement; what the statement lacks is a finding', async () => {
    const connector = await connect()
    arrive('a.xml', noticeFile('N1', [CREDIT, { fen: 5, bankReference: 'GHOST' }]))
    arrive(
      'b.xml',
      statementFile('D1', '2026-01-05', 1, 0, [CREDIT, { fen: 100, bankReference: 'B9' }]),
    )
    await connector.poll()
    arrive('c.xml', noticeFile('N2', [{ fen: 7, bankReference: 'LATE-GHOST' }]))
    await connector.poll()
    expect(told).toEqual([
      'credit 401618 BATCH-2026-01 notice',
      'credit 5 NOTPROVIDED notice',
      '! NOTICE_MISSED',
      'credit 100 NOTPROVIDED statement',
      '! NOTICE_NOT_IN_STATEMENT',
      '! NOTICE_NOT_IN_STATEMENT',
    ])
    expect(connector.lastStatementDay(OWN_ACCOUNT)).toBe('2026-01-05')
  })

  it('statements that do not join are found, in whatever order they come', async () => {
    const days = [
      statementFile('D1', '2026-01-05', 1, 0, [CREDIT]),
      statementFile('D2', '2026-01-06', 2, 401_618, []),
      statementFile('D3', '2026-01-07', 3, 401_000, []),
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      rmSync(root, { recursive: true })
      told = []
      const connector = await connect()
      for (const [place, index] of order.entries())
        arrive(`${place}.xml`, days[index] ?? Buffer.alloc(0))
      await connector.poll()
      expect(told.filter((text) => text === '! STATEMENT_GAP')).toHaveLength(1)
      expect(told.filter((text) => text.startsWith('credit'))).toHaveLength(1)
      connector.close()
      open = []
    }
  })

  it('statements are read after the notices that arrived with them, whatever their names', async () => {
    const connector = await connect()
    arrive('a.xml', statementFile('D1', '2026-01-05', 1, 0, [CREDIT]))
    arrive('b.xml', noticeFile('N1', [CREDIT]))
    await connector.poll()
    expect(told).toEqual(['credit 401618 BATCH-2026-01 notice'])
  })

  it('every order of arrival, with repetitions, tells the same credits once', async () => {
    const entries: TestEntry[] = [1, 2, 3, 4].map((n) => ({
      fen: n * 100,
      bankReference: `B${n}`,
      endToEndId: `E${n}`,
    }))
    const files = [
      noticeFile('N1', entries.slice(0, 2)),
      noticeFile('N2', entries.slice(1, 3)),
      noticeFile('N3', entries.slice(3)),
      statementFile('D1', '2026-01-05', 1, 0, entries),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(files.length - 1), { minLength: 1, maxLength: 8 }),
        async (order) => {
          const connector = await connect({ directory: mkdtempSync(join(root, 'c-')) })
          told = []
          const all = [...order, 3]
          for (const [place, index] of all.entries()) {
            arrive(`${place}.xml`, files[index] ?? Buffer.alloc(0))
            await connector.poll()
          }
          connector.close()
          open = []
          const credits = told.filter((text) => text.startsWith('credit'))
          expect(credits.map((text) => text.split(' ')[2]).sort()).toEqual(['E1', 'E2', 'E3', 'E4'])
          expect(told.filter((text) => text.startsWith('!') && text !== '! NOTICE_MISSED')).toEqual(
            [],
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('telling', () => {
  it('stops at a failure, keeps the order, and tells again with the same id', async () => {
    const ids: string[] = []
    failing = (id) => {
      ids.push(id)
      return id.endsWith('B2') && ids.filter((one) => one === id).length < 3
    }
    let connector = await connect()
    const entries = ['B1', 'B2', 'B3'].map((bankReference) => ({ fen: 1, bankReference }))
    arrive('a.xml', noticeFile('N1', entries))
    expect(await connector.poll()).toMatchObject({
      told: 1,
      waiting: 2,
      failure: expect.anything(),
    })
    connector = await reopen(connector)
    expect(await connector.poll()).toMatchObject({ taken: 0, told: 0, waiting: 2 })
    expect(await connector.poll()).toMatchObject({ told: 2, waiting: 0, failure: undefined })
    expect(ids.map((id) => id.slice(-2))).toEqual(['B1', 'B2', 'B2', 'B2', 'B3'])
    expect(told).toHaveLength(3)
  })

  it('two polls at once are one', async () => {
    const connector = await connect()
    arrive('a.xml', noticeFile('N1', [{ fen: 1, bankReference: 'B1' }]))
    const [one, other] = await Promise.all([connector.poll(), connector.poll()])
    expect(one).toBe(other)
    expect(told).toHaveLength(1)
  })
})

describe('threat 28: hostile and odd files in the inbox', () => {
  it('are refused, set aside and told; the good one beside them is taken', async () => {
    const connector = await connect()
    arrive('a.xml', '<html/>')
    arrive('b.xml', '<!DOCTYPE x><Document/>')
    arrive('c.xml', Buffer.alloc(10 * 1024 * 1024 + 1))
    arrive('d.xml', noticeFile('N1', [{ fen: 1, bankReference: 'B1' }]).subarray(0, -9))
    arrive('e.xml', noticeFile('N1', [{ fen: 1, bankReference: 'B1' }]))
    arrive('.f.xml', 'hidden')
    arrive('g.xml.part', 'unfinished')
    arrive('h.txt', 'other')
    expect(await connector.poll()).toMatchObject({ taken: 1, refused: 4 })
    expect(told).toEqual([
      ...Array.from({ length: 4 }, () => '! FILE_REFUSED'),
      'credit 1 NOTPROVIDED notice',
    ])
    expect(readdirSync(join(inDirectory(), 'refused'))).toHaveLength(4)
    expect(readdirSync(inDirectory()).sort()).toEqual([
      '.f.xml',
      'done',
      'g.xml.part',
      'h.txt',
      'refused',
    ])
    arrive('a.xml', '<html/>')
    expect(await connector.poll()).toMatchObject({ duplicates: 1, told: 0 })
  })

  it('unknown elements are told, what is known is taken', async () => {
    const connector = await connect()
    const text = Buffer.from(noticeFile('N1', [{ fen: 1, bankReference: 'B1' }])).toString()
    arrive('a.xml', text.replace('<ValDt>', '<New>1</New><ValDt>'))
    await connector.poll()
    expect(told).toEqual(['! UNKNOWN_ELEMENTS', 'credit 1 NOTPROVIDED notice'])
  })

  it('an order file in the inbox, a report on nothing: findings', async () => {
    const connector = await connect()
    const { fileName } = connector.pay(ORDER)
    arrive('a.xml', outFile(fileName))
    arrive('b.xml', statusFile('S1', 'R-unknown', 'ACSP'))
    await connector.poll()
    expect(told).toEqual(['! UNEXPECTED_MESSAGE', '! STATUS_FOR_UNKNOWN_PAYMENT'])
  })
})

describe('the journal', () => {
  it('cuts off a record that was never finished', async () => {
    let connector = await connect()
    connector.pay(ORDER)
    connector.close()
    open = []
    appendFileSync(join(root, 'connector', 'bank.journal'), '12345678 {"type":"deliv')
    connector = await connect()
    expect(connector.findPayment(ORDER.paymentKey)).toMatchObject({ status: 'sent' })
    connector.pay({ ...ORDER, paymentKey: 'other' })
    connector = await reopen(connector)
    expect(connector.findPayment('other')).toMatchObject({ status: 'sent' })
  })

  it('refuses damage anywhere else, with its place', async () => {
    const connector = await connect()
    connector.pay(ORDER)
    connector.close()
    open = []
    const path = join(root, 'connector', 'bank.journal')
    const sound = readFileSync(path)
    for (let place = 0; place < sound.byteLength - 1; place += 97) {
      const bytes = Buffer.from(sound)
      bytes[place] = (bytes[place] ?? 0) ^ 1
      writeFileSync(path, bytes)
      await expect(connect(), `byte ${place}`).rejects.toThrow(JournalDamaged)
    }
    writeFileSync(path, sound)
    expect((await connect()).findPayment(ORDER.paymentKey)).toBeDefined()
  })

  it('is used by one process at a time', async () => {
    const connector = await connect()
    await expect(connect()).rejects.toThrow(/in use by process/)
    connector.close()
    open = []
    writeFileSync(join(root, 'connector', 'lock'), '999999999 1')
    await connect()
  })
})
