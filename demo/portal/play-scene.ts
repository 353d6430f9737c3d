/* Does the act of a scene with the keys that the demonstration holds for the officers of its members. */
import type { JsonObject } from '@renshe/crypto'
import { bookOrders, untilTaken } from './bank-counter.ts'
import { placeOf, type Scene, type SceneCall, type ScenePlace, SERVICES, viewOf } from './scene.ts'
import { SCENES } from './scenes.ts'
import type { World } from './world.ts'

/** A scene cannot be played now: it was done, or something before it was not. */
export class SceneNotNow extends Error {
  readonly scene: string
  /** The scene that comes first; null if this one is over. */
  readonly needs: string | null

  constructor(scene: string, needs: string | null) {
    super(needs === null ? `${scene} is done` : `${scene} comes after ${needs}`)
    this.name = 'SceneNotNow'
    this.scene = scene
    this.needs = needs
  }
}

/** Every scene with its place, in order; branches only where the month took them. */
export function listScenes(world: World): { readonly scene: Scene; readonly place: ScenePlace }[] {
  const view = viewOf(world)
  return SCENES.map((scene) => ({ scene, place: placeOf(scene, view) })).filter(
    ({ scene, place }) =>
      view.published.has(scene.of) && (scene.isBranch !== true || place.status !== 'later'),
  )
}

/** The first scene whose turn it is, and that somebody has to act in; undefined when all is done. */
export function nextScene(world: World): Scene | undefined {
  const isNext = (one: { scene: Scene; place: ScenePlace }): boolean =>
    one.scene.does !== 'look' && one.place.status === 'now'
  return listScenes(world).find(isNext)?.scene
}

/**
 * Plays one scene, at its moment or later.
 *
 * @returns the transaction that did it, if one did
 * @throws SceneNotNow; ActRefused with the contract's code
 */
export async function playScene(world: World, scene: Scene): Promise<string | null> {
  const { host } = world
  const before = listScenes(world)
  const found = before.find((one) => one.scene.id === scene.id)
  if (found?.place.status !== 'now' || scene.does === 'look') {
    const open = before.find(({ place }) => place.status !== 'done')
    throw new SceneNotNow(
      scene.id,
      found?.place.status === 'done' ? null : (open?.scene.id ?? null),
    )
  }
  await comeTo(world, scene)
  const txId = await act(world, scene)
  await host.quiet()
  return txId ?? placeOf(scene, viewOf(world)).txId
}

/** Moves the clock to the moment of a scene; never back. */
export async function comeTo({ host, month }: World, scene: Scene): Promise<void> {
  const at = month.moments[scene.id] ?? 0
  if (at > host.clock.now()) await host.advanceTo(at)
}

/** Does the act; answers with its transaction where it is one. */
async function act(world: World, scene: Scene): Promise<string | null> {
  const place = placeOf(scene, viewOf(world))
  const isOver = (): boolean => placeOf(scene, viewOf(world)).status === 'done'
  if (scene.does === 'bank') await bookOrders(world, false)
  if (scene.does === 'bank' || scene.does === 'wait') {
    await untilTaken(world, isOver)
    return null
  }
  const { party, officer, step } = scene
  if (party === 'worker' || officer === null) throw new Error(`nobody acts in ${scene.id}`)
  const member = world.cast[party]
  const as = { officer }
  const at = { case: place.case ?? '', step: step ?? '' }
  if (scene.does === 'determine') return (await member.determineStep(at, as)).txId
  const { action, input } = callOf(world, scene, at)
  return (await member.act(action, input, as, scene.sealed?.(world) ?? null)).txId
}

function callOf(world: World, scene: Scene, at: JsonObject): SceneCall {
  if (scene.call !== undefined) return scene.call(world, viewOf(world))
  const input = (scene.input?.(world) ?? {}) as JsonObject
  if (scene.does === 'open') {
    return { action: 'cases.openCase', input: { service: SERVICES[scene.of], ...input } }
  }
  return { action: 'cases.actOnStep', input: { ...at, ...input } }
}

/** Plays what is next until a scene is done; all of the month if none is named. */
export async function playThrough(
  world: World,
  last?: string,
  onScene: (scene: Scene) => void = () => {},
): Promise<{ readonly scene: string; readonly txId: string | null }[]> {
  const done: { scene: string; txId: string | null }[] = []
  for (let scene = nextScene(world); scene !== undefined; scene = nextScene(world)) {
    onScene(scene)
    done.push({ scene: scene.id, txId: await playScene(world, scene) })
    if (scene.id === last) break
  }
  return done
}
