/* What the parties of an annuity are called; a party that is not listed keeps the name of its package. */
import type { Locale } from '../../words/words.ts'

const NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  employer: { zh: '委托人', en: 'Settlor' },
  trustee: { zh: '受托人', en: 'Trustee' },
  accountManager: { zh: '账户管理人', en: 'Account manager' },
  custodian: { zh: '托管人', en: 'Custodian' },
  investmentManager: { zh: '投资管理人', en: 'Investment manager' },
  investmentManagers: { zh: '投资管理人', en: 'Investment manager' },
  bank: { zh: '银行', en: 'Bank' },
  supervisor: { zh: '监管', en: 'Supervisor' },
}

/** Name of a party. */
export function partyInWords(party: string, locale: Locale): string {
  return NAMES[party]?.[locale] ?? party
}

/** Name of a party inside a sentence: `the account manager`. */
export function partyInSentence(party: string, locale: Locale): string {
  const name = partyInWords(party, locale)
  return locale === 'zh' ? name : name.toLowerCase()
}

/** Names of parties as one list: `委托人、受托人`, `settlor, trustee`. */
export function partiesInWords(parties: readonly string[], locale: Locale): string {
  return parties.map((party) => partyInSentence(party, locale)).join(locale === 'zh' ? '、' : ', ')
}
