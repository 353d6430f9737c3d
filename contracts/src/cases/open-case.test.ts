/*
 * Goal: a case opens with its package, rules, parties and references fixed, or not at all.
 * Method: the real executor; a table in which each row breaks one thing of an opening that is right.
 */
import type { JsonObject } from '@renshe/crypto'
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { grants } from '../access/records.ts'
import type { PackageDocument, ServiceDefinition } from '../catalogue/package-document.ts'
import { rules } from '../catalogue/records.ts'
import { entries } from '../registers/records.ts'
import { BOOK_ORDER } from './library-card/book-order.ts'
import { LIBRARY_CARD } from './library-card/library-card.ts'
import { type LibraryWorld, libraryWorld, officerOf } from './library-card/library-world.ts'
import { uniques } from './records.ts'

const OPEN = 'cases.openCase'
const ORDER = { service: 'book-order', fields: { accountNo: 'A-1', term: '2026-09' } }

/** The order's service with some members changed. */
function orderWith(change: (service: ServiceDefinition) => Partial<ServiceDefinition>) {
  const service = BOOK_ORDER.service as ServiceDefinition
  const document: PackageDocument = { ...BOOK_ORDER, service: { ...service, ...change(service) } }
  return libraryWorld({ packages: [document] })
}

describe('an opening: one thing wrong at a time', () => {
  const rows: [string, () => LibraryWorld, string, JsonObject, string, JsonObject][] = [
    [
      'no such service',
      libraryWorld,
      'school',
      { ...ORDER, service: 'nothing' },
      'SERVICE_NOT_IN_FORCE',
      {},
    ],
    [
      'not yet in force',
      () => libraryWorld({ at: '2025-12-31T23:59' }),
      'school',
      ORDER,
      'SERVICE_NOT_IN_FORCE',
      { day: '2025-12-31' },
    ],
    ['a library', libraryWorld, 'school', { service: 'library-rules' }, 'NOT_A_SERVICE', {}],
    ['an unknown field', libraryWorld, 'school', field('x', 1), 'FIELD_UNKNOWN', { field: 'x' }],
    [
      'a wrong month',
      libraryWorld,
      'school',
      field('term', '2026-13'),
      'FIELD_INVALID',
      { field: 'term', expected: 'a month YYYY-MM' },
    ],
    [
      'no such entry',
      libraryWorld,
      'school',
      field('accountNo', 'A-2'),
      'REFERENCE_MISSING',
      { reference: 'account', register: 'reading-account', key: 'A-2' },
    ],
    [
      'an opener that is no party',
      () =>
        orderWith(() => ({
          parties: { ...BOOK_ORDER.service?.parties, school: { from: 'account.library' } },
        })),
      'school',
      ORDER,
      'OPENER_NOT_PARTY',
      { party: 'school' },
    ],
    [
      'a party that is no member',
      () =>
        orderWith(() => ({
          parties: { ...BOOK_ORDER.service?.parties, supplier: { from: '"ghost"' } },
        })),
      'school',
      ORDER,
      'PARTY_INVALID',
      { party: 'supplier', member: 'ghost' },
    ],
    [
      'a party that is many',
      () =>
        orderWith(() => ({
          parties: { ...BOOK_ORDER.service?.parties, supplier: { from: 'account.reviewers' } },
        })),
      'school',
      ORDER,
      'PARTY_INVALID',
      { party: 'supplier', member: null },
    ],
    [
      'a value that does not fit',
      () =>
        orderWith(({ opens }) => ({
          opens: { ...opens, compute: [{ name: 'half', type: 'money', is: '0.005' }] },
        })),
      'school',
      ORDER,
      'VALUE_UNFIT',
      { name: 'half', expected: 'money' },
    ],
    [
      'facts that the rule refuses',
      () =>
        orderWith(({ opens }) => ({
          opens: {
            ...opens,
            compute: [{ name: 'a', rule: 'library-rules.quota', facts: { pupils: '-1' } }],
          },
        })),
      'school',
      ORDER,
      'RULE_REFUSED',
      { name: 'a', rule: 'library-rules.quota', reason: 'FACT_RANGE', field: 'pupils' },
    ],
    [
      'a check of the package',
      () =>
        orderWith(({ opens }) => ({
          opens: {
            ...opens,
            checks: [
              {
                unless: 'account.pupils > 10',
                refuse: 'TOO_FEW_PUPILS',
                facts: { pupils: 'account.pupils' },
              },
            ],
          },
        })),
      'school',
      ORDER,
      'TOO_FEW_PUPILS',
      { step: null, clause: null, facts: { pupils: '10' } },
    ],
    [
      'a check that gives no answer',
      () =>
        orderWith(({ opens }) => ({
          opens: { ...opens, checks: [{ unless: 'nothing > 1', refuse: 'UNKNOWN' }] },
        })),
      'school',
      ORDER,
      'UNKNOWN',
      {},
    ],
    [
      'a first step without a holder',
      () =>
        orderWith(({ steps }) => ({
          steps: {
            ...steps,
            'list-books': {
              ...(steps['list-books'] as NonNullable<(typeof steps)[string]>),
              holder: 'supplier',
            },
          },
        })),
      'school',
      ORDER,
      'PARTY_UNBOUND',
      { step: 'list-books', party: 'supplier' },
    ],
    [
      'a first step with several',
      () =>
        orderWith(({ steps }) => ({
          steps: {
            ...steps,
            'list-books': {
              ...(steps['list-books'] as NonNullable<(typeof steps)[string]>),
              holder: 'reviewers',
            },
          },
        })),
      'school',
      ORDER,
      'PARTY_MANY',
      { party: 'reviewers' },
    ],
  ]
  it.each(rows)('%s', (_name, make, member, input, code, facts) => {
    const world = make()
    expect(world.refuses(member, OPEN, input)).toMatchObject({ code, ...facts })
  })

  it('without the role that the service asks for', () => {
    const world = orderWith(({ opens }) => ({ opens: { ...opens, role: 'buyer' } }))
    const clerk = testSigner({ member: 'school', name: 'clerk', roles: [] })
    expect(world.refuses(clerk, OPEN, ORDER)).toEqual({ code: 'ROLE_MISSING', role: 'buyer' })
    world.does('school', OPEN, ORDER)
  })

  it('without a rule in force', () => {
    const world = libraryWorld()
    dropRule(world)
    expect(world.refuses('school', OPEN, ORDER)).toEqual({
      code: 'RULE_NOT_IN_FORCE',
      rule: 'library-rules.quota',
      day: '2026-09-25',
    })
  })
})

