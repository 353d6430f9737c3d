/*
 * Goal: a case is withdrawn only by whom and while the package says; a party's place goes to another member
 * with its open steps and grants, in every open case about the same entry.
 * Method: the real executor with several orders of one account.
 */
import { amendments } from '@renshe/kernel'
import { describe, expect, it } from 'vitest'
import { grants } from '../access/records.ts'
import type { Outcome, ServiceDefinition } from '../catalogue/package-document.ts'
import { expectations } from '../funds/records.ts'
import { watches } from '../supervision/records.ts'
import { type LibraryWorld, libraryWorld, officerOf } from './library-card/library-world.ts'
import {
  listing,
  orderApproved,
  orderListed,
  orderOpened,
  orderPriced,
} from './library-card/order-until.ts'
import { SHELF_NOTE } from './library-card/shelf-note.ts'

const WITHDRAW = 'cases.withdrawCase'

describe('withdrawing', () => {
  it('is for the party that the package names', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    expect(world.refuses('city-library', WITHDRAW, { case: id })).toEqual({
      code: 'WITHDRAWAL_NOT_YOURS',
      party: 'school',
    })
  })

  it('is too late while a step is open that the package does not name', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    expect(world.refuses('school', WITHDRAW, { case: id })).toEqual({
      code: 'WITHDRAWAL_TOO_LATE',
      open: ['review', 'review', 'announce'],
    })
  })

  it('is refused where the package knows none', () => {
    const world = libraryWorld()
    const id = world.open('city-library', 'shelf-note', { accountNo: 'A-1', term: '2026-09' })
    expect(world.refuses('city-library', WITHDRAW, { case: id })).toEqual({
      code: 'WITHDRAWAL_NOT_FORESEEN',
      service: 'shelf-note',
    })
  })

  it('cancels open steps, performs its effects, lets grants run out and ends the watches', () => {
    const world = libraryWorld()
    const id = orderApproved(world)
    world.does('school', WITHDRAW, { case: id })
    expect(world.caseOf(id).status).toBe('WITHDRAWN')
    expect(world.stepOf(id, 'arrival')).toMatchObject({
      status: 'cancelled',
      awaits: [],
      endedBy: { by: 'end', member: 'school' },
    })
    const [expectation] = world.ledger.stored(expectations)
    expect(expectation?.value.state).toBe('cancelled')
    const ended = world.caseOf(id).endedAt as number
    for (const { value } of world.ledger.stored(grants)) {
      expect(value.notAfter as number).toBeGreaterThan(ended)
    }
    expect(world.ledger.stored(watches)).toEqual([])
    expect(world.refuses('school', WITHDRAW, { case: id }).code).toBe('CASE_NOT_OPEN')
  })
})

describe('what no longer stands', () => {
  it('is amended under the transaction that did it: replaced by a later round, or withdrawn', () => {
    const world = libraryWorld()
    const id = orderPriced(world)
    const [listed] = world.stepsOf(id)
    world.does('city-library', 'cases.actOnStep', {
      case: id,
      step: 'announce',
      outcome: 'objected',
    })
    const subject = listed?.endedBy?.txId as string
    expect(world.ledger.state(amendments).find(subject)).toBeUndefined()
    world.does('school', 'cases.actOnStep', listing(world, id))
    const replaced = world.stepOf(id, 'list-books')
    expect(world.ledger.state(amendments).find(subject)).toMatchObject({
      kind: 'superseded',
      by: replaced.endedBy?.txId,
    })
    const other = world.open('school', 'book-order', { accountNo: 'A-1', term: '2026-10' })
    world.does('school', 'cases.actOnStep', listing(world, other))
    world.does('school', WITHDRAW, { case: other })
    const txId = world.stepOf(other, 'list-books').endedBy?.txId as string
    expect(world.ledger.state(amendments).find(txId)?.kind).toBe('withdrawn')
  })
})

function move(world: LibraryWorld, next = 'county-library') {
  const fields = { accountNo: 'A-1', term: '2026-09', nextLibrary: next }
  const id = world.open('city-library', 'shelf-note', fields)
  return { case: id, step: 'note', outcome: 'moved' }
}

/** `owner → holder` of every grant in force. */
function inForce(world: LibraryWorld, id: string): string[] {
  const found: string[] = []
  for (const { value } of world.ledger.stored(grants)) {
    const {
      holder,
      owner,
      notAfter,
      case: of,
    } = value as never as {
      holder: { member: string }
      owner: string
      notAfter: number | null
      case: string
    }
    if (of === id && notAfter === null) found.push(`${owner} → ${holder.member}`)
  }
  return [...new Set(found)].sort()
}

