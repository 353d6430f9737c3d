/* An order as it is typed, and what the published rule says of it; nothing leaves this browser for that. */
import type { JsonObject } from '@renshe/crypto'
import type { RuleExplanation } from '@renshe/rules'

/** Classes of assets that the rule knows. */
export const ASSET_CLASSES = ['EQUITY', 'FIXED_INCOME', 'TRUST_PLUS_DEBT_PLAN'] as const
/** Directions. */
export const SIDES = ['BUY', 'SELL'] as const

/** One order as it is typed. */
export interface OrderTyped {
  readonly instrument: string
  readonly assetClass: (typeof ASSET_CLASSES)[number]
  readonly side: (typeof SIDES)[number]
  readonly amount: string
  /** What the portfolio holds of the class now. */
  readonly classValue: string
  /** What it holds of liquid assets now. */
  readonly liquidityValue: string
}

/** Fields that are amounts. */
export const AMOUNTS = ['amount', 'classValue', 'liquidityValue'] as const

/** Yuan with two places of what was typed, with or without separators; null if it is none. */
export function amountTyped(text: string): string | null {
  const plain = text.replace(/[\s,，]/g, '')
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain) ?? []
  if (whole === undefined) return null
  return `${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(2, '0')}`
}

/** Fields that are missing or wrong. */
export function wrongFields(typed: OrderTyped): readonly (keyof OrderTyped)[] {
  const wrong: (keyof OrderTyped)[] = []
  if (typed.instrument.trim() === '') wrong.push('instrument')
  for (const field of AMOUNTS) {
    const amount = amountTyped(typed[field])
    if (amount === null || (field === 'amount' && amount === '0.00')) wrong.push(field)
  }
  return wrong
}

/** The facts of `annuity.order-limit`; null while an amount is missing. */
export function factsOf(typed: OrderTyped, netValue: string): JsonObject | null {
  const { assetClass, side } = typed
  const [amount, classValue, liquidityValue] = AMOUNTS.map((field) => amountTyped(typed[field]))
  if (amount == null || classValue == null || liquidityValue == null || amount === '0.00')
    return null
  return { assetClass, side, amount, classValue, liquidityValue, netValue }
}

/** The row that is sealed and signed. */
export function rowOf(typed: OrderTyped): JsonObject {
  if (wrongFields(typed).length > 0) throw new RangeError('the order is not complete')
  const { instrument, assetClass, side } = typed
  const amounts = AMOUNTS.map((field) => [field, amountTyped(typed[field])])
  return { instrument: instrument.trim(), assetClass, side, ...Object.fromEntries(amounts) }
}

const BREACHES = ['CLASS_ABOVE_LIMIT', 'LIQUIDITY_BELOW_FLOOR', 'MORE_THAN_HELD'] as const
/** Why an order is refused. */
export type Breach = (typeof BREACHES)[number]

/** What the rule answers. */
export interface OrderVerdict {
  readonly isAllowed: boolean
  readonly breaches: readonly Breach[]
  /** Shares of the portfolio's net value: exact decimals. */
  readonly limit: string
  readonly before: string
  readonly after: string
  readonly liquidityFloor: string
  readonly liquidityAfter: string
  /** The most that may be bought or sold, yuan. */
  readonly mostAmount: string
}

/** Reads an answer of the rule; null if it has none. */
export function verdictOf(told: RuleExplanation): OrderVerdict | null {
  if (!told.ok) return null
  const { outputs } = told
  const text = (name: string): string => String(outputs[name] ?? '')
  const breaches = (Array.isArray(outputs.breaches) ? outputs.breaches : []).map(String)
  return {
    isAllowed: outputs.isAllowed === true,
    breaches: BREACHES.filter((breach) => breaches.includes(breach)),
    limit: text('limit'),
    before: text('classShareBefore'),
    after: text('classShareAfter'),
    liquidityFloor: text('liquidityFloor'),
    liquidityAfter: text('liquidityShareAfter'),
    mostAmount: text('mostAmount'),
  }
}

/** A share of an amount in whole percent, yuan, cut to the fen: for the sample orders of a demonstration. */
export function shareOf(netValue: string, percent: bigint): string {
  const fen = (BigInt(netValue.replace('.', '')) * percent) / 100n
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
