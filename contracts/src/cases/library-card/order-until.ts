import type { JsonObject } from '@renshe/crypto'
import { FIVE_BOOKS } from './book-order-examples.ts'
import { type LibraryWorld, officerOf } from './library-world.ts'

/** An order that has just been opened. */
export function orderOpened(world: LibraryWorld): string {
  return world.open('school', 'book-order', { accountNo: 'A-1', term: '2026-09' })
}

/** The input of handing in books. */
export function listing(
  world: LibraryWorld,
  id: string,
  rows: readonly JsonObject[] = FIVE_BOOKS,
): JsonObject {
  const batch = world.vault.sealBatch(world.codeOf('book-order'), 'books', rows)
  return { case: id, step: 'list-books', fields: { supplierId: 'bookshop' }, batch }
}

/** An order whose books are handed in: two members must compute the bill. */
export function orderListed(world: LibraryWorld): string {
  const id = orderOpened(world)
  world.does('school', 'cases.actOnStep', listing(world, id))
  return id
}

/** An order with its bill: reviewers and the notice run in parallel. */
export function orderPriced(world: LibraryWorld): string {
  const id = orderListed(world)
  const parts = world.determination(id, 'price')
  world.does('city-library', 'cases.determineStep', parts)
  world.does('treasury', 'cases.determineStep', parts)
  return id
}

/** An order that two members must approve together. */
export function orderReviewed(world: LibraryWorld): string {
  const id = orderPriced(world)
  for (const reviewer of ['first-reviewer', 'second-reviewer']) {
    world.does(reviewer, 'cases.actOnStep', { case: id, step: 'review', fields: { approve: true } })
  }
  world.advanceTo('2026-10-04T00:00')
  world.does('school', 'cases.lapseStep', { case: id, step: 'announce' })
  return id
}

/** An order that waits for money. */
export function orderApproved(world: LibraryWorld): string {
  const id = orderReviewed(world)
  for (const member of ['city-library', 'treasury']) {
    const act = { case: id, step: 'approve', outcome: 'approved' }
    world.does(officerOf(member, 'chief'), 'cases.actOnStep', act)
  }
  return id
}

/** An order whose money has come: two members must allocate it. */
export function orderArrived(world: LibraryWorld): string {
  const id = orderApproved(world)
  const expectation = world.caseOf(id).expectations.collect as string
  world.does('treasury', 'cases.recordArrival', {
    expectation,
    entry: 'bank-1',
    amount: '125.50',
    valueDate: '2026-10-05',
  })
  return id
}
