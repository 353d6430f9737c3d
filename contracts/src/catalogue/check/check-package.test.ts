/**
 * Goal: a mistake of an author is told with its place and what was expected; what is right is not.
 * Method: one sound package, each row breaks one thing of it and names the problem that must be
 * told.
 */
import { describe, expect, it } from 'vitest'
import { compilePackage } from '../compiled-package.ts'
import type { Clause } from '../package-document.ts'
import { changed, FINES, READING_ROOM } from '../testing.ts'
import { checkPackage, hasErrors } from './check-package.ts'

const libraries = [compilePackage(FINES, [])]
type Changes = Readonly<Record<string, unknown>>

/** Codes with their places. */
function told(document: unknown, used = libraries): string[] {
  return checkPackage(document, { libraries: used }).map(({ path, code }) => `${code} ${path}`)
}

const STEPS = '/service/steps'
const HAND_IN = `${STEPS}/hand-in`
const SETTLE = `${STEPS}/settle`
const DECIDE = `${STEPS}/decide`
const EFFECT = `${DECIDE}/outcomes/granted/effects/0`
const CLOCK = `${DECIDE}/clocks/decision`
const LOANS = '/service/sections/loans'
const REASON = '/service/sections/reason'
const FINE = '/service/determinations/fines'

const SHAPE: readonly [string, Changes][] = [
  ['UNKNOWN_MEMBER /autor', { '/autor': 'x' }],
  ['MISSING /title/en', { '/title/en': undefined }],
  ['SHAPE /kind', { '/kind': 'servce' }],
  ['SHAPE /effectiveFrom', { '/effectiveFrom': '2026-02-30' }],
  [`NAME_SPELLING ${STEPS}/Decide`, { [`${STEPS}/Decide`]: READING_ROOM.service?.steps.settle }],
  [`SHAPE ${LOANS}/level`, { [`${LOANS}/level`]: 1 }],
  [`UNKNOWN_MEMBER ${CLOCK}/limits`, { [`${CLOCK}/limits`]: 1 }],
  [`SHAPE ${EFFECT}`, { [EFFECT]: { recrod: 'x' } }],
]

const NAMES: readonly [string, Changes][] = [
  ['PACKAGE_UNKNOWN /uses', { '/uses/-': 'nowhere' }],
  [`PARTY_UNKNOWN ${DECIDE}/holder`, { [`${DECIDE}/holder`]: 'libary' }],
  ['STEP_UNKNOWN /service/opens/then/0', { '/service/opens/then': ['handin'] }],
  [`SECTION_UNKNOWN ${HAND_IN}/form/batch`, { [`${HAND_IN}/form/batch`]: 'reason' }],
  [`ROWS_UNKNOWN ${LOANS}/rows`, { [`${LOANS}/rows`]: 'loans' }],
  [`COLUMN_UNKNOWN ${LOANS}/totals/fines/sum`, { [`${LOANS}/totals/fines/sum`]: 'fines' }],
  [`TOTAL_TYPE ${LOANS}/totals/fines/type`, { [`${LOANS}/totals/fines/type`]: 'integer' }],
  ['COLUMN_UNKNOWN /rows/loan/unique', { '/rows/loan/unique': 'name' }],
  [`REGISTER_UNKNOWN ${EFFECT}/record`, { [`${EFFECT}/record`]: 'card' }],
  [`FIELD_UNKNOWN ${EFFECT}/fields/color`, { [`${EFFECT}/fields/color`]: '1' }],
  [`FIELD_MISSING ${EFFECT}/fields`, { [`${EFFECT}/fields/kind`]: undefined }],
  [`PARTY_UNKNOWN ${EFFECT}/to`, { [EFFECT]: { grant: 'reason', to: 'nobody' } }],
  [`SECTION_UNKNOWN ${EFFECT}/grant`, { [EFFECT]: { grant: 'reasons', to: 'school' } }],
  [`EXPECTATION_UNKNOWN ${EFFECT}/release`, { [EFFECT]: { release: 'bill' } }],
  [
    `AUDIENCE_UNKNOWN ${EFFECT}/to/0`,
    { [EFFECT]: { alert: 'LATE', to: ['readers'], severity: 'note' } },
  ],
  [
    `HAND_OVER_UNKNOWN ${EFFECT}/handOver`,
    { [EFFECT]: { handOver: 'file', from: 'school', to: 'library' } },
  ],
  [`DETERMINATION_UNKNOWN ${SETTLE}/determine`, { [`${SETTLE}/determine`]: 'fine' }],
  [`RULE_UNKNOWN ${FINE}/each/0/rule`, { [`${FINE}/each/0/rule`]: 'fines.sum' }],
  [`FACT_UNKNOWN ${FINE}/each/0/facts/hours`, { [`${FINE}/each/0/facts/hours`]: '1' }],
  [`OUTCOME_UNKNOWN ${CLOCK}/lapse/outcome`, { [`${CLOCK}/lapse/outcome`]: 'denied' }],
  ['ACCOUNT_UNKNOWN /charts/till/equalities/0/right', { '/charts/till/equalities/0/right/-': '9' }],
  [`MEMBERS_TOO_FEW ${FINE}/members`, { [`${FINE}/members`]: ['library', 'library'] }],
  [
    `WAIT_UNKNOWN ${SETTLE}/wait/payment`,
    { [`${SETTLE}/determine`]: undefined, [`${SETTLE}/wait`]: { payment: 'fine' } },
  ],
  [`STEP_UNKNOWN ${DECIDE}/by/notSignerOf/0`, { [`${DECIDE}/by/notSignerOf`]: ['hand'] }],
]

