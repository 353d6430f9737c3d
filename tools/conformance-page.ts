// The page that says how much of DMN 1.5 the rules room means, counted from the tables of its own tests.
import type { ClauseTable } from '../rules/src/conformance/clause-table.test-support.ts'
import { CLAUSES, isMet } from '../rules/src/conformance/clauses.test-support.ts'

/** `docs/understand/feel-conformance.md`: every clause with its count, every loss with its reason. */
export async function makeConformancePage(): Promise<string> {
  const asked = CLAUSES.reduce((sum, { cases }) => sum + cases.length, 0)
  const met = CLAUSES.reduce((sum, table) => sum + countMet(table), 0)
  return `# Conformance of FEEL and decision tables with DMN 1.5, level 3

Written by \`npm run generate\` from the tables in \`rules/src/conformance\`, which are also the tests: each row
is a sentence or an example of the specification's text as a question with its answer. Nothing on this page is
typed by hand.

**${met} of ${asked} questions are answered as the specification says: ${percent(met, asked)}.** The others are
listed below with their reasons.

| clause | what | asked | met |
|---|---|---:|---:|
${CLAUSES.map(clauseLine).join('\n')}
| | **all** | **${asked}** | **${met}** |

## What is lost, and why

| clause | question | DMN 1.5 | here | why |
|---|---|---|---|---|
${CLAUSES.flatMap(lossLines).join('\n')}

${BESIDES}`
}

const BESIDES = `The losses follow from one rule: every member must give the same bytes, today and in ten years, whatever
Node, operating system and data it has.

- **Time zones.** Fixed offsets, \`UTC\`, \`GMT\`, \`Etc/GMT±n\`, and China's names from 1992 on (before that there was
  summer time). Others are null with a reason.
- **Patterns.** The regular expressions of XPath without back-references, matched in time linear in the text;
  categories from pinned tables.
- **Letter case.** Tables of one Unicode version, pinned; a new table is a new protocol version.
- **External functions** are null with a reason: a rule reaches nothing outside of itself.
- **Limits.** Steps, depth, lengths of lists and texts are bounded; excess is told with the limit's name
  (\`rules/README.md\`).

Functions beyond DMN 1.5 (working days, periods, identifiers) are listed in \`rules/README.md\`; they have tests of
their own and do not count here.
`

function countMet({ cases }: ClauseTable): number {
  return cases.filter(isMet).length
}

function clauseLine(table: ClauseTable): string {
  return `| ${table.clause} | ${table.title} | ${table.cases.length} | ${countMet(table)} |`
}

/** A case that is not met without being declared as lost stands here too, so that nothing is hidden. */
function lossLines(table: ClauseTable): string[] {
  return table.cases
    .filter((one) => !isMet(one))
    .map(({ text, expected, lost, ask }) => {
      const cells = [table.clause, code(text), code(expected), code(ask().answer)]
      return `| ${[...cells, lost?.why ?? 'not declared: a mistake'].join(' | ')} |`
    })
}

/** Text as code in a cell of a table. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}\``
}

/** Rounded down, so that the page never promises more than there is. */
function percent(part: number, whole: number): string {
  return `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`
}
