/**
 * Goal: `renshe rules evaluate` is the published interface (determinations sections 2 to 5): calls,
 * answers, refusals in checking order, exit codes.
 * Method: its own examples word for word, on a package with those two determinations; a table of refusals,
 * each from one change of a good question.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleRules } from '../testing/sample-rules.ts'
import { type Typed, type } from '../testing/test-terminal.ts'

const services = sampleRules()
afterAll(() => rmSync(services, { recursive: true }))

function evaluate(words: readonly string[], input: string | Uint8Array = ''): Promise<Typed> {
  return type(['rules', 'evaluate', ...words, '--services', services], { folder: services, input })
}

async function answers(...lines: readonly (string | Uint8Array)[]): Promise<unknown[]> {
  const input = Buffer.concat(
    lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')])),
  )
  const { exit, out, err } = await evaluate(['--batch', '-'], input)
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

/** A good question, changed. */
function question(change: object): string {
  const good = {
    id: 'contribution.late-fee',
    on: '2026-08-31',
    facts: { arrears: '2400.00', daysLate: 10 },
  }
  return JSON.stringify({ ...good, ...change })
}

describe('the examples of the interface', () => {
  it('answers a batch word for word', async () => {
    const { out } = await evaluate(
      ['--batch', '-'],
      '{"id":"annuity.risk-reserve","on":"2026-08-31","facts":{"investmentFee":"265.00"}}\n' +
        '{"id":"contribution.late-fee","on":"2026-08-31","facts":{"arrears":"2400.00","daysLate":-1}}\n',
    )
    expect(out.replace(/"hash":"[0-9a-f]{64}"/, '"hash":"…"')).toBe(
      '{"line":1,"ok":true,"outputs":{"riskReserve":"53.00","isStopped":false},"rule":{"id":"annuity.risk-reserve","version":"1.0.0","hash":"…"}}\n' +
        '{"line":2,"ok":false,"error":{"code":"FACT_RANGE","field":"daysLate","message":"daysLate must be 0 or more, got -1"}}\n',
    )
  })

  it('answers one question with its trace, exit code 0', async () => {
    const words = ['annuity.risk-reserve', '--on', '2026-08-31', '--facts', '-', '--json']
    const { exit, out } = await evaluate(words, '{"investmentFee":"265.00"}')
    expect(exit).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(out)).toEqual({
      ok: true,
      outputs: { riskReserve: '53.00', isStopped: false },
      rule: {
        id: 'annuity.risk-reserve',
        version: '1.0.0',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
      trace: [
        {
          clause: '11号令/1',
          expression:
            'netAssetValue != null and reserveBalance != null and reserveBalance >= netAssetValue * 0.1',
          inputs: { netAssetValue: null, reserveBalance: null },
          value: false,
          rounding: null,
          output: 'isStopped',
        },
        {
          clause: '11号令/1',
          expression:
            'if isStopped then 0 else investmentFee * parameter("annuity.risk-reserve-share")',
          inputs: {
            isStopped: false,
            investmentFee: '265.00',
            'annuity.risk-reserve-share': {
              parameter: 'annuity.risk-reserve-share',
              value: '0.20',
              region: '000000',
              effectiveFrom: '2011-05-01',
              effectiveTo: null,
              basis: '11号令/1',
            },
          },
          value: '53.00',
          rounding: { mode: 'HALF_UP', places: 2, before: '53', clause: '11号令/1' },
          output: 'riskReserve',
        },
      ],
    })
  })

  it('prints the refusal of one question, exit code 3', async () => {
    const words = ['contribution.late-fee', '--on', '2026-08-31', '--facts', 'facts.json', '--json']
    writeFileSync(join(services, 'facts.json'), '{"arrears":"2400.00","daysLate":-1}')
    const { exit, out } = await evaluate(words)
    expect(exit).toBe(3)
    expect(JSON.parse(out)).toEqual({
      ok: false,
      error: {
        code: 'FACT_RANGE',
        field: 'daysLate',
        message: 'daysLate must be 0 or more, got -1',
      },
    })
  })

  it('tells the answer and its steps to people, in their language', async () => {
    const words = ['annuity.risk-reserve', '--on', '2026-08-31', '--facts', '-', '--locale', 'zh']
    const { exit, out } = await evaluate(words, '{"investmentFee":"265.00"}')
    expect(exit).toBe(0)
    expect(out).toContain('投资风险准备金')
    expect(out).toMatch(/riskReserve {2}53\.00/)
    expect(out).toContain('annuity.risk-reserve-share = 0.20')
    expect(out).toContain('[11号令/1]')
  })
})

