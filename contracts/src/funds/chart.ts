import type { ChartDefinition } from '../catalogue/package-document.ts'
import type { Chart } from './records.ts'
import type { ChartFault } from './refusals.ts'

export type ChartAccount = Chart['accounts'][number]

/** Name of the account that counts whole fen paid out of the residue register, in any chart. */
const RESIDUE_NAME = 'unitResidue'
const WILDCARD = '.*'
const MOST_WILDCARD_DIGITS = 4

function isWildcard(no: string): boolean {
  return no.endsWith(WILDCARD)
}

function isOrdinal(text: string): boolean {
  if (text.length < 1 || text.length > MOST_WILDCARD_DIGITS || text[0] === '0') return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** Whether an account number is one that a number or wildcard of a chart stands for. */
export function standsFor(no: string, account: string): boolean {
  if (!isWildcard(no)) return no === account
  const prefix = no.slice(0, -1)
  return account.startsWith(prefix) && isOrdinal(account.slice(prefix.length))
}

/** The chart's account that a number belongs to; `1101.2` belongs to `1101.*`. */
export function findAccount(chart: Chart, account: string): ChartAccount | undefined {
  return (
    chart.accounts.find(({ no }) => no === account && !isWildcard(no)) ??
    chart.accounts.find(({ no }) => isWildcard(no) && standsFor(no, account))
  )
}

/** The account of the residue register, where the chart has one. */
export function residueAccount(chart: Chart): ChartAccount | undefined {
  return chart.accounts.find(({ name, measure }) => name === RESIDUE_NAME && measure === 'fen')
}

/**
 * How a debit moves the balance of an account on its own side: credit accounts and those of either
 * side grow by credits.
 */
export function debitSign(account: ChartAccount): 1n | -1n {
  return account.side === 'debit' ? 1n : -1n
}

/** The chart as state keeps it. */
export function chartOf(definition: ChartDefinition): Chart {
  const { subledger, suspense } = definition
  return {
    v: 1,
    accounts: definition.accounts.map(({ no, name, side, measure, neverNegative }) => ({
      no,
      name,
      side,
      measure,
      neverNegative: neverNegative ?? false,
    })),
    equalities: definition.equalities.map(({ left, right }) => ({
      left: [...left],
      right: [...right],
    })),
    subledger:
      subledger === undefined ? null : { cost: [...subledger.cost], units: subledger.units },
    suspense: suspense === undefined ? null : { debit: suspense.debit, credit: suspense.credit },
  }
}

/** The first thing that is wrong with a chart, or undefined. */
export function findChartFault(
  chart: Chart,
): { fault: ChartFault; account: string | null } | undefined {
  const numbers = new Set<string>()
  for (const { no } of chart.accounts) {
    if (numbers.has(no)) return { fault: 'ACCOUNT_TWICE', account: no }
    if (no.includes('*') && (!isWildcard(no) || no.indexOf('*') !== no.length - 1)) {
      return { fault: 'WILDCARD_FORM', account: no }
    }
    numbers.add(no)
  }
  return findEqualityFault(chart) ?? findSubledgerFault(chart) ?? findSuspenseFault(chart)
}

function accountNamed(chart: Chart, no: string): ChartAccount | undefined {
  return chart.accounts.find((account) => account.no === no) ?? findAccount(chart, no)
}

function findEqualityFault(chart: Chart) {
  for (const { left, right } of chart.equalities) {
    const measures = new Set<string>()
    for (const no of [...left, ...right]) {
      const account = accountNamed(chart, no)
      if (account === undefined) {
        return { fault: 'EQUALITY_ACCOUNT_UNKNOWN', account: no } as const
      }
      measures.add(account.measure)
    }
    if (measures.size > 1) {
      return { fault: 'EQUALITY_MEASURES_MIXED', account: left[0] ?? null } as const
    }
  }
  return undefined
}

function findSubledgerFault(chart: Chart) {
  if (chart.subledger === null) return undefined
  const { cost, units } = chart.subledger
  for (const no of [...cost, units]) {
    const account = chart.accounts.find((candidate) => candidate.no === no)
    if (account === undefined) return { fault: 'SUBLEDGER_ACCOUNT_UNKNOWN', account: no } as const
    if (account.measure !== (no === units ? 'units' : 'fen')) {
      return { fault: 'SUBLEDGER_MEASURE', account: no } as const
    }
  }
  return undefined
}

function findSuspenseFault(chart: Chart) {
  for (const no of chart.suspense === null ? [] : [chart.suspense.debit, chart.suspense.credit]) {
    const account = findAccount(chart, no)
    if (account === undefined) return { fault: 'SUSPENSE_ACCOUNT_UNKNOWN', account: no } as const
    if (account.measure !== 'fen') return { fault: 'SUSPENSE_MEASURE', account: no } as const
  }
  return undefined
}
