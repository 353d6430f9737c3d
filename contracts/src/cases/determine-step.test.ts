/*
 * Goal: money over sealed rows moves only after two different members computed the same; a difference of
 * one fen moves nothing and shows both why; inputs are what the chain knows.
 * Method: the real executor; both members compute by the real function, then one answer is changed.
 */
import type { JsonObject } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { balances, books, journals } from '../funds/records.ts'
import { alerts } from '../supervision/records.ts'
import { BOOK_ORDER } from './library-card/book-order.ts'
import { libraryWorld, officerOf } from './library-card/library-world.ts'
import { orderArrived, orderListed } from './library-card/order-until.ts'

const DETERMINE = 'cases.determineStep'

function withOutput(parts: JsonObject, name: string, value: string | number): JsonObject {
  return { ...parts, outputs: { ...(parts.outputs as JsonObject), [name]: value } }
}

describe('two members', () => {
  it('agree: the step is done and keeps what both said', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    const parts = world.determination(id, 'price')
    world.does('city-library', DETERMINE, parts)
    expect(world.stepOf(id, 'price')).toMatchObject({ status: 'open', holder: 'treasury' })
    world.does('treasury', DETERMINE, parts)
    const step = world.stepOf(id, 'price')
    expect(step).toMatchObject({
      status: 'done',
      outcome: 'priced',
      values: { billTotal: '125.50', failedRows: 0 },
      endedBy: { by: 'determination', member: 'treasury' },
    })
    const [first, second] = step.submissions
    expect(first?.digest).toBe(second?.digest)
    expect([first?.member, second?.member]).toEqual(['city-library', 'treasury'])
  })

  it('differ by one fen: nothing moves, both see the name, an alert is raised', () => {
    const world = libraryWorld()
    const id = orderArrived(world)
    const before = world.ledger.stored(balances)
    const count = world.ledger.stored(journals).length
    const parts = world.determination(id, 'allocate')
    world.does('city-library', DETERMINE, parts)
    world.does('treasury', DETERMINE, withOutput(parts, 'allocated', '125.51'))
    expect(world.stepOf(id, 'allocate')).toMatchObject({
      status: 'disputed',
      differs: ['outputs.allocated'],
      awaits: ['city-library', 'treasury'],
    })
    expect(world.ledger.stored(balances)).toEqual(before)
    expect(world.ledger.stored(journals)).toHaveLength(count)
    const raised = world.ledger.stored(alerts).map(({ value }) => value)
    expect(raised).toContainEqual(
      expect.objectContaining({
        code: 'DETERMINATION_DISPUTED',
        to: ['city-library', 'treasury'],
        facts: { differs: ['outputs.allocated'], round: 1, step: 'allocate' },
      }),
    )
    world.does('treasury', DETERMINE, parts)
    expect(world.stepOf(id, 'allocate').status).toBe('done')
    expect(world.ledger.stored(journals)).toHaveLength(count + 1)
  })

  it('are needed: one that submits twice is one', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    const parts = world.determination(id, 'price')
    world.does('city-library', DETERMINE, parts)
    world.does(officerOf('city-library', 'deputy'), DETERMINE, parts)
    expect(world.stepOf(id, 'price')).toMatchObject({ status: 'open', outcome: null })
    expect(world.stepOf(id, 'price').submissions).toHaveLength(1)
  })

  it('may not be one: the step cannot open where both parties are the same member', () => {
    const service = BOOK_ORDER.service as NonNullable<typeof BOOK_ORDER.service>
    const parties = { ...service.parties, treasurer: { from: 'account.library' } }
    const world = libraryWorld({ packages: [{ ...BOOK_ORDER, service: { ...service, parties } }] })
    const id = world.open('school', 'book-order', { accountNo: 'A-1', term: '2026-09' })
    const batch = world.vault.sealBatch(
      world.codeOf('book-order'),
      'books',
      Array.from({ length: 5 }, (_, at) => ({
        reader: `r${at}`,
        title: 't',
        price: '1.00',
        copies: 1,
      })),
    )
    const act = { case: id, step: 'list-books', fields: { supplierId: 'bookshop' }, batch }
    expect(world.refuses('school', 'cases.actOnStep', act)).toEqual({
      code: 'MEMBERS_TOO_FEW',
      step: 'price',
      need: 2,
      members: 1,
    })
  })
})