describe('refusals, the first that applies', () => {
  const invalid = Uint8Array.of(0x7b, 0xff, 0x7d)
  const rows = [
    ['no JSON', '{"id"', 'REQUEST_MALFORMED', ''],
    ['another JSON value', '[]', 'REQUEST_MALFORMED', ''],
    ['bytes that are not UTF-8', invalid, 'REQUEST_MALFORMED', ''],
    ['a name twice', '{"id":"x","id":"y","on":"2026-08-31","facts":{}}', 'REQUEST_MALFORMED', ''],
    [
      'a name twice, spelled otherwise',
      question({}).replace('"arrears"', '"daysL\\u0061te":1,"arrears"'),
      'REQUEST_MALFORMED',
      '',
    ],
    [
      'a fact twice',
      question({}).replace('"arrears"', '"daysLate":1,"arrears"'),
      'REQUEST_MALFORMED',
      '',
    ],
    [
      'nesting without end',
      question({}).replace('10', `${'['.repeat(40)}${']'.repeat(40)}`),
      'REQUEST_MALFORMED',
      '',
    ],
    ['a member too many', question({ regoin: '510000' }), 'REQUEST_MALFORMED', 'regoin'],
    ['no id', question({ id: undefined }), 'REQUEST_MALFORMED', 'id'],
    ['no day', question({ on: undefined }), 'REQUEST_MALFORMED', 'on'],
    ['a day that does not exist', question({ on: '2026-02-30' }), 'REQUEST_MALFORMED', 'on'],
    ['a day with a time', question({ on: '2026-02-03T00:00' }), 'REQUEST_MALFORMED', 'on'],
    ['a day before every law', question({ on: '0001-01-01' }), 'REQUEST_MALFORMED', 'on'],
    ['facts that are a list', question({ facts: [] }), 'REQUEST_MALFORMED', 'facts'],
    ['a rule that nobody published', question({ id: 'constructor' }), 'RULE_UNKNOWN', 'id'],
    [
      'an unknown rule before a bad region',
      question({ id: 'x', region: '1' }),
      'RULE_UNKNOWN',
      'id',
    ],
    [
      'a day before the rule',
      question({ on: '2011-06-30', region: '1' }),
      'RULE_NOT_IN_FORCE',
      'on',
    ],
    [
      'a region that is needed',
      question({ id: 'contribution.province-fee', facts: {} }),
      'REGION_REQUIRED',
      'region',
    ],
    ['a region of five digits', question({ region: '51000' }), 'REGION_UNKNOWN', 'region'],
    ['a region of no province', question({ region: '990000' }), 'REGION_UNKNOWN', 'region'],
    ['a region that is a number', question({ region: 510000 }), 'REGION_UNKNOWN', 'region'],
    [
      'a fact that there is not',
      question({ facts: { arrear: '1.00', daysLate: '10' } }),
      'FACT_UNKNOWN',
      'arrear',
    ],
    ['a fact that is missing', question({ facts: { daysLate: '10' } }), 'FACT_MISSING', 'arrears'],
    [
      'money as a number',
      question({ facts: { arrears: 2400.5, daysLate: -1 } }),
      'FACT_TYPE',
      'arrears',
    ],
    [
      'money with three places',
      question({ facts: { arrears: '1.001', daysLate: 1 } }),
      'FACT_TYPE',
      'arrears',
    ],
    [
      'a fraction of a day',
      question({ facts: { arrears: '1.00', daysLate: 1.5 } }),
      'FACT_TYPE',
      'daysLate',
    ],
    [
      'a count above every count',
      question({ facts: { arrears: '1.00', daysLate: 1e300 } }),
      'FACT_RANGE',
      'daysLate',
    ],
    [
      'a code that there is not',
      question({ facts: { arrears: '1.00', daysLate: 1, kind: 'C' } }),
      'FACT_RANGE',
      'kind',
    ],
    [
      'a parameter that nobody published',
      question({ id: 'contribution.province-fee', region: '510000', facts: {} }),
      'PARAMETER_MISSING',
      'rate',
    ],
    [
      'a day before the first value',
      question({ on: '2011-08-01' }),
      'PARAMETER_MISSING',
      'contribution.late-fee-rate',
    ],
  ] as const

  // One run answers them all: a line that is refused does not stop the others.
  let found: unknown[] = []
  beforeAll(async () => {
    found = await answers(...rows.map(([, line]) => line))
  })

  it.each(rows.map(([name, , code, field], at) => [name, at, code, field] as const))(
    '%s',
    (_, at, code, field) => {
      expect(found[at]).toMatchObject({ line: at + 1, ok: false, error: { code, field } })
    },
  )

  it('never repeats a text that may be an identity number', async () => {
    const number = '11010519491231002X'
    const [answer] = await answers(question({ facts: { arrears: number, daysLate: 1 } }))
    expect(answer).toMatchObject({ error: { code: 'FACT_TYPE' } })
    expect(JSON.stringify(answer)).not.toContain(number)
  })
})

