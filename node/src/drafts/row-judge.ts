import type { Bilingual, CompiledPackage, RowDefinition } from '@renshe/contracts'
import {
  findFieldFault,
  findRowFault,
  type PreparedCheck,
  prepareCheck,
  RowScope,
  toFeel,
} from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import { type Environment, LimitExceeded } from '@renshe/rules'
import {
  type CellTexts,
  type DraftColumn,
  expectedOfField,
  findWords,
  jsonOf,
} from './draft-columns.ts'
import { type RowProblem, shownText } from './draft-row.ts'

/** Who has an account, by the value of the column that identifies the person; a `Set` will do. */
export interface Accounts {
  has(person: string): boolean
}

/** What rows of one draft are judged by. */
export interface JudgeTerms {
  readonly code: CompiledPackage
  readonly row: RowDefinition
  readonly columns: readonly DraftColumn[]
  readonly environment: Environment
  /** A person without an account is a problem; not asked if undefined. */
  readonly accounts?: Accounts
}

interface JudgedCheck {
  readonly prepared: PreparedCheck
  /** Columns that the check reads: while one is unreadable, its answer would mislead. */
  readonly reads: readonly string[]
  /** Place of the column that it looks at. */
  readonly place: number
}

/** Judges rows by the package: fields, then every check, compiled once. */
export class RowJudge {
  readonly #terms: JudgeTerms
  readonly #checks: readonly JudgedCheck[]
  /** Columns that some check or fact reads: only these are made values of FEEL. */
  readonly #isRead: readonly boolean[]
  readonly #uniquePlace: number

  constructor(terms: JudgeTerms) {
    const { row, columns } = terms
    this.#terms = terms
    this.#checks = row.checks.map((check) => {
      const prepared = prepareCheck(check)
      const reads = prepared.unless.names.filter((name) => Object.hasOwn(row.columns, name))
      return { prepared, reads, place: columns.findIndex(({ name }) => name === check.column) }
    })
    const read = new Set(
      this.#checks.flatMap(({ prepared: { unless, facts } }) => [
        ...unless.names,
        ...facts.flatMap(([, fact]) => fact.names),
      ]),
    )
    this.#isRead = columns.map(({ name }) => read.has(name))
    this.#uniquePlace = columns.findIndex(({ name }) => name === row.unique)
  }

  /** Value of the column that identifies the row; undefined if there is none or it is unreadable. */
  keyOf(cells: CellTexts): string | undefined {
    const text = this.#uniquePlace < 0 ? null : cells[this.#uniquePlace]
    return text === null || text === '' ? undefined : text
  }

  /** Everything that is wrong with a row beside what the reader of its cells told. */
  judge(cells: CellTexts): RowProblem[] {
    const problems: RowProblem[] = []
    const scope = new RowScope(NOTHING_SHARED)
    const faulty = this.#judgeFields(cells, scope, problems)
    for (const check of this.#checks) {
      if (faulty.size > 0 && check.reads.some((name) => faulty.has(name))) continue
      const problem = this.#judgeCheck(check, cells, scope)
      if (problem !== undefined) problems.push(problem)
    }
    const key = this.keyOf(cells)
    const { accounts } = this.#terms
    if (accounts !== undefined && key !== undefined && !accounts.has(key)) {
      problems.push(this.#aboutPerson('NO_ACCOUNT', key, NO_ACCOUNT))
    }
    return problems
  }

  /** What is told of a second row about the same. */
  twice(key: string, line: number): RowProblem {
    return this.#aboutPerson('ROW_TWICE', key, {
      zh: line === 0 ? '每人一行;另有一行相同' : `每人一行;第 ${line} 行已有`,
      en: `one row for each; ${line === 0 ? 'another row' : `line ${line}`} has the same`,
    })
  }

  #aboutPerson(code: string, key: string, expected: Bilingual): RowProblem {
    return { code, column: this.#terms.row.unique ?? null, expected, came: shownText(key) }
  }

  #judgeFields(cells: CellTexts, scope: RowScope, problems: RowProblem[]): ReadonlySet<string> {
    const { columns } = this.#terms
    let faulty: Set<string> | undefined
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place] as DraftColumn
      const { name, field } = column
      const text = cells[place] ?? null
      const json = text === null ? undefined : jsonOf(column, text)
      const fault = text === null ? undefined : findFieldFault(field, json)
      if (text !== null && fault === undefined) {
        if (this.#isRead[place]) scope.values.set(name, toFeel(field, json))
        continue
      }
      faulty ??= new Set()
      faulty.add(name)
      if (fault === undefined || text === null) continue
      const expected = expectedOfField(column, fault)
      problems.push({ code: codeOf(fault), column: name, expected, came: shownText(text) })
    }
    return faulty ?? NOTHING_FAULTY
  }

  #judgeCheck(
    { prepared, place }: JudgedCheck,
    cells: CellTexts,
    scope: RowScope,
  ): RowProblem | undefined {
    const { column } = prepared.check
    const came = (): string => shownText(cells[place] ?? '')
    try {
      const fault = findRowFault([prepared], scope, this.#terms.environment)
      if (fault === undefined) return undefined
      return { code: fault.code, column, expected: this.#wordsOf(fault), came: came() }
    } catch (error) {
      if (!(error instanceof LimitExceeded)) throw error
      return { code: 'CHECK_LIMIT', column, expected: TOO_MUCH_WORK, came: came() }
    }
  }

  #wordsOf({ code, facts }: { readonly code: string; readonly facts: JsonObject }): Bilingual {
    const words = findWords(this.#terms.code, `refuse.${code}`) ?? { zh: code, en: code }
    return { zh: withFacts(words.zh, facts), en: withFacts(words.en, facts) }
  }
}

const NOTHING_SHARED = new Map()
const NOTHING_FAULTY: ReadonlySet<string> = new Set()
const NO_ACCOUNT: Bilingual = {
  zh: '已开立个人账户的人员;请先办理新增,开户后再核对',
  en: 'a person with an account: enrol the person first, then check again',
}
const TOO_MUCH_WORK: Bilingual = {
  zh: '较短的内容:核对此行所需的计算超出上限',
  en: 'something shorter: checking this row takes more work than is allowed',
}

function codeOf(fault: string): string {
  if (fault.startsWith('at least ')) return 'BELOW_MINIMUM'
  return fault.startsWith('at most ') ? 'ABOVE_MAXIMUM' : 'FIELD_INVALID'
}

function withFacts(sentence: string, facts: JsonObject): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(facts, name) ? factText(facts[name] ?? null) : place,
  )
}

function factText(fact: Json): string {
  if (Array.isArray(fact)) return fact.map(factText).join(', ')
  return fact === null ? '–' : String(fact)
}
