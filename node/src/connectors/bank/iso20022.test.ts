// Goal: files of banks in the subset of ISO 20022 are written in fixed bytes, read strictly, and
// refused by name and place.
// Method: parse ∘ write = identity on samples and on values generated from the tables themselves; a
// table of hostile and wrong
// files, each made from a good one by one change.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { BankFileRefused, explainBankFileRefusal } from './bank-file-refusals.ts'
import { BANK_FILE_LIMITS, type BankMessage, MESSAGE_TABLES } from './bank-message.ts'
import { type Content, isLeaf } from './element-table.ts'
import { decimalOfFen, fenOfDecimal } from './iso-amount.ts'
import { readMessage } from './read-message.ts'
import {
  CAMT053_SAMPLE,
  CAMT054_SAMPLE,
  PAIN001_SAMPLE,
  PAIN002_SAMPLE,
} from './sample-messages.ts'
import { writeMessage } from './write-message.ts'

const SAMPLES: BankMessage[] = [
  { kind: 'pain.001', document: PAIN001_SAMPLE },
  { kind: 'pain.002', document: PAIN002_SAMPLE },
  { kind: 'camt.053', document: CAMT053_SAMPLE },
  { kind: 'camt.054', document: CAMT054_SAMPLE },
]

const textOf = (message: BankMessage) => Buffer.from(writeMessage(message)).toString()
const PAIN001 = textOf(SAMPLES[0] as BankMessage)
const CAMT053 = textOf(SAMPLES[2] as BankMessage)
const CAMT054 = textOf(SAMPLES[3] as BankMessage)

function refusalOf(text: string | Uint8Array): BankFileRefused['refusal'] {
  try {
    readMessage(Buffer.from(text))
  } catch (error) {
    if (error instanceof BankFileRefused) return error.refusal
    throw error
  }
  throw new Error('the file was accepted')
}

describe('round trips', () => {
  it.each(SAMPLES.map((message) => [message.kind, message] as const))('%s', (_, message) => {
    const bytes = writeMessage(message)
    expect(readMessage(bytes)).toEqual({ ...message, unknown: [] })
    const again = readMessage(bytes)
    expect(Buffer.from(writeMessage(again)).equals(Buffer.from(bytes))).toBe(true)
  })

  it('has known bytes: one element a line, in the order of the standard', () => {
    expect(PAIN001.split('\n').slice(0, 11)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">',
      '  <CstmrCdtTrfInitn>',
      '    <GrpHdr>',
      '      <MsgId>R0001</MsgId>',
      '      <CreDtTm>2026-01-05T09:00:00+08:00</CreDtTm>',
      '      <NbOfTxs>2</NbOfTxs>',
      '      <CtrlSum>420.50</CtrlSum>',
      '      <InitgPty>',
      '        <Nm>示例图书馆</Nm>',
      '      </InitgPty>',
    ])
    expect(PAIN001).toContain('<InstdAmt Ccy="CNY">400.50</InstdAmt>')
    expect(PAIN001).toContain('<Ustrd>书款 &lt;1&gt; &amp; "2"</Ustrd>')
    expect(CAMT053).toContain('<BkTxCd/>')
  })

  it.each(Object.keys(MESSAGE_TABLES) as BankMessage['kind'][])(
    '%s: any value of the table survives',
    (kind) => {
      fc.assert(
        fc.property(anyValueOf(MESSAGE_TABLES[kind].content, ''), (document) => {
          const message = { kind, document: withTotals(document) } as unknown as BankMessage
          const { unknown, ...read } = readMessage(writeMessage(message))
          expect(unknown).toEqual([])
          expect(read).toEqual(message)
        }),
        { numRuns: 150 },
      )
    },
  )

  it('the order in which an object was filled does not matter', () => {
    const shuffled = Object.fromEntries(Object.entries(PAIN001_SAMPLE).reverse())
    expect(textOf({ kind: 'pain.001', document: shuffled as typeof PAIN001_SAMPLE })).toBe(PAIN001)
  })
})

