/*
 * Goal: what a case rests on is fixed when it opens: package, rules with their clauses, published values.
 * Method: a real consortium; two library cards are asked for, before and after a second version of rule,
 * value and clause is published on the very same day, and both are decided afterwards.
 */
import { type JsonObject, toBase64Url } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { packageBytes, packageHash, ruleHash } from '../catalogue/catalogue-hash.ts'
import type { PackageDocument } from '../catalogue/package-document.ts'
import { getRule } from '../catalogue/packages.ts'
import { findParameter } from '../catalogue/parameters.ts'
import { clauses } from '../catalogue/records.ts'
import { TestConsortium } from '../testing.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { EMPTY_PACKAGE, LIBRARY_CARD } from './library-card/library-card.ts'
import { cases, steps } from './records.ts'

const RULE = 'deposit-rules.deposit'
const [STATUTE] = EMPTY_PACKAGE.law

const DEPOSIT_RULES: PackageDocument = {
  ...EMPTY_PACKAGE,
  name: 'deposit-rules',
  law: [
    { ...STATUTE, id: 'deposit-statute/2', instrument: 'Deposit statute', article: '2' } as never,
  ],
  basis: ['deposit-statute/2'],
  parameters: [
    {
      parameter: 'deposit-rules.yuan-per-year',
      value: '2.00',
      region: '000000',
      effectiveFrom: '2020-01-01',
      effectiveTo: null,
      basis: 'deposit-statute/2',
    },
  ],
  rules: [
    {
      id: RULE,
      title: { zh: '押金', en: 'Deposit' },
      clause: ['deposit-statute/2'],
      effectiveFrom: '2020-01-01',
      facts: [{ name: 'years', type: 'int' }],
      outputs: [{ name: 'most', type: 'money' }],
      steps: [{ name: 'most', expression: 'years * parameter("deposit-rules.yuan-per-year")' }],
      parameters: ['deposit-rules.yuan-per-year'],
    },
  ],
  examples: {
    rules: [example({ years: 5 }, '5 × 2.00 = 10.00', '10.00')],
    cases: [],
  },
}

function example(facts: JsonObject, arithmetic: string, most: string) {
  const place = { on: '2026-09-20', region: '000000', source: 'hand' as const }
  return { rule: RULE, name: 'worked', ...place, arithmetic, facts, outputs: { most } }
}

/** Another factor, another value, and the clause in new words, all from today on. */
function secondVersion(today: string): PackageDocument {
  const [clause] = DEPOSIT_RULES.law
  const [value] = DEPOSIT_RULES.parameters
  const [rule] = DEPOSIT_RULES.rules
  const expression = '10 + years * parameter("deposit-rules.yuan-per-year")'
  return {
    ...DEPOSIT_RULES,
    version: '2.0.0',
    effectiveFrom: today,
    law: [clause, { ...clause, effectiveFrom: today, quotation: 'Ten more than before.' }] as never,
    parameters: [{ ...value, value: '3.00' }] as never,
    rules: [{ ...rule, effectiveFrom: today, steps: [{ name: 'most', expression }] }] as never,
    examples: {
      rules: [{ ...example({ years: 5 }, '10 + 5 × 3.00 = 25.00', '25.00'), on: today }],
      cases: [],
    },
  }
}

/** The card's service, whose library asks the rule when it decides. */
function cardService(): PackageDocument {
  const { service } = LIBRARY_CARD
  if (service === null) throw new Error('the library card is a service')
  const decide = {
    ...service.steps.decide,
    compute: [{ name: 'ceiling', rule: RULE, facts: { years: '5' } }],
  }
  return {
    ...LIBRARY_CARD,
    uses: ['deposit-rules'],
    law: LIBRARY_CARD.law,
    service: { ...service, steps: { decide } } as never,
    examples: { rules: [], cases: [] },
  }
}

const MEMBERS = [
  { id: 'city', roles: ['LIB'], officers: { 'l-1': ['librarian'] } },
  { id: 'school', roles: ['SCH'], officers: { 's-1': ['buyer'] } },
]

