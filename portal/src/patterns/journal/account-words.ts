/* Accounts of a plan as people call them: number → name, as the published ledger of a plan has them. */
import type { Locale } from '../../words/words.ts'

const NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  '1001': { zh: '受托财产托管账户', en: 'Custody account' },
  '1101': { zh: '投资组合', en: 'Portfolio' },
  '2001': { zh: '待分配缴费', en: 'Contributions to allocate' },
  '2002': { zh: '待处理款', en: 'Suspense' },
  '2101': { zh: '应付待遇及转移款', en: 'Benefits and transfers payable' },
  '2102': { zh: '应付管理费', en: 'Fees payable' },
  '2103': { zh: '应交个人所得税', en: 'Income tax payable' },
  '2201': { zh: '企业账户·现金', en: 'Enterprise account, cash' },
  '3001': { zh: '个人账户·企业缴费（未归属）', en: 'Personal accounts, employer part not vested' },
  '3002': { zh: '个人账户·企业缴费（已归属）', en: 'Personal accounts, employer part vested' },
  '3003': { zh: '个人账户·个人缴费', en: 'Personal accounts, employee part' },
  '3101': { zh: '企业账户·份额', en: 'Enterprise account, units' },
  '3901': { zh: '净值变动', en: 'Change of value' },
  '3902': { zh: '份额尾差', en: 'Unit residue' },
  U1: { zh: '总份额', en: 'Units in issue' },
  U2: { zh: '个人份额', en: 'Units of members' },
  U3: { zh: '企业账户份额', en: 'Units of the enterprise account' },
}

/** Name of an account by its number; an account that is not listed keeps its number. */
export function accountInWords(account: string, locale: Locale): string {
  const known = NAMES[account]
  if (known !== undefined) return known[locale]
  const [chapter = '', part] = account.split('.')
  const general = NAMES[chapter]
  if (general === undefined || part === undefined) return account
  return locale === 'zh' ? `${general.zh} ${part}` : `${general.en} ${part}`
}

const KINDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ARRIVAL: { zh: '到账并匹配', en: 'Arrival, matched' },
  SHORT_ARRIVAL: { zh: '短缴到账', en: 'Short arrival' },
  OVER_ARRIVAL: { zh: '溢缴到账', en: 'Surplus arrival' },
  TOP_UP: { zh: '补缴到账', en: 'Top-up' },
  MATCHED: { zh: '补足后匹配', en: 'Matched' },
  REFUND: { zh: '退回款项', en: 'Refund' },
  SURPLUS_RETURNED: { zh: '退回溢缴', en: 'Surplus returned' },
  ALLOCATION: { zh: '分配并计份额', en: 'Allocation in units' },
  UNIT_RESIDUE: { zh: '尾差', en: 'Residue' },
  TRANSFER: { zh: '划拨到组合', en: 'Transfer to portfolios' },
  REUNITISATION: { zh: '按更正净值重新折算', en: 'Units at the restated value' },
  VALUATION: { zh: '估值变动', en: 'Valuation' },
}

/** What a journal is about; a kind that is not listed keeps its code. */
export function journalInWords(kind: string, locale: Locale): string {
  return KINDS[kind]?.[locale] ?? kind
}
