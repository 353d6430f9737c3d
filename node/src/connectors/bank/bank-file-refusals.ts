import type { BilingualText } from '../../files/refusals.ts'
import type { XmlRefusal } from '../../files/xml-guard.ts'

/** Why a file of a bank is refused as a whole, in checking order; no value of the file is told. */
export type BankFileRefusal =
  | { code: 'BANK_FILE_TOO_LARGE'; limitBytes: number }
  | { code: 'BANK_FILE_NOT_UTF8' }
  | XmlRefusal
  | { code: 'MESSAGE_UNKNOWN'; line: number }
  | { code: 'ELEMENT_ORDER'; path: string; line: number }
  | { code: 'ELEMENT_TOO_MANY'; path: string; line: number; limit: number }
  | { code: 'ELEMENT_MISSING'; path: string; line: number }
  | { code: 'CHOICE_NOT_ONE'; path: string; line: number }
  | { code: 'TEXT_NOT_EXPECTED'; path: string; line: number }
  | { code: 'VALUE_WRONG'; path: string; line: number; expected: string }
  | { code: 'COUNT_DIFFERS'; path: string; stated: string; counted: number }
  | { code: 'SUM_DIFFERS'; path: string; stated: string; counted: string }
  | { code: 'BALANCE_DIFFERS'; path: string; stated: string; counted: string }
  | { code: 'CURRENCY_NOT_CNY'; path: string }
  | { code: 'AMOUNT_NOT_IN_FEN'; path: string }
  | { code: 'REFERENCE_MISSING'; path: string }

/** Thrown when a file of a bank cannot be taken; nothing of it has any effect. */
export class BankFileRefused extends Error {
  readonly refusal: BankFileRefusal

  constructor(refusal: BankFileRefusal) {
    super(explainBankFileRefusal(refusal).en)
    this.name = 'BankFileRefused'
    this.refusal = refusal
  }
}

/** Stops reading with a reason. */
export function refuseBankFile(refusal: BankFileRefusal): never {
  throw new BankFileRefused(refusal)
}

/** What the operator is told: what was expected, what came, where. */
export function explainBankFileRefusal(refusal: BankFileRefusal): BilingualText {
  const { zh, en } = SENTENCES[refusal.code]
  return { zh: withFacts(zh, refusal), en: withFacts(en, refusal) }
}

const SENTENCES: Record<BankFileRefusal['code'], BilingualText> = {
  BANK_FILE_TOO_LARGE: {
    zh: '银行文件过大:最多 {limitBytes} 字节。',
    en: 'The bank file is too large: at most {limitBytes} bytes.',
  },
  BANK_FILE_NOT_UTF8: { zh: '银行文件不是 UTF-8 编码。', en: 'The bank file is not UTF-8.' },
  XML_ENCODING: {
    zh: '银行文件声明的编码不是 UTF-8。',
    en: 'The bank file declares an encoding other than UTF-8.',
  },
  XML_BROKEN: {
    zh: '第 {line} 行不是合规的 XML。',
    en: 'Line {line} is not well-formed XML.',
  },
  XML_DOCTYPE: { zh: '文件含有 DOCTYPE,不允许。', en: 'A DOCTYPE is not allowed.' },
  XML_INSTRUCTION: {
    zh: '文件含有处理指令,不允许。',
    en: 'A processing instruction is not allowed.',
  },
  XML_TOO_DEEP: {
    zh: '第 {line} 行嵌套超过 {limit} 层。',
    en: 'Line {line} is nested deeper than {limit} levels.',
  },
  XML_TOO_MANY_ATTRIBUTES: {
    zh: '第 {line} 行一个元素的属性超过 {limit} 个。',
    en: 'An element in line {line} has more than {limit} attributes.',
  },
  XML_TEXT_TOO_LONG: {
    zh: '第 {line} 行的文字超过 {limit} 个字符。',
    en: 'A text in line {line} is longer than {limit} characters.',
  },
  XML_TOO_LARGE: {
    zh: 'XML 超过 {limit} 个字符。',
    en: 'The XML is longer than {limit} characters.',
  },
  MESSAGE_UNKNOWN: {
    zh: '不是 pain.001.001.09、pain.002.001.10、camt.053.001.08 或 camt.054.001.08(第 {line} 行)。',
    en: 'Neither pain.001.001.09, pain.002.001.10, camt.053.001.08 nor camt.054.001.08 (line {line}).',
  },
  ELEMENT_ORDER: {
    zh: '第 {line} 行的元素 {path} 顺序不对。',
    en: 'Element {path} in line {line} is out of order.',
  },
  ELEMENT_TOO_MANY: {
    zh: '第 {line} 行的元素 {path} 多于 {limit} 个。',
    en: 'Element {path} in line {line} is there more than {limit} times.',
  },
  ELEMENT_MISSING: {
    zh: '缺少元素 {path}(第 {line} 行)。',
    en: 'Element {path} is missing (line {line}).',
  },
  CHOICE_NOT_ONE: {
    zh: '{path}(第 {line} 行)应恰有一种内容。',
    en: '{path} (line {line}) must hold exactly one of its alternatives.',
  },
  TEXT_NOT_EXPECTED: {
    zh: '{path}(第 {line} 行)内不应有文字。',
    en: 'No text is expected in {path} (line {line}).',
  },
  VALUE_WRONG: {
    zh: '{path}(第 {line} 行)的值不符合 {expected}。',
    en: 'The value of {path} (line {line}) is no {expected}.',
  },
  COUNT_DIFFERS: {
    zh: '{path} 声明 {stated} 笔,实际 {counted} 笔。',
    en: '{path} states {stated}, there are {counted}.',
  },
  SUM_DIFFERS: {
    zh: '{path} 声明合计 {stated},实际 {counted}。',
    en: '{path} states the sum {stated}, it is {counted}.',
  },
  BALANCE_DIFFERS: {
    zh: '{path} 的期末余额 {stated} 与期初余额加减发生额 {counted} 不符。',
    en: 'The closing balance {stated} of {path} is not the opening balance with the entries, {counted}.',
  },
  CURRENCY_NOT_CNY: { zh: '{path} 的币种不是人民币。', en: 'The currency of {path} is not CNY.' },
  AMOUNT_NOT_IN_FEN: {
    zh: '{path} 的金额不足一分或过大。',
    en: 'The amount of {path} is not in whole fen, or too large.',
  },
  REFERENCE_MISSING: {
    zh: '{path} 没有银行流水号,无法去重。',
    en: '{path} has no bank reference: it could not be told from another.',
  },
}

function withFacts(sentence: string, refusal: BankFileRefusal): string {
  let text = sentence
  for (const [name, fact] of Object.entries(refusal))
    text = text.replaceAll(`{${name}}`, String(fact))
  return text
}
