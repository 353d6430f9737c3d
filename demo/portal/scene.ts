/* A scene of the demonstration: one act of one party, and how the chain shows whether it was done. */
import { type Case, legalDay, type Step } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { SealedContent } from '@renshe/node'
import { PARTS, type Part } from '../annuity/consortium.ts'
import { findContribution, findOrder, findValuation, stepsOf, type World } from './world.ts'

/** Who a scene is seen as: a party with its officer, or the worker. */
export type SceneParty = Part | 'worker'

/** What is said to a person who watches. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** The cases of a month: the contribution, its valuation, two investment orders. */
export type CaseKey = 'contribution' | 'valuation' | 'order-1' | 'order-2'

/** Service of each case. */
export const SERVICES: Readonly<Record<CaseKey, string>> = {
  contribution: 'annuity-contribution',
  valuation: 'annuity-valuation',
  'order-1': 'annuity-investment',
  'order-2': 'annuity-investment',
}

/** An act as its form would send it. */
export interface SceneInput {
  readonly fields?: JsonObject
  readonly outcome?: string
}

/** One scene. Scenes are data: what is to be done follows from `does`. */
export interface Scene extends Words {
  readonly id: string
  readonly party: SceneParty
  /** Officer that acts; null where the member's system does, or nobody has to. */
  readonly officer: string | null
  /** Which case it belongs to. */
  readonly of: CaseKey
  readonly does: 'open' | 'step' | 'determine' | 'act' | 'bank' | 'wait' | 'look'
  /** Name of the step; of an opening, the fields are in `input`. */
  readonly step: string | null
  readonly seen: Words | null
  /** Only there once its step was opened: a branch that a month usually does not take. */
  readonly isBranch?: true
  /** What its form is filled with. */
  readonly input?: (world: World) => SceneInput
  /** What is sealed with it. */
  readonly sealed?: (world: World) => SealedContent
  /** The action itself, where it is none of a case. */
  readonly call?: (world: World, view: MonthView) => SceneCall
  /** Where a scene stands that is no step of a case. */
  readonly stands?: (view: MonthView) => Told
}

/** An action with its input. */
export interface SceneCall {
  readonly action: string
  readonly input: JsonObject
}

/** Where a scene stands. */
export type SceneStatus = 'done' | 'now' | 'later'

/** Status of a scene, and the transaction that did it. */
export interface ScenePlace {
  readonly status: SceneStatus
  readonly case: string | null
  readonly txId: string | null
}

/** The same without the case. */
export type Told = Pick<ScenePlace, 'status' | 'txId'>

/** A warrant as `supervision.listWarrants` tells it. */
export interface ListedWarrant {
  readonly id: string
  readonly state: string
  readonly grant: string | null
  readonly named: object | null
}

/** Everything that the statuses of scenes are read from; asked once for all of them. */
export interface MonthView {
  readonly cases: Readonly<Record<CaseKey, Case | undefined>>
  readonly steps: Readonly<Record<CaseKey, readonly Step[]>>
  /** Cases whose package is published on this chain. */
  readonly published: ReadonlySet<CaseKey>
  /** Whether orders may still be counted on the net value of the dealing day. */
  readonly isValueFresh: boolean
  /** Units are bought: there is something to look at. */
  readonly isAllocated: boolean
  /** The newest warrant of the month that was not revoked. */
  readonly warrant: ListedWarrant | undefined
  /** Transaction of the first look under it. */
  readonly look: string | null
}

/** Reads where the month stands. */
export function viewOf(world: World): MonthView {
  const contribution = findContribution(world)
  const cases: Record<CaseKey, Case | undefined> = {
    contribution,
    valuation: findValuation(world),
    'order-1': findOrder(world, 1),
    'order-2': findOrder(world, 2),
  }
  const steps = byKey((key) => {
    const found = cases[key]
    return found === undefined ? [] : stepsOf(world.cast, found.id)
  })
  const warrant = contribution === undefined ? undefined : findWarrant(world, contribution.id)
  const { host, month } = world
  const lastDay = legalDay(month.moments['open-order-1'] ?? 0)
  return {
    cases,
    steps,
    published: new Set(KEYS.filter((key) => isPublished(world, SERVICES[key]))),
    isValueFresh: legalDay(host.clock.now()) <= lastDay,
    isAllocated: isDone(steps.contribution, 'allocate'),
    warrant,
    look: warrant?.grant == null ? null : findLook(world, warrant.grant),
  }
}

