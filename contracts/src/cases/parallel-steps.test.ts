/*
 * Goal: the order in which parallel steps are done changes nothing that follows; joins of all, of k of n and of the
 * first one; each member of a party has its own instance.
 * Method: the real executor; every permutation of the acts, compared by everything but times and ids.
 */
import { describe, expect, it } from 'vitest'
import type { PackageDocument, ServiceDefinition } from '../catalogue/package-document.ts'
import { BOOK_ORDER } from './library-card/book-order.ts'
import { type LibraryWorld, libraryWorld } from './library-card/library-world.ts'
import { orderPriced } from './library-card/order-until.ts'

const ACT = 'cases.actOnStep'

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  )
}

/** The order's service with the join of its approval changed. */
function withJoin(join: { of: string[]; need?: number }): PackageDocument {
  const service = BOOK_ORDER.service as ServiceDefinition
  const approve = service.steps.approve as NonNullable<(typeof service.steps)[string]>
  return {
    ...BOOK_ORDER,
    service: { ...service, steps: { ...service.steps, approve: { ...approve, join } } },
  }
}

const ACTS = {
  first: (world: LibraryWorld, id: string) =>
    world.does('first-reviewer', ACT, { case: id, step: 'review', fields: { approve: true } }),
  second: (world: LibraryWorld, id: string) =>
    world.does('second-reviewer', ACT, { case: id, step: 'review', fields: { approve: false } }),
  notice: (world: LibraryWorld, id: string) =>
    world.does('bookshop', 'cases.lapseStep', { case: id, step: 'announce' }),
}

/** What is left of the steps when times, ids and the order of doing are taken away. */
function shapeOf(world: LibraryWorld, id: string): string[] {
  return world
    .stepsOf(id)
    .map(({ step, status, round, holder, outcome, values, awaits }) =>
      JSON.stringify([step, round, status, holder, outcome, values, awaits]),
    )
    .sort()
}

describe('all of them', () => {
  it('open the next step only after the last, in whatever order they are done', () => {
    const shapes = permutations(Object.values(ACTS)).map((acts) => {
      const world = libraryWorld()
      const id = orderPriced(world)
      world.advanceTo('2026-10-04T00:00')
      for (const [at, act] of acts.entries()) {
        act(world, id)
        expect(world.openStepsOf(id).includes('approve')).toBe(at === 2)
      }
      return shapeOf(world, id)
    })
    expect(shapes).toHaveLength(6)
    for (const shape of shapes) expect(shape).toEqual(shapes[0])
  })
})

describe('two of three', () => {
  it('open the next step once, and the third is not needed any more', () => {
    for (const acts of permutations(Object.values(ACTS))) {
      const world = libraryWorld({ packages: [withJoin({ of: ['review', 'announce'], need: 2 })] })
      const id = orderPriced(world)
      world.advanceTo('2026-10-04T00:00')
      acts[0]?.(world, id)
      expect(world.openStepsOf(id)).not.toContain('approve')
      acts[1]?.(world, id)
      expect(world.openStepsOf(id)).toEqual(['approve'])
      const spare = world.stepsOf(id).filter(({ status }) => status === 'cancelled')
      expect(spare).toHaveLength(1)
      expect(spare[0]?.endedBy?.by).toBe('join')
    }
  })
})

describe('the first one', () => {
  it.each(Object.entries(ACTS))('%s opens the next step at once', (_name, act) => {
    const world = libraryWorld({ packages: [withJoin({ of: ['review', 'announce'], need: 1 })] })
    const id = orderPriced(world)
    world.advanceTo('2026-10-04T00:00')
    act(world, id)
    expect(world.openStepsOf(id)).toEqual(['approve'])
    expect(world.stepsOf(id).filter(({ status }) => status === 'cancelled')).toHaveLength(2)
  })
})

describe('each member of a party', () => {
  it('acts on its own instance and on no other', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    const [one, two] = world.stepsOf(id).filter(({ step }) => step === 'review')
    expect([one?.holder, two?.holder]).toEqual(['first-reviewer', 'second-reviewer'])
    const act = { case: id, step: 'review', fields: { approve: true } }
    expect(world.refuses('first-reviewer', ACT, { ...act, n: two?.n as number }).code).toBe(
      'STEP_NOT_YOURS',
    )
    world.does('first-reviewer', ACT, { ...act, n: one?.n as number })
    expect(world.refuses('first-reviewer', ACT, { ...act, n: one?.n as number }).code).toBe(
      'STEP_NOT_OPEN',
    )
    expect(world.refuses('first-reviewer', ACT, act).code).toBe('STEP_NOT_YOURS')
    world.does('second-reviewer', ACT, act)
  })
})
