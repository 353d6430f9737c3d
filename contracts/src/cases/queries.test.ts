/*
 * Goal: members find their work, their cases and what they may fill in, page by page; the public finds
 * nothing, exactly as if nothing existed.
 * Method: the real executor with a dozen orders; walks with small pages against the whole list.
 */
import type { JsonObject } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { type LibraryWorld, libraryWorld } from './library-card/library-world.ts'
import { orderListed, orderPriced, orderReviewed } from './library-card/order-until.ts'

interface Page {
  readonly items: JsonObject[]
  readonly next: string | null
}

function walk(world: LibraryWorld, query: string, input: JsonObject): JsonObject[] {
  const found: JsonObject[] = []
  let cursor: string | null = null
  do {
    const asked: JsonObject = cursor === null ? input : { ...input, cursor }
    const page = world.asks('school', query, asked) as never as Page
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return found
}

function cards(world: LibraryWorld, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    world.open('school', 'library-card', {
      number: `C-${at}`,
      kind: 'CHILD',
      branch: at % 2 === 0 ? 'city-library' : 'county-library',
    }),
  )
}

describe('the work queue', () => {
  it('has the open steps of the member, the most urgent first, on every page size', () => {
    const world = libraryWorld()
    cards(world, 4)
    world.advanceTo('2026-09-29T09:00')
    const order = orderListed(world)
    world.advanceTo('2026-10-02T09:00')
    world.open('school', 'library-card', { number: 'X', kind: 'ADULT', branch: 'city-library' })
    const all = walk(world, 'cases.listOpenSteps', { member: 'city-library', limit: 200 })
    expect(all.map(({ service }) => service)).toEqual([
      'library-card',
      'library-card',
      'library-card',
      'book-order',
    ])
    expect(all.at(-1)?.step).toMatchObject({ case: order })
    for (const limit of [1, 2, 3]) {
      expect(walk(world, 'cases.listOpenSteps', { member: 'city-library', limit })).toEqual(all)
    }
  })

  it('can be asked for one service, and forgets what is done', () => {
    const world = libraryWorld()
    const [first] = cards(world, 2)
    orderListed(world)
    const asked = { member: 'city-library', service: 'library-card' }
    expect(walk(world, 'cases.listOpenSteps', asked)).toHaveLength(1)
    const reason = world.vault.sealRecord(world.codeOf('library-card'), { reason: { text: 'no' } })
    const act = { case: first as string, step: 'decide', outcome: 'refused' }
    world.does('city-library', 'cases.actOnStep', {
      ...act,
      fields: { deposit: '0.00' },
      ...reason,
    })
    expect(walk(world, 'cases.listOpenSteps', asked)).toEqual([])
  })

  it('shows a joint act to those who still owe it', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    world.does('city-library', 'cases.determineStep', world.determination(id, 'price'))
    expect(walk(world, 'cases.listOpenSteps', { member: 'city-library' })).toEqual([])
    expect(walk(world, 'cases.listOpenSteps', { member: 'treasury' })).toHaveLength(1)
  })
})

describe('cases', () => {
  it('are listed by service, member, entry and parent, on every page size', () => {
    const world = libraryWorld()
    const ids = cards(world, 5)
    const order = orderListed(world)
    const idsOf = (found: JsonObject[]) => found.map(({ id }) => id)
    const list = (input: JsonObject) => idsOf(walk(world, 'cases.listCases', input))
    for (const limit of [1, 2, 50]) {
      expect(list({ service: 'library-card', limit })).toEqual(ids)
      expect(list({ member: 'county-library', limit })).toEqual([ids[1], ids[3]])
      expect(list({ member: 'treasury', limit })).toEqual([order])
      expect(list({ entry: { register: 'reading-account', key: 'A-1' }, limit })).toEqual([order])
      expect(list({ limit }).sort()).toEqual([...ids, order].sort())
    }
    world.does('school', 'cases.withdrawCase', { case: ids[0] as string })
    expect(list({ service: 'library-card', status: 'WITHDRAWN' })).toEqual([ids[0]])
    expect(list({ member: 'school', service: 'book-order' })).toEqual([order])
  })

  it('refuse a cursor that is none', () => {
    const world = libraryWorld()
    expect(world.asks('school', 'cases.listCases', { cursor: 'nonsense' })).toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })
})

describe('a step', () => {
  it('shows its form, suggested values, outcomes and actors', () => {
    const world = libraryWorld()
    const [id] = cards(world, 1) as [string]
    expect(world.asks('treasury', 'cases.getStep', { case: id, n: 0 })).toMatchObject({
      step: { step: 'decide', status: 'open' },
      suggested: { deposit: '20.00' },
      choices: ['granted', 'refused'],
      actors: ['city-library'],
      determination: null,
    })
  })

  it('shows what a determination starts from: the inputs that the contract will demand', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    const { n, step } = world.stepOf(id, 'price')
    expect(step).toBe('price')
    const answer = world.asks('treasury', 'cases.getStep', { case: id, n }) as JsonObject
    expect(answer.determination).toMatchObject({
      name: 'pricing',
      inputs: {
        batch: world.caseOf(id).batches.books?.root,
        count: 5,
        with: { quota: '250.00' },
        rules: {},
        balances: null,
      },
    })
    expect(answer.choices).toEqual(['wrong'])
  })

  it('of a joint act names everyone who may sign', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    const { n } = world.stepOf(id, 'approve')
    expect(world.asks('school', 'cases.getStep', { case: id, n })).toMatchObject({
      actors: ['city-library', 'treasury'],
      choices: ['approved', 'refused', 'silent'],
    })
  })

  it('that does not exist is refused', () => {
    const world = libraryWorld()
    const [id] = cards(world, 1) as [string]
    expect(world.asks('school', 'cases.getStep', { case: id, n: 7 })).toMatchObject({
      code: 'STEP_NOT_FOUND',
    })
  })
})

describe('who may read', () => {
  it('every member of the chain reads L1; the public is answered as if nothing existed', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    const asked: [string, JsonObject][] = [
      ['cases.getCase', { case: id }],
      ['cases.getStep', { case: id, n: 0 }],
      ['cases.listCases', {}],
      ['cases.listOpenSteps', { member: 'city-library' }],
      ['cases.findWaits', {}],
    ]
    const empty = libraryWorld()
    for (const [query, input] of asked) {
      expect(world.asks('bookshop', query, input)).not.toMatchObject({ code: expect.anything() })
      expect(world.asks(null, query, input)).toEqual(empty.asks(null, query, input))
    }
    expect(world.asks(null, 'cases.getCase', { case: id })).toMatchObject({
      code: 'CASE_NOT_FOUND',
    })
    expect(world.asks(null, 'cases.listCases', {})).toEqual({ items: [], next: null })
  })
})
