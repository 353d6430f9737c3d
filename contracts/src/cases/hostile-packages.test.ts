/*
 * Goal: a poisoned package harms only its own cases: whatever it asks for is bounded, refused with a named
 * limit, and the next transaction goes on (threat 13).
 * Method: the real executor; packages as an attacker would have them published, each with one poison.
 */
import type { JsonObject } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import type {
  Effect,
  Outcome,
  PackageDocument,
  ServiceDefinition,
  StepDefinition,
} from '../catalogue/package-document.ts'
import { ends, leadsTo, stepOf } from './library-card/book-order.ts'
import { EMPTY_PACKAGE, LIBRARY_CARD } from './library-card/library-card.ts'
import { type LibraryWorld, libraryWorld } from './library-card/library-world.ts'
import { CASE_LIMITS } from './limits.ts'

const CARD = LIBRARY_CARD.service as ServiceDefinition

/** A service of one party with these steps, the first of them opened at once. */
function poison(
  steps: Record<string, StepDefinition>,
  change: Partial<ServiceDefinition> = {},
): PackageDocument {
  return {
    ...EMPTY_PACKAGE,
    kind: 'service',
    name: 'poison',
    service: {
      ...CARD,
      parties: { school: { from: 'opener' } },
      opens: {
        by: 'school',
        fields: {},
        compute: [],
        checks: [],
        then: [Object.keys(steps)[0] as string],
      },
      sections: {},
      steps,
      withdrawal: { by: 'school', while: Object.keys(steps), effects: [] },
      ...change,
    },
  }
}

function worldWith(document: PackageDocument): { world: LibraryWorld; id: string } {
  const world = libraryWorld({ packages: [document] })
  return { world, id: world.open('school', 'poison', {}) }
}

function act(id: string, step = 'one', more: JsonObject = {}): JsonObject {
  return { case: id, step, ...more }
}

const limitOf = (refusal: JsonObject) => [refusal.code, refusal.limit]

/** After a poisoned act the ledger still does its work. */
function goesOn(world: LibraryWorld): void {
  world.open('school', 'library-card', { number: 'C-1', kind: 'CHILD', branch: 'city-library' })
}

function withEffects(effects: readonly Effect[]): Outcome {
  return { ...ends('DONE'), effects }
}

describe('threat 13: loops', () => {
  it('of steps end at the limit of rounds', () => {
    const { world, id } = worldWith(
      poison({ one: stepOf('school', { again: leadsTo('one'), done: ends('DONE') }) }),
    )
    const again = act(id, 'one', { outcome: 'again' })
    for (let round = 1; round < CASE_LIMITS.rounds; round++) {
      world.does('school', 'cases.actOnStep', again)
    }
    expect(limitOf(world.refuses('school', 'cases.actOnStep', again))).toEqual([
      'CASE_LIMIT',
      'rounds',
    ])
    world.does('school', 'cases.actOnStep', act(id, 'one', { outcome: 'done' }))
    goesOn(world)
  })

  it('of child cases that open child cases take one act each', () => {
    const child: Effect = { open: 'poison', as: 'next', fields: {} }
    const { world, id } = worldWith(
      poison({ one: stepOf('school', { done: withEffects([child]) }) }),
    )
    const data = world.does('school', 'cases.actOnStep', act(id))
    expect(data.status).toBe('DONE')
    expect(world.caseOf(id).children.next).toBeDefined()
    expect(world.asks('school', 'cases.listCases', { service: 'poison' })).toMatchObject({
      items: [{ parent: null }, { parent: { case: id, as: 'next' }, status: 'OPEN' }],
    })
  })

  it('in FEEL run out of steps', () => {
    const long = 'count(for i in 1..100000 return for j in 1..100000 return i * j)'
    for (const is of [long, 'count(for i in 1..60000 return i)']) {
      const step = stepOf('school', { done: ends('DONE') })
      const { world, id } = worldWith(
        poison({ one: { ...step, compute: [{ name: 'x', type: 'integer', is }] } }),
      )
      const refusal = world.refuses('school', 'cases.actOnStep', act(id))
      expect(limitOf(refusal)).toEqual(['CASE_LIMIT', 'feelSteps'])
      goesOn(world)
    }
  })

  it('of functions that call themselves run out of depth', () => {
    const is = '{f: function(n) f(n + 1), y: f(1)}.y'
    const step = stepOf('school', { done: ends('DONE') })
    const { world, id } = worldWith(
      poison({ one: { ...step, compute: [{ name: 'x', type: 'integer', is }] } }),
    )
    const { code } = world.refuses('school', 'cases.actOnStep', act(id))
    expect(['CASE_LIMIT', 'VALUE_UNFIT']).toContain(code)
    goesOn(world)
  })
})

