import { readFileSync } from 'node:fs'

import { fenOfDecimal } from '@renshe/node'

/** An account that the bank keeps. */
export type ScenarioAccount = {
  readonly account: string
  readonly name: string
  /** Yuan with two places at the start. */
  readonly balance: string
  /** Who exchanges files about it; absent for somebody who only banks here. */
  readonly customer?: string
}

/** What an order must look like for a rule to apply; what is absent does not matter. */
export type RuleMatch = {
  readonly debtorAccount?: string
  readonly creditorAccount?: string
  readonly endToEndId?: string
  readonly instructionId?: string
}

/** How the bank deviates from booking at once, in full, and telling everybody once. */
export type RuleEffect = {
  /** Reason code of a rejection: AC01 wrong account, AC04 closed account, AG01 forbidden, … */
  readonly reject?: string
  readonly lateDays?: number
  /** Books another amount than ordered: partial, or wrong. */
  readonly amount?: string
  /** The reference that the payee is told instead of the payer's. */
  readonly reference?: string
  /** Sends it back so many days after booking. */
  readonly returnAfterDays?: number
  readonly returnReason?: string
  readonly notice?: 'none' | 'twice' | 'atDayEnd'
  readonly report?: 'none' | 'twice'
}

/** The first rule that matches applies, at most `times` times. */
export type ScenarioRule = {
  readonly match: RuleMatch
  readonly effect: RuleEffect
  readonly times?: number
}

/** Money that somebody at another bank sends, on a day. */
export type ScenarioIncoming = {
  readonly id: string
  readonly on: string
  readonly from: { readonly name: string; readonly account: string }
  readonly to: string
  readonly amount: string
  readonly endToEndId?: string
  readonly remittance?: string
}

/** What the demonstration's bank is and does. */
export type Scenario = {
  /** Civil date at the first start. */
  readonly date: string
  readonly accounts: readonly ScenarioAccount[]
  readonly rules: readonly ScenarioRule[]
  readonly incoming: readonly ScenarioIncoming[]
}

/**
 * Reads a scenario file (JSON).
 *
 * @throws Error  what was expected, what came, where
 */
export function readScenario(path: string): Scenario {
  return checkScenario(JSON.parse(readFileSync(path, 'utf8')))
}

/** The same for a value. */
export function checkScenario(value: unknown): Scenario {
  const scenario = recordAt(value, 'scenario', ['date', 'accounts', 'rules', 'incoming'])
  const accounts = listAt(scenario.accounts, 'accounts').map(checkAccount)
  const numbers = accounts.map(({ account }) => account)
  if (new Set(numbers).size !== numbers.length)
    throw new Error('accounts: expected every account once')
  return {
    date: dayAt(scenario.date, 'date'),
    accounts,
    rules: listAt(scenario.rules ?? [], 'rules').map(checkRule),
    incoming: listAt(scenario.incoming ?? [], 'incoming').map(checkIncoming),
  }
}

function checkAccount(value: unknown, place: number): ScenarioAccount {
  const path = `accounts[${place}]`
  const account = recordAt(value, path, ['account', 'name', 'balance', 'customer'])
  const customer = optionalText(account.customer, `${path}.customer`)
  if (customer !== undefined && !/^[a-z][a-z0-9-]{0,40}$/.test(customer))
    throw new Error(`${path}.customer: expected lower-case letters, digits and hyphens`)
  return {
    account: textAt(account.account, `${path}.account`, 34),
    name: textAt(account.name, `${path}.name`),
    balance: moneyAt(account.balance, `${path}.balance`),
    ...(customer === undefined ? {} : { customer }),
  }
}

