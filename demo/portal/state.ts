/*
 * Where the demonstration stands, for everybody who opens its page: no amounts, no accounts at banks, no
 * names but those of sample officers, because whoever asks has not signed in.
 */
import type { JsonObject } from '@renshe/crypto'
import { NAMES, PARTS, type Part } from '../annuity/consortium.ts'
import { PLAN } from '../annuity/set-up-plan.ts'
import type { Demonstration } from './demonstration.ts'
import { accountOf, type SampleAccount, samplePeople } from './people.ts'
import { listScenes } from './play-scene.ts'
import {
  memberOf,
  type Scene,
  type SceneParty,
  type ScenePlace,
  SERVICES,
  viewOf,
} from './scene.ts'
import { casesOf, dealingDayOf, findContribution, findValuation, type World } from './world.ts'

/** The answer to `GET /demonstration`. */
export function stateOf(demonstration: Demonstration): JsonObject {
  const { world, run, founded } = demonstration
  const { host, month } = world
  const scenes = listScenes(world)
  const next = scenes.find(({ scene, place }) => scene.does !== 'look' && place.status === 'now')
  const nextAt =
    next === undefined ? null : { scene: next.scene.id, at: month.moments[next.scene.id] ?? 0 }
  return {
    isDemonstration: true,
    run,
    chain: host.chain,
    height: world.cast.supervisor.ledger.finalHeight,
    clock: { now: host.clock.now(), isScripted: true, next: nextAt },
    people: partiesOf(),
    ids: idsOf(world, founded.worker),
    payroll: {
      count: founded.people,
      href: '/api/v1/demonstration/payroll.xlsx',
      faultyHref: '/api/v1/demonstration/payroll.xlsx?faulty=3',
    },
    bank: { waiting: demonstration.orders().length },
    scenes: scenes.map(({ scene, place }) => sceneShown(world, scene, place)),
  }
}

function partiesOf(): JsonObject[] {
  const parties: SceneParty[] = [...(Object.keys(PARTS) as Part[]), 'worker']
  const people = samplePeople()
  return parties.map((party) => ({
    party,
    member: memberOf({ party }),
    memberName: party === 'worker' ? NAMES.accountManager : NAMES[party],
    accounts: people.filter((one) => one.party === party).map(accountShown),
  }))
}

function accountShown({ name, kind, officer, roles, label }: SampleAccount): JsonObject {
  return { name, kind, officer, roles: [...roles], label: { ...label } }
}

function idsOf(world: World, worker: string): JsonObject {
  const contribution = findContribution(world)?.id ?? null
  const earlier = casesOf(world.cast, 'annuity-contribution').findLast(
    ({ values }) => values.period !== world.month.period,
  )
  return {
    plan: PLAN,
    contribution,
    earlier: earlier?.id ?? null,
    valuation: findValuation(world)?.id ?? null,
    account: worker,
  }
}

function sceneShown(world: World, scene: Scene, place: ScenePlace): JsonObject {
  const { id, party, officer, zh, en, seen, step, of, does } = scene
  return {
    id,
    party,
    member: memberOf(scene),
    account: accountOf(party, officer),
    zh,
    en,
    seen: seen === null ? null : { ...seen },
    path: pathOf(world, scene, place),
    service: SERVICES[of],
    step,
    at: world.month.moments[id] ?? null,
    status: place.status,
    canStandIn: does !== 'look',
    ...(place.txId === null ? {} : { txId: place.txId }),
  }
}

/** Where in the portal the scene is played: as the case's own page, or where a case is started. */
function pathOf(world: World, scene: Scene, place: ScenePlace): string {
  const { party, of } = scene
  if (party === 'worker') return '/hall/records/annuity'
  const warrants = warrantPathOf(world, scene)
  if (warrants !== null) return warrants
  // An order is checked in the browser before anything of it leaves.
  if (scene.id.startsWith('open-order') || scene.id.startsWith('send-order')) {
    return `/institution/orders/${PLAN}`
  }
  if (place.case === null) return `/institution/start/${SERVICES[of]}`
  if (of === 'valuation') return `/institution/valuation/${String(dealingDayOf(world))}`
  return `/institution/${of === 'contribution' ? 'contributions' : 'cases'}/${place.case}`
}

/** Pages of a look by warrant; null for other scenes. */
function warrantPathOf(world: World, { id, party }: Scene): string | null {
  if (id === 'name-warrant-row') return '/institution/warrants'
  if (party !== 'supervisor') return null
  const { warrant, cases } = viewOf(world)
  if (warrant !== undefined) return `/supervision/warrants/${warrant.id}`
  const { contribution } = cases
  if (id !== 'issue-warrant' || contribution === undefined) return '/supervision/warrants'
  return `/supervision/warrants/new?case=${contribution.id}`
}
