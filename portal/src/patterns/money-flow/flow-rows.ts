/* Rows of the drawing, from the steps of a case: what is done in the order of the ledger, what is now, what comes. */
import type { Bilingual } from '../../shell/workspace.ts'
import type { CaseWithSteps, StepShown } from '../step-clock/case-shown.ts'
import { isUnfinished } from '../step-clock/case-shown.ts'
import { FLOW_MESSAGES, type FlowMessage, type FlowValues, type Lane } from './flow-messages.ts'

/** How far a message is. */
export type FlowState = 'done' | 'current' | 'later'

/** One hop of a message from lane to lane. */
export interface FlowHop {
  readonly from: Lane
  readonly to: Lane
  readonly state: FlowState
}

/** One row. */
export interface FlowRow {
  readonly key: string
  readonly no: number | null
  readonly state: FlowState
  /** UTC ms of the block that has it; null before. */
  readonly at: number | null
  readonly path: readonly Lane[]
  readonly hops: readonly FlowHop[]
  readonly label: Bilingual
  readonly value: string | null
  /** The message is a section that this session may not open. */
  readonly isSealed: boolean
  /** Name of a sealed section that comes with it. */
  readonly encloses: string | null
  /** Whether this session may open it. */
  readonly isEnclosureOpen: boolean
  /** The supervisor has the summary. */
  readonly isTold: boolean
  readonly txId: string | null
  /** Members that must act now. */
  readonly awaits: readonly string[]
  readonly dueAt: number | null
}

/** What rows are made from. */
export interface FlowTerms {
  readonly contribution: CaseWithSteps
  /** The valuation of its dealing day, once there is one. */
  readonly valuation: CaseWithSteps | null
  /** Of its plan, for the split between portfolios. */
  readonly portfolioShares: readonly string[]
  /** Whether this session may open a section. */
  readonly canOpen: (section: string) => boolean
}

interface Placed extends FlowRow {
  readonly order: number
}

/** Rows in the order of the ledger. */
export function flowRows(terms: FlowTerms): readonly FlowRow[] {
  const values = valuesInOrder(terms)
  const placed = FLOW_MESSAGES.flatMap((message, place) => rowsOf(terms, message, place, values))
  return placed.sort(compare)
}

function compare(one: Placed, other: Placed): number {
  if (one.at !== null && other.at !== null) {
    return one.at - other.at || one.order - other.order
  }
  if (one.at !== null || other.at !== null) return one.at === null ? 1 : -1
  const rank = (row: Placed): number => (row.state === 'current' ? 0 : 1)
  return rank(one) - rank(other) || one.order - other.order
}

/** Values as they were known when a step ended, and those known now. */
interface KnownValues {
  readonly now: FlowValues
  readonly after: (step: StepShown) => FlowValues
}

function valuesInOrder({ contribution, portfolioShares }: FlowTerms): KnownValues {
  const done = contribution.steps
    .filter(({ status }) => status === 'done')
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
  let known: FlowValues = { ...contribution.case.values, portfolioShares }
  const snapshots = new Map<number, FlowValues>()
  for (const step of done) {
    known = { ...known, ...step.values }
    snapshots.set(step.n, known)
  }
  return { now: known, after: ({ n }) => snapshots.get(n) ?? known }
}

function rowsOf(
  terms: FlowTerms,
  message: FlowMessage,
  place: number,
  values: KnownValues,
): readonly Placed[] {
  const source =
    terms.contribution.case.service === message.service ? terms.contribution : terms.valuation
  const found = (source?.steps ?? []).filter(
    (step) => step.step === message.step && step.status !== 'cancelled',
  )
  const isOver = terms.contribution.case.endedAt !== null
  if (found.length === 0) {
    const isUnnumbered = message.no === null
    if (isUnnumbered || isOver) return []
    const begun = (source?.steps ?? []).filter(
      (step) => isUnfinished(step) && message.begunBy?.includes(step.step) === true,
    )
    return [
      begun.length === 0 ? laterRow(terms, message, place) : begunRow(terms, message, begun, place),
    ]
  }
  const isForeign = source !== terms.contribution
  return found.map((step) => {
    const own = isForeign ? step.values : isUnfinished(step) ? values.now : values.after(step)
    return stepRow(terms, message, step, own, place)
  })
}

function laterRow(terms: FlowTerms, message: FlowMessage, place: number): Placed {
  return {
    ...shared(terms, message),
    key: `${message.service}/${message.step}`,
    state: 'later',
    at: null,
    hops: hopsOf(message, 'later', 'later'),
    value: null,
    isTold: false,
    txId: null,
    awaits: [],
    dueAt: null,
    order: place,
  }
}

/** A message whose sides are still at work. */
function begunRow(
  terms: FlowTerms,
  message: FlowMessage,
  begun: readonly StepShown[],
  place: number,
): Placed {
  const due = begun.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]))
  return {
    ...laterRow(terms, message, place),
    state: 'current',
    hops: hopsOf(message, 'current', 'current'),
    awaits: [...new Set(begun.flatMap(({ awaits }) => awaits))],
    dueAt: due.length === 0 ? null : Math.min(...due),
  }
}

function stepRow(
  terms: FlowTerms,
  message: FlowMessage,
  step: StepShown,
  values: FlowValues,
  place: number,
): Placed {
  const state: FlowState = isUnfinished(step) ? 'current' : 'done'
  const said = message.outcomes?.[step.outcome ?? ''] ?? message.label
  const isDone = state === 'done'
  return {
    ...shared(terms, message),
    label: said,
    key: `${message.service}/${message.step}/${step.n}`,
    state,
    at: step.endedBy?.at ?? null,
    hops: hopsOf(message, state, arrivalOf(terms, message, step, state)),
    value: message.value?.(values) ?? null,
    isTold: isDone && hasSupervisor(terms),
    txId: step.endedBy?.txId ?? null,
    awaits: step.awaits,
    dueAt: isDone ? null : step.dueAt,
    order: isDone ? (step.order ?? 0) : place,
  }
}

function shared({ canOpen }: FlowTerms, { no, path, label, section, encloses }: FlowMessage) {
  return {
    no,
    path,
    label,
    isSealed: section !== undefined && !canOpen(section),
    encloses: encloses ?? null,
    isEnclosureOpen: encloses !== undefined && canOpen(encloses),
  }
}

function hasSupervisor({ contribution }: FlowTerms): boolean {
  return (contribution.case.parties.supervisor ?? null) !== null
}

/** How far the hops after the first are: an order that a bank executes arrives later than it is given. */
function arrivalOf(
  { contribution }: FlowTerms,
  { arrivesBy }: FlowMessage,
  step: StepShown,
  state: FlowState,
): FlowState {
  if (arrivesBy === undefined || state !== 'done') return state
  const answer = contribution.steps.find((one) => one.step === arrivesBy && one.openedBy === step.n)
  if (answer === undefined) return 'later'
  return isUnfinished(answer) ? 'current' : answer.status === 'done' ? 'done' : 'later'
}

function hopsOf({ path }: FlowMessage, first: FlowState, rest: FlowState): readonly FlowHop[] {
  return path.slice(1).map((to, index) => ({
    from: path[index] as Lane,
    to,
    state: index === 0 ? first : rest,
  }))
}