describe('threat 13: too much of something', () => {
  const step = stepOf('school', { done: ends('DONE') })

  it('effects', () => {
    const alert: Effect = { alert: 'NOISE', to: ['school'], severity: 'note' }
    const many = Array.from({ length: CASE_LIMITS.effects + 1 }, () => alert)
    const { world, id } = worldWith(poison({ one: stepOf('school', { done: withEffects(many) }) }))
    expect(limitOf(world.refuses('school', 'cases.actOnStep', act(id)))).toEqual([
      'CASE_LIMIT',
      'effects',
    ])
  })

  it('child cases', () => {
    const effects = Array.from(
      { length: CASE_LIMITS.children + 1 },
      (_, at): Effect => ({
        open: 'poison',
        as: `child${at}`,
        fields: {},
      }),
    )
    const { world, id } = worldWith(
      poison({ one: stepOf('school', { done: withEffects(effects) }) }),
    )
    expect(limitOf(world.refuses('school', 'cases.actOnStep', act(id)))).toEqual([
      'CASE_LIMIT',
      'children',
    ])
  })

  it('lines of one journal', () => {
    const post: Effect = {
      post: 'many',
      book: '"A-1"',
      debit: [{ account: '"1001"', amount: '1', each: 'for i in 1..5000 return i' }],
      credit: [{ account: '"2001"', amount: '5000' }],
    }
    const { world, id } = worldWith(
      poison({ one: stepOf('school', { done: withEffects([post]) }) }),
    )
    expect(limitOf(world.refuses('school', 'cases.actOnStep', act(id)))).toEqual([
      'CASE_LIMIT',
      'lines',
    ])
  })

  it('expressions', () => {
    const compute = Array.from({ length: CASE_LIMITS.evaluations + 1 }, (_, at) => ({
      name: `x${at}`,
      type: 'integer' as const,
      is: '1',
    }))
    const { world, id } = worldWith(poison({ one: { ...step, compute } }))
    expect(limitOf(world.refuses('school', 'cases.actOnStep', act(id)))).toEqual([
      'CASE_LIMIT',
      'evaluations',
    ])
  })

  it('parallel steps', () => {
    const names = Array.from({ length: CASE_LIMITS.openSteps + 1 }, (_, at) => `step${at}`)
    const steps: Record<string, StepDefinition> = {
      one: stepOf('school', { done: leadsTo(...names) }),
    }
    for (const name of names) steps[name] = step
    const { world, id } = worldWith(poison(steps))
    expect(limitOf(world.refuses('school', 'cases.actOnStep', act(id)))).toEqual([
      'CASE_LIMIT',
      'openSteps',
    ])
  })

  it('bytes in one record', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`x${at}`, { type: 'digest' as const, many: true }]),
    )
    const { world, id } = worldWith(poison({ one: { ...step, form: { fields, sections: [] } } }))
    const digests = Array.from({ length: 100 }, () => 'ab'.repeat(32))
    const given = Object.fromEntries(Object.keys(fields).map((name) => [name, digests]))
    expect(
      limitOf(world.refuses('school', 'cases.actOnStep', act(id, 'one', { fields: given }))),
    ).toEqual(['CASE_LIMIT', 'recordBytes'])
  })

  it('elements of a list, characters of a key', () => {
    const form = { fields: { x: { type: 'integer' as const, many: true } }, sections: [] }
    const { world, id } = worldWith(poison({ one: { ...step, form } }))
    const fields = { x: Array.from({ length: CASE_LIMITS.fieldElements + 1 }, () => 1) }
    expect(world.refuses('school', 'cases.actOnStep', act(id, 'one', { fields }))).toMatchObject({
      code: 'FIELD_INVALID',
      expected: `at most ${CASE_LIMITS.fieldElements} elements`,
    })
    const key = `string join(for i in 1..${CASE_LIMITS.keyCharacters + 1} return "x", "")`
    const other = worldWith(
      poison({
        one: stepOf('school', {
          done: withEffects([{ amend: 'reading-account', key, fields: {} }]),
        }),
      }),
    )
    expect(other.world.refuses('school', 'cases.actOnStep', act(other.id))).toMatchObject({
      code: 'EFFECT_VALUE',
      member: 'key',
    })
  })
})

