/*
 * Which step carries which message, as data: numbers of the published annuity flow (9 to 18, 21, 22), who tells
 * whom, and what may be read in it. Steps that are no message of that flow (a shortfall, a refund) have no number
 * and are drawn only where they happened.
 */
import { grouped, percent, yuan } from '../../format/money.ts'
import type { Bilingual } from '../../shell/workspace.ts'

/** Lanes of the drawing, in their order: the bank stands between, so that money runs left to right. */
export const LANES = [
  'employer',
  'trustee',
  'accountManager',
  'bank',
  'custodian',
  'investmentManagers',
  'supervisor',
] as const

/** One lane. */
export type Lane = (typeof LANES)[number]

/** Values of the case that a label may say. */
export type FlowValues = Readonly<Record<string, unknown>>

/** One message. */
export interface FlowMessage {
  /** Number of the published flow; null for a branch. */
  readonly no: number | null
  readonly service: string
  readonly step: string
  /** Who tells whom; one lane alone does something by itself. */
  readonly path: readonly Lane[]
  readonly label: Bilingual
  /** What is said beside the label, from public values. */
  readonly value?: (values: FlowValues) => string | null
  /** What this step says by its outcome instead. */
  readonly outcomes?: Readonly<Record<string, Bilingual>>
  /** Sealed section that the message is; who may not open it sees a hatched label. */
  readonly section?: string
  /** Sealed section that comes with a message whose label everybody reads. */
  readonly encloses?: string
  /** Steps that come before it in its own service: while one of them is open, this message is on its way. */
  readonly begunBy?: readonly string[]
  /** Step that says how far the later hops are, for example a payment that a bank executes. */
  readonly arrivesBy?: string
}

const money =
  (name: string) =>
  (values: FlowValues): string | null => {
    const amount = values[name]
    return typeof amount === 'string' ? yuan(amount) : null
  }

const CONTRIBUTION = 'annuity-contribution'

function shares({ portfolioShares }: FlowValues): string | null {
  if (!Array.isArray(portfolioShares)) return null
  return portfolioShares.map((share) => percent(String(share))).join(' / ')
}

function amounts(values: FlowValues): string | null {
  if (!Array.isArray(values.amounts)) return null
  return values.amounts.map((amount) => yuan(String(amount))).join(' ＋ ')
}

function decimal(name: string) {
  return (values: FlowValues): string | null => {
    const found = values[name]
    return typeof found === 'string' ? grouped(found, 4) : null
  }
}

function differences({ differences: found }: FlowValues): string | null {
  if (!Array.isArray(found)) return null
  return found.map((one) => yuan(String(one))).join(' / ')
}

/** Messages of a contribution, in the order in which they come if nothing goes wrong. */
export const FLOW_MESSAGES: readonly FlowMessage[] = [
  {
    no: 9,
    service: CONTRIBUTION,
    step: 'upload-payroll',
    path: ['employer', 'trustee', 'accountManager'],
    label: { zh: '缴费信息', en: 'Payroll' },
    section: 'payroll',
  },
  {
    no: 10,
    service: CONTRIBUTION,
    step: 'bill',
    path: ['accountManager', 'trustee', 'employer'],
    label: { zh: '账单与明细', en: 'Bill and rows' },
    section: 'payroll',
  },
  {
    no: 11,
    service: CONTRIBUTION,
    step: 'confirm',
    path: ['employer', 'trustee', 'accountManager'],
    label: { zh: '账单签章', en: 'Bill signed' },
    outcomes: { wrong: { zh: '账单有误，退回', en: 'Bill sent back' } },
  },
  {
    no: 12,
    service: CONTRIBUTION,
    step: 'collect',
    path: ['trustee', 'custodian'],
    label: { zh: '收账通知', en: 'Credit notice' },
    value: money('outstanding'),
  },
  {
    no: 13,
    service: CONTRIBUTION,
    step: 'remit',
    path: ['employer', 'bank', 'custodian'],
    label: { zh: '划款', en: 'Payment' },
    value: money('outstanding'),
    arrivesBy: 'remittance',
  },
  {
    no: 14,
    service: CONTRIBUTION,
    step: 'arrival',
    path: ['custodian', 'accountManager', 'trustee'],
    label: { zh: '到账通知', en: 'Arrival notice' },
    outcomes: {
      matched: { zh: '到账通知：已匹配', en: 'Arrival: matched' },
      short: { zh: '到账通知：短缴', en: 'Arrival: short' },
      over: { zh: '到账通知：溢缴', en: 'Arrival: surplus' },
    },
    encloses: 'bank-notice',
  },
  {
    no: null,
    service: CONTRIBUTION,
    step: 'shortfall',
    path: ['trustee', 'employer'],
    label: { zh: '处理短缴', en: 'Shortfall' },
    outcomes: {
      'top-up': { zh: '短缴：请补足', en: 'Shortfall: top up' },
      returned: { zh: '短缴：退回', en: 'Shortfall: returned' },
    },
  },
  {
    no: null,
    service: CONTRIBUTION,
    step: 'refund',
    path: ['custodian', 'bank', 'employer'],
    label: { zh: '退回款项', en: 'Refund' },
  },
  {
    no: null,
    service: CONTRIBUTION,
    step: 'surplus',
    path: ['trustee', 'custodian'],
    label: { zh: '处理溢缴', en: 'Surplus' },
    value: money('surplus'),
  },
  {
    no: null,
    service: CONTRIBUTION,
    step: 'surplus-returned',
    path: ['custodian', 'bank', 'employer'],
    label: { zh: '退回溢缴', en: 'Surplus returned' },
    value: money('surplus'),
  },
  {
    no: 15,
    service: CONTRIBUTION,
    step: 'instruct',
    path: ['trustee', 'accountManager'],
    label: { zh: '入账指令', en: 'Instruction' },
  },
  {
    no: 21,
    service: 'annuity-valuation',
    step: 'compare',
    path: ['investmentManagers', 'custodian'],
    label: { zh: '估值核对', en: 'Values' },
    value: differences,
    outcomes: { mismatch: { zh: '估值不一致', en: 'Values differ' } },
    begunBy: ['value-by-manager', 'value-by-custodian'],
  },
  {
    no: 22,
    service: CONTRIBUTION,
    step: 'price',
    path: ['custodian', 'accountManager', 'trustee'],
    label: { zh: '份额净值', en: 'Unit value' },
    value: decimal('unitNav'),
  },
  {
    no: 16,
    service: CONTRIBUTION,
    step: 'allocate',
    path: ['accountManager'],
    label: { zh: '计份额：总数', en: 'Units in total' },
    value: decimal('unitsBought'),
    encloses: 'entry',
  },
  {
    no: 17,
    service: CONTRIBUTION,
    step: 'invest',
    path: ['trustee', 'custodian', 'investmentManagers'],
    label: { zh: '投资分配指令', en: 'Investment split' },
    value: shares,
  },
  {
    no: 18,
    service: CONTRIBUTION,
    step: 'transfer',
    path: ['custodian', 'investmentManagers'],
    label: { zh: '划拨', en: 'Transfer' },
    value: amounts,
  },
  {
    no: null,
    service: CONTRIBUTION,
    step: 'reunitise',
    path: ['accountManager'],
    label: { zh: '按更正净值重新折算', en: 'Units made again' },
    value: decimal('unitsChange'),
  },
]

/** Number of the message that a step carries; null for steps that are none. */
export function messageNumber(service: string, step: string): number | null {
  const found = FLOW_MESSAGES.find((one) => one.service === service && one.step === step)
  return found?.no ?? null
}
