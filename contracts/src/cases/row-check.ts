/*
 * What a row of a batch must be: read and checked by everyone who may see it, at the upload and again when
 * members compute over the rows.
 */
import type { Json, JsonObject } from '@renshe/crypto'
import type { Environment, Scope, Value } from '@renshe/rules'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import type { Check, RowDefinition } from '../catalogue/package-document.ts'
import { type Compiled, feel } from './feel.ts'
import { findFieldFault, spellFact, toFeel, type ValueType } from './field-values.ts'
import { ownMember } from './own-member.ts'

/** What is wrong with a row; facts are for those who may see it. */
export interface RowFault {
  /** Upper case: of the package's check, or `COLUMN_UNKNOWN`, `COLUMN_INVALID`, `ROW_TWICE`. */
  readonly code: string
  /** Column to look at, null if the row as a whole is meant. */
  readonly column: string | null
  readonly facts: JsonObject
}

/** Names of one row over what all rows share. */
export class RowScope implements Scope {
  readonly values = new Map<string, Value>()
  readonly #shared: ReadonlyMap<string, Value>

  constructor(shared: ReadonlyMap<string, Value>) {
    this.#shared = shared
  }

  get(name: string): Value | undefined {
    const value = this.values.get(name)
    return value === undefined ? this.#shared.get(name) : value
  }
}

/** A check with its texts compiled once. */
export interface PreparedCheck {
  readonly check: Check & { readonly column: string }
  readonly unless: Compiled
  readonly facts: readonly [string, Compiled][]
}

/** Compiles a check. */
export function prepareCheck(check: Check & { readonly column: string }): PreparedCheck {
  return {
    check,
    unless: feel(check.unless),
    facts: Object.entries(check.facts ?? {}).map(([fact, text]) => [fact, feel(text)]),
  }
}

/** How rows are read: columns by name, and the values of the unique column seen so far. */
export interface RowReader {
  readonly row: RowDefinition
  readonly columns: readonly (readonly [string, ValueType])[]
  readonly seen: Set<Json>
}

/** A reader that has seen no row. */
export function rowReader(row: RowDefinition): RowReader {
  return { row, columns: Object.entries(row.columns), seen: new Set() }
}

/** Reads the columns into a scope; the first that is not what its definition demands is told. */
export function readColumns(
  { columns, row, seen }: RowReader,
  content: JsonObject,
  scope: RowScope,
): RowFault | undefined {
  let fault: RowFault | undefined
  for (const [name, type] of columns) {
    const json = ownMember(content, name)
    const expected = findFieldFault(type, json)
    if (expected !== undefined && fault === undefined) {
      fault = { code: 'COLUMN_INVALID', column: name, facts: { expected } }
    }
    scope.values.set(name, expected === undefined ? toFeel(type, json) : null)
  }
  for (const name of Object.keys(content)) {
    if (Object.hasOwn(row.columns, name)) continue
    fault ??= { code: 'COLUMN_UNKNOWN', column: null, facts: {} }
  }
  const { unique } = row
  const own = unique === undefined ? null : (ownMember(content, unique) ?? null)
  if (unique !== undefined && own !== null) {
    if (seen.has(own)) fault ??= { code: 'ROW_TWICE', column: unique, facts: {} }
    seen.add(own)
  }
  return fault
}

/** The first check of a row that does not hold. */
export function findRowFault(
  checks: readonly PreparedCheck[],
  scope: RowScope,
  environment: Environment,
): RowFault | undefined {
  for (const { check, unless, facts } of checks) {
    if (unless.evaluate(scope, environment).value === true) continue
    const told: JsonObject = {}
    for (const [name, text] of facts) {
      const fact = spellFact(text.evaluate(scope, environment).value)
      if (fact !== undefined) told[name] = fact
    }
    return { code: check.refuse, column: check.column, facts: told }
  }
  return undefined
}

/**
 * Checks rows before they are sealed: columns, uniqueness, and the checks of their kind.
 *
 * @param section  a section of the package's service whose rows come as a batch
 * @returns        one fault or null for each row, in order
 * @throws RangeError if the section has no rows
 */
export function checkRows(
  code: CompiledPackage,
  section: string,
  contents: Iterable<JsonObject>,
  environment: Environment,
): (RowFault | null)[] {
  const row = code.findSection(section)?.row
  if (row === null || row === undefined) throw new RangeError(`${section} has no rows`)
  const reader = rowReader(row)
  const checks = row.checks.map(prepareCheck)
  const faults: (RowFault | null)[] = []
  for (const content of contents) {
    const scope = new RowScope(NOTHING_SHARED)
    const fault = readColumns(reader, content, scope)
    faults.push(fault ?? findRowFault(checks, scope, environment) ?? null)
  }
  return faults
}

const NOTHING_SHARED: ReadonlyMap<string, Value> = new Map()