const FIELDS: readonly [string, Changes][] = [
  [
    `FREE_TEXT_PUBLIC ${DECIDE}/form/fields/kind/type`,
    { [`${DECIDE}/form/fields/kind`]: { type: 'text' } },
  ],
  [
    'FREE_TEXT_PUBLIC /registers/reading-card/fields/kind/type',
    { '/registers/reading-card/fields/kind/type': 'file' },
  ],
  [
    `CODES_MISSING ${DECIDE}/form/fields/kind/codes`,
    { [`${DECIDE}/form/fields/kind/codes`]: undefined },
  ],
  ['PLACES_MISSING /rows/loan/columns/days/places', { '/rows/loan/columns/days/type': 'decimal' }],
  ['BOUND /rows/loan/columns/fine/minimum', { '/rows/loan/columns/fine/minimum': '1' }],
  [
    'REGISTER_UNKNOWN /service/opens/fields/number/register',
    { '/service/opens/fields/number/register': 'cards' },
  ],
]

const EXPRESSIONS: readonly [string, Changes][] = [
  [`FEEL_SYNTAX ${HAND_IN}/checks/0/unless`, { [`${HAND_IN}/checks/0/unless`]: 'asked > (' }],
  [`NAME_UNKNOWN ${HAND_IN}/checks/0/unless`, { [`${HAND_IN}/checks/0/unless`]: 'aksed > 0' }],
  ['NAME_UNKNOWN /rows/loan/checks/0/unless', { '/rows/loan/checks/0/unless': 'today > days' }],
  [
    `PARAMETER_OUTSIDE_RULE ${FINE}/outputs/0/is`,
    { [`${FINE}/outputs/0/is`]: 'sum(row.fine) * parameter("fines.per-day")' },
  ],
  [`NAME_UNKNOWN ${FINE}/outputs/0/is`, { [`${FINE}/outputs/0/is`]: 'sum(row.fine)' }],
  [`NAME_UNKNOWN ${EFFECT}/fields/kind`, { [`${EFFECT}/fields/kind`]: 'sort' }],
]

