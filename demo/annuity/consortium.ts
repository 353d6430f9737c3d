import { join } from 'node:path'
import type { Bytes, JsonObject, RandomSource } from '@renshe/crypto'
import type { ConsortiumTerms, FoundingMember, NodeMember } from '@renshe/node'

/** Members of the demonstration by the part they play. */
export const PARTS = {
  employer: 'emp-1001',
  trustee: 'tru-0001',
  accountManager: 'acc-0001',
  custodian: 'cus-0001',
  investmentOne: 'inv-0001',
  investmentTwo: 'inv-0002',
  bank: 'bnk-0001',
  supervisor: 'hrss-1300',
} as const

/** Part in the demonstration. */
export type Part = keyof typeof PARTS

/** When the scripted clock of the demonstration begins: 2025-11-03 09:00 in UTC+08:00. */
export const DEMONSTRATION_START = Date.UTC(2025, 10, 3, 1)

/** Names that people read. */
export const NAMES: Readonly<Record<Part, { readonly zh: string; readonly en: string }>> = {
  employer: { zh: '示例·华岳机械', en: 'Sample Huayue Machinery' },
  trustee: { zh: '示例·安养养老保险', en: 'Sample Anyang Pension' },
  accountManager: { zh: '示例·北辰银行', en: 'Sample Beichen Bank' },
  custodian: { zh: '示例·汇川银行', en: 'Sample Huichuan Bank' },
  investmentOne: { zh: '示例·景明', en: 'Sample Jingming' },
  investmentTwo: { zh: '示例·同泽', en: 'Sample Tongze' },
  bank: { zh: '示例·城市银行', en: 'Sample City Bank' },
  supervisor: { zh: '示例省人社厅', en: 'Sample HRSS Department' },
}

const ROLES: Readonly<Record<Part, string>> = {
  employer: 'EMPLOYER',
  trustee: 'TRUSTEE',
  accountManager: 'ACCOUNT_MANAGER',
  custodian: 'CUSTODIAN',
  investmentOne: 'INVESTMENT_MANAGER',
  investmentTwo: 'INVESTMENT_MANAGER',
  bank: 'BANK',
  supervisor: 'HRSS',
}

/** Officers by part: number → roles. Two people at the employer, because payment needs four eyes. */
export const OFFICERS: Readonly<Record<Part, Readonly<Record<string, readonly string[]>>>> = {
  employer: { '0101': ['hr'], '0102': ['finance'] },
  trustee: { '0201': ['operations'] },
  accountManager: { '0301': ['operations', 'data-steward'] },
  custodian: { '0401': ['custody', 'operations', 'valuation'] },
  investmentOne: { '0501': ['investment', 'valuation'] },
  investmentTwo: { '0601': ['investment', 'valuation'] },
  bank: { '0701': ['operations'] },
  // A warrant needs two of its officers.
  supervisor: {
    '0801': ['administrator', 'filing', 'governance', 'supervision'],
    '0802': ['supervision'],
  },
}

const DAY_MS = 86_400_000

/** Quorum table of the design; no cooling-off, because a demonstration does not wait a week. */
const GOVERNANCE: readonly JsonObject[] = [
  quorum('admit', 1, 2, true),
  quorum('loosen', 3, 4, false, 'responsible'),
  quorum('parameters', 1, 2, true, 'responsible'),
  quorum('policy', 2, 3, true),
  quorum('protocol', 2, 3, true),
  quorum('publish', 1, 2, true, 'responsible'),
  quorum('remove', 2, 3, false, null, 'concerned'),
  quorum('withdraw', 1, 2, true, 'responsible'),
]

function quorum(
  subject: string,
  numerator: number,
  denominator: number,
  strict: boolean,
  needed: string | null = null,
  without: string | null = null,
): JsonObject {
  const threshold = [numerator, denominator]
  return { subject, threshold, strict, coolingOffMs: 0, with: needed, without }
}

/** Member ids, roles and officers, as the genesis names them. */
export function demonstrationMembers(): FoundingMember[] {
  return (Object.keys(PARTS) as Part[]).map((part) => ({
    id: PARTS[part],
    name: NAMES[part],
    roles: [ROLES[part]],
    voting: true,
    officers: Object.entries(OFFICERS[part]).map(([number, roles]) => ({
      number,
      roles,
      unit: null,
    })),
  }))
}

/** Terms of the demonstration consortium: every member keeps a copy of the ledger and witnesses. */
export function demonstrationTerms(settings: {
  readonly dataFolder: string
  readonly packages: readonly Bytes[]
  readonly random: RandomSource
  readonly bankFolder: string
}): ConsortiumTerms {
  const { bankFolder, ...rest } = settings
  return {
    name: 'demo-annuity',
    time: DEMONSTRATION_START - DAY_MS,
    members: demonstrationMembers(),
    operator: PARTS.accountManager,
    threshold: 4,
    governance: GOVERNANCE,
    nodes: {
      [PARTS.bank]: { bank: bankPlace(bankFolder, 'payers', null) },
      [PARTS.custodian]: {
        bank: bankPlace(bankFolder, 'custody', {
          section: 'bank-notice',
          fields: { bankReference: 'bankReference', payerAccount: 'payerAccount' },
        }),
      },
    },
    ...rest,
  }
}

/** Where a member's bank files lie: the demonstration's bank has a desk for each customer. */
function bankPlace(
  folder: string,
  customer: string,
  notice: NonNullable<NodeMember['bank']>['notice'],
): NonNullable<NodeMember['bank']> {
  return {
    outFolder: join(folder, customer, 'to-bank'),
    inFolder: join(folder, customer, 'from-bank'),
    register: 'annuity-account',
    numberField: 'accountNo',
    nameField: 'accountName',
    notice,
  }
}
