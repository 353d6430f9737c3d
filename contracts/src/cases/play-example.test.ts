/*
 * Goal: worked examples of the fictional library are played through the real executor, and a wrong
 * expectation is told with the act, what was expected and what came.
 * Method: every example of the packages in library-card/, then one changed in one place.
 */
import { describe, expect, it } from 'vitest'
import { BOOK_ORDER, SHELF_NOTE } from './library-card/book-order.ts'
import { WHOLE_ORDER } from './library-card/book-order-examples.ts'
import { LIBRARY_CARD } from './library-card/library-card.ts'
import { LIBRARY_RULES } from './library-card/library-rules.ts'
import { playExample } from './play-example.ts'

describe('examples of the library card', () => {
  for (const example of LIBRARY_CARD.examples.cases) {
    it(example.name, () => {
      const play = playExample(LIBRARY_CARD, [], example)
      expect(play.failures).toEqual([])
      expect(play.ok).toBe(true)
    })
  }
})

describe('the book order', () => {
  it('goes its whole way', () => {
    const play = playExample(BOOK_ORDER, [LIBRARY_RULES, LIBRARY_CARD, SHELF_NOTE], WHOLE_ORDER)
    expect(play.failures).toEqual([])
  })
})
