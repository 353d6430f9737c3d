/*
 * Goal: an act on a step is refused for exactly one reason, in checking order, and a refusal leaves
 * nothing behind; what is accepted is recorded with who signed.
 * Method: the real executor; a table in which each row breaks one thing of an act that is otherwise right.
 */
import type { JsonObject } from '@renshe/crypto'
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { sections } from '../access/records.ts'
import { FIVE_BOOKS } from './library-card/book-order-examples.ts'
import { libraryWorld, officerOf } from './library-card/library-world.ts'
import {
  listing,
  orderApproved,
  orderListed,
  orderOpened,
  orderPriced,
  orderReviewed,
} from './library-card/order-until.ts'

const ACT = 'cases.actOnStep'

describe('handing in books: one thing wrong at a time', () => {
  const rows: [string, (input: JsonObject) => JsonObject, string, JsonObject][] = [
    ['another case', (i) => ({ ...i, case: '0'.repeat(26) }), 'CASE_NOT_FOUND', {}],
    ['no such step', (i) => ({ ...i, step: 'nowhere' }), 'STEP_NOT_FOUND', { step: 'nowhere' }],
    ['a step not yet open', (i) => ({ ...i, step: 'review' }), 'STEP_NOT_FOUND', {}],
    ['an unknown field', (i) => field(i, 'x', 'y'), 'FIELD_UNKNOWN', { field: 'x' }],
    ['a field left out', (i) => ({ ...i, fields: {} }), 'FIELD_INVALID', { field: 'supplierId' }],
    ['a member id that is none', (i) => field(i, 'supplierId', 'A B'), 'FIELD_INVALID', {}],
    ['no batch', ({ batch: _, ...i }) => i, 'BATCH_MISSING', { section: 'books' }],
    ['four rows', (i) => batch(i, { count: 4 }), 'BATCH_TOO_SMALL', { count: 4, least: 5 }],
    ['a total left out', (i) => total(i, 'price'), 'BATCH_TOTALS', { total: 'price' }],
    ['a total too many', (i) => total(i, 'x', '1.00'), 'BATCH_TOTALS', { total: 'x' }],
    ['a total with one place', (i) => total(i, 'price', '1.0'), 'BATCH_TOTALS', {}],
    ['a whole number as text', (i) => total(i, 'copies', '6'), 'BATCH_TOTALS', { total: 'copies' }],
    ['over the quota', (i) => total(i, 'price', '250.01'), 'OVER_QUOTA', {}],
    ['an unknown outcome', (i) => ({ ...i, outcome: 'lost' }), 'OUTCOME_UNKNOWN', {}],
    ['a member that takes no part', (i) => field(i, 'supplierId', 'nobody'), 'PARTY_INVALID', {}],
    [
      'a record nobody asked for',
      (i) => ({ ...i, record: 'ab'.repeat(16) }),
      'RECORD_UNEXPECTED',
      {},
    ],
  ]
  it.each(rows)('%s', (_name, change, code, facts) => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const refusal = world.refuses('school', ACT, change(listing(world, id)))
    expect(refusal).toMatchObject({ code, ...facts })
    expect(world.openStepsOf(id)).toEqual(['list-books'])
  })

  it('tells the clause and the facts of a check, with the code of the package', () => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const input = total(listing(world, id), 'price', '250.01')
    expect(world.refuses('school', ACT, input)).toEqual({
      code: 'OVER_QUOTA',
      step: 'list-books',
      clause: 'library-statute/1',
      facts: { quota: '250.00' },
    })
    world.does('school', ACT, total(listing(world, id), 'price', '250.00'))
  })
})

function field(input: JsonObject, name: string, value: string): JsonObject {
  return { ...input, fields: { ...(input.fields as JsonObject), [name]: value } }
}

function batch(input: JsonObject, change: JsonObject): JsonObject {
  return { ...input, batch: { ...(input.batch as JsonObject), ...change } }
}

function total(input: JsonObject, name: string, value?: string): JsonObject {
  const { [name]: _, ...others } = (input.batch as JsonObject).totals as JsonObject
  return batch(input, { totals: value === undefined ? others : { ...others, [name]: value } })
}

describe('who may act', () => {
  it('only the holder, with the role', () => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const input = listing(world, id)
    expect(world.refuses('treasury', ACT, input)).toEqual({
      code: 'STEP_NOT_YOURS',
      step: 'list-books',
      holder: 'school',
    })
    const clerk = testSigner({ member: 'school', name: 'clerk', roles: ['reader'] })
    expect(world.refuses(clerk, ACT, input)).toEqual({ code: 'ROLE_MISSING', role: 'buyer' })
  })

  it('not a second time, and not after the case has ended', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    expect(world.refuses('school', ACT, listing(world, id))).toMatchObject({
      code: 'STEP_NOT_OPEN',
      status: 'done',
    })
    world.does('school', 'cases.withdrawCase', { case: id })
    expect(world.refuses('school', ACT, listing(world, id))).toMatchObject({
      code: 'CASE_NOT_OPEN',
      status: 'WITHDRAWN',
    })
  })

  it('a determination and a wait are no acts', () => {
    const world = libraryWorld()
    const listed = orderListed(world)
    expect(world.refuses('city-library', ACT, { case: listed, step: 'price' }).code).toBe(
      'STEP_DETERMINES',
    )
    const other = libraryWorld()
    const approved = orderApproved(other)
    expect(other.refuses('treasury', ACT, { case: approved, step: 'arrival' }).code).toBe(
      'STEP_WAITS',
    )
  })

  it('not the officer who signed the step that four eyes keep apart', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    const act = { case: id, step: 'approve', outcome: 'approved' }
    expect(world.refuses('city-library', ACT, act)).toEqual({ code: 'FOUR_EYES', step: 'price' })
    world.does(officerOf('city-library', 'chief'), ACT, act)
  })
})