const FLOW: readonly [string, Changes][] = [
  [`STEP_UNREACHABLE ${SETTLE}`, { [`${HAND_IN}/outcomes/done/then`]: ['decide'] }],
  [`OUTCOME_DEAD_END ${HAND_IN}/outcomes/done`, { [`${HAND_IN}/outcomes/done/then`]: [] }],
  [`STEP_WITHOUT_END ${SETTLE}`, { [`${SETTLE}/outcomes/agreed/then`]: ['settle'] }],
  [`STEP_WITHOUT_OUTCOME ${SETTLE}/outcomes`, { [`${SETTLE}/outcomes`]: {} }],
  [
    `OUTCOMES_AMBIGUOUS ${SETTLE}/outcomes`,
    { [`${SETTLE}/outcomes/other`]: READING_ROOM.service?.steps.settle?.outcomes.agreed },
  ],
  [
    `STEP_KIND ${SETTLE}/form`,
    { [`${SETTLE}/form`]: { fields: {}, batch: 'loans', sections: [] } },
  ],
  [`PROMISE_TOO_LONG ${CLOCK}/promised`, { [`${CLOCK}/promised/amount`]: 11 }],
  // Five working days may last longer than ten days: a week of holidays lies between.
  [`PROMISE_TOO_LONG ${CLOCK}/promised`, { [`${CLOCK}/promised/unit`]: 'working-days' }],
  [`PROMISE_KIND ${CLOCK}/promised`, { [`${CLOCK}/kind`]: 'lasts' }],
  ['NOTHING_OPENS /service/opens/then', { '/service/opens/then': [] }],
  [`EACH ${DECIDE}/each`, { [`${DECIDE}/each`]: true }],
  [
    `NEED ${DECIDE}/signatures/need`,
    { [`${DECIDE}/signatures`]: { of: ['library', 'school'], need: 3 } },
  ],
]

const SEALING: readonly [string, Changes][] = [
  [`LEVEL_READERS ${REASON}/readers`, { [`${REASON}/level`]: 3 }],
  ['LEVEL_ROWS /service/sections/loans/level', { '/service/sections/loans/level': 4 }],
  [
    `SHARING_READERS ${REASON}/readers`,
    { [`${REASON}/sharing`]: 'NOT_SHARED', [`${REASON}/clause`]: 'library-statute/7' },
  ],
  [
    `SHARING_CLAUSE ${REASON}/clause`,
    { [`${REASON}/sharing`]: 'NOT_SHARED', [`${REASON}/readers`]: [] },
  ],
  [`SHARING_PERSONS ${LOANS}/sharing`, { [`${LOANS}/sharing`]: 'UNCONDITIONAL' }],
  [`MEMBER_CANNOT_READ ${FINE}/members/1`, { [`${LOANS}/readers`]: [] }],
  [`LEAST_ROWS ${LOANS}/leastRows`, { [`${LOANS}/leastRows`]: 2 }],
  [
    `OWNERS ${HAND_IN}/form/sections`,
    {
      '/service/sections/other': { ...READING_ROOM.service?.sections.reason, owner: 'school' },
      [`${HAND_IN}/form/sections`]: ['reason', 'other'],
    },
  ],
  [`SECTION_CONTENT ${REASON}`, { [`${REASON}/fields`]: undefined }],
]

const RESERVED: readonly [string, Changes][] = [
  ['SHAPE /service/opens/then/0', { '/service/opens/then/0': 'constructor' }],
  [
    'NAME_SPELLING /service/steps/constructor',
    { '/service/steps/constructor': READING_ROOM.service?.steps.decide },
  ],
]

const LAW_AND_TEXTS: readonly [string, Changes][] = [
  ['CLAUSE_UNKNOWN /basis/0', { '/basis': ['library-statute/8'] }],
  [`CLAUSE_UNKNOWN ${CLOCK}/clause`, { [`${CLOCK}/clause`]: 'nowhere/1' }],
  ['CLAUSE_NOT_IN_FORCE /basis/0', { '/effectiveFrom': '2019-12-31' }],
  ['SIGN_FIELD_UNMENTIONED /texts/en/sign.decide', { '/texts/en/sign.decide': 'A card.' }],
  [
    'SIGN_SENTENCE_MISSING /texts/zh/sign.decide',
    { '/texts/zh/sign.decide': undefined, '/texts/en/sign.decide': undefined },
  ],
  ['TEXT_MISSING /texts/zh/step.other', { '/texts/en/step.other': 'Other' }],
]