function checkRule(value: unknown, place: number): ScenarioRule {
  const path = `rules[${place}]`
  const rule = recordAt(value, path, ['match', 'effect', 'times'])
  const effect = recordAt(rule.effect, `${path}.effect`, [
    'reject',
    'lateDays',
    'amount',
    'reference',
    'returnAfterDays',
    'returnReason',
    'notice',
    'report',
  ])
  const match = recordAt(rule.match, `${path}.match`, [
    'debtorAccount',
    'creditorAccount',
    'endToEndId',
    'instructionId',
  ])
  for (const [name, one] of Object.entries(match)) textAt(one, `${path}.match.${name}`)
  for (const name of ['lateDays', 'returnAfterDays'])
    if (effect[name] !== undefined) countAt(effect[name], `${path}.effect.${name}`)
  for (const name of ['reject', 'returnReason'])
    if (effect[name] !== undefined) reasonAt(effect[name], `${path}.effect.${name}`)
  optionalText(effect.reference, `${path}.effect.reference`, 35)
  if (effect.amount !== undefined) moneyAt(effect.amount, `${path}.effect.amount`)
  oneOf(effect.notice, ['none', 'twice', 'atDayEnd'], `${path}.effect.notice`)
  oneOf(effect.report, ['none', 'twice'], `${path}.effect.report`)
  const times = rule.times === undefined ? {} : { times: countAt(rule.times, `${path}.times`) }
  // Every member was checked above by its name.
  return { match: match as RuleMatch, effect: effect as RuleEffect, ...times }
}

function checkIncoming(value: unknown, place: number): ScenarioIncoming {
  const path = `incoming[${place}]`
  const names = ['id', 'on', 'from', 'to', 'amount', 'endToEndId', 'remittance']
  const one = recordAt(value, path, names)
  const from = recordAt(one.from, `${path}.from`, ['name', 'account'])
  const endToEndId = optionalText(one.endToEndId, `${path}.endToEndId`, 35)
  const remittance = optionalText(one.remittance, `${path}.remittance`)
  return {
    id: textAt(one.id, `${path}.id`),
    on: dayAt(one.on, `${path}.on`),
    from: {
      name: textAt(from.name, `${path}.from.name`),
      account: textAt(from.account, `${path}.from.account`, 34),
    },
    to: textAt(one.to, `${path}.to`, 34),
    amount: moneyAt(one.amount, `${path}.amount`),
    ...(endToEndId === undefined ? {} : { endToEndId }),
    ...(remittance === undefined ? {} : { remittance }),
  }
}

/** A JSON object with no members but these. */
export function recordAt(
  value: unknown,
  path: string,
  names: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${path}: expected an object`)
  const stranger = Object.keys(value).find((name) => !names.includes(name))
  if (stranger !== undefined)
    throw new Error(`${path}: expected ${names.join(', ')}, came ${stranger.slice(0, 40)}`)
  return value as Record<string, unknown>
}

/** A text that bank files can carry, of 1 to 140 characters or fewer. */
export function textAt(value: unknown, path: string, maximum = 140): string {
  const isText = typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Cs}]/u.test(value)
  if (!isText || [...value].length > maximum)
    throw new Error(`${path}: expected a text of 1 to ${maximum} characters`)
  return value
}

/** The same, or nothing. */
export function optionalText(value: unknown, path: string, maximum = 140): string | undefined {
  return value === undefined ? undefined : textAt(value, path, maximum)
}

/** A reason code of ISO 20022, like AC04. */
export function reasonAt(value: unknown, path: string): string {
  if (typeof value !== 'string' || !/^[A-Z0-9]{1,4}$/.test(value))
    throw new Error(`${path}: expected a reason code, like "AC04"`)
  return value
}

/** Yuan with two places, more than or equal to 0. */
export function moneyAt(value: unknown, path: string): string {
  const isMoney = typeof value === 'string' && /^[0-9]{1,15}\.[0-9]{2}$/.test(value)
  if (!isMoney || fenOfDecimal(value) === undefined)
    throw new Error(`${path}: expected yuan with two places, like "420.00"`)
  return value
}

/** YYYY-MM-DD */
export function dayAt(value: unknown, path: string): string {
  const isShaped = typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)
  const instant = isShaped ? new Date(`${value}T00:00:00Z`) : undefined
  if (instant === undefined || Number.isNaN(instant.getTime()))
    throw new Error(`${path}: expected a day, like "2026-01-05"`)
  if (instant.toISOString().slice(0, 10) !== value) throw new Error(`${path}: no such day`)
  return value
}

function listAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${path}: expected a list`)
  return value
}

function countAt(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 3_650)
    throw new Error(`${path}: expected a whole number from 0 to 3650`)
  return value
}

function oneOf(value: unknown, list: readonly string[], path: string): void {
  if (value !== undefined && !(typeof value === 'string' && list.includes(value)))
    throw new Error(`${path}: expected one of ${list.join(', ')}`)
}