describe('what is unknown is kept and reported', () => {
  it('elements and attributes, with path, line and content', () => {
    const text = PAIN001.replace(
      '<PmtMtd>',
      '<Extra a="1&amp;"><Deep>x&lt;</Deep></Extra>\n<PmtMtd xx="y">',
    )
    expect(readMessage(Buffer.from(text))).toEqual({
      kind: 'pain.001',
      document: PAIN001_SAMPLE,
      unknown: [
        {
          path: 'CstmrCdtTrfInitn/PmtInf/Extra',
          line: 15,
          xml: '<Extra a="1&amp;"><Deep>x&lt;</Deep></Extra>',
        },
        { path: 'CstmrCdtTrfInitn/PmtInf/PmtMtd/@xx', line: 16, xml: 'y' },
      ],
    })
  })

  it('an element of the standard beyond the subset stands for the choice that it is', () => {
    const text = CAMT054.replace('<Cd>BOOK</Cd>', '<Other>X</Other>')
    const reading = readMessage(Buffer.from(text))
    expect(reading.unknown).toMatchObject([{ path: expect.stringMatching(/Sts\/Other$/) }])
  })

  it('prefixes, comments, CDATA and schema locations are only spelling', () => {
    const text = PAIN001.replaceAll(/<(\/?)([A-Z])/g, '<$1n:$2')
      .replace('xmlns=', 'xmlns:xsi="i" xsi:schemaLocation="u v" xmlns:n=')
      .replace('>R0001<', '><!-- id --><![CDATA[R00]]>01<')
    expect(readMessage(Buffer.from(text))).toMatchObject({ document: PAIN001_SAMPLE, unknown: [] })
  })
})

