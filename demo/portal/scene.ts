/* A scene of the demonstration: one act of one party, and how the chain shows whether it was done. */
import type { Case, Step } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { SealedContent } from '@renshe/node'
import { PARTS, type Part } from '../annuity/consortium.ts'
import { findContribution, findValuation, stepsOf, type World } from './world.ts'

/** Who a scene is seen as: a party with its officer, or the worker. */
export type SceneParty = Part | 'worker'

/** What is said to a person who watches. */
export interface Words {
  readonly zh: string
  readonly en: string
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
  readonly service: 'annuity-contribution' | 'annuity-valuation'
  readonly does: 'open' | 'step' | 'determine' | 'bank' | 'wait' | 'look'
  /** Name of the step; of an opening, the fields are in `input`. */
  readonly step: string | null
  readonly seen: Words | null
  /** Only there once its step was opened: a branch that a month usually does not take. */
  readonly isBranch?: true
  /** What its form is filled with. */
  readonly input?: (world: World) => SceneInput
  /** What is sealed with it. */
  readonly sealed?: (world: World) => SealedContent
}

/** Where a scene stands. */
export type SceneStatus = 'done' | 'now' | 'later'

/** Status of a scene, and the transaction that did it. */
export interface ScenePlace {
  readonly status: SceneStatus
  readonly case: string | null
  readonly txId: string | null
}

/** Everything that the statuses of scenes are read from; asked once for all of them. */
export interface MonthView {
  readonly contribution: Case | undefined
  readonly valuation: Case | undefined
  readonly steps: Readonly<Record<Scene['service'], readonly Step[]>>
}

/** Reads where the month stands. */
export function viewOf(world: World): MonthView {
  const contribution = findContribution(world)
  const valuation = findValuation(world)
  const steps = (found: Case | undefined): Step[] =>
    found === undefined ? [] : stepsOf(world.cast, found.id)
  return {
    contribution,
    valuation,
    steps: { 'annuity-contribution': steps(contribution), 'annuity-valuation': steps(valuation) },
  }
}

/** Where one scene stands. */
export function placeOf(scene: Scene, view: MonthView): ScenePlace {
  const found = scene.service === 'annuity-valuation' ? view.valuation : view.contribution
  const at = { case: found?.id ?? null }
  if (scene.does === 'look') return { ...at, ...lookedAt(view) }
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
  return view.steps[scene.service].findLast(
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

function opened(
  scene: Scene,
  view: MonthView,
  found: Case | undefined,
): Pick<ScenePlace, 'status' | 'txId'> {
  if (found !== undefined) return { status: 'done', txId: found.opener.txId }
  const isReady =
    scene.service === 'annuity-contribution' ||
    view.steps['annuity-contribution'].some(
      ({ step, status }) => step === 'price' && status !== 'done' && status !== 'cancelled',
    )
  return { status: isReady ? 'now' : 'later', txId: null }
}

/** There is something to look at once the units are bought. */
function lookedAt({ steps }: MonthView): Pick<ScenePlace, 'status' | 'txId'> {
  const isAllocated = steps['annuity-contribution'].some(
    ({ step, status }) => step === 'allocate' && status === 'done',
  )
  return { status: isAllocated ? 'now' : 'later', txId: null }
}
