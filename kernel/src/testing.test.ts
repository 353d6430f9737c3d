/**
 * Goal: contracts run in a test world exactly as on a ledger: overlay reads, atomic refusals, limits,
 * faults, ids, events, queries. Method: a fictional library card, each row breaking one thing.
 */
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { action, type Context, collection, type QueryView, query, StoreFault } from './index.ts'
import { createTestWorld, TEST_TIME, testContracts, testReader, testSigner } from './testing.ts'

const Card = Type.Object({
  v: Type.Literal(1),
  holder: Type.String({ maxLength: 32 }),
  loans: Type.Integer({ minimum: 0 }),
})
const cards = collection('library/card', {
  key: Type.String(),
  value: Card,
  indexes: { byHolder: (card) => [card.holder, card.loans] },
})
const shelf = collection('library/shelf', {
  key: Type.Tuple([Type.String(), Type.Integer({ minimum: 0 })]),
  value: Type.Object({ v: Type.Literal(1), title: Type.String() }),
})

const issueCard = action({
  name: 'library.issueCard',
  summary: 'Issues a library card to a holder.',
  input: Type.Object({ holder: Type.String({ minLength: 1, maxLength: 32 }) }),
  run(ctx: Context, { holder }) {
    const id = ctx.newId('card')
    ctx.state(cards).put(id, { v: 1, holder, loans: 0 })
    ctx.emit('CardIssued', { card: id })
    return { card: id }
  },
})

/** Does to the state what its input asks for: one step, one way to go wrong. */
const act = action({
  name: 'library.act',
  summary: 'Does one odd thing.',
  input: Type.Object({ step: Type.String(), times: Type.Optional(Type.Integer()) }),
  run(ctx: Context, { step, times = 0 }) {
    const state = ctx.state(cards)
    state.put('odd', { v: 1, holder: 'a', loans: 0 })
    if (step === 'refuse') ctx.refuse({ code: 'CARD_ODD', card: 'odd', absent: undefined })
    if (step === 'throw') throw new Error('a bug')
    if (step === 'shape') state.put('odd', { v: 1, holder: 'a', loans: -1 })
    if (step === 'label') for (const label of ['x', 'x']) ctx.newId(label)
    if (step === 'fraction') return { half: 0.5 }
    if (step === 'code') ctx.refuse({ code: 'no code' })
    if (step === 'long result') return { text: 'x'.repeat(20_000) }
    if (step === 'long event') ctx.emit('Long', { text: 'x'.repeat(5_000) })
    if (step === 'long key') state.put('k'.repeat(300), { v: 1, holder: 'a', loans: 0 })
    for (let i = 0; step === 'events' && i < times; i++) ctx.emit('Tick', { i })
    for (let i = 0; step === 'writes' && i < times; i++) {
      state.put(`${i}`, { v: 1, holder: 'a', loans: i })
    }
    for (let i = 0; step === 'reads' && i < times; i++) state.has('odd')
    if (step === 'caught') {
      try {
        for (let i = 0; i < 300; i++) ctx.emit('Tick', { i })
      } catch {
        return { calm: true }
      }
    }
    return undefined
  },
})

const getCard = query({
  name: 'library.getCard',
  summary: 'One card.',
  input: Type.Object({ card: Type.String() }),
  output: Card,
  mayRead: (reader) => reader.member === 'lib-0001',
  run(view: QueryView, { card }) {
    const found = view.state(cards).find(card)
    if (found === undefined) view.refuse({ code: 'CARD_NOT_FOUND', card })
    return found
  },
})

const contracts = testContracts({
  actions: [issueCard, act],
  queries: [getCard],
  collections: [cards, shelf],
})
const librarian = testSigner({ member: 'lib-0001', kind: 'officer', name: '0417' })

function newWorld() {
  return createTestWorld({ contracts })
}

