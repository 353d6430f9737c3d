import type { Context } from '@renshe/kernel'
import { chartOf, findChartFault } from './chart.ts'
import { residuePlaces, zeroText } from './exact.ts'
import { type Book, books, charts, type SubledgerHead } from './records.ts'
import { refuse } from './refusals.ts'
import { EMPTY_TREE } from './subledger-trees.ts'
import type { BookTerms } from './terms.ts'

const MOST_PLACES = 8

/**
 * Opens a set of accounts, all at zero. A plan that brings balances along posts them as its first
 * journal, of kind `opening`.
 */
export function openBook(ctx: Context, terms: BookTerms): void {
  const { book, unitPlaces, navPlaces, owner } = terms
  const chart = chartOf(terms.definition)
  const fault = findChartFault(chart)
  if (ctx.state(books).has(book)) refuse(ctx, { code: 'BOOK_EXISTS', book })
  if (fault !== undefined) refuse(ctx, { code: 'CHART_INVALID', book, ...fault })
  if (!isPlaces(unitPlaces) || !isPlaces(navPlaces)) {
    refuse(ctx, { code: 'BOOK_PLACES', book, unitPlaces, navPlaces })
  }
  if (chart.subledger !== null && owner === null) {
    refuse(ctx, { code: 'SUBLEDGER_OWNER_MISSING', book })
  }

  const opened: Book = {
    v: 1,
    book,
    chart: { package: terms.chart.package, name: terms.chart.name },
    unitPlaces,
    navPlaces,
    custodian: terms.custodian ?? null,
    opened: { case: terms.caseId, at: ctx.time },
    journals: 0,
    carried: zeroText(residuePlaces(unitPlaces, navPlaces)),
    subledger: chart.subledger === null || owner === null ? null : emptyHead(ctx, book, owner),
  }
  ctx.state(charts).put([terms.chart.package, terms.chart.name], chart)
  ctx.state(books).put(book, opened)
  ctx.emit('BookOpened', { book, case: terms.caseId })
}

function isPlaces(places: number): boolean {
  return Number.isInteger(places) && places >= 0 && places <= MOST_PLACES
}

function emptyHead(ctx: Context, book: string, owner: string): SubledgerHead {
  return {
    owner,
    next: ctx.newId(postingLabel(book, 1)),
    previous: null,
    balances: EMPTY_TREE,
    sum: {},
    postings: 0,
  }
}

/** Label of the id that a sub-ledger's posting will have: minted one posting ahead. */
export function postingLabel(book: string, posting: number): string {
  return `posting/${book}/${posting}`
}
