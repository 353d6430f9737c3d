/**
 * Goal: a mistake of an author is told with file, line and column, what was expected and what came.
 * Method: the library card with one thing broken per row, checked as `renshe service check` does. The
 * first row breaks nothing: what the others tell comes from their one change.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CARD_FILES, cardFolders, RULES_FILES } from '../testing/card-package.ts'
import { checkService, type ServiceProblem } from './check-service.ts'
import { PackageFolders } from './package-folders.ts'

const roots: string[] = []
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true })
})

function problemsOf(change: (root: string) => void, name = 'library-card') {
  const root = cardFolders()
  roots.push(root)
  change(root)
  return checkService(new PackageFolders(root), name)
}

/** A file of the card with a text replaced; the row would test nothing if it were not there. */
function broken(file: string, from: string, to: string) {
  const text = CARD_FILES[file] ?? ''
  expect(text).toContain(from)
  return problemsOf((root) => {
    writeFileSync(join(root, 'library-card', file), text.replace(from, to))
  })
}

function said({ file, line, column, code, expected, came }: ServiceProblem): string {
  return `${file}:${line}:${column} ${code}: ${expected}; ${came}`
}

it('finds nothing in the card as it is', () => {
  const { ok, problems, caseExamples } = problemsOf(() => {})
  expect(problems.map(said)).toEqual([])
  expect({ ok, caseExamples }).toEqual({ ok: true, caseExamples: 1 })
})

/** File, what stands there, what the author wrote instead, what the line that is named holds, how it is told. */
const ROWS: readonly (readonly [string, string, string, string, string, RegExp])[] = [
  [
    'a tab',
    'service.yaml',
    '  school: opener',
    '\tschool: opener',
    'school: opener',
    /YAML: well-formed YAML; /,
  ],
  [
    'an unclosed quote',
    'service.yaml',
    'purpose: CARD',
    "purpose: 'CARD",
    '',
    /YAML: well-formed YAML; Missing closing 'quote/,
  ],
  [
    'a name twice',
    'service.yaml',
    'retention:',
    'basis: []\nretention:',
    'basis: []',
    /YAML: .*; Map keys must be unique/,
  ],
  [
    'an alias',
    'service.yaml',
    'kind: {code: [CHILD, ADULT]}, branch',
    'kind: &k {code: [CHILD, ADULT]}, other: *k, branch',
    '*k',
    /ALIAS: the value itself; an alias/,
  ],
  [
    'an unknown member',
    'service.yaml',
    'holder: library',
    'holdr: library',
    'holdr',
    /UNKNOWN_MEMBER: one of holder, .*; holdr/,
  ],
  [
    'a missing member',
    'service.yaml',
    'version: 1.0.0\n',
    '',
    'service: library-card',
    /MEMBER_MISSING: version: …; nothing/,
  ],
  [
    'a kind of package that there is not',
    'service.yaml',
    'service: library-card',
    'servce: library-card',
    'servce',
    /UNKNOWN_MEMBER: one of service, library, /,
  ],
  [
    'a title in one language',
    'service.yaml',
    'title: {zh: 借书证, en: Library card}',
    'title: {zh: 借书证}',
    'title:',
    /TEXT_MISSING: a text in en; nothing/,
  ],
  [
    'a list for a text',
    'service.yaml',
    'responsible: LIB',
    'responsible: [LIB]',
    'responsible',
    /NOT_TEXT: text; a list/,
  ],
  [
    'an unknown type',
    'service.yaml',
    'bookPrice: money',
    'bookPrice: mony',
    'mony',
    /TYPE_UNKNOWN: a type: .*; "mony"/,
  ],
  [
    'an unknown effect',
    'service.yaml',
    '{record: library-card',
    '{recrd: library-card',
    'recrd',
    /EFFECT_UNKNOWN: an effect: /,
  ],
  [
    'an effect called like a part of every object',
    'service.yaml',
    '{record: library-card',
    '{constructor: library-card',
    'constructor',
    /EFFECT_UNKNOWN: an effect: /,
  ],
  [
    'a period in words',
    'service.yaml',
    'within: 3 days',
    'within: three days',
    'three days',
    /NOT_A_PERIOD: a period such as .*; "three days"/,
  ],
  [
    'a clock without a clause',
    'service.yaml',
    'within: 3 days, clause: Library statute/1,',
    'within: 3 days,',
    'within',
    /CLAUSE_MISSING: clause: which law/,
  ],
  [
    'two ways on',
    'service.yaml',
    '    clock: {within',
    '    then: [name-readers]\n    clock: {within',
    'holder: library',
    /TWO_WAYS_ON: then inside each outcome; then beside outcomes/,
  ],
  [
    'a step that is not there',
    'service.yaml',
    'then: [decide]',
    'then: [decid]',
    'decid',
    /\w+: .*; decid/,
  ],
  [
    'FEEL that does not end',
    'service.yaml',
    'deposit <= ceiling.most',
    'deposit <=',
    'unless',
    /FEEL_SYNTAX: expected an expression, but the text ends; deposit <=/,
  ],
  [
    'a name that FEEL does not know',
    'service.yaml',
    'deposit <= ceiling.most',
    'depsit <= ceiling.most',
    'depsit',
    /NAME_UNKNOWN: one of .*deposit.*; depsit/,
  ],
  [
    'a rule that is not there',
    'service.yaml',
    'rule: library.deposit-ceiling',
    'rule: library.deposit-roof',
    'deposit-roof',
    /RULE_UNKNOWN: .*; library\.deposit-roof/,
  ],
  [
    'a clause that nobody cites',
    'service.yaml',
    'keep: 1 year, clause: Library statute/1',
    'keep: 1 year, clause: Library statute/9',
    'statute/9',
    /\w+: .*; Library statute\/9/,
  ],
  [
    'a package that is not there',
    'service.yaml',
    'uses: [library-rules]',
    'uses: [library-rule]',
    'uses',
    /PACKAGE_UNKNOWN: a package that lies beside this one: library-card, library-rules; library-rule/,
  ],
  [
    'a package that uses itself',
    'service.yaml',
    'uses: [library-rules]',
    'uses: [library-rules, library-card]',
    'uses',
    /USES_CYCLE: packages that do not use each other; library-card → library-card/,
  ],
  [
    'a clause id without an article',
    'law.yaml',
    'Library statute/1:',
    'Library statute:',
    'effectiveFrom',
    /CLAUSE_ID: an id such as .*; Library statute/,
  ],
  [
    "a certainty of one's own",
    'law.yaml',
    'certainty: P',
    'certainty: sure',
    'sure',
    /\w+: .*; sure/,
  ],
  [
    'a text in one language only',
    'texts/en.yaml',
    'alert: {DECISION_LATE: The decision is late}\n',
    '',
    'step',
    /TEXT_MISSING: as in zh; alert\.DECISION_LATE/,
  ],
  [
    'a field that no sentence mentions',
    'texts/zh.yaml',
    '申请{kind}借书证',
    '申请借书证',
    '申请借书证',
    /SIGN_FIELD_UNMENTIONED: \{kind\} in the sentence; /,
  ],
  [
    'an end that does not come',
    'examples/cases.yaml',
    'expect: {status: REFUSED}',
    'expect: {status: GRANTED}',
    'GRANTED',
    /EXAMPLE_DIFFERS: status GRANTED; REFUSED/,
  ],
  [
    'an act of nobody',
    'examples/cases.yaml',
    '    - by: school\n      do: open',
    '    - do: open',
    'do: open',
    /BY_MISSING: by: a member of the world; nothing/,
  ],
  [
    'a world with a package that is not there',
    'examples/cases.yaml',
    'packages: []',
    'packages: [nowhere]',
    'nowhere',
    /PACKAGE_UNKNOWN: .*; nowhere/,
  ],
  [
    'an example that begins nowhere',
    'examples/cases.yaml',
    '  at: 2026-03-02T10:00',
    '  begin: {example: other, until: x}',
    'title',
    /EXAMPLE_UNKNOWN: begin: \{example: another example\}; other/,
  ],
]

