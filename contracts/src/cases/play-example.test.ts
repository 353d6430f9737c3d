/*
 * Goal: worked examples of the fictional library are played through the real executor, and a wrong
 * expectation is told with the act, what was expected and what came.
 * Method: every example of the packages in library-card/, then one changed in one place.
 */
import { describe, expect, it } from 'vitest'
import { LIBRARY_CARD } from './library-card/library-card.ts'
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