describe('a journal that comes between two submissions', () => {
  it('makes the first one void: it is no dispute, both compute again', () => {
    const world = libraryWorld()
    const id = orderArrived(world)
    const first = world.determination(id, 'allocate')
    world.does('city-library', DETERMINE, first)
    const book = world.ledger.state(books).get('A-1')
    const head = book.subledger as NonNullable<typeof book.subledger>
    const balances = { root: '7'.repeat(64), count: 0 }
    world.ledger.seed(books, 'A-1', { ...book, subledger: { ...head, balances } })
    expect(world.refuses('treasury', DETERMINE, first)).toEqual({
      code: 'INPUTS_DIFFER',
      name: 'inputs.balances',
    })
    const second = world.determination(id, 'allocate')
    world.does('treasury', DETERMINE, second)
    expect(world.stepOf(id, 'allocate')).toMatchObject({
      status: 'open',
      differs: [],
      awaits: ['city-library'],
    })
    world.does('city-library', DETERMINE, second)
    expect(world.stepOf(id, 'allocate').status).toBe('done')
    expect(world.ledger.stored(alerts)).toEqual([])
  })
})

describe('one thing wrong in a submission', () => {
  const inputs = (parts: JsonObject, change: JsonObject): JsonObject => ({
    ...parts,
    inputs: { ...(parts.inputs as JsonObject), ...change },
  })
  const digest = '1'.repeat(64)
  const rows: [string, (parts: JsonObject) => JsonObject, string, JsonObject][] = [
    [
      'another root',
      (p) => inputs(p, { batch: digest }),
      'INPUTS_DIFFER',
      { name: 'inputs.batch' },
    ],
    ['another count', (p) => inputs(p, { count: 4 }), 'INPUTS_DIFFER', { name: 'inputs.count' }],
    ['another fact', (p) => inputs(p, { with: {} }), 'INPUTS_DIFFER', { name: 'inputs.with' }],
    ['another rule', (p) => inputs(p, { rules: { x: digest } }), 'INPUTS_DIFFER', {}],
    ['balances', (p) => inputs(p, { balances: digest }), 'INPUTS_DIFFER', {}],
    ['an input too many', (p) => inputs(p, { x: 1 }), 'INPUTS_DIFFER', { name: 'inputs.x' }],
    ['an output too many', (p) => withOutput(p, 'x', '1'), 'OUTPUT_UNKNOWN', { name: 'x' }],
    ['a misspelt output', (p) => withOutput(p, 'billTotal', '1'), 'OUTPUT_INVALID', {}],
    ['an output left out', (p) => ({ ...p, outputs: {} }), 'OUTPUT_INVALID', {}],
    [
      'an outcome left out',
      (p) => ({ ...p, outcomes: { root: digest, count: 4 } }),
      'OUTCOMES_COUNT',
      { count: 4, rows: 5 },
    ],
    [
      'a sub-ledger nobody asked for',
      (p) => ({
        ...p,
        subledger: {
          entries: { root: digest, count: 1 },
          balances: { root: digest, count: 1 },
          delta: {},
          sum: {},
          residue: '0.00',
          previous: null,
        },
      }),
      'SUBLEDGER_UNEXPECTED',
      {},
    ],
  ]
  it.each(rows)('%s', (_name, change, code, facts) => {
    const world = libraryWorld()
    const id = orderListed(world)
    const parts = world.determination(id, 'price')
    expect(world.refuses('city-library', DETERMINE, change(parts))).toMatchObject({
      code,
      ...facts,
    })
  })

  it('a stranger, and a step that computes nothing', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    const parts = world.determination(id, 'price')
    expect(world.refuses('school', DETERMINE, parts)).toMatchObject({ code: 'STEP_NOT_YOURS' })
    world.does('city-library', DETERMINE, parts)
    world.does('treasury', DETERMINE, parts)
    const other = { ...parts, step: 'announce' }
    expect(world.refuses('city-library', DETERMINE, other)).toMatchObject({
      code: 'STEP_NOT_DETERMINED',
    })
  })

  it('a sub-ledger left out', () => {
    const world = libraryWorld()
    const id = orderArrived(world)
    const parts = { ...world.determination(id, 'allocate'), subledger: null }
    expect(world.refuses('city-library', DETERMINE, parts)).toEqual({ code: 'SUBLEDGER_MISSING' })
  })
})

describe('a row that fails its check', () => {
  it('gets the code of the check, and the step leads back to the school', () => {
    const world = libraryWorld()
    const id = world.open('school', 'book-order', { accountNo: 'A-1', term: '2026-09' })
    const rows = Array.from({ length: 5 }, (_, at) => ({
      reader: `r${at}`,
      title: 't',
      price: '10.00',
      copies: at === 2 ? 31 : 1,
    }))
    const batch = world.vault.sealBatch(world.codeOf('book-order'), 'books', rows)
    const act = { case: id, step: 'list-books', fields: { supplierId: 'bookshop' }, batch }
    world.does('school', 'cases.actOnStep', act)
    const parts = world.determination(id, 'price')
    expect(parts.outputs).toEqual({ billTotal: '350.00', failedRows: 1 })
    world.does('city-library', DETERMINE, parts)
    world.does('treasury', DETERMINE, parts)
    expect(world.stepOf(id, 'price').outcome).toBe('wrong')
    expect(world.openStepsOf(id)).toEqual(['list-books'])
  })
})