describe('a transaction', () => {
  it('writes, tells and answers', () => {
    const world = newWorld()
    const { code, data, events } = world.run(librarian, issueCard, { holder: '𠮷野家' })
    expect(code).toBe('OK')
    const { card } = data as { card: string }
    expect(card).toHaveLength(26)
    expect(events).toEqual([{ name: 'CardIssued', data: { card } }])
    expect(world.state(cards).get(card)).toEqual({ v: 1, holder: '𠮷野家', loans: 0 })
    expect(world.stored()).toHaveLength(1)
    expect(world.time).toBe(TEST_TIME + 1000)
  })

  it.each([
    ['refuse', { code: 'CARD_ODD', data: { card: 'odd' } }],
    ['throw', { code: 'CONTRACT_FAULT', data: {} }],
    ['shape', { code: 'CONTRACT_FAULT', data: {} }],
    ['label', { code: 'CONTRACT_FAULT', data: {} }],
    ['fraction', { code: 'CONTRACT_FAULT', data: {} }],
    ['code', { code: 'CONTRACT_FAULT', data: {} }],
    ['long result', { code: 'LIMIT_EXCEEDED', data: { limit: 'resultDataBytes' } }],
    ['long event', { code: 'LIMIT_EXCEEDED', data: { limit: 'eventBytes' } }],
    ['long key', { code: 'LIMIT_EXCEEDED', data: { limit: 'keyBytes' } }],
    ['caught', { code: 'LIMIT_EXCEEDED', data: { limit: 'events' } }],
  ])('that goes wrong by "%s" leaves nothing', (step, expected) => {
    const world = newWorld()
    const { code, data, events } = world.run(librarian, act, { step })
    expect({ code, data }).toEqual(expected)
    expect(events).toEqual([])
    expect(world.stored()).toEqual([])
  })

  it.each([
    ['events', 256, 257],
    ['writes', 1999, 2000],
    ['reads', 100_000, 100_001],
  ])('may use its %s up to the limit', (step, most, tooMany) => {
    expect(newWorld().run(librarian, act, { step, times: most }).code).toBe('OK')
    const { code, data } = newWorld().run(librarian, act, { step, times: tooMany })
    expect({ code, data }).toEqual({ code: 'LIMIT_EXCEEDED', data: { limit: step } })
  })

  it('that is unknown or has another input is refused', () => {
    const world = newWorld()
    expect(world.refuses(librarian, 'library.burn', {})).toEqual({
      code: 'ACTION_UNKNOWN',
      action: 'library.burn',
    })
    expect(world.refuses(librarian, 'library.issueCard', { holder: 'a', age: 1 })).toEqual({
      code: 'INPUT_INVALID',
      path: '/age',
      expected: 'no such member',
    })
    expect(world.refuses(librarian, 'library.issueCard', {})).toMatchObject({
      path: '/holder',
      expected: 'present: string, characters ≥ 1, characters ≤ 32',
    })
    expect(world.refuses(librarian, 'library.issueCard', { holder: 'x'.repeat(33) })).toMatchObject(
      {
        path: '/holder',
      },
    )
  })
})

describe('threat 14: what depends on the machine is no result', () => {
  const deep = (): number => 1 + deep()
  it.each([
    ['an exhausted stack', deep, RangeError],
    [
      'a store that cannot read',
      () => {
        throw new StoreFault('page 7')
      },
      StoreFault,
    ],
  ])('%s passes through', (_name, fail, kind) => {
    const breaks = action({
      name: 'library.break',
      summary: 'Breaks the machine.',
      input: Type.Object({}),
      run: () => fail(),
    })
    const world = createTestWorld({ contracts: testContracts({ actions: [breaks] }) })
    expect(() => world.run(librarian, breaks, {})).toThrow(kind)
  })

  it('but a wrong array length is a bug of the contract', () => {
    const breaks = action({
      name: 'library.break',
      summary: 'Makes a list of −1 elements.',
      input: Type.Object({}),
      run: () => new Array(-1).length,
    })
    const world = createTestWorld({ contracts: testContracts({ actions: [breaks] }) })
    expect(world.run(librarian, breaks, {}).code).toBe('CONTRACT_FAULT')
  })
})