const KEYS = Object.keys(SERVICES) as CaseKey[]

function byKey<Value>(make: (key: CaseKey) => Value): Record<CaseKey, Value> {
  return Object.fromEntries(KEYS.map((key) => [key, make(key)])) as Record<CaseKey, Value>
}

function isPublished({ cast }: World, service: string): boolean {
  return cast.trustee.query('catalogue.getPackageInForce', { name: service }).ok
}

/** Whether the newest opening of a step is done. */
function isDone(steps: readonly Step[], name: string): boolean {
  return steps.findLast(({ step }) => step === name)?.status === 'done'
}

function findWarrant({ cast }: World, id: string): ListedWarrant | undefined {
  const { items } = cast.supervisor.ask('supervision.listWarrants', {
    case: id,
  }) as unknown as { readonly items: readonly { readonly warrant: ListedWarrant }[] }
  // Newest first.
  return items.map(({ warrant }) => warrant).find(({ state }) => state !== 'revoked')
}

function findLook({ cast }: World, grant: string): string | null {
  const { items } = cast.supervisor.ask('access.listReads', { grant }) as unknown as {
    readonly items: readonly { readonly read: string }[]
  }
  return items[0]?.read ?? null
}

/** Where one scene stands. */
export function placeOf(scene: Scene, view: MonthView): ScenePlace {
  const found = view.cases[scene.of]
  const at = { case: found?.id ?? null }
  if (scene.stands !== undefined) return { ...at, ...scene.stands(view) }
  if (scene.does === 'open') return { ...at, ...opened(scene, view, found) }
  const step = stepOfScene(scene, view)
  if (step === undefined) return { ...at, status: 'later', txId: null }
  const member = memberOf(scene)
  if (scene.does === 'determine') {
    const own = step.submissions.find((submission) => submission.member === member)
    if (own !== undefined && step.status !== 'disputed') {
      return { ...at, status: 'done', txId: own.txId }
    }
  }
  if (step.status === 'done') return { ...at, status: 'done', txId: step.endedBy?.txId ?? null }
  const isOpen = step.status !== 'cancelled' && isTurnOf(scene, step, member)
  return { ...at, status: isOpen ? 'now' : 'later', txId: null }
}

/** The newest opening of the scene's step. */
export function stepOfScene(scene: Scene, view: MonthView): Step | undefined {
  const member = memberOf(scene)
  return view.steps[scene.of].findLast(
    ({ step, party, holder }) =>
      // Each investment manager has a step of its own, under one name.
      step === scene.step && (party !== 'investmentManagers' || holder === member),
  )
}

/** Member id of a scene's party; the worker's account is kept at the account manager. */
export function memberOf({ party }: Pick<Scene, 'party'>): string {
  return party === 'worker' ? PARTS.accountManager : PARTS[party]
}

/** Whether it is this party's turn: the second of two that determine comes after the first. */
function isTurnOf(scene: Scene, step: Step, member: string): boolean {
  if (scene.does === 'bank' || scene.does === 'wait') return true
  if (scene.does === 'determine' && step.holder !== member) return step.submissions.length > 0
  return step.awaits.includes(member) || step.holder === member
}

function opened(scene: Scene, view: MonthView, found: Case | undefined): Told {
  if (found !== undefined) return { status: 'done', txId: found.opener.txId }
  return { status: isReady(scene.of, view) ? 'now' : 'later', txId: null }
}

/** Whether a case may be opened. */
function isReady(key: CaseKey, { cases, steps, isValueFresh }: MonthView): boolean {
  if (key === 'contribution') return true
  if (key === 'valuation') {
    const waiting = steps.contribution.findLast(({ step }) => step === 'price')
    return waiting !== undefined && waiting.status !== 'done' && waiting.status !== 'cancelled'
  }
  // Shares are counted on the net value of the day before; later the order is refused.
  if (!isValueFresh || !isDone(steps.contribution, 'transfer')) return false
  // A visitor's first order may be within the limits and wait to be executed.
  const isFirstOver = isDone(steps['order-1'], 'check-limits')
  const first = cases['order-1']
  return key === 'order-1' || (first !== undefined && (first.status !== 'OPEN' || isFirstOver))
}
