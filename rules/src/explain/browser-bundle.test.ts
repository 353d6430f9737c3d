/**
 * Goal: a browser explains a number by itself, as the README shows it, with what the catalogue's queries
 * give. Method: the README's own lines are bundled for a browser and run in a bare JavaScript world; the
 * notice of Sichuan of June 2024 comes out to the fen.
 *
 * @source 国发〔2005〕38号 六; published notice, shared pension facts §4
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { type PublishedSeries, publishedLookup } from '../rule/published-series.ts'
import type { RuleDocument } from '../rule/rule-document.ts'
import { explainRule } from './explain-rule.ts'

const CLAUSE = '国发〔2005〕38号/六'
const FEN = { mode: 'HALF_UP', places: 2, clause: 'practice' } as const

const DOCUMENT: RuleDocument = {
  id: 'pension.amount',
  title: { zh: '基本养老金', en: 'Basic pension' },
  clause: [CLAUSE],
  effectiveFrom: '2006-01-01',
  facts: [
    { name: 'index', type: 'decimal' },
    { name: 'years', type: 'decimal' },
    { name: 'account', type: 'money' },
    { name: 'months', type: 'int' },
  ],
  outputs: [{ name: 'total', type: 'money' }],
  steps: [
    {
      name: 'basic',
      expression: 'parameter("pension.base") * (1 + index) / 2 * years / 100',
      rounding: FEN,
    },
    { name: 'personal', expression: 'account / months', rounding: FEN },
    { name: 'total', expression: 'basic + personal' },
  ],
  parameters: ['pension.base'],
}

function publication(value: string, inForceFrom: string, publishedHeight: number): PublishedSeries {
  const row = { value, effectiveFrom: '2024-01-01', effectiveTo: null, basis: CLAUSE }
  return { parameter: 'pension.base', region: '510000', rows: [row], inForceFrom, publishedHeight }
}

const PARAMETERS = [publication('8321', '2024-01-01', 7), publication('8462', '2025-01-01', 9)]
const FACTS = { index: '0.935', years: '31.83', account: '150397.22', months: 195 }

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** The only lines of TypeScript of that section of the README. */
function exampleOfReadme(): string {
  const [, section = ''] = readFileSync(`${folder}README.md`, 'utf8').split(
    '## Explaining a number',
  )
  return /```ts\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
}

async function bundled(): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: exampleOfReadme(), resolveDir: folder, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'shown',
    platform: 'browser',
    target: 'es2022',
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  expect(imports).toEqual([])
  return outputFiles[0]?.text ?? ''
}

describe('the lines of the README', () => {
  it('run in a bare world and explain the number', async () => {
    const context = createContext({ TextEncoder, TextDecoder })
    runInContext(await bundled(), context)
    const given = JSON.stringify([DOCUMENT, PARAMETERS, FACTS])
    const run = `JSON.stringify(shown.explainNumber(...${given}))`
    expect(JSON.parse(runInContext(run, context) as string)).toEqual({
      outputs: { total: '3333.77' },
      numbers: 'basic + personal = 2562.5 + 771.27 = 3333.77',
      rounded: [
        {
          name: 'basic',
          rounding: { ...FEN, before: '2562.49563525', after: '2562.5' },
          clause: CLAUSE,
        },
        {
          name: 'personal',
          rounding: { ...FEN, before: '771.2677948717948717948717948717949', after: '771.27' },
          clause: CLAUSE,
        },
      ],
      sentences: [
        '按 2024-06-30 施行的规则计算基本养老金（pension.amount，地区 510104）。',
        'basic = parameter("pension.base") * (1 + index) / 2 * years / 100 = 8321 * (1 + 0.935) / 2 * 31.83 / 100 = 2562.49563525（国发〔2005〕38号/六）。',
        '四舍五入，保留 2 位小数：2562.49563525 → 2562.50（通行做法）。',
        '510104 没有自己的“pension.base”，采用 510000 的值。',
        'personal = account / months = 150397.22 / 195 = 771.26779487…（国发〔2005〕38号/六）。',
        '四舍五入，保留 2 位小数：771.26779487… → 771.27（通行做法）。',
        'total = basic + personal = 2562.5 + 771.27 = 3333.77（国发〔2005〕38号/六）。',
      ],
      lastFen:
        'total 3333.77；不取整时为 3333.76343012…，相差 0.00656987…：basic 四舍五入（通行做法）2562.49563525 → 2562.50，使总数变动 0.00436475；personal 四舍五入（通行做法）771.26779487… → 771.27，使总数变动 0.00220512…。',
      isSum: true,
    })
  })
})

describe('explainRule', () => {
  const question = { document: DOCUMENT, on: '2024-06-30', parameters: PARAMETERS, facts: FACTS }

  it('says in words where a value of another region was used', () => {
    const told = explainRule({ ...question, region: '510104' })
    expect(told.ok && told.sentences.en.join(' ')).toContain('510104 has no value of its own')
  })

  it('refuses as the rule does', () => {
    expect(explainRule({ ...question, region: '110105' })).toEqual({
      ok: false,
      error: {
        code: 'PARAMETER_MISSING',
        field: 'pension.base',
        message: 'no value of pension.base is published for region 110105 on 2024-06-30',
      },
    })
  })

  it('takes the publication that was in force on the day, as contracts do', () => {
    const { find } = publishedLookup(PARAMETERS)
    const values = ['2023-12-31', '2024-12-31', '2025-01-01'].map(
      (on) => find('pension.base', '510000', on)?.value,
    )
    expect(values).toEqual([undefined, '8321', '8462'])
  })
})
