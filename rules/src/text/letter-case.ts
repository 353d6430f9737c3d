import { LOWER_RUNS, LOWER_SPECIAL, UPPER_RUNS, UPPER_SPECIAL } from './case-tables.gen.ts'

interface CaseTable {
  readonly simple: ReadonlyMap<number, number>
  readonly special: ReadonlyMap<number, string>
}

function readTable(runs: string, special: string): CaseTable {
  const simple = new Map<number, number>()
  let start = 0
  for (const run of runs.split(';')) {
    const [distance = '', count = '', step = '', delta = ''] = run.split(',')
    start += Number.parseInt(distance, 36)
    for (let index = 0; index < Number.parseInt(count, 36); index += 1) {
      const point = start + index * Number(step)
      simple.set(point, point + Number.parseInt(delta, 36))
    }
  }
  const several = new Map<number, string>()
  for (const entry of special.split(';')) {
    const [point = 0, ...targets] = entry.split(',').map((value) => Number.parseInt(value, 36))
    several.set(point, String.fromCodePoint(...targets))
  }
  return { simple, special: several }
}

let upperTable: CaseTable | undefined
let lowerTable: CaseTable | undefined

function convert(text: string, table: CaseTable): string {
  let converted = ''
  for (const character of text) {
    const point = character.codePointAt(0) as number
    const single = table.simple.get(point)
    converted +=
      single === undefined ? (table.special.get(point) ?? character) : String.fromCodePoint(single)
  }
  return converted
}

/** Upper case by the pinned Unicode tables, without rules of languages: `ß` becomes `SS`. */
export function toUpper(text: string): string {
  upperTable ??= readTable(UPPER_RUNS, UPPER_SPECIAL)
  return convert(text, upperTable)
}

/** Lower case by the pinned Unicode tables; a sigma is `σ` also at the end of a word. */
export function toLower(text: string): string {
  lowerTable ??= readTable(LOWER_RUNS, LOWER_SPECIAL)
  return convert(text, lowerTable)
}

/** The point that stands for all cases of a code point, for patterns that ignore case. */
export function foldPoint(point: number): number {
  upperTable ??= readTable(UPPER_RUNS, UPPER_SPECIAL)
  lowerTable ??= readTable(LOWER_RUNS, LOWER_SPECIAL)
  const upper = upperTable.simple.get(point) ?? point
  return lowerTable.simple.get(upper) ?? upper
}
