/**
 * Goal: an explanation is a tree that anyone can follow with a pocket calculator: clause, expression,
 * numbers put in, value, rounding; its bytes never differ; sums add up and the last fen is found.
 * Method: the notice of Sichuan of June 2024 (woman of 50, pension of 3929.92 yuan), worked to the
 * fen; small rules for names, scopes and sums; random orders of facts for the bytes.
 *
 * @source 国发〔2005〕38号 六; published notice, shared pension facts §4
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRule } from '../rule/compile-rule.ts'
import { evaluateRule, type RuleRequest } from '../rule/evaluate-rule.ts'
import { makeParameterTable } from '../rule/parameters.ts'
import type { RuleDocument, RuleStep } from '../rule/rule-document.ts'
import type { JsonObject } from '../value/json.ts'
import { canonicalJson } from './canonical-json.ts'
import {
  type ExplainedDetermination,
  explainDetermination,
  explanationBytes,
  hashExplanation,
} from './explain-determination.ts'
import { checkSums, findLastFen } from './last-fen.ts'
import { tellDetermination, tellLastFen } from './tell-determination.ts'

const CLAUSE = '国发〔2005〕38号/六'
const FEN = { mode: 'HALF_UP', places: 2, clause: 'practice' } as const

const PENSION: RuleDocument = {
  id: 'pension.amount',
  title: { zh: '基本养老金', en: 'Basic pension' },
  clause: [CLAUSE],
  effectiveFrom: '2006-01-01',
  facts: [
    { name: 'index', type: 'decimal' },
    { name: 'years', type: 'decimal' },
    { name: 'account', type: 'money' },
    { name: 'months', type: 'int' },
    { name: 'extras', type: 'money', default: '0.00' },
  ],
  outputs: [
    { name: 'total', type: 'money' },
    { name: 'basic', type: 'money' },
    { name: 'personal', type: 'money' },
  ],
  steps: [
    { name: 'indexed wage', expression: 'parameter("pension.base") * index' },
    {
      name: 'basic',
      expression: '(parameter("pension.base") + indexed wage) / 2 * years * 0.01',
      rounding: FEN,
    },
    { name: 'personal', expression: 'account / months', rounding: FEN },
    { name: 'total', expression: 'basic + personal + extras' },
  ],
  parameters: ['pension.base'],
}

const PARAMETERS = makeParameterTable([
  {
    parameter: 'pension.base',
    value: '8321',
    region: '510000',
    effectiveFrom: '2024-01-01',
    effectiveTo: '2024-12-31',
    basis: '川人社办发〔2024〕/基数',
    certainty: 'S',
    source: 'notice of 2024-06',
  },
])

const NOTICE: JsonObject = {
  index: '0.935',
  years: '31.83',
  account: '150397.22',
  months: 195,
  extras: '596.15',
}

function explain(
  document: RuleDocument,
  facts: JsonObject,
  more: Partial<RuleRequest> = {},
): ExplainedDetermination {
  const rule = compileRule(document)
  const request = { on: '2024-06-30', region: '510100', facts, parameters: PARAMETERS, ...more }
  const answer = evaluateRule(rule, { ...request, now: 0, trace: true })
  if (!answer.ok) throw new Error(answer.error.message)
  return explainDetermination(rule, request, answer)
}

function numbers(expression: string, facts: JsonObject, more: Partial<RuleDocument> = {}): string {
  const document: RuleDocument = {
    ...PENSION,
    facts: Object.keys(facts).map((name) => ({ name, type: 'decimal' })),
    outputs: [{ name: 'out', type: 'decimal', nullable: true }],
    steps: [{ name: 'out', expression }],
    parameters: expression.includes('parameter(') ? ['pension.base'] : [],
    ...more,
  }
  return explain(document, facts).steps[0]?.withNumbers ?? ''
}

describe('the tree', () => {
  const explanation = explain(PENSION, NOTICE)

  it('has outputs on top and below each what made it', () => {
    expect(explanation).toMatchObject({
      rule: 'pension.amount',
      on: '2024-06-30',
      region: '510100',
      outputs: { total: '3929.92', basic: '2562.50', personal: '771.27' },
    })
    const [total] = explanation.steps
    expect(explanation.steps).toHaveLength(1)
    expect(total).toMatchObject({ name: 'total', isOutput: true, rounding: null, clause: CLAUSE })
    expect(total?.steps.map(({ name }) => name)).toEqual(['basic', 'personal'])
    expect(total?.inputs).toEqual({ extras: '596.15' })
  })

  it('puts numbers in and says what rounding did', () => {
    expect(explanation.steps[0]?.steps[0]).toMatchObject({
      expression: '(parameter("pension.base") + indexed wage) / 2 * years * 0.01',
      withNumbers: '(8321 + 7780.135) / 2 * 31.83 * 0.01',
      value: '2562.50',
      rounding: {
        mode: 'HALF_UP',
        places: 2,
        before: '2562.49563525',
        after: '2562.50',
        clause: 'practice',
      },
      regionFallback: [{ parameter: 'pension.base', asked: '510100', used: '510000' }],
      steps: [{ name: 'indexed wage', withNumbers: '8321 * 0.935', value: '7780.135' }],
    })
    const inputs = explanation.steps[0]?.steps[0]
    expect(inputs).toMatchObject({
      inputs: { 'pension.base': { certainty: 'S', source: 'notice of 2024-06' } },
    })
  })

  it('tells a step once, however often it is read', () => {
    const steps: RuleStep[] = [{ name: 's0', expression: 'index' }]
    for (let at = 1; at <= 40; at += 1) {
      const [a, b] = [`s${at - 1}`, at > 1 ? `s${at - 2}` : 's0']
      steps.push({ name: `s${at}`, expression: `if ${a} > ${b} then ${a} else ${b}` })
    }
    const outputs = [{ name: 's40', type: 'decimal' } as const]
    const facts = PENSION.facts.slice(0, 1)
    const tree = explain({ ...PENSION, facts, outputs, steps, parameters: [] }, { index: '1' })
    const text = canonicalJson(tree as unknown as JsonObject)
    expect(text.split('"withNumbers"')).toHaveLength(42)
    expect(text).toContain('"isTold":true')
  })

  it('keeps steps that lead to no output, and needs a trace', () => {
    const outputs = PENSION.outputs.slice(1, 2)
    const names = explain({ ...PENSION, outputs }, NOTICE).steps.map(({ name }) => name)
    expect(names).toEqual(['basic', 'personal', 'total'])
    expect(() =>
      explainDetermination(
        compileRule(PENSION),
        { on: '2024-06-30' },
        { ok: true, outputs: {}, trace: [] },
      ),
    ).toThrow('trace')
  })
})

describe('numbers in the place of names', () => {
  it.each([
    ['a + b', '1.50 + 2'],
    ['a   +b', '1.50   +2'],
    ['max(a, b) - abs(-a)', 'max(1.50, 2) - abs(-1.50)'],
    ['for a in [b] return a + b', 'for a in [2] return a + 2'],
    ['(function(b) a + b)(b)', '(function(b) 1.50 + b)(2)'],
    ['{b: a, c: b}.c', '{b: 1.50, c: b}.c'],
    ['[a, b][item > a][1]', '[1.50, 2][item > a][1]'],
    ['some x in [a] satisfies x = b', 'some x in [1.50] satisfies x = 2'],
    ['round up(n: a, scale: b)', 'round up(n: 1.50, scale: 2)'],
    ['parameter("pension.base") * a', '8321 * 1.50'],
    ['parameter("pension.base", on) * a', 'parameter("pension.base", date("2024-06-30")) * 1.50'],
    ['if region = "510100" then a else 0 // a', 'if "510100" = "510100" then 1.50 else 0 // a'],
  ])('%s becomes %s', (expression, expected) => {
    const document: RuleDocument = {
      ...PENSION,
      facts: ['a', 'b'].map((name) => ({ name, type: 'decimal' as const })),
      outputs: [],
      steps: [{ name: 'out', expression }],
      parameters: expression.includes('parameter(') ? ['pension.base'] : [],
    }
    const tree = explain(document, { a: '1.50', b: '2' })
    expect(tree.steps[0]?.withNumbers).toBe(expected)
  })

  it('reads names with spaces however they are spaced', () => {
    expect(numbers('缴费  基数 *\n 2', { '缴费 基数': '10' })).toBe('10 *\n 2')
  })
})

describe('bytes', () => {
  it('are the same whatever the order of facts, and hash alike', () => {
    const told = explanationBytes(explain(PENSION, NOTICE))
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
    // Also what Python's json.dumps with sorted keys and no spaces hashes to.
    expect(hashExplanation(explain(PENSION, NOTICE), sha256)).toBe(
      'bfcf5b7ea258c4b78fbddeb127d9179faacf88ac322aa69ec97057b8dc82ac41',
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(NOTICE), { minLength: 5 }), (names) => {
        const facts = Object.fromEntries(names.map((name) => [name, NOTICE[name] ?? null]))
        expect(explanationBytes(explain(PENSION, facts))).toEqual(told)
      }),
      { numRuns: 20 },
    )
  })

  it('sort members by UTF-16 units and leave no white space', () => {
    const json = { b: [1, 'é\n', null], a: { '\u{1F600}': true, '\uFFFD': 'x' }, '10': 0, '9': 0 }
    expect(canonicalJson(json)).toBe(
      '{"10":0,"9":0,"a":{"\u{1F600}":true,"\uFFFD":"x"},"b":[1,"é\\n",null]}',
    )
  })
})

describe('sums and the last fen', () => {
  const explanation = explain(PENSION, NOTICE)

  it('adds up on the slip', () => {
    expect(checkSums(explanation)).toEqual([
      {
        step: 'total',
        parts: [
          { name: 'basic', sign: '+', value: '2562.50' },
          { name: 'personal', sign: '+', value: '771.27' },
          { name: 'extras', sign: '+', value: '596.15' },
        ],
        total: '3929.92',
        remainder: '0',
      },
    ])
  })

  it('adds up for any facts', () => {
    const cents = fc.integer({ min: 0, max: 99_999_999 }).map((n) => (n / 100).toFixed(2))
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 300 }), (account, extras, months) => {
        const tree = explain(PENSION, { ...NOTICE, account, extras, months })
        expect(checkSums(tree)[0]?.remainder).toBe('0')
        const fen = findLastFen(tree, 'total')
        expect(fen?.moved.every(({ moved }) => Math.abs(Number(moved)) <= 0.005)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('shows a sum that was rounded away from its parts', () => {
    const steps = [
      ...PENSION.steps.slice(0, 3),
      {
        name: 'total',
        expression: 'sum([basic, personal, -extras])',
        rounding: { mode: 'DOWN', places: 0, clause: 'practice' },
      } as const,
    ]
    const tree = explain({ ...PENSION, steps }, NOTICE)
    expect(checkSums(tree)).toMatchObject([{ total: '2737.00', remainder: '-0.62' }])
    expect(findLastFen(tree, 'total')?.moved.map(({ step }) => step)).toEqual([
      'total',
      'basic',
      'personal',
    ])
  })

  it('finds the roundings that moved the total, with sign and clause', () => {
    const fen = findLastFen(explanation, 'total')
    expect(fen).toMatchObject({
      total: '3929.92',
      moved: [
        { step: 'basic', moved: '0.00436475', before: '2562.49563525', after: '2562.50' },
        { step: 'personal', mode: 'HALF_UP' },
      ],
      within: [],
    })
    expect(fen?.gap).toBe('0.0065698782051282051282051282051')
    expect(findLastFen(explanation, 'nothing')).toBeUndefined()
  })

  it('lists roundings inside of products apart', () => {
    const steps = PENSION.steps.map((step) =>
      step.name === 'indexed wage' ? { ...step, rounding: FEN } : step,
    )
    const fen = findLastFen(explain({ ...PENSION, steps }, NOTICE), 'total')
    expect(fen?.within).toMatchObject([
      { step: 'indexed wage', before: '7780.135', after: '7780.14', mode: 'HALF_UP' },
    ])
  })
})

describe('sentences', () => {
  const explanation = explain(PENSION, NOTICE)
  const texts = {
    'rule.pension.amount.personal':
      '账户储存额 {account} 元除以 {months} 个月，得 {before} 元（{clause}）。',
    'rule.pension.amount.total.title': '每月合计',
  }

  it('use the words of the package, and good ones of their own', () => {
    expect(tellDetermination(PENSION, explanation, texts, 'zh')).toEqual([
      '按 2024-06-30 施行的规则计算基本养老金（pension.amount，地区 510100）。',
      'indexed wage = parameter("pension.base") * index = 8321 * 0.935 = 7780.135（国发〔2005〕38号/六）。',
      '510100 没有自己的“pension.base”，采用 510000 的值。',
      'basic = (parameter("pension.base") + indexed wage) / 2 * years * 0.01 = (8321 + 7780.135) / 2 * 31.83 * 0.01 = 2562.49563525（国发〔2005〕38号/六）。',
      '四舍五入，保留 2 位小数：2562.49563525 → 2562.50（通行做法）。',
      '510100 没有自己的“pension.base”，采用 510000 的值。',
      '账户储存额 150397.22 元除以 195 个月，得 771.26779487… 元（国发〔2005〕38号/六）。',
      '四舍五入，保留 2 位小数：771.26779487… → 771.27（通行做法）。',
      '每月合计 = basic + personal + extras = 2562.50 + 771.27 + 596.15 = 3929.92（国发〔2005〕38号/六）。',
    ])
    const english = tellDetermination(PENSION, explanation, {}, 'en')
    expect(english[0]).toBe(
      'Basic pension by the rule in force on 2024-06-30 (pension.amount, region 510100).',
    )
    expect(english[4]).toBe('Rounded half up to 2 places: 2562.49563525 → 2562.50 (practice).')
  })

  it('tell a table by its row', () => {
    const document: RuleDocument = {
      ...PENSION,
      facts: [{ name: 'grade', type: 'code', codes: ['A', 'B'] }],
      outputs: [{ name: 'rate', type: 'decimal' }],
      steps: [
        {
          name: 'rate',
          table: {
            hitPolicy: 'U',
            inputs: [{ expression: 'grade' }],
            outputs: [{}],
            rows: [
              { when: ['"A"'], give: ['1'] },
              { when: ['"B"'], give: ['2'] },
            ],
          },
        },
      ],
      parameters: [],
    }
    const told = tellDetermination(document, explain(document, { grade: 'B' }), {}, 'en')
    expect(told[1]).toBe(`rate: table row 2, grade = "B", gives 2 (${CLAUSE}).`)
  })

  it('say where the last fen went', () => {
    const zh = tellLastFen(PENSION, explanation, 'total', texts, 'zh')
    expect(zh).toContain('每月合计 3929.92；不取整时为 3929.91343012…')
    expect(zh).toContain('basic 四舍五入（通行做法）2562.49563525 → 2562.50，使总数变动 0.00436475')
    const even = { ...NOTICE, index: '1', years: '30', account: '195.00' }
    expect(tellLastFen(PENSION, explain(PENSION, even), 'total', {}, 'en')).toBe(
      'total 3093.45: no rounding added or took anything.',
    )
    expect(tellLastFen(PENSION, explanation, 'nothing', {}, 'en')).toBeUndefined()
  })
})