describe('a batch', () => {
  it('counts empty lines and passes over them, goes on after a refusal, keeps the order', async () => {
    const found = await answers(
      '',
      question({}),
      '  \r',
      'x',
      question({ facts: { arrears: '100.00', daysLate: 2 } }),
    )
    expect(found).toMatchObject([
      { line: 2, ok: true, outputs: { lateFee: '12.00' } },
      { line: 4, ok: false },
      { line: 5, ok: true, outputs: { lateFee: '0.10' } },
    ])
  })

  it('reads a file, takes a mark at its beginning, and a last line without an end', async () => {
    writeFileSync(
      join(services, 'lines.ndjson'),
      `\ufeff${question({})}\n${question({ region: '110000' })}`,
    )
    const { exit, out } = await evaluate(['--batch', 'lines.ndjson'])
    expect(exit).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(2)
  })

  it('passes over a line that is longer than a line may be, and answers the next', async () => {
    const long = JSON.stringify({ id: 'x'.repeat(5 << 20) })
    const found = await answers(long, question({}))
    expect(found).toMatchObject([
      { line: 1, ok: false, error: { code: 'REQUEST_MALFORMED' } },
      { line: 2, ok: true },
    ])
  })

  it('gives every step with --trace and none without', async () => {
    const [plain] = await answers(question({}))
    expect(plain).not.toHaveProperty('trace')
    const { out } = await evaluate(['--batch', '-', '--trace'], question({}))
    expect(JSON.parse(out)).toMatchObject({ line: 1, ok: true, trace: [{ output: 'lateFee' }] })
  })
})

describe('place and calendar', () => {
  it("takes the province's value and says where it came from", async () => {
    const { out } = await evaluate(
      ['--batch', '-', '--trace'],
      question({ on: '2026-03-01', region: '510104' }),
    )
    expect(JSON.parse(out)).toMatchObject({
      outputs: { lateFee: '24.00' },
      trace: [{ inputs: { 'contribution.late-fee-rate': { region: '510000' } } }],
    })
  })

  it("tells people that the province's value stands in, until when, and what was rounded", async () => {
    const words = ['contribution.late-fee', '--on', '2026-03-01', '--region', '510104']
    const { out } = await evaluate([...words, '--facts', '-'], '{"arrears":"33.33","daysLate":1}')
    expect(out).toContain('510000, 2026-01-01 → 2026-06-30, 11号令/1)')
    expect(out).toContain(
      '510104 has no contribution.late-fee-rate of its own: the value of 510000',
    )
    expect(out).toContain('→ 0.03   (0.03333 rounded HALF_UP to 2 places, 11号令/1)')
  })

  it("gives way to the country's value where the province's has ended", async () => {
    const [answer] = await answers(question({ region: '510000' }))
    expect(answer).toMatchObject({ outputs: { lateFee: '12.00' } })
  })

  it('counts working days by the published calendar that comes with the program', async () => {
    const facts = '{"from":"2026-02-13","workingDays":2}'
    const words = [
      'rules',
      'evaluate',
      'clock.add-working-days',
      '--on',
      '2026-02-13',
      '--facts',
      '-',
      '--json',
    ]
    const { out } = await type(words, { input: facts })
    // 2026-02-14 is a make-up Saturday; the Spring Festival ends on 2026-02-23.
    expect(JSON.parse(out)).toMatchObject({ ok: true, outputs: { date: '2026-02-24' } })
  })
})

