/*
 * Goal: the packages that the core's tests use are packages as anyone could publish them: the checker finds
 * nothing in them, and their rule examples hold.
 * Method: the static check of the catalogue over each.
 */
import { describe, expect, it } from 'vitest'
import { checkPackage } from '../../catalogue/check/check-package.ts'
import { compilePackage } from '../../catalogue/compiled-package.ts'
import { runRuleExamples } from '../../catalogue/examples.ts'
import { BOOK_ORDER } from './book-order.ts'
import { LIBRARY_CARD } from './library-card.ts'
import { LIBRARY_RULES } from './library-rules.ts'
import { SHELF_NOTE } from './shelf-note.ts'

const RULES = compilePackage(LIBRARY_RULES, [])
const SERVICES = [LIBRARY_CARD, BOOK_ORDER, SHELF_NOTE]

describe('the checker finds nothing in', () => {
  it.each([LIBRARY_RULES, ...SERVICES].map((document) => [document.name, document] as const))(
    '%s',
    (_name, document) => {
      const libraries = document.uses.length === 0 ? [] : [RULES]
      const options = { libraries, services: SERVICES.map(({ name }) => name) }
      expect(checkPackage(JSON.parse(JSON.stringify(document)), options)).toEqual([])
    },
  )

  it('the examples of the rules', () => {
    expect(runRuleExamples(RULES)).toEqual([])
  })
})