describe('each mistake is told at its place', () => {
  it.each(ROWS)('%s', (_, file, from, to, line, expected) => {
    const { ok, problems } = broken(file, from, to)
    expect(ok).toBe(false)
    const first = problems[0] as ServiceProblem
    expect(first.file).toBe(`library-card/${file}`)
    const text = (CARD_FILES[file] ?? '').replace(from, to).split('\n')[first.line - 1]
    expect(text).toContain(line)
    expect(first.column).toBeLessThanOrEqual((text ?? '').length + 1)
    expect(said(first)).toMatch(expected)
  })
})

describe('files', () => {
  const inRules = (path: string, bytes: string | Uint8Array) =>
    problemsOf((root) => writeFileSync(join(root, 'library-rules', path), bytes), 'library-rules')

  it.each([
    [
      'a table without its header',
      'parameters/deposit.csv',
      'a,b\n',
      /parameters\/deposit\.csv:1:1 PARAMETER_HEADER: parameter,value,.*; a,b/,
    ],
    [
      'a row with a cell too few',
      'parameters/deposit.csv',
      `${RULES_FILES['parameters/deposit.csv']}x,1\n`,
      /parameters\/deposit\.csv:3:1 PARAMETER_ROW: \d+ cells; 2/,
    ],
    [
      'a stray quote',
      'parameters/deposit.csv',
      `${RULES_FILES['parameters/deposit.csv']}x,"1\n`,
      /parameters\/deposit\.csv:3:1 CSV: /,
    ],
    [
      'bytes that are not UTF-8',
      'law.yaml',
      Uint8Array.of(0x61, 0xff, 0x0a),
      /law\.yaml:1:1 FILE: UTF-8 text; bytes that are not UTF-8/,
    ],
    ['nesting without end', 'law.yaml', `${'['.repeat(100_000)}`, /law\.yaml:1:\d+ (DEPTH|YAML): /],
    [
      'a file of another size',
      'law.yaml',
      'x'.repeat(5 << 20),
      /law\.yaml:1:1 FILE: at most 4194304 bytes; 5242880 bytes/,
    ],
  ])('%s', (_, path, bytes, expected) => {
    const { ok, problems } = inRules(path, bytes)
    expect(ok).toBe(false)
    expect(problems.map(said).join('\n')).toMatch(expected)
  })

  it('tells a value that an example of a rule does not get', () => {
    const text = RULES_FILES['examples/deposit.yaml']?.replace("'24.68'", "'24.69'") ?? ''
    const { problems } = inRules('examples/deposit.yaml', text)
    expect(problems.map(said)).toEqual([
      'library-rules/examples/deposit.yaml:7:12 EXAMPLE_DIFFERS: "24.69"; 24.68',
    ])
  })
})
