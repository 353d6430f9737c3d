import type { QueryView, Reader } from '@renshe/kernel'
import type { Book } from './records.ts'
import { books } from './records.ts'

/**
 * Everything that funds keep is L1: every member of the chain reads it, nobody else. What only some
 * may see (rows of persons, account numbers, bank references) is not here but sealed.
 *
 * @source domain/annuity.md section 8
 */
export function isOfChain(reader: Reader): boolean {
  return reader.member !== null
}

/** The book; refuses `BOOK_NOT_FOUND`. */
export function getBookOf(view: QueryView, book: string): Book {
  return view.state(books).find(book) ?? view.refuse({ code: 'BOOK_NOT_FOUND', book })
}
