import type { JsonObject } from '@renshe/crypto'
import type { Context, StateView } from '@renshe/kernel'
import { calendarOf, type PublishedCalendar } from '../catalogue/calendar.ts'
import { type CompiledPackage, serviceOf } from '../catalogue/compiled-package.ts'
import type { ServiceDefinition, StepDefinition } from '../catalogue/package-document.ts'
import { getPackage, getRule } from '../catalogue/packages.ts'
import { findBookFacts } from '../funds/book-facts.ts'
import type { RefusingView } from '../membership/members.ts'
import { findEntry } from '../registers/entries.ts'
import { evaluateEvent } from '../supervision/evaluate-event.ts'
import type { CaseFacts } from './case-scope.ts'
import { caseEnvironment, type Evaluator } from './feel.ts'
import { CASE_LIMITS, type CaseLimit } from './limits.ts'
import { ownMember } from './own-member.ts'
import { type Case, cases, isOver, OPEN, type Step, steps } from './records.ts'
import { type Refusing, refuse } from './refusals.ts'

/** One case while a transaction works on it: loaded once, changed in memory, written once. */
export interface CaseWork {
  readonly ctx: Context
  readonly code: CompiledPackage
  readonly service: ServiceDefinition
  readonly calendar: PublishedCalendar
  readonly evaluator: Evaluator
  serviceCase: Case
  /** All steps by number; replaced, never changed in place. */
  readonly steps: Step[]
  /** Numbers of steps to be written. */
  readonly changed: Set<number>
  /** Work on other cases of the same transaction, so that none is loaded twice. */
  readonly others: Map<string, CaseWork>
  /** Child cases opened so far by this transaction. */
  readonly opened: { count: number }
}

/** The case, or undefined. */
export function findCase(view: StateView, id: string): Case | undefined {
  return view.state(cases).find(id)
}

/** Every step of a case, by number. */
export function stepsOf(view: StateView, id: string): Step[] {
  return [...view.state(steps).range({ prefix: [id] })].map(([, step]) => step)
}

/** Above this a walk costs less than asking for each. */
const FEW_STEPS = 8

/** Every step of a case at hand: they are numbered from 0 without gaps. */
function stepsOfCase(view: StateView, { id, steps: count }: Case): Step[] {
  if (count > FEW_STEPS) return stepsOf(view, id)
  return Array.from({ length: count }, (_, n) => view.state(steps).get([id, n]))
}

/** Begins to work on a case; refuses `CASE_NOT_FOUND`. */
export function loadCase(ctx: Context, id: string, from?: CaseWork): CaseWork {
  const known = from?.serviceCase.id === id ? from : from?.others.get(id)
  if (known !== undefined) return known
  const serviceCase = findCase(ctx, id) ?? refuse(ctx, { code: 'CASE_NOT_FOUND', case: id })
  const work = beginWork(ctx, serviceCase, stepsOfCase(ctx, serviceCase), from)
  work.others.set(id, work)
  return work
}

/** Work on a case that is at hand; `from` is the work it comes out of, whose budget it shares. */
export function beginWork(
  ctx: Context,
  serviceCase: Case,
  allSteps: Step[],
  from?: CaseWork,
): CaseWork {
  const code = getPackage(ctx, serviceCase.package)
  const calendar = from?.calendar ?? calendarOf(ctx)
  return {
    ctx,
    code,
    service: serviceOf(code),
    calendar,
    evaluator: caseEvaluator(ctx, calendar, from),
    serviceCase,
    steps: allSteps,
    changed: new Set(),
    others: from?.others ?? new Map(),
    opened: from?.opened ?? { count: 0 },
  }
}

function caseEvaluator(
  ctx: Context,
  calendar: PublishedCalendar,
  from: CaseWork | undefined,
): Evaluator {
  const environment = caseEnvironment({ now: ctx.time, calendar })
  // One budget for the whole transaction: a child case does not get another one.
  const budget: { evaluations: number } = from?.evaluator ?? { evaluations: 0 }
  return {
    environment,
    refuse: (reason) => ctx.refuse(reason),
    get evaluations() {
      return budget.evaluations
    },
    set evaluations(count) {
      budget.evaluations = count
    },
  }
}