describe('another member in the place of a party', () => {
  it('takes over open steps and grants of every open case about the entry', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    world.does('city-library', 'cases.actOnStep', move(world))
    expect(world.caseOf(id).parties.library).toBe('county-library')
    expect(world.stepOf(id, 'price')).toMatchObject({
      holder: 'county-library',
      awaits: ['county-library', 'treasury'],
    })
    expect(inForce(world, id)).toEqual([
      'city-library → school',
      'city-library → treasury',
      'county-library → school',
      'county-library → treasury',
      'treasury → county-library',
    ])
    const parts = world.determination(id, 'price')
    expect(world.refuses('city-library', 'cases.determineStep', parts).code).toBe('STEP_NOT_YOURS')
    world.does('county-library', 'cases.determineStep', parts)
    world.does('treasury', 'cases.determineStep', parts)
    expect(world.openStepsOf(id)).toEqual(['announce', 'review', 'review'])
  })

  it('what the one that left has computed counts no more', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    const parts = world.determination(id, 'price')
    world.does('city-library', 'cases.determineStep', parts)
    world.does('treasury', 'cases.determineStep', { ...parts, trace: '0'.repeat(64) })
    expect(world.stepOf(id, 'price').status).toBe('disputed')
    world.does('city-library', 'cases.actOnStep', move(world))
    expect(world.stepOf(id, 'price')).toMatchObject({
      status: 'open',
      differs: [],
      awaits: ['county-library'],
    })
    expect(world.stepOf(id, 'price').submissions.map(({ member }) => member)).toEqual(['treasury'])
  })

  it('leaves cases that have ended, and other parties, as they are', () => {
    const world = libraryWorld()
    const ended = orderOpened(world)
    world.does('school', WITHDRAW, { case: ended })
    const open = orderOpened(world)
    world.does('city-library', 'cases.actOnStep', move(world))
    expect(world.caseOf(ended).parties.library).toBe('city-library')
    expect(world.caseOf(open).parties).toMatchObject({
      library: 'county-library',
      treasurer: 'treasury',
      school: 'school',
    })
    world.does('school', 'cases.actOnStep', listing(world, open))
    expect(world.stepOf(open, 'price').holder).toBe('county-library')
  })

  it('is refused where the members that must agree would become one', () => {
    const world = libraryWorld()
    orderListed(world)
    expect(world.refuses('city-library', 'cases.actOnStep', move(world, 'treasury'))).toEqual({
      code: 'MEMBERS_TOO_FEW',
      step: 'price',
      need: 2,
      members: 1,
    })
  })

  it('is refused for a member that takes no part', () => {
    const world = libraryWorld()
    const fields = { accountNo: 'A-1', term: '2026-09' }
    const id = world.open('city-library', 'shelf-note', fields)
    const act = { case: id, step: 'note', outcome: 'moved' }
    expect(world.refuses('city-library', 'cases.actOnStep', act)).toEqual({
      code: 'EFFECT_VALUE',
      effect: 'rebind',
      member: 'to',
      expected: 'a member id',
    })
  })
})

describe('effects on registers', () => {
  it('record, amend and close an entry; a closed one is closed for good', () => {
    const world = libraryWorld()
    const note = (outcome: string, copies?: number) => {
      const id = world.open('city-library', 'shelf-note', { accountNo: 'A-1', term: '2026-09' })
      return { case: id, step: 'note', outcome, fields: copies === undefined ? {} : { copies } }
    }
    const act = 'cases.actOnStep'
    expect(world.refuses('city-library', act, note('amended', 1)).code).toBe('ENTRY_NOT_FOUND')
    expect(world.refuses('city-library', act, note('recorded'))).toMatchObject({
      code: 'EFFECT_VALUE',
      member: 'copies',
      expected: 'integer',
    })
    world.does('city-library', act, note('recorded', 1))
    expect(world.refuses('city-library', act, note('recorded', 1)).code).toBe('ENTRY_EXISTS')
    world.does('city-library', act, note('amended', 2))
    world.does('city-library', act, note('closed'))
    expect(world.refuses('city-library', act, note('amended', 3)).code).toBe('ENTRY_CLOSED')
  })

  it('name only members that take part', () => {
    const service = SHELF_NOTE.service as ServiceDefinition
    const note = service.steps.note as NonNullable<(typeof service.steps)[string]>
    const record = { record: 'shelf', key: '"A-1/x"', owner: '"ghost"', fields: { copies: '1' } }
    const recorded = { ...(note.outcomes.recorded as Outcome), effects: [record] }
    const steps = { note: { ...note, outcomes: { ...note.outcomes, recorded } } }
    const world = libraryWorld({ packages: [{ ...SHELF_NOTE, service: { ...service, steps } }] })
    const id = world.open('city-library', 'shelf-note', { accountNo: 'A-1', term: '2026-09' })
    const act = { case: id, step: 'note', outcome: 'recorded' }
    expect(world.refuses('city-library', 'cases.actOnStep', act)).toEqual({
      code: 'PARTY_INVALID',
      party: 'owner',
      member: 'ghost',
    })
  })

  it('belong to whoever signed: a foreign officer changes nothing', () => {
    const world = libraryWorld()
    const id = world.open('city-library', 'shelf-note', { accountNo: 'A-1', term: '2026-09' })
    const act = { case: id, step: 'note', outcome: 'recorded', fields: { copies: 1 } }
    expect(world.refuses(officerOf('treasury'), 'cases.actOnStep', act).code).toBe('STEP_NOT_YOURS')
  })
})