describe('threat 13: names and numbers that hurt careless code', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty'])('%s as a field', (name) => {
    const step = stepOf('school', { done: ends('DONE') })
    const fields = Object.fromEntries([[name, { type: 'integer' as const }]])
    const { world, id } = worldWith(poison({ one: { ...step, form: { fields, sections: [] } } }))
    const given = Object.fromEntries([[name, 7]])
    const outcome = world.tries('school', 'cases.actOnStep', act(id, 'one', { fields: given }))
    expect(outcome.code).not.toBe('CONTRACT_FAULT')
    if (outcome.code === 'OK') expect(world.stepOf(id, 'one').values[name]).toBe(7)
    goesOn(world)
  })

  it.each(['constructor', '__proto__', 'toString'])(
    '%s as a step, an outcome, a service',
    (name) => {
      const { world, id } = worldWith(poison({ one: stepOf('school', { done: ends('DONE') }) }))
      expect(world.tries('school', 'cases.actOnStep', act(id, name)).code).not.toBe(
        'CONTRACT_FAULT',
      )
      expect(
        world.tries('school', 'cases.actOnStep', act(id, 'one', { outcome: name })).code,
      ).not.toBe('OK')
      expect(world.tries('school', 'cases.openCase', { service: name }).code).not.toBe(
        'CONTRACT_FAULT',
      )
      goesOn(world)
    },
  )

  it.each(['constructor', 'toString', 'valueOf'])(
    '%s as a party, a reference, a payment that nobody ordered',
    (name) => {
      const only = (value: unknown) => Object.fromEntries([[name, value]])
      const waiting = { ...stepOf('school', { done: ends('DONE') }), wait: { payment: name } }
      const steps = {
        one: stepOf('school', { done: leadsTo('two'), ask: leadsTo('three') }),
        two: waiting,
        three: stepOf(name, { done: ends('DONE') }),
      }
      const parties = { school: { from: 'opener' }, ...only({ from: 'null' }) }
      const references = only({ register: 'shelf', key: 'null', optional: true })
      const change = { parties, references } as Partial<ServiceDefinition>
      const { world, id } = worldWith(poison(steps, change))
      expect(
        world.refuses('school', 'cases.actOnStep', act(id, 'one', { outcome: 'done' })).code,
      ).toBe('WAIT_UNKNOWN')
      expect(
        world.refuses('school', 'cases.actOnStep', act(id, 'one', { outcome: 'ask' })).code,
      ).toBe('PARTY_UNBOUND')
      goesOn(world)
    },
  )

  it.each(['1e30', '10 ** 40', '1 / 3', '0 - 0.005', '1e6000 * 1e6000', '1 / 0'])(
    '%s as money is refused, not rounded',
    (is) => {
      const step = stepOf('school', { done: ends('DONE') })
      const compute = [{ name: 'x', type: 'money' as const, is }]
      const { world, id } = worldWith(poison({ one: { ...step, compute } }))
      expect(world.refuses('school', 'cases.actOnStep', act(id))).toEqual({
        code: 'VALUE_UNFIT',
        name: 'x',
        expected: 'money',
      })
    },
  )
})

describe('threat 13: a package at odds with itself', () => {
  it('two conditions that hold at once', () => {
    const steps = {
      one: stepOf('school', {
        a: { ...ends('DONE'), when: 'true' },
        b: { ...ends('DONE'), when: 'true' },
      }),
    }
    const { world, id } = worldWith(poison(steps))
    expect(world.refuses('school', 'cases.actOnStep', act(id))).toEqual({
      code: 'OUTCOME_AMBIGUOUS',
      step: 'one',
      outcomes: ['a', 'b'],
    })
  })

  it('no condition that holds; an actor that wants another outcome than the conditions', () => {
    const steps = {
      one: stepOf('school', {
        a: { ...ends('DONE'), when: 'false' },
        b: { ...ends('DONE'), when: 'null' },
      }),
    }
    const { world, id } = worldWith(poison(steps))
    expect(world.refuses('school', 'cases.actOnStep', act(id)).code).toBe('OUTCOME_NONE')
    const other = worldWith(
      poison({ one: stepOf('school', { a: { ...ends('DONE'), when: 'true' }, b: ends('DONE') }) }),
    )
    const chosen = act(other.id, 'one', { outcome: 'b' })
    expect(other.world.refuses('school', 'cases.actOnStep', chosen)).toEqual({
      code: 'OUTCOME_NOT_CHOSEN',
      step: 'one',
      outcome: 'a',
    })
    other.world.does('school', 'cases.actOnStep', act(other.id, 'one', { outcome: 'a' }))
  })

  it('an outcome that leads nowhere', () => {
    const { world, id } = worldWith(poison({ one: stepOf('school', { done: leadsTo() }) }))
    expect(world.refuses('school', 'cases.actOnStep', act(id))).toEqual({
      code: 'NOTHING_FOLLOWS',
      step: 'one',
      outcome: 'done',
    })
  })

  it('an opening after which there is nothing to do', () => {
    const joined = { ...stepOf('school', { done: ends('DONE') }), join: { of: ['two'] } }
    const steps = { one: joined, two: stepOf('school', { done: leadsTo('one') }) }
    const world = libraryWorld({ packages: [poison(steps)] })
    expect(world.refuses('school', 'cases.openCase', { service: 'poison' })).toEqual({
      code: 'NOTHING_FOLLOWS',
      step: null,
      outcome: null,
    })
  })

  it('a wait for what was never ordered, a release of what was never expected', () => {
    const waiting = { ...stepOf('school', { done: ends('DONE') }), wait: { payment: 'nothing' } }
    const { world, id } = worldWith(
      poison({
        one: stepOf('school', {
          wait: leadsTo('two'),
          release: { ...ends('DONE'), effects: [{ release: 'nothing' }] },
        }),
        two: waiting,
      }),
    )
    expect(world.refuses('school', 'cases.actOnStep', act(id, 'one', { outcome: 'wait' }))).toEqual(
      {
        code: 'WAIT_UNKNOWN',
        step: 'two',
        name: 'nothing',
      },
    )
    expect(
      world.refuses('school', 'cases.actOnStep', act(id, 'one', { outcome: 'release' })),
    ).toEqual({
      code: 'EXPECTATION_UNKNOWN',
      name: 'nothing',
    })
  })
})
