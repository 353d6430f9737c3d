import { FeelDate, FeelDateTime, formatDate, type Scope, type Value } from '@renshe/rules'
import type { StepDefinition } from '../catalogue/package-document.ts'
import { endStepWatch, watchStep } from '../supervision/watch-step.ts'
import { startOfDay } from '../vocabulary/civil-date.ts'
import { caseScope } from './case-scope.ts'
import {
  type CaseWork,
  factsOf,
  membersOfParty,
  patchCase,
  patchStep,
  refuseAbove,
  tell,
} from './case-work.ts'
import { startClock, termsOf } from './clocks.ts'
import { dateTextOf, evaluateText, textOf } from './feel.ts'
import { instantOf, wholeNumber } from './field-values.ts'
import { CASE_LIMITS } from './limits.ts'
import { ownMember } from './own-member.ts'
import { isOver, type Step, type StepClock, type StepWait } from './records.ts'
import { refuse } from './refusals.ts'
import { judgeJoin, nextRound, openSteps } from './step-graph.ts'

/** Opens those of the named steps whose joins are met; others open when the last joined step is done. */
export function openFollowing(
  work: CaseWork,
  names: readonly string[],
  openedBy: number | null,
): void {
  for (const name of names) {
    const definition = work.service.steps[name]
    if (definition === undefined) throw new Error(`no step ${name}`)
    const { isMet, spare } = judgeJoin(name, definition, work.steps)
    if (!isMet) continue
    for (const step of spare) cancelStep(work, step, 'join')
    openStep(work, name, definition, openedBy)
  }
}

function openStep(
  work: CaseWork,
  name: string,
  definition: StepDefinition,
  openedBy: number | null,
): void {
  const { ctx, serviceCase } = work
  const party = definition.holder
  const members = membersOfParty(serviceCase, party)
  if (members.length === 0) refuse(ctx, { code: 'PARTY_UNBOUND', step: name, party })
  if (!definition.each && members.length > 1) {
    refuse(ctx, { code: 'PARTY_MANY', step: name, party })
  }
  const round = nextRound(work.steps, name)
  refuseAbove(ctx, 'rounds', round)
  refuseAbove(ctx, 'steps', serviceCase.steps + members.length)
  refuseAbove(ctx, 'openSteps', openSteps(work.steps).length + members.length)
  for (const member of members) addStep(work, { name, definition, round, member, openedBy })
}

interface Opening {
  readonly name: string
  readonly definition: StepDefinition
  readonly round: number
  readonly member: string
  readonly openedBy: number | null
}

function addStep(work: CaseWork, opening: Opening): void {
  const { ctx, serviceCase } = work
  const { name, definition, round, member, openedBy } = opening
  const scope = caseScope(factsOf(work), new Map<string, Value>([['round', wholeNumber(round)]]))
  const clocks = startClocks(work, name, definition, scope)
  const wait = definition.wait === undefined ? null : startWait(work, name, definition, scope)
  const actors = actorsOf(work, name, definition, member)
  const n = serviceCase.steps
  const step: Step = {
    v: 1,
    case: serviceCase.id,
    n,
    step: name,
    round,
    status: wait === null ? 'open' : 'waiting',
    holder: actors[0] as string,
    party: definition.holder,
    awaits: actors,
    openedAt: ctx.time,
    openedBy,
    clocks,
    ...termsOf(clocks, definition.clocks),
    wait,
    signatures: [],
    submissions: [],
    differs: [],
    batch: null,
    record: null,
    values: {},
    rules: [],
    outcome: null,
    endedBy: null,
    order: null,
  }
  work.steps.push(step)
  work.changed.add(n)
  patchCase(work, { steps: n + 1 })
  const { holder, dueAt } = step
  watchOpenStep(work, step)
  tell(work, 'StepOpened', { step: name, n, round, holder, dueAt, waits: wait !== null })
}

/** Lets supervision see an open step as it is now: who holds it, until when. */
export function watchOpenStep({ ctx, serviceCase }: CaseWork, step: Step): void {
  const { step: name, n, holder, dueAt, wait } = step
  watchStep(ctx, {
    caseId: serviceCase.id,
    step: name,
    number: n,
    holder,
    due: dueAt,
    awaits: awaitedEntry(wait),
  })
}