describe('ranges', () => {
  const move = action({
    name: 'library.move',
    summary: 'Reads its own writes in order, while it writes.',
    input: Type.Object({}),
    run(ctx: Context) {
      const books = ctx.state(shelf)
      books.put(['b', 2], { v: 1, title: 'new' })
      books.delete(['b', 1])
      const seen: string[] = []
      for (const [[row, place], { title }] of books.range({ prefix: ['b'] })) {
        seen.push(`${row}${place} ${title}`)
        if (place === 2) books.put(['b', 9], { v: 1, title: 'ahead' })
      }
      const backwards = [...books.range({ reverse: true, limit: 2 })].map(([key]) => key)
      const after = [...books.range({ from: ['b', 2], after: true })].map(([key]) => key)
      return { seen, backwards, after }
    },
  })

  it('see own writes over what was there', () => {
    const world = createTestWorld({
      contracts: testContracts({ actions: [move], collections: [shelf] }),
    })
    for (const key of [
      ['a', 1],
      ['b', 0],
      ['b', 1],
      ['b', 256],
      ['c', 1],
    ] as [string, number][]) {
      world.seed(shelf, key, { v: 1, title: 'old' })
    }
    expect(world.does(librarian, move, {})).toEqual({
      seen: ['b0 old', 'b2 new', 'b9 ahead', 'b256 old'],
      backwards: [
        ['c', 1],
        ['b', 256],
      ],
      after: [
        ['b', 9],
        ['b', 256],
        ['c', 1],
      ],
    })
  })

  it('of an index follow the values', () => {
    const world = newWorld()
    world.seed(cards, 'one', { v: 1, holder: 'a', loans: 3 })
    world.seed(cards, 'two', { v: 1, holder: 'a', loans: 1 })
    world.seed(cards, 'three', { v: 1, holder: 'ab', loans: 0 })
    const held = () => [...world.state(cards).index('byHolder', { prefix: ['a'] })].map(([k]) => k)
    expect(held()).toEqual(['two', 'one'])
    world.seed(cards, 'two', { v: 1, holder: 'a', loans: 5 })
    expect(held()).toEqual(['one', 'two'])
    const from = [...world.state(cards).index('byHolder', { from: ['a', 3, 'one'], after: true })]
    expect(from.map(([k]) => k)).toEqual(['two', 'three'])
  })
})

describe('an index entry', () => {
  it('of any length is bounded, unique, and goes with its value', () => {
    const pages = collection('library/page', {
      key: Type.String(),
      value: Type.Object({ v: Type.Literal(1), text: Type.String() }),
      indexes: { byText: ({ text }) => [text] },
    })
    const world = createTestWorld({ contracts: testContracts({ collections: [pages] }) })
    const long = '长'.repeat(5000)
    for (const key of ['a', 'b', 'c']) world.seed(pages, key, { v: 1, text: long })
    const entries = () =>
      [...world.state(pages).index('byText', { prefix: ['长'.repeat(10)] })].length
    const all = () => [...world.state(pages).index('byText')].map(([key]) => key)
    expect(all().sort()).toEqual(['a', 'b', 'c'])
    expect(entries()).toBe(0)
    world.seed(pages, 'b', { v: 1, text: 'short' })
    expect(all().sort()).toEqual(['a', 'b', 'c'])
    expect([...world.state(pages).index('byText', { prefix: ['short'] })]).toHaveLength(1)
  })
})

describe('a query', () => {
  it('answers who may not read as if the thing did not exist', () => {
    const world = newWorld()
    world.seed(cards, 'one', { v: 1, holder: 'a', loans: 3 })
    const ours = testReader({ member: 'lib-0001' })
    expect(world.ask(ours, getCard, { card: 'one' })).toMatchObject({ ok: true })
    const absent = world.ask(ours, getCard, { card: 'none' })
    const hidden = world.ask(testReader(), getCard, { card: 'none' })
    expect(absent).toEqual(hidden)
    expect(world.ask(testReader(), getCard, { card: 'one' })).toMatchObject({
      code: 'CARD_NOT_FOUND',
      data: { card: 'one' },
    })
    expect(world.ask(ours, 'library.none', {})).toMatchObject({ code: 'QUERY_UNKNOWN' })
  })
})