/** What scopes are made of, for a case under work. */
export function factsOf(work: CaseWork): CaseFacts {
  const { ctx, code, serviceCase, steps: all } = work
  return viewFacts(ctx, code, serviceCase, all, ctx.time)
}

/** What scopes are made of, for any state. */
export function viewFacts(
  view: RefusingView,
  code: CompiledPackage,
  serviceCase: Case,
  all: readonly Step[],
  time: number,
): CaseFacts {
  return {
    code,
    serviceCase,
    steps: all,
    time,
    findEntry: (register, key) => {
      const entry = findEntry(view, register, key)
      return entry === undefined ? undefined : { ...entry, fields: entry.fields as JsonObject }
    },
    findBook: (key) => findBookFacts(view, key),
    findRule: (id) => {
      const hash = ownMember(serviceCase.lock.rules, id)
      return hash === undefined ? undefined : getRule(view, hash).rule.document
    },
  }
}

/** Changes members of the case record. */
export function patchCase(work: CaseWork, patch: Partial<Case>): void {
  work.serviceCase = { ...work.serviceCase, ...patch }
}

/** Changes members of one step. */
export function patchStep(work: CaseWork, n: number, patch: Partial<Step>): Step {
  const step = { ...(work.steps[n] as Step), ...patch }
  work.steps[n] = step
  work.changed.add(n)
  return step
}

/** The definition of a step that the case has. */
export function definitionOf(work: CaseWork, step: Pick<Step, 'step'>): StepDefinition {
  return work.service.steps[step.step] as StepDefinition
}

/** Refuses a count that is above its maximum. */
export function refuseAbove(ctx: Refusing, limit: CaseLimit, count: number): void {
  if (count > CASE_LIMITS[limit]) refuseLimit(ctx, limit)
}

function refuseLimit(ctx: Refusing, limit: CaseLimit): never {
  return refuse(ctx, { code: 'CASE_LIMIT', limit, most: CASE_LIMITS[limit] })
}

/** Writes the case and the steps that changed; refuses a record that has become too large. */
export function saveCase(work: CaseWork): void {
  const { ctx, serviceCase } = work
  const bound = {
    bytes: CASE_LIMITS.recordBytes,
    exceeded: () => refuseLimit(ctx, 'recordBytes'),
  }
  ctx.state(cases).put(serviceCase.id, serviceCase, bound)
  for (const n of [...work.changed].sort((a, b) => a - b)) {
    ctx.state(steps).put([serviceCase.id, n], work.steps[n] as Step, bound)
  }
  work.changed.clear()
}

/** Refuses unless the case is open. */
export function refuseUnlessOpen(ctx: Refusing, { id, status }: Case): void {
  if (status !== OPEN) refuse(ctx, { code: 'CASE_NOT_OPEN', case: id, status })
}

/** Members of a party: none while unbound. */
export function membersOfParty({ parties }: Case, party: string): readonly string[] {
  const bound = ownMember(parties, party) ?? null
  return bound === null ? [] : typeof bound === 'string' ? [bound] : bound
}

/** Tells an event of the case, and has supervision look at it. */
export function tell(work: CaseWork, name: string, data: JsonObject): void {
  const { ctx, serviceCase } = work
  const told = { case: serviceCase.id, service: serviceCase.service, ...data }
  ctx.emit(name, told)
  const parties: Record<string, readonly string[]> = {}
  for (const party of Object.keys(serviceCase.parties)) {
    parties[party] = membersOfParty(serviceCase, party)
  }
  evaluateEvent(ctx, {
    name,
    data: told,
    caseId: serviceCase.id,
    code: work.code,
    parties,
  })
}

/** Whether nothing of the case is open any more. */
export function hasOpenSteps(work: CaseWork): boolean {
  return work.steps.some((step) => !isOver(step))
}