const change = (text: string, from: string | RegExp, to: string) => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to change: ${from}`)
  return changed
}
const long = (length: number) => '9'.repeat(length)

describe('threats 28 and 29: hostile and wrong bank files', () => {
  const cases: [string, string | Uint8Array, object][] = [
    ['too large', Buffer.alloc(BANK_FILE_LIMITS.bytes + 1, 0x20), { code: 'BANK_FILE_TOO_LARGE' }],
    ['empty', '', { code: 'XML_BROKEN' }],
    ['not UTF-8', Buffer.from([0x3c, 0xff]), { code: 'BANK_FILE_NOT_UTF8' }],
    ['GBK declared', change(PAIN001, 'UTF-8', 'GBK'), { code: 'XML_ENCODING' }],
    ['cut short', PAIN001.slice(0, -20), { code: 'XML_BROKEN' }],
    ['text behind', `${PAIN001}x`, { code: 'XML_BROKEN' }],
    ['two documents', PAIN001 + PAIN001, { code: 'XML_BROKEN', line: 74 }],
    [
      'entity bomb',
      `<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>`,
      { code: 'XML_DOCTYPE' },
    ],
    [
      'outside entity',
      `<!DOCTYPE d SYSTEM "file:///etc/passwd"><Document/>`,
      { code: 'XML_DOCTYPE' },
    ],
    ['stylesheet', `<?xml-stylesheet href="x"?>${PAIN001.slice(39)}`, { code: 'XML_INSTRUCTION' }],
    ['depth', change(PAIN001, '<GrpHdr>', `<X>${'<a>'.repeat(40)}`), { code: 'XML_TOO_DEEP' }],
    [
      'attributes',
      change(PAIN001, '<GrpHdr>', `<GrpHdr ${attributes(20)}>`),
      { code: 'XML_TOO_MANY_ATTRIBUTES', line: 4 },
    ],
    ['a long text', change(PAIN001, 'R0001', 'x'.repeat(5_000_000)), { code: 'XML_TEXT_TOO_LONG' }],
    [
      'a long comment',
      change(PAIN001, 'R0001', `<!--${'x'.repeat(5_000_000)}-->`),
      { code: 'XML_TEXT_TOO_LONG' },
    ],
    [
      'a flood of unknown elements',
      change(PAIN001, '<GrpHdr>', `${'<X/>'.repeat(2_000)}<GrpHdr>`),
      { code: 'ELEMENT_TOO_MANY', limit: 1_000 },
    ],
    ['another version', change(PAIN001, '001.09', '001.03'), { code: 'MESSAGE_UNKNOWN', line: 2 }],
    [
      'another root',
      change(PAIN001, /CstmrCdtTrfInitn/g.source, 'X').replace('</CstmrCdtTrfInitn', '</X'),
      { code: 'MESSAGE_UNKNOWN', line: 3 },
    ],
    [
      'HTML of a login page',
      '<html><body>登录</body></html>',
      { code: 'MESSAGE_UNKNOWN', line: 1 },
    ],
    [
      'order',
      change(PAIN001, /(<MsgId>.*<\/MsgId>)\s*(<CreDtTm>.*<\/CreDtTm>)/, '$2$1'),
      { code: 'ELEMENT_ORDER', path: 'CstmrCdtTrfInitn/GrpHdr/MsgId', line: 5 },
    ],
    [
      'missing',
      change(PAIN001, /<EndToEndId>FEE-2<\/EndToEndId>/, ''),
      { code: 'ELEMENT_MISSING', path: expect.stringMatching(/PmtId\/EndToEndId$/) },
    ],
    [
      'twice',
      change(PAIN001, /(<MsgId>.*<\/MsgId>)/, '$1$1'),
      { code: 'ELEMENT_TOO_MANY', limit: 1 },
    ],
    [
      'two of a choice',
      change(PAIN001, '<Dt>2026-01-05</Dt>', '<Dt>2026-01-05</Dt><DtTm>2026-01-05T00:00:00</DtTm>'),
      { code: 'CHOICE_NOT_ONE', path: 'CstmrCdtTrfInitn/PmtInf/ReqdExctnDt' },
    ],
    ['none of a choice', change(PAIN001, '<Dt>2026-01-05</Dt>', ''), { code: 'CHOICE_NOT_ONE' }],
    ['text between', change(PAIN001, '<GrpHdr>', '<GrpHdr>x'), { code: 'TEXT_NOT_EXPECTED' }],
    ['36 characters', change(PAIN001, 'R0001', long(36)), { code: 'VALUE_WRONG', line: 5 }],
    ['no characters', change(PAIN001, '>R0001<', '><'), { code: 'VALUE_WRONG' }],
    [
      'a day that is none',
      change(PAIN001, '<Dt>2026-01-05', '<Dt>2026-02-30'),
      { code: 'VALUE_WRONG', expected: 'ISODate' },
    ],
    ['hour 24', change(PAIN001, 'T09:', 'T24:'), { code: 'VALUE_WRONG', expected: 'ISODateTime' }],
    ['a code not in its list', change(PAIN001, 'TRF', 'TFR'), { code: 'VALUE_WRONG' }],
    ['six places', change(PAIN001, '400.50', '400.500001'), { code: 'VALUE_WRONG' }],
    ['19 digits', change(PAIN001, '400.50', long(19)), { code: 'VALUE_WRONG' }],
    ['negative', change(PAIN001, '>400.50', '>-400.50'), { code: 'VALUE_WRONG' }],
    ['an exponent', change(PAIN001, '400.50', '4e2'), { code: 'VALUE_WRONG' }],
    ['no currency', change(PAIN001, ' Ccy="CNY"', ''), { code: 'VALUE_WRONG' }],
    ['dollars', change(PAIN001, 'Ccy="CNY"', 'Ccy="USD"'), { code: 'CURRENCY_NOT_CNY' }],
    [
      'part of a fen',
      change(PAIN001, '400.50', '400.505'),
      { code: 'AMOUNT_NOT_IN_FEN', path: 'PmtInf[1]/CdtTrfTxInf[1]/Amt' },
    ],
    [
      'NbOfTxs',
      change(PAIN001, '<NbOfTxs>2', '<NbOfTxs>3'),
      { code: 'COUNT_DIFFERS', path: 'GrpHdr/NbOfTxs', stated: '3', counted: 2 },
    ],
    [
      'CtrlSum',
      change(PAIN001, '400.50', '400.51'),
      { code: 'SUM_DIFFERS', path: 'PmtInf[1]/CtrlSum', stated: '420.50', counted: '420.51' },
    ],
    [
      'closing balance',
      change(CAMT053, '699.50', '699.51'),
      { code: 'BALANCE_DIFFERS', path: 'Stmt[1]', stated: '699.51', counted: '699.50' },
    ],
    [
      'summary count',
      change(CAMT053, '<NbOfNtries>2', '<NbOfNtries>1'),
      { code: 'COUNT_DIFFERS', path: 'Stmt[1]/TxsSummry/TtlNtries/NbOfNtries' },
    ],
    [
      'summary sum',
      change(CAMT053, '<Sum>500.50', '<Sum>500.5001'),
      { code: 'SUM_DIFFERS', path: 'Stmt[1]/TxsSummry/TtlNtries/Sum' },
    ],
    [
      'details that do not add up',
      change(CAMT054, /100\.00(?![\s\S]*100\.00)/, '99.00'),
      { code: 'SUM_DIFFERS', path: 'Ntfctn[1]/Ntry[1]/NtryDtls/TxDtls/Amt' },
    ],
  ]
  it.each(cases)('%s', (_, file, refusal) => {
    const refused = refusalOf(file)
    expect(refused).toMatchObject(refusal)
    const { zh, en } = explainBankFileRefusal(refused)
    expect(`${zh}${en}`).not.toMatch(/[{}]/)
  })

  it('never throws anything but a refusal, whatever is changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(PAIN001, CAMT053, CAMT054),
        fc.nat(),
        fc.nat(40),
        fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('<', '</', '&', '"', '<a>')),
        (text, at, length, insert) => {
          const place = at % text.length
          const changed = text.slice(0, place) + insert + text.slice(place + length)
          try {
            readMessage(Buffer.from(changed))
          } catch (error) {
            expect(error).toBeInstanceOf(BankFileRefused)
          }
        },
      ),
      { numRuns: 1_500 },
    )
  })

  it('the writer refuses what the table does not allow', () => {
    const broken: [string, unknown][] = [
      ['no list', { ...PAIN001_SAMPLE, PmtInf: [] }],
      ['a stranger', { ...PAIN001_SAMPLE, Extra: 'x' }],
      ['too long', { ...PAIN001_SAMPLE, GrpHdr: { ...PAIN001_SAMPLE.GrpHdr, MsgId: long(36) } }],
      ['absent', { ...PAIN001_SAMPLE, GrpHdr: { ...PAIN001_SAMPLE.GrpHdr, MsgId: undefined } }],
    ]
    for (const [name, document] of broken)
      expect(() => writeMessage({ kind: 'pain.001', document } as BankMessage), name).toThrow(
        RangeError,
      )
  })
})

describe('amounts', () => {
  it.each([
    ['100', 10_000n],
    ['100.5', 10_050n],
    ['100.50000', 10_050n],
    ['0.01', 1n],
    ['-0.01', -1n],
    ['0.001', undefined],
    ['1,0', undefined],
    ['', undefined],
  ])('%s', (text, fen) => {
    expect(fenOfDecimal(text)).toBe(fen)
  })

  it('fen → text → fen = identity', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (fen) => {
        expect(fenOfDecimal(decimalOfFen(fen))).toBe(fen)
      }),
    )
  })
})

function attributes(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}="1"`).join(' ')
}