/** A clause that begins when the second value of the fine does. */
function later(changes: { amends?: string[]; repeals?: string[] }): Clause {
  const clause = FINES.law[0] as Clause
  const id = 'library-statute/9'
  return { ...clause, id, article: '9', effectiveFrom: '2027-01-01', ...changes }
}

const LIBRARY: readonly [string, Changes][] = [
  ['RULE_WITHOUT_EXAMPLE /rules/0', { '/examples/rules': [] }],
  ['RULE_WITHOUT_CLAUSE /rules/0/clause', { '/rules/0/clause': [] }],
  ['RULE_SYNTAX /rules/0/steps/0/expression', { '/rules/0/steps/0/expression': 'days *' }],
  ['RULE_TWICE /rules/1/id', { '/rules/-': FINES.rules[0] }],
  ['RULE_UNKNOWN /examples/rules/0/rule', { '/examples/rules/0/rule': 'fines.other' }],
  ['EXAMPLE_RESULT /examples/rules/0', { '/examples/rules/0/outputs': undefined }],
  [
    'EXAMPLE_ARITHMETIC /examples/rules/0/arithmetic',
    { '/examples/rules/0/arithmetic': undefined },
  ],
  ['PARAMETER_TWICE /parameters/3', { '/parameters/-': FINES.parameters[0] }],
  ['PARAMETER_UNUSED /parameters', { '/parameters/1/parameter': 'fines.other' }],
  ['PARAMETER_UNPUBLISHED /rules/0/parameters/1', { '/rules/0/parameters/-': 'fines.other' }],
  ['CLAUSE_TWICE /law/1', { '/law/-': FINES.law[0] }],
  ['CLAUSE_ID /law/0/id', { '/law/0/article': '8' }],
  ['DATES /law/0/effectiveTo', { '/law/0/effectiveTo': '2019-01-01' }],
  ['CLAUSE_UNKNOWN /law/0/amends/0', { '/law/0/amends': ['library-statute/6'] }],
  ['CLAUSE_NOT_EARLIER /law/0/repeals/0', { '/law/0/repeals': ['library-statute/7'] }],
  ['CLAUSE_NOT_EARLIER /law/1/amends/0', { '/law/-': later({ amends: ['library-statute/9'] }) }],
  ['CLAUSE_AMENDED /law/1/amends/0', { '/law/-': later({ amends: ['library-statute/7'] }) }],
  [
    'CLAUSE_OUTLIVES_REPEAL /law/1/repeals/0',
    {
      '/law/-': later({ repeals: ['library-statute/7'] }),
      '/law/0/effectiveTo': '2028-01-01',
    },
  ],
  // The rule of 2020 may rest on the clause, a value that begins in 2027 no longer.
  [
    'CLAUSE_NOT_IN_FORCE /parameters/1/basis',
    { '/law/-': later({ repeals: ['library-statute/7'] }) },
  ],
  ['KIND /service', { '/kind': 'service' }],
]

