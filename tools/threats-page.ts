// The page that says, attack by attack, which file defends and which test fails without the defence.
// The tests are found by the number in their titles, so that the page cannot promise one that is gone.
import { existsSync } from 'node:fs'
import { type AstNode, projectFiles, projectRoot, readSource, walk } from './source-files.ts'
import { THREATS, type Threat } from './threats.ts'

/** One test, or one group of tests, whose title names the threats it holds. */
interface NumberedTest {
  readonly path: string
  readonly title: string
  readonly numbers: readonly number[]
}

/** `docs/understand/threats.md`: every attack with its defence, its tests, and what is not built yet. */
export async function makeThreatsPage(): Promise<string> {
  const tests = numberedTests()
  const shown = THREATS.filter((threat) => testsOf(threat, tests).length > 0)
  const wrong = mistakesIn(tests)
  if (wrong.length > 0) throw new Error(`threats page: ${wrong.join('; ')}`)
  const open = THREATS.filter(({ missing }) => missing !== undefined)
  return `# Threats, their defences and their tests

Written by \`npm run generate\` from \`tools/threats.ts\` and the titles of the tests: a title with
“threat 19” fails when the defence against attack 19 is taken away. Try it: comment the defence out, run the test, see red.

**${shown.length} of ${THREATS.length} attacks have tests. ${open.length} have parts that are not built yet; the last table says which.**

| # | attack | defence | files | tests |
|---:|---|---|---|---|
${THREATS.map((threat) => threatLine(threat, tests)).join('\n')}

## What does not exist yet

A defence is not claimed before the surface that it protects exists. Each of these comes, with its test, in the commit that brings the surface.

| # | attack | not yet |
|---:|---|---|
${open.map(({ number, attack, missing }) => `| ${number} | ${attack} | ${missing} |`).join('\n')}

## Hostile inputs, by entry point

Each file holds a table: one hostile input a row, the error that must come and, where the entry point
keeps something, that nothing was written.

| entry point | tables |
|---|---|
${Object.entries(HOSTILE_TABLES).map(entryPointLine).join('\n')}
`
}

/** Where the hostile inputs of each entry point stand. */
const HOSTILE_TABLES: Readonly<Record<string, readonly string[]>> = {
  'bytes of a transaction': [
    'kernel/src/hostile-bytes.test.ts',
    'kernel/src/transaction.test.ts',
    'crypto/src/json.test.ts',
    'ledger/src/engine-conformance.ts',
  ],
  'service package': [
    'contracts/src/catalogue/hostile-bytes.test.ts',
    'contracts/src/catalogue/check/check-package.test.ts',
    'contracts/src/catalogue/publish.test.ts',
    'contracts/src/cases/hostile-packages.test.ts',
    'rules/src/compile/limits.test.ts',
  ],
  payroll: [
    'node/src/files/read-csv.test.ts',
    'node/src/files/read-xlsx.test.ts',
    'node/src/drafts/hostile-payroll.test.ts',
    'node/src/drafts/draft-files.test.ts',
  ],
  'bank file': [
    'node/src/connectors/bank/iso20022.test.ts',
    'node/src/connectors/bank/bank-connector.test.ts',
  ],
  'command line': ['cli/src/hostile-input.test.ts', 'cli/src/service/author-mistakes.test.ts'],
  'evidence file': ['proof/src/forgeries.test.ts', 'proof/src/verify-evidence.test.ts'],
}

/** Every title in the project that names a threat; groups inside a named group are not told again. */
function numberedTests(): NumberedTest[] {
  return projectFiles('.test.ts', 'engine-conformance.ts').flatMap((path) => {
    const { program } = readSource(path)
    const found: (NumberedTest & { readonly start: number; readonly end: number })[] = []
    walk(program, (node) => {
      const title = titleOf(node)
      const numbers = title === undefined ? [] : numbersIn(title)
      if (title === undefined || numbers.length === 0) return
      const isInside = found.some(
        (one) =>
          one.start <= node.start &&
          node.end <= one.end &&
          numbers.every((number) => one.numbers.includes(number)),
      )
      if (!isInside) found.push({ path, title, numbers, start: node.start, end: node.end })
    })
    return found
  })
}

/** The title of a call of `describe`, `it` or `test`, also behind `.each(…)`. */
function titleOf({ type, callee, arguments: given }: AstNode): string | undefined {
  if (type !== 'CallExpression' || !isTestCall(callee as AstNode)) return undefined
  const [first] = given as AstNode[]
  return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined
}

function isTestCall(callee: AstNode): boolean {
  if (callee.type === 'Identifier') return ['describe', 'it', 'test'].includes(`${callee.name}`)
  if (callee.type === 'MemberExpression') return isTestCall(callee.object as AstNode)
  return callee.type === 'CallExpression' && isTestCall(callee.callee as AstNode)
}

/** `threat 5` · `threats 4 and 5` · `threats 19 to 21`. */
function numbersIn(title: string): number[] {
  const [, list = ''] = /\bthreats? (\d+(?:(?:, | and | to )\d+)*)/.exec(title) ?? []
  const [from, to] = list.split(' to ').map(Number)
  if (from !== undefined && to !== undefined) {
    return Array.from({ length: to - from + 1 }, (_, at) => from + at)
  }
  return list === '' ? [] : list.split(/, | and /).map(Number)
}

function testsOf({ number }: Threat, tests: readonly NumberedTest[]): NumberedTest[] {
  return tests.filter(({ numbers }) => numbers.includes(number))
}

/** What would make the page a lie. */
function mistakesIn(tests: readonly NumberedTest[]): string[] {
  const known = new Set(THREATS.map(({ number }) => number))
  const files = [
    ...THREATS.flatMap((threat) => threat.files),
    ...Object.values(HOSTILE_TABLES).flat(),
  ]
  return [
    ...THREATS.filter((one) => one.missing === undefined && testsOf(one, tests).length === 0).map(
      ({ number }) => `threat ${number} has no test`,
    ),
    ...tests.flatMap(({ path, numbers }) =>
      numbers
        .filter((number) => !known.has(number))
        .map((number) => `${path}: no threat ${number}`),
    ),
    ...files.filter((path) => !existsSync(projectRoot + path)).map((path) => `no file ${path}`),
  ]
}

function threatLine(threat: Threat, tests: readonly NumberedTest[]): string {
  const shown = testsOf(threat, tests).map(
    ({ path, title }) => `${link(path)}: ${title.replaceAll('|', '\\|')}`,
  )
  const none = threat.missing === undefined ? '' : 'none yet'
  const cells = [threat.attack, threat.defence, threat.files.map(link).join('<br>') || '–']
  return `| ${threat.number} | ${cells.join(' | ')} | ${shown.join('<br>') || none} |`
}

function entryPointLine([name, paths]: [string, readonly string[]]): string {
  return `| ${name} | ${paths.map(link).join('<br>')} |`
}

function link(path: string): string {
  return `[\`${path}\`](../../${path})`
}
