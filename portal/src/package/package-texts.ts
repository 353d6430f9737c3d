/* Texts of a package in one language: what has no text is called by its name. */
import type { Json } from '@renshe/crypto'
import { sayValue, textOf } from '@renshe/proof'
import type { Locale } from '../words/words.ts'
import { type Field, type LoadedPackage, packageToSay } from './package-document.ts'

/** Says the things of a package in the language shown. */
export interface PackageTexts {
  /** Title of the service. */
  readonly title: string
  readonly step: (name: string) => string
  readonly field: (name: string) => string
  readonly section: (name: string) => string
  readonly outcome: (step: string, name: string) => string
  /** Status of a case. */
  readonly status: (code: string) => string
  /** Undefined where the package says nothing of that code. */
  readonly refusal: (code: string) => string | undefined
  readonly party: (name: string) => string
  /** Label of a code of a field. */
  readonly code: (field: string, code: string) => string
  /** Help below a field, or undefined. */
  readonly help: (field: string) => string | undefined
  readonly value: (name: string, value: Json, field?: Field) => string
  /** Any text by its dotted key. */
  readonly find: (key: string) => string | undefined
  /** The same in the other language: files may be written in either. */
  readonly other: (key: string) => string | undefined
  /** An article as cited, for example 企业年金办法 第 15 条, with its words. */
  readonly clause: (id: string) => { readonly name: string; readonly quotation: string | null }
}

/** Texts of a package in a language. */
export function textsOf(loaded: LoadedPackage, locale: Locale): PackageTexts {
  const { words } = packageToSay(loaded)
  const find = (key: string) => textOf(words, locale, key)
  const or = (prefix: string) => (name: string) => find(`${prefix}.${name}`) ?? name
  return {
    title: loaded.document.title[locale],
    step: or('step'),
    field: or('field'),
    section: or('section'),
    outcome: (step, name) =>
      find(`outcome.${step}.${name}`) ?? find(`outcome.${name}`) ?? usualOutcome(name, locale),
    status: (code) => find(`status.${code}`) ?? STATUSES[locale][code] ?? code,
    refusal: (code) => find(`refuse.${code}`),
    party: (name) => find(`party.${name}`) ?? PARTIES[locale][name] ?? name,
    code: (field, code) => find(`code.${field}.${code}`) ?? code,
    help: (field) => find(`help.${field}`),
    value: (name, value, field) => sayValue(words, locale, name, value, field),
    find,
    other: (key) => textOf(words, locale === 'zh' ? 'en' : 'zh', key),
    clause: (id) => clauseOf(loaded, locale, id),
  }
}

function clauseOf(loaded: LoadedPackage, locale: Locale, id: string) {
  const documents = [loaded.document, ...Object.values(loaded.uses)]
  const found = documents.flatMap(({ law }) => law).find((clause) => clause.id === id)
  const [instrument = id, article] = id.split('/')
  if (article === undefined) return { name: instrument, quotation: null }
  const place = /^\d+$/.test(article)
    ? locale === 'zh'
      ? `第${article}条`
      : `art. ${article}`
    : article
  return { name: `${instrument} ${place}`, quotation: found?.quotation ?? null }
}

const STATUSES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  zh: { OPEN: '办理中', WITHDRAWN: '已撤回', DONE: '已办结' },
  en: { OPEN: 'Open', WITHDRAWN: 'Withdrawn', DONE: 'Done' },
}

/** Parties that several packages have; a package may say its own `party.<name>`. */
const PARTIES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  zh: {
    employer: '委托人',
    trustee: '受托人',
    accountManager: '账户管理人',
    custodian: '托管人',
    investmentManager: '投资管理人',
    investmentManagers: '投资管理人',
    bank: '银行',
    supervisor: '监管',
  },
  en: {
    employer: 'Settlor (employer)',
    trustee: 'Trustee',
    accountManager: 'Account manager',
    custodian: 'Custodian',
    investmentManager: 'Investment manager',
    investmentManagers: 'Investment managers',
    bank: 'Bank',
    supervisor: 'Supervisor',
  },
}

const OUTCOMES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  zh: {
    done: '办理完成',
    confirmed: '确认无误',
    wrong: '有错误，退回',
    returned: '退回',
    'top-up': '请委托人补缴',
    return: '退回',
    keep: '留待下期抵用',
    approved: '同意',
    refused: '不同意',
    sent: '报送',
  },
  en: {
    done: 'Done',
    confirmed: 'Confirm',
    wrong: 'Wrong, send back',
    returned: 'Send back',
    'top-up': 'Ask for a top-up',
    return: 'Return',
    keep: 'Keep for the next bill',
    approved: 'Agree',
    refused: 'Refuse',
    sent: 'Send',
  },
}

function usualOutcome(name: string, locale: Locale): string {
  return OUTCOMES[locale][name] ?? name
}