describe('checkPackage', () => {
  it('finds nothing in sound packages', () => {
    expect(checkPackage(FINES, { libraries: [] })).toEqual([])
    expect(checkPackage(READING_ROOM, { libraries })).toEqual([])
  })

  it('takes clauses that amend and repeal each other as law does', () => {
    const renewed = { ...(FINES.law[0] as Clause), effectiveFrom: '2027-01-01' }
    const amended = [
      { ...(FINES.law[0] as Clause), effectiveTo: '2026-12-31' },
      renewed,
      later({ amends: ['library-statute/7'] }),
    ]
    expect(told(changed(FINES, { '/law': amended }), [])).toEqual([])
  })

  it('takes the certainty and the source of a value, and no other mark', () => {
    const marked = { '/parameters/0/certainty': 'K-M', '/parameters/0/source': 'notice 3, page 2' }
    expect(told(changed(FINES, marked), [])).toEqual([])
    const wrong = told(changed(FINES, { '/parameters/0/certainty': 'sure' }), [])
    expect(wrong.join()).toContain('/parameters/0/certainty')
  })

  it.each([
    ...SHAPE,
    ...NAMES,
    ...FIELDS,
    ...EXPRESSIONS,
    ...FLOW,
    ...SEALING,
    ...RESERVED,
    ...LAW_AND_TEXTS,
  ])('tells %s', (expected, changes) => {
    expect(told(changed(READING_ROOM, changes))).toContain(expected)
  })

  it.each(LIBRARY)('tells %s of a library', (expected, changes) => {
    expect(told(changed(FINES, changes), [])).toContain(expected)
  })

  it('says where in a FEEL text, what was expected and what came', () => {
    const broken = changed(READING_ROOM, { [`${HAND_IN}/checks/0/unless`]: 'asked >\n  0 )' })
    const [problem] = checkPackage(broken, { libraries })
    expect(problem).toMatchObject({
      code: 'FEEL_SYNTAX',
      position: { line: 2 },
      came: 'asked >\n  0 )',
    })
    expect(problem?.expected).not.toBe('')
  })

  it('tells every fault of the shape, not only the first', () => {
    const broken = changed(READING_ROOM, {
      '/responsible': 'lib',
      '/service/opens/fields/number/type': 'number',
      '/rows/loan/columns/days/maximum': 3,
    })
    const found = checkPackage(broken, { libraries })
    expect(found.map(({ path }) => path)).toEqual([
      '/responsible',
      '/rows/loan/columns/days/maximum',
      '/service/opens/fields/number/type',
    ])
    expect(hasErrors(found)).toBe(true)
  })

  it('knows roles and services of a chain where it is told them', () => {
    const options = { libraries, memberRoles: ['SCH'], services: [] }
    const child = changed(READING_ROOM, {
      [EFFECT]: { open: 'other-service', as: 'child', fields: {} },
    })
    expect(checkPackage(child, options).map(({ code }) => code)).toEqual([
      'ROLE_UNKNOWN',
      'SERVICE_UNKNOWN',
    ])
  })

  it('bounds what every member must play and write', () => {
    const act = { by: 'school', do: 'resume' }
    const example = {
      name: 'long',
      title: { zh: '长', en: 'Long' },
      at: '2026-09-01T09:00',
      world: { members: {}, entries: [], packages: [] },
      acts: Array.from({ length: 500 }, () => act),
    }
    const cases = Array.from({ length: 5 }, () => example)
    const law = Array.from({ length: 800 }, (_, n) => ({
      ...FINES.law[0],
      id: `library-statute/${n}`,
      article: `${n}`,
    }))
    const series = Array.from({ length: 800 }, (_, n) => ({
      ...FINES.parameters[0],
      parameter: `fines.n${n}`,
    }))
    const heavy = changed(FINES, { '/law': law, '/parameters': series, '/examples/cases': cases })
    const codes = told(heavy, [])
    expect(codes).toContain('TOO_MANY_RECORDS ')
    expect(codes).toContain('TOO_MANY_ACTS /examples/cases')
  })

  it.each([null, 1, 'text', [[]], [{}], { v: 1 }])('survives %j', (hostile) => {
    expect(hasErrors(checkPackage(hostile, { libraries: [] }))).toBe(true)
  })

  it('keeps names of the prototype apart from members', () => {
    const hostile = JSON.parse('{"__proto__": {"v": 1}, "constructor": 1, "v": 1}')
    expect(told(hostile)).toContain('UNKNOWN_MEMBER /constructor')
  })
})
