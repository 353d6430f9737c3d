/*
 * Goal: worked examples of the fictional library are played through the real executor, and a wrong
 * expectation is told with the act, what was expected and what came.
 * Method: every example of the packages in library-card/, then one changed in one place.
 */
import { describe, expect, it } from 'vitest'
import { compilePackage } from '../catalogue/compiled-package.ts'
import type { CaseExample, ExampleAct } from '../catalogue/package-document.ts'
import { BOOK_ORDER } from './library-card/book-order.ts'
import { exampleOf, OPEN_ORDER, WHOLE_ORDER } from './library-card/book-order-examples.ts'
import { LIBRARY_CARD } from './library-card/library-card.ts'
import { LIBRARY_RULES } from './library-card/library-rules.ts'
import { SHELF_NOTE } from './library-card/shelf-note.ts'
import { playCaseExamples } from './play-case-examples.ts'
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

describe('an example that is wrong', () => {
  const [granted] = LIBRARY_CARD.examples.cases as readonly [CaseExample, ...CaseExample[]]
  const last = granted.acts.at(-1) as ExampleAct

  const playWith = (act: ExampleAct) =>
    playExample(LIBRARY_CARD, [], { ...granted, acts: [...granted.acts.slice(0, -1), act] })

  const rows: [string, ExampleAct, string, unknown, unknown][] = [
    [
      'an expected refusal that does not come',
      { ...last, expect: { refused: 'NO' } },
      'refused',
      'NO',
      'OK',
    ],
    ['another status', { ...last, expect: { status: 'REFUSED' } }, 'status', 'REFUSED', 'GRANTED'],
    ['another open step', { ...last, expect: { open: ['decide'] } }, 'open', ['decide'], []],
    [
      'another value',
      { ...last, expect: { values: { deposit: '20.01' } } },
      'values.deposit',
      '20.01',
      '20.00',
    ],
    ['a value that is not there', { ...last, expect: { values: { x: 1 } } }, 'values.x', 1, null],
    [
      'an alert that was not raised',
      { ...last, expect: { alerts: ['LATE'] } },
      'alerts.LATE',
      'LATE',
      [],
    ],
    [
      'a balance of no book',
      { ...last, expect: { balances: { 1001: '0.00' } } },
      'balances.1001',
      '0.00',
      null,
    ],
    [
      'an entry that says something else',
      {
        ...last,
        expect: { entries: [{ register: 'library-card', key: 'C-1', fields: { kind: 'ADULT' } }] },
      },
      'entries.library-card/C-1.kind',
      'ADULT',
      'CHILD',
    ],
    [
      'time that goes back',
      { ...last, at: '2026-09-04T09:00' },
      'at',
      'a later time',
      '2026-09-04T09:00',
    ],
  ]
  it.each(rows)(
    '%s: told with act, what was expected and what came',
    (_name, act, what, expected, came) => {
      const play = playWith(act)
      expect(play.ok).toBe(false)
      expect(play.failures).toContainEqual({ act: 2, what, expected, came })
    },
  )

  it('a refusal that nobody expected is told with its facts, and ends the play', () => {
    const acts = granted.acts.map((act) => ({ ...act, expect: {} }))
    const play = playExample(LIBRARY_CARD, [], { ...granted, acts })
    expect(play.failures).toEqual([
      {
        act: 1,
        what: 'refused',
        expected: 'OK',
        came: {
          code: 'DEPOSIT_TOO_HIGH',
          data: {
            step: 'decide',
            clause: 'library-statute/1',
            facts: { most: '50.00' },
          },
        },
      },
    ])
    expect(play.log.map(({ code }) => code)).toEqual(['OK', 'DEPOSIT_TOO_HIGH'])
  })

  it('is played alike every time: nothing of the machine is in it', () => {
    const play = () =>
      playExample(BOOK_ORDER, [LIBRARY_RULES, LIBRARY_CARD, SHELF_NOTE], WHOLE_ORDER)
    expect(play()).toEqual(play())
  })
})

describe('the player of a publication', () => {
  it('plays with what is used or published, refuses what is neither, and points at the place', () => {
    const rules = compilePackage(LIBRARY_RULES, [])
    const example = exampleOf('short', [{ ...OPEN_ORDER, expect: { status: 'CLOSED' } }])
    const played = { ...example, world: { ...example.world, packages: ['library-rules'] } }
    const packages = ['library-card', 'elsewhere']
    const unplayed = { ...example, world: { ...example.world, packages } }
    const [card, note] = [LIBRARY_CARD, SHELF_NOTE].map((own) => compilePackage(own, [rules]))
    const published = new Map([
      ['library-card', card],
      ['shelf-note', note],
    ])
    const cases = [played, unplayed, WHOLE_ORDER]
    const document = { ...BOOK_ORDER, examples: { rules: [], cases } }
    const findPackage = (name: string) => published.get(name)
    expect(playCaseExamples(compilePackage(document, [rules]), findPackage)).toEqual([
      {
        path: '/examples/cases/0/acts/0/expect/status',
        code: 'EXAMPLE_DIFFERS',
        expected: 'CLOSED',
        came: 'OPEN',
        severity: 'error',
      },
      expect.objectContaining({
        path: '/examples/cases/1/world/packages',
        code: 'EXAMPLE_PACKAGE_MISSING',
        came: '["elsewhere"]',
        severity: 'error',
      }),
    ])
  })
})
