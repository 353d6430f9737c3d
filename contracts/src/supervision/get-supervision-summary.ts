import { type QueryView, query } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import {
  AccountNo,
  books,
  charts,
  expectations,
  balances as fundBalances,
} from '../funds/records.ts'
import {
  CaseId,
  Count,
  EntryKey,
  Instant,
  KebabName,
  MemberId,
  Money,
  Nullable,
} from '../vocabulary/schemas.ts'
import { overdue } from './list-missed.ts'
import { alerts, type Watch, watches } from './records.ts'
import { findTripleMatch, TripleMatch } from './triple-match.ts'

/** Items of each list, and the most that is counted: beyond it the lists have their own queries. */
const MOST_ITEMS = 100
const MOST_COUNTED = 2_000
/** Accounts on which money rests before it is anybody's, beside the chart's suspense account. */
const RESTING: readonly string[] = ['contributionsReceived', 'enterpriseCash']

const OpenStep = Type.Object({
  case: CaseId,
  step: KebabName,
  number: Count,
  holder: Nullable(MemberId),
  due: Nullable(Instant),
  since: Instant,
  awaits: Nullable(EntryKey),
})
type OpenStep = Static<typeof OpenStep>

const Resting = Type.Object({
  book: EntryKey,
  account: AccountNo,
  name: Type.String(),
  amount: Money,
  isSuspense: Type.Boolean(),
})

const Summary = Type.Object({
  /** Block time that everything here is as of. */
  at: Instant,
  alerts: Type.Object({ open: Count, acknowledged: Count, grave: Count, missed: Count }),
  lateSteps: Type.Object({ count: Count, items: Type.Array(OpenStep) }),
  /** Waits for a register entry, for example a unit value: what is not published yet. */
  unpublished: Type.Object({ count: Count, late: Count, items: Type.Array(OpenStep) }),
  /** Cases whose bill, arrival and allocation do not agree; `matched` counts those that do. */
  matches: Type.Object({ matched: Count, open: Count, items: Type.Array(TripleMatch) }),
  resting: Type.Array(Resting),
})
type Summary = Static<typeof Summary>

/** What a supervisor looks at first, computed from the state at this height. */
export const getSupervisionSummary = query({
  name: 'supervision.getSupervisionSummary',
  summary: 'Shows late steps, unpublished values, bills that do not match, money that rests.',
  input: Type.Object({}),
  output: Summary,
  mayRead: (reader) => reader.member !== null,
  run: (view): Summary => ({
    at: view.time,
    alerts: countAlerts(view),
    lateSteps: lateSteps(view),
    unpublished: unpublished(view),
    matches: matches(view),
    resting: resting(view),
  }),
})

function countAlerts(view: QueryView): Summary['alerts'] {
  const counts = { open: 0, acknowledged: 0, grave: 0, missed: 0 }
  for (const state of ['open', 'acknowledged'] as const) {
    for (const [, { severity }] of view
      .state(alerts)
      .index('byState', { prefix: [state], limit: MOST_COUNTED })) {
      counts[state] += 1
      if (severity === 'grave') counts.grave += 1
    }
  }
  const due = view.state(watches).index('byDue', { prefix: ['rule'], limit: MOST_COUNTED })
  for (const [, { raised }] of overdue(due, view.time)) if (raised === null) counts.missed += 1
  return counts
}

function openStep({ case: caseId, name, number, holder, due, at, awaits }: Watch): OpenStep {
  return { case: caseId, step: name, number, holder, due, since: at, awaits }
}

function lateSteps(view: QueryView): Summary['lateSteps'] {
  const items: OpenStep[] = []
  let count = 0
  const due = view.state(watches).index('byDue', { prefix: ['step'], limit: MOST_COUNTED })
  for (const [, watch] of overdue(due, view.time)) {
    count += 1
    if (items.length < MOST_ITEMS) items.push(openStep(watch))
  }
  return { count, items }
}

function unpublished(view: QueryView): Summary['unpublished'] {
  const items: OpenStep[] = []
  let count = 0
  let late = 0
  for (const [, watch] of view
    .state(watches)
    .index('byKind', { prefix: ['value'], limit: MOST_COUNTED })) {
    count += 1
    if (watch.due !== null && watch.due < view.time) late += 1
    if (items.length < MOST_ITEMS) items.push(openStep(watch))
  }
  return { count, late, items }
}

function matches(view: QueryView): Summary['matches'] {
  const seen = new Set<string>()
  const items: TripleMatch[] = []
  let matched = 0
  let open = 0
  const newest = { reverse: true, limit: MOST_COUNTED }
  for (const [, { case: caseId }] of view.state(expectations).index('byTime', newest)) {
    if (seen.has(caseId)) continue
    seen.add(caseId)
    const match = findTripleMatch(view, caseId)
    if (match === undefined) continue
    if (match.state === 'matched') {
      matched += 1
      continue
    }
    open += 1
    if (items.length < MOST_ITEMS) items.push(match)
  }
  return { matched, open, items }
}

function resting(view: QueryView): Summary['resting'] {
  const found: Summary['resting'] = []
  for (const [book, { chart }] of view.state(books).range({ limit: MOST_COUNTED })) {
    const { accounts, suspense } = view.state(charts).get([chart.package, chart.name])
    for (const { no, name, measure } of accounts) {
      const isSuspense = no === suspense?.credit
      if (measure !== 'fen' || !(isSuspense || RESTING.includes(name))) continue
      const amount = view.state(fundBalances).find([book, no])?.amount ?? '0.00'
      if (amount !== '0.00') found.push({ book, account: no, name, amount, isSuspense })
    }
  }
  return found
}