/** As a later version of its package does that leaves the rule out. */
function dropRule(world: LibraryWorld): void {
  const hash = world.ledger.stored(rules)[0]?.key[0] as string
  const record = world.ledger.state(rules).get(hash)
  world.ledger.seed(rules, hash, { ...record, droppedFrom: '2026-09-25' })
}

function field(name: string, value: string | number): JsonObject {
  return { ...ORDER, fields: { ...ORDER.fields, [name]: value } }
}

describe('an open case', () => {
  it('keeps package, law date, rules, parties and references', () => {
    const world = libraryWorld()
    const id = world.open('school', 'book-order', ORDER.fields)
    const found = world.caseOf(id)
    expect(found).toMatchObject({
      service: 'book-order',
      package: world.codeOf('book-order').hash,
      lawDate: '2026-09-25',
      region: '000000',
      status: 'OPEN',
      opener: { member: 'school', name: 'officer-1' },
      parties: {
        school: 'school',
        library: 'city-library',
        treasurer: 'treasury',
        reviewers: ['first-reviewer', 'second-reviewer'],
      },
      references: { account: { register: 'reading-account', key: 'A-1' } },
      values: { accountNo: 'A-1', term: '2026-09', allowance: { quota: '250.00' } },
      unique: 'A-1/2026-09',
    })
    expect(Object.keys(found.lock.rules)).toEqual(['library-rules.quota'])
    expect(found.lock.packages).toEqual({ 'library-rules': world.codeOf('library-rules').hash })
  })

  it('keeps its rules when a later version changes them', () => {
    const world = libraryWorld()
    const id = world.open('school', 'book-order', ORDER.fields)
    dropRule(world)
    const step = world.stepOf(id, 'list-books')
    expect(world.asks('school', 'cases.getStep', { case: id, n: step.n })).toMatchObject({
      choices: ['listed'],
    })
    const batch = world.vault.sealBatch(world.codeOf('book-order'), 'books', FIVE)
    const act = { case: id, step: 'list-books', fields: { supplierId: 'bookshop' }, batch }
    world.does('school', 'cases.actOnStep', act)
    expect(world.determination(id, 'price').inputs).toMatchObject({ with: { quota: '250.00' } })
  })

  it('grants the readers of its sections, and nobody else', () => {
    const world = libraryWorld()
    const id = world.open('school', 'book-order', ORDER.fields)
    const made = world.ledger.stored(grants).map(({ value }) => {
      const { holder, owner, sections, notAfter } = value as never as {
        holder: { member: string }
        owner: string
        sections: string[]
        notAfter: number | null
      }
      return `${owner} → ${holder.member}: ${sections.join()} ${notAfter}`
    })
    expect(made.sort()).toEqual([
      'city-library → school: books null',
      'city-library → school: reason null',
      'city-library → treasury: balance null',
      'city-library → treasury: books null',
      'city-library → treasury: entry null',
      'treasury → city-library: payer null',
    ])
    expect(world.caseOf(id).parties.supplier).toBeUndefined()
  })

  it('grants an owner nothing of its own: it is the vault', () => {
    const world = libraryWorld()
    world.open('school', 'library-card', { number: 'C-1', kind: 'CHILD', branch: 'school' })
    expect(world.ledger.stored(grants)).toEqual([])
  })

  it('is the only one with its unique value, until it is withdrawn', () => {
    const world = libraryWorld()
    const first = world.open('school', 'book-order', ORDER.fields)
    expect(world.refuses('bookshop', OPEN, ORDER)).toEqual({
      code: 'UNIQUE_TAKEN',
      unique: 'A-1/2026-09',
      case: first,
    })
    world.does('school', 'cases.withdrawCase', { case: first })
    expect(world.ledger.stored(uniques)).toEqual([])
    world.open('school', 'book-order', ORDER.fields)
  })

  it('keeps it after it has ended otherwise', () => {
    const world = libraryWorld()
    const card = { number: 'C-1', kind: 'CHILD', branch: 'city-library' }
    const id = world.open('school', 'library-card', card)
    const act = { case: id, step: 'decide', outcome: 'granted', fields: { deposit: '20.00' } }
    world.does('city-library', 'cases.actOnStep', act)
    expect(world.refuses('school', OPEN, { service: LIBRARY_CARD.name, fields: card }).code).toBe(
      'UNIQUE_TAKEN',
    )
    expect(world.ledger.state(entries).get(['library-card', 'C-1']).owner).toBe('city-library')
  })
})

const FIVE = Array.from({ length: 5 }, (_, at) => ({
  reader: `r${at}`,
  title: 't',
  price: '1.00',
  copies: 1,
}))

describe('the shape of what is stored', () => {
  it('a case and a step, as they are after the first act', () => {
    const world = libraryWorld()
    const id = world.open('school', 'library-card', {
      number: 'C-1',
      kind: 'CHILD',
      branch: 'city-library',
    })
    world.does(officerOf('city-library'), 'cases.actOnStep', {
      case: id,
      step: 'decide',
      outcome: 'granted',
      fields: { deposit: '20.00' },
    })
    expect(world.caseOf(id)).toMatchSnapshot()
    expect(world.stepsOf(id)).toMatchSnapshot()
  })
})