describe('list and describe', () => {
  it('lists id, both titles, version and first day', async () => {
    const { exit, out } = await type(['rules', 'list', '--services', services, '--json'])
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toContainEqual({
      id: 'annuity.risk-reserve',
      zh: '投资风险准备金',
      en: 'Reserve taken from the investment fee',
      version: '1.0.0',
      inForceFrom: '2011-05-01',
    })
  })

  it('describes a rule in the shape of the catalogue of determinations', async () => {
    const words = ['rules', 'describe', 'contribution.late-fee', '--services', services, '--json']
    const { out } = await type(words)
    expect(JSON.parse(out)).toMatchObject({
      id: 'contribution.late-fee',
      group: 'contribution',
      zh: '滞纳金',
      inForceFrom: '2011-07-01',
      region: 'for parameters',
      certainty: 'P',
      inputs: [
        { name: 'arrears', type: 'money', required: true },
        { name: 'daysLate', type: 'int', required: true },
        { name: 'place', type: 'region', required: false },
        { name: 'calendar', type: 'calendar', required: false },
        { name: 'kind', type: 'code', values: ['A', 'B'], required: false, default: 'A' },
      ],
      outputs: [{ name: 'lateFee', type: 'money' }],
      legalBasis: ['11号令/1'],
      clauses: [{ id: '11号令/1', effectiveFrom: '2011-05-01', certainty: 'P' }],
      parameters: [
        {
          parameter: 'contribution.late-fee-rate',
          values: [
            { value: '0.0005', region: '000000', effectiveFrom: '2012-01-01', effectiveTo: null },
            { value: '0.0010', region: '510000', effectiveTo: '2026-06-30' },
          ],
        },
      ],
    })
  })

  it('tells how sure a determination is, what its facts are called, and which one is needed', async () => {
    const words = ['rules', 'describe', 'contribution.late-fee', '--json']
    expect(JSON.parse((await type(words)).out)).toMatchObject({
      region: 'not used',
      certainty: 'S',
      inputs: [
        {
          name: 'arrears',
          label: { zh: '欠缴额', en: 'Arrears' },
          help: { zh: '欠缴的本金，不含滞纳金。' },
        },
        {},
        {},
        {},
      ],
      exactlyOneOf: [['daysLate'], ['dueOn', 'paidOn']],
    })
    const payout = JSON.parse(
      (await type(['rules', 'describe', 'pension.payout-months', '--json'])).out,
    )
    // The number of one age is open, and so is the rounding between ages.
    expect(payout).toMatchObject({
      certainty: 'S / K-M',
      inputs: [{ minimum: 40, maximum: 70 }, {}],
    })
    const { out } = await type(['rules', 'describe', 'contribution.amounts', '--locale', 'en'])
    expect(out).toContain('certainty S / K-H / K-L')
    expect(out).toContain('国办发〔2019〕13号/全文 (2019-05-01, K-H)')
  })

  it('refuses to describe what nobody published', async () => {
    const { exit, out, err } = await type(['rules', 'describe', 'x.y', '--services', services])
    expect({ exit, out, err }).toEqual({
      exit: 3,
      out: '',
      err: 'No published rule is called x.y.\n',
    })
  })
})
