import type { Json } from '@renshe/crypto'
import type { StateView } from '@renshe/kernel'
import type { Value } from '@renshe/rules'
import { expectations, payments } from '../funds/records.ts'
import { findEntry } from '../registers/entries.ts'
import { fenFromYuan, yuanFromFen } from '../vocabulary/money.ts'
import { handOf } from './authority.ts'
import { caseScope, registerContext, valuesContext, waitNames } from './case-scope.ts'
import { beginWork, type CaseWork, definitionOf, factsOf, findCase, stepsOf } from './case-work.ts'
import { type ActValues, noValues } from './compute-values.ts'
import { isTrue } from './feel.ts'
import { toFeel } from './field-values.ts'
import { finishStep } from './finish-step.ts'
import { OPEN, type Step } from './records.ts'
import type { SealedInput } from './sealed-input.ts'

/** What ended a wait: names that the step's expressions see, and values that it keeps. */
type WaitOutcome = { readonly kept: Record<string, Json>; readonly seen: Map<string, Value> }

/**
 * Ends a waiting step if what it waits for has happened.
 *
 * @param sealed   what the teller of an arrival sealed about it, in the sections of the step's form
 * @returns whether it has
 */
export function endWait(work: CaseWork, step: Step, sealed: SealedInput = {}): boolean {
  const outcome = findWaitOutcome(work, step)
  if (outcome === undefined) return false
  const values: ActValues = noValues()
  for (const [name, value] of outcome.seen) values.locals.set(name, value)
  const types = waitNames(definitionOf(work, step))
  for (const [name, json] of Object.entries(outcome.kept)) {
    values.json[name] = json
    const type = types.get(name)
    if (type !== undefined) values.locals.set(name, toFeel(type, json))
  }
  finishStep(work, step, {
    by: 'wait',
    hand: handOf(work.ctx),
    outcome: null,
    values,
    sealed,
  })
  return true
}

/** Whether what a step waits for has happened. */
export function isWaitOver(work: CaseWork, step: Step): boolean {
  return findWaitOutcome(work, step) !== undefined
}

/** Whether a look at the case can be worth while: cheap, and true wherever the wait is over. */
export function mayBeOver(view: StateView, { wait }: Step, time: number): boolean {
  switch (wait?.kind) {
    case 'payment':
      return (view.state(expectations).find(wait.id)?.arrivedOn ?? null) !== null
    case 'settlement':
      return PAYMENT_STATES[view.state(payments).find(wait.id)?.state ?? ''] !== undefined
    case 'register':
      return findEntry(view, wait.register, wait.key) !== undefined
    case 'case':
      return findCase(view, wait.case)?.status !== OPEN
    case 'until':
      return time >= wait.at
    default:
      return false
  }
}

/** What the wait would bring now; undefined while it is not over. */
function findWaitOutcome(work: CaseWork, step: Step): WaitOutcome | undefined {
  const { wait } = step
  switch (wait?.kind) {
    case 'payment':
      return arrivalOf(work, step, wait.id)
    case 'settlement':
      return settlementOf(work, wait.id)
    case 'register':
      return entryOf(work, step, wait.register, wait.key)
    case 'case':
      return childOf(work, wait.case)
    case 'until':
      return work.ctx.time >= wait.at ? nothing() : undefined
    default:
      return undefined
  }
}

function nothing(): WaitOutcome {
  return { kept: {}, seen: new Map() }
}

/** Money that came for the expectation and that no earlier wait has taken. */
function arrivalOf(work: CaseWork, step: Step, id: string): WaitOutcome | undefined {
  const expectation = work.ctx.state(expectations).find(id)
  if (expectation === undefined || expectation.arrivedOn === null) return undefined
  const { arrived, arrivedOn } = expectation
  const newFen = fenFromYuan(arrived) - fenFromYuan(takenBefore(work, step, id))
  if (newFen <= 0n) return undefined
  const kept = { arrivedAmount: yuanFromFen(newFen), arrivedTotal: arrived, arrivedOn }
  return { kept, seen: new Map() }
}

function takenBefore(work: CaseWork, step: Step, id: string): string {
  let taken = '0.00'
  let newest = -1
  for (const other of work.steps) {
    if (other.n === step.n || other.wait?.kind !== 'payment' || other.wait.id !== id) continue
    if (other.order === null || other.order < newest) continue
    newest = other.order
    taken = other.values.arrivedTotal as string
  }
  return taken
}

/** `settled`, `rejected` and `returned` end a payment, each of them only once waited for. */
function settlementOf(work: CaseWork, id: string): WaitOutcome | undefined {
  const payment = work.ctx.state(payments).find(id)
  const turn = payment?.history.at(-1)
  const state = PAYMENT_STATES[payment?.state ?? '']
  if (turn === undefined || state === undefined) return undefined
  return { kept: { paymentState: state, paidOn: turn.on }, seen: new Map() }
}

const PAYMENT_STATES: Readonly<Record<string, string>> = {
  settled: 'SETTLED',
  rejected: 'REJECTED',
  returned: 'RETURNED',
}

function entryOf(
  work: CaseWork,
  step: Step,
  register: string,
  key: string,
): WaitOutcome | undefined {
  const entry = findEntry(work.ctx, register, key)
  const definition = work.code.findRegister(register)
  if (entry === undefined || definition === undefined) return undefined
  const seen = new Map<string, Value>([['entry', registerContext(definition, key, entry as never)]])
  const { wait } = definitionOf(work, step)
  const when = wait !== undefined && 'register' in wait ? wait.when : undefined
  const isOver = when === undefined || isTrue(work.evaluator, when, caseScope(factsOf(work), seen))
  return isOver ? { kept: {}, seen } : undefined
}

function childOf(work: CaseWork, id: string): WaitOutcome | undefined {
  const { ctx } = work
  const child = findCase(ctx, id)
  if (child === undefined || child.status === OPEN) return undefined
  const childWork = beginWork(ctx, child, stepsOf(ctx, id), work)
  return { kept: {}, seen: new Map([['child', valuesContext(factsOf(childWork))]]) }
}