function library() {
  const made = new TestConsortium({ members: MEMBERS, packages: [DEPOSIT_RULES, cardService()] })
  const { world } = made
  const open = (number: string): string => {
    const input = {
      service: 'library-card',
      fields: { number, kind: 'CHILD', branch: 'city' },
    }
    return (world.does(made.signer('school', 's-1'), 'cases.openCase', input) as JsonObject)
      .case as string
  }
  const decide = (id: string) => {
    const input = { case: id, step: 'decide', outcome: 'granted', fields: { deposit: '5.00' } }
    world.does(made.signer('city', 'l-1'), 'cases.actOnStep', input)
    const [step] = [...world.state(steps).range({ prefix: [id] })].map(([, one]) => one)
    return { values: step?.values, rules: step?.rules }
  }
  const publish = (document: PackageDocument): void => {
    const bytes = packageBytes(document)
    const hash = packageHash(bytes)
    const signer = made.signer('city')
    world.does(signer, 'catalogue.putPart', { part: hash, bytes: toBase64Url(bytes) })
    const { proposal } = world.does(signer, 'catalogue.proposePackage', {
      package: hash,
      size: bytes.length,
      parts: [hash],
    }) as { proposal: string }
    made.vote(proposal, ['city', 'school'])
  }
  return { made, world, open, decide, publish }
}

describe('a case opened before a new version', () => {
  it('keeps rule, published value and clause of its opening; the next one has the new ones', () => {
    const { world, open, decide, publish } = library()
    const today = legalDay(world.time)
    const older = open('C-1')
    const next = secondVersion(today)
    publish(next)
    const newer = open('C-2')
    expect(legalDay(world.time)).toBe(today)
    expect(findParameter(world, 'deposit-rules.yuan-per-year', today)?.value).toBe('3.00')

    const [oldRule, newRule] = [DEPOSIT_RULES, next].map(({ rules: [rule] }) =>
      ruleHash(rule as PackageDocument['rules'][number]),
    )
    const lockOf = (id: string) => world.state(cases).get(id).lock.rules[RULE]
    expect([lockOf(older), lockOf(newer)]).toEqual([oldRule, newRule])
    expect(decide(older)).toMatchObject({
      values: { ceiling: { most: '10.00' } },
      rules: [{ rule: RULE, hash: oldRule }],
    })
    expect(decide(newer)).toMatchObject({
      values: { ceiling: { most: '25.00' } },
      rules: [{ rule: RULE, hash: newRule }],
    })

    const words = [...world.state(clauses).index('byId', { prefix: ['deposit-statute/2'] })]
    expect(words.map(([, { quotation }]) => quotation)).toEqual([
      'Everyone may read.',
      'Ten more than before.',
    ])
    const refuse = (reason: { code: string }): never => {
      throw new Error(reason.code)
    }
    const view = { state: world.state.bind(world), refuse }
    expect(getRule(view, oldRule as string).rule.document).toEqual(DEPOSIT_RULES.rules[0])
  })

  it('does not know what its own block published, before it or after it', () => {
    const { made, world, open, decide, publish } = library()
    const today = legalDay(world.time)
    const next = secondVersion(today)
    let older = ''
    world.inOneBlock(() => {
      older = open('C-1')
      publish(next)
      // A case that would lock the new rule could not know its numbers yet: from the next block on.
      const input = {
        service: 'library-card',
        fields: { number: 'C-2', kind: 'CHILD', branch: 'city' },
      }
      expect(world.run(made.signer('school', 's-1'), 'cases.openCase', input)).toMatchObject({
        code: 'RULE_NOT_IN_FORCE',
        data: { rule: RULE },
      })
    })
    expect(decide(older)).toMatchObject({ values: { ceiling: { most: '10.00' } } })
    expect(decide(open('C-2'))).toMatchObject({ values: { ceiling: { most: '25.00' } } })
  })
})