function awaitedEntry(wait: StepWait | null): string | null {
  if (wait?.kind !== 'register') return null
  const awaited = `${wait.register}/${wait.key}`
  return awaited.length <= 160 ? awaited : null
}

/** Every member that may act on a step, its holder first. */
export function actorsOf(
  work: CaseWork,
  name: string,
  definition: StepDefinition,
  holder: string,
): string[] {
  const { ctx, service, serviceCase } = work
  const { determine, signatures } = definition
  const parties =
    determine !== undefined
      ? (service.determinations[determine]?.members ?? [])
      : (signatures?.of ?? [])
  if (parties.length === 0) return [holder]
  const members = new Set(parties.flatMap((party) => membersOfParty(serviceCase, party)))
  const need = determine !== undefined ? 2 : (signatures?.need ?? 1)
  if (members.size < need) {
    refuse(ctx, { code: 'MEMBERS_TOO_FEW', step: name, need, members: members.size })
  }
  // The order stays the same whoever has acted: the party that holds the step comes first.
  const own = membersOfParty(serviceCase, definition.holder)
  const first = own.filter((member) => members.has(member))
  return [...new Set([...first, ...members])]
}

function startClocks(
  work: CaseWork,
  name: string,
  definition: StepDefinition,
  scope: Scope,
): StepClock[] {
  const clocks: StepClock[] = []
  for (const clock of Object.keys(definition.clocks).sort()) {
    const term = definition.clocks[clock] as StepDefinition['clocks'][string]
    let startsOn: string | null = null
    if (term.starts !== undefined) {
      startsOn = dateTextOf(evaluateText(work.evaluator, term.starts, scope)) ?? null
      if (startsOn === null) refuse(work.ctx, { code: 'CLOCK_START', step: name, clock })
    }
    clocks.push(startClock(clock, term, { openedAt: work.ctx.time, startsOn }, work.calendar))
  }
  return clocks
}

function startWait(work: CaseWork, step: string, { wait }: StepDefinition, scope: Scope): StepWait {
  const { ctx, serviceCase, evaluator } = work
  if (wait === undefined) throw new Error('a step without a wait does not wait')
  const unknown = (name: string): never => refuse(ctx, { code: 'WAIT_UNKNOWN', step, name })
  if ('payment' in wait) {
    const id = ownMember(serviceCase.expectations, wait.payment) ?? unknown(wait.payment)
    return { kind: 'payment', id }
  }
  if ('settlement' in wait) {
    const id = ownMember(serviceCase.payments, wait.settlement) ?? unknown(wait.settlement)
    return { kind: 'settlement', id }
  }
  if ('case' in wait) {
    return { kind: 'case', case: ownMember(serviceCase.children, wait.case) ?? unknown(wait.case) }
  }
  if ('register' in wait) {
    const key = textOf(evaluateText(evaluator, wait.key, scope)) ?? unknown(wait.register)
    if (key.length > CASE_LIMITS.keyCharacters) unknown(wait.register)
    return { kind: 'register', register: wait.register, key }
  }
  return {
    kind: 'until',
    at: momentOf(evaluateText(evaluator, wait.until, scope)) ?? unknown('until'),
  }
}

/** A date is its first instant, UTC+08:00. */
function momentOf(value: Value): number | undefined {
  if (value instanceof FeelDate) return startOfDay(formatDate(value))
  return value instanceof FeelDateTime ? instantOf(value) : undefined
}

/** Ends an open step without an outcome. */
export function cancelStep(work: CaseWork, step: Step, by: 'join' | 'end'): void {
  if (isOver(step)) return
  const { ctx } = work
  patchStep(work, step.n, {
    status: 'cancelled',
    awaits: [],
    dueAt: null,
    lapsesAfter: null,
    endedBy: { by, member: ctx.signer.member, name: ctx.signer.name, txId: ctx.txId, at: ctx.time },
  })
  forgetStep(work, step)
  tell(work, 'StepCancelled', { step: step.step, n: step.n, by })
}

/** Supervision need not watch it any more. */
export function forgetStep(work: CaseWork, step: Step): void {
  endStepWatch(work.ctx, work.serviceCase.id, step.step, step.n)
}
