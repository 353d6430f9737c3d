import type { Context } from '@renshe/kernel'
import { type Book, books, charts } from './records.ts'
import { refuse } from './refusals.ts'

/** The accounts of a book that money of unknown purpose is booked on. */
export function getSuspense(ctx: Context, book: Book): { debit: string; credit: string } {
  const { suspense } = ctx.state(charts).get([book.chart.package, book.chart.name])
  return suspense ?? refuse(ctx, { code: 'SUSPENSE_NOT_KEPT', book: book.book })
}

/** The book, if the member is its custodian. */
export function getBookOfCustodian(ctx: Context, book: string, member: string): Book {
  const found = ctx.state(books).find(book)
  if (found === undefined) refuse(ctx, { code: 'BOOK_NOT_FOUND', book })
  if (found.custodian !== member) refuse(ctx, { code: 'NOT_THE_CUSTODIAN', book, member })
  return found
}