/** Any value of a content, as its table says: the generator knows nothing else. */
function anyValueOf(content: Content, tag: string): fc.Arbitrary<unknown> {
  if (isLeaf(content)) return leafValue(content.leaf, tag)
  if ('choice' in content)
    return fc.oneof(
      ...content.choice.map((child) =>
        anyValueOf(child.content, child.tag).map((value) => ({ [child.tag]: value })),
      ),
    )
  const required = content.filter(({ min }) => min === 1).map(({ tag: name }) => name)
  const shape = content.map(({ tag: name, max, content: inner }) => {
    const value = anyValueOf(inner, name)
    return [name, max === 1 ? value : fc.array(value, { minLength: 1, maxLength: 2 })] as const
  })
  return fc.record(Object.fromEntries(shape), { requiredKeys: required })
}

function leafValue(leaf: string, tag: string): fc.Arbitrary<unknown> {
  const decimal = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(decimalOfFen)
  const text = /^Max([0-9]+)Text$/.exec(leaf)
  if (text !== null)
    return fc
      .array(
        fc.constantFrom('a', '王', '𠮷', '<', '&', '"', ' ', '\n', '\r', '\t', ']]>'.charAt(2)),
        {
          minLength: 1,
          maxLength: Math.min(Number(text[1]), 40),
        },
      )
      .map((characters) => characters.join(''))
  const known: Record<string, fc.Arbitrary<unknown>> = {
    ActiveOrHistoricCurrencyAndAmount: decimal.map((amount) => ({ currency: 'CNY', amount })),
    DecimalNumber: decimal,
    Max15NumericText: fc.constantFrom('0', '000000000000001', '7'),
    Max5NumericText: fc.constantFrom('1', '00002'),
    ISODate: fc.constantFrom('2024-02-29', '2026-12-31+08:00'),
    ISODateTime: fc.constantFrom('2026-01-05T00:00:00', '2026-01-05T23:59:59.123Z'),
    TrueFalseIndicator: fc.constantFrom('true', '0'),
    YesNoIndicator: fc.constantFrom('false', '1'),
    'External code of 1 to 4': fc.constantFrom('ABCD', 'A1'),
    ActiveOrHistoricCurrencyCode: fc.constant('CNY'),
    BICFIDec2014Identifier: fc.constantFrom('ABCDCNBJ', 'ABCDCNBJXXX'),
    IBAN2007Identifier: fc.constant('DE00123456789'),
    UUIDv4Identifier: fc.constant('eb6305c9-1f7f-49de-aed0-16487c27b42d'),
    PaymentMethod3Code: fc.constantFrom('TRF', 'CHK'),
    ChargeBearerType1Code: fc.constantFrom('SLEV', 'DEBT'),
    CreditDebitCode: fc.constantFrom('CRDT', 'DBIT'),
    CopyDuplicate1Code: fc.constantFrom('COPY', 'DUPL'),
  }
  const value = known[leaf]
  if (value === undefined) throw new Error(`no values for ${leaf} of ${tag}`)
  return value
}

type Tree = { [name: string]: unknown }

/** Takes out what is recomputed, and states the one count that must be there. */
function withTotals(document: unknown): unknown {
  const stated = new Set(['NbOfTxs', 'CtrlSum', 'TxsSummry', 'Sum'])
  const strip = (value: unknown, parent: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => strip(one, parent))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(
      ([name]) => !stated.has(name) && !(parent === 'TxDtls' && name === 'Amt'),
    )
    return Object.fromEntries(entries.map(([name, inner]) => [name, strip(inner, name)]))
  }
  const tree = strip(document, '') as Tree
  const payments = tree.PmtInf as { CdtTrfTxInf: unknown[] }[] | undefined
  if (payments === undefined) return tree
  const count = payments.reduce((total, { CdtTrfTxInf }) => total + CdtTrfTxInf.length, 0)
  return { ...tree, GrpHdr: { ...(tree.GrpHdr as Tree), NbOfTxs: String(count) } }
}