describe('joint signatures', () => {
  const approve = (outcome: string, id: string) => ({ case: id, step: 'approve', outcome })

  it('count only together when outcome and fields are the same', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    const reason = world.vault.sealRecord(world.codeOf('book-order'), { reason: { text: 'no' } })
    world.does(officerOf('city-library', 'chief'), ACT, approve('approved', id))
    expect(world.stepOf(id, 'approve')).toMatchObject({ holder: 'treasury', awaits: ['treasury'] })
    const early = { ...approve('refused', id), ...reason }
    expect(world.refuses(officerOf('treasury', 'chief'), ACT, early)).toEqual({
      code: 'RECORD_UNEXPECTED',
    })
    world.does(officerOf('treasury', 'chief'), ACT, approve('refused', id))
    expect(world.openStepsOf(id)).toEqual(['approve'])
    expect(world.stepOf(id, 'approve').awaits).toEqual(['city-library', 'treasury'])
    world.does(officerOf('treasury', 'chief'), ACT, approve('approved', id))
    expect(world.openStepsOf(id)).toEqual(['arrival'])
    const { signatures, outcome } = world.stepOf(id, 'approve')
    expect(outcome).toBe('approved')
    expect(signatures.map(({ member, name }) => `${member}/${name}`)).toEqual([
      'city-library/chief',
      'treasury/chief',
    ])
  })

  it('of one member never suffice, however often it signs', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    for (const name of ['chief', 'deputy', 'third']) {
      world.does(officerOf('city-library', name), ACT, approve('approved', id))
    }
    expect(world.openStepsOf(id)).toEqual(['approve'])
    expect(world.stepOf(id, 'approve').signatures).toHaveLength(1)
  })

  it('need the sealed reason that the outcome asks for', () => {
    const world = libraryWorld()
    const id = orderReviewed(world)
    world.does(officerOf('city-library', 'chief'), ACT, approve('refused', id))
    expect(world.refuses(officerOf('treasury', 'chief'), ACT, approve('refused', id))).toEqual({
      code: 'RECORD_MISSING',
      sections: ['reason'],
    })
    const reason = world.vault.sealRecord(world.codeOf('book-order'), { reason: { text: 'no' } })
    world.does(officerOf('treasury', 'chief'), ACT, { ...approve('refused', id), ...reason })
    expect(world.caseOf(id).status).toBe('REFUSED')
    expect(world.caseOf(id).sealed.reason).toMatchObject({ owner: 'city-library', level: 2 })
  })
})

describe('what comes sealed', () => {
  const commitment = 'ab'.repeat(32)
  const record = 'cd'.repeat(16)
  const rows: [string, JsonObject, string, JsonObject][] = [
    ['no record', {}, 'RECORD_MISSING', { sections: ['reason'] }],
    [
      'a record without sections',
      { record, sections: [] },
      'SECTION_MISSING',
      { section: 'reason' },
    ],
    [
      'a section that nobody asked for',
      {
        record,
        sections: [
          { name: 'payer', level: 2, commitment },
          { name: 'reason', level: 2, commitment },
        ],
      },
      'SECTION_UNEXPECTED',
      { section: 'payer' },
    ],
    [
      'a softer level than the package says',
      { record, sections: [{ name: 'reason', level: 3, commitment }] },
      'SECTION_LEVEL',
      { section: 'reason', level: 2 },
    ],
  ]
  it.each(rows)('%s', (_name, sealed, code, facts) => {
    const world = libraryWorld()
    const fields = { number: 'C-1', kind: 'CHILD', branch: 'city-library' }
    const id = world.open('school', 'library-card', fields)
    const act = { case: id, step: 'decide', outcome: 'refused', fields: { deposit: '0.00' } }
    expect(world.refuses('city-library', ACT, { ...act, ...sealed })).toMatchObject({
      code,
      ...facts,
    })
    const right = { record, sections: [{ name: 'reason', level: 2, commitment }] }
    world.does('city-library', ACT, { ...act, ...right })
    expect(world.ledger.stored(sections).map(({ value }) => value)).toMatchObject([
      { record, section: 'reason', owner: 'city-library', level: 2, commitment, case: id },
    ])
  })

  it('a batch is registered under its root, once', () => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const input = listing(world, id)
    world.does('school', ACT, input)
    const other = world.open('school', 'book-order', { accountNo: 'A-1', term: '2026-10' })
    expect(world.refuses('school', ACT, { ...input, case: other }).code).toBe('BATCH_EXISTS')
  })
})

describe('a correction', () => {
  it('opens the step again as the next round; the old batch stays where it was', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    const first = world.stepOf(id, 'list-books')
    world.does('city-library', ACT, { case: id, step: 'announce', outcome: 'objected' })
    expect(world.openStepsOf(id)).toEqual(['list-books', 'review', 'review'])
    const dearer = FIVE_BOOKS.map((row, at) => (at === 0 ? { ...row, price: '21.00' } : row))
    world.does('school', ACT, listing(world, id, dearer))
    const second = world.stepOf(id, 'list-books')
    expect([first.round, second.round]).toEqual([1, 2])
    expect(world.stepsOf(id)[first.n]).toEqual(first)
    expect(world.caseOf(id).batches.books?.root).toBe(second.batch?.root)
    expect(world.determination(id, 'price').outputs).toMatchObject({ billTotal: '126.50' })
  })
})
