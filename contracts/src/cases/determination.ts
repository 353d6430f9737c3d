/*
 * What members compute alike over sealed rows: pure, the same code in a member's node, in the example
 * player and in the tests. The contract compares results; it never sees a row.
 */
import { type Bytes, canonicalJson, type Json, type JsonObject, toHex } from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import {
  type Environment,
  FeelContext,
  LimitExceeded,
  type ParameterLookup,
  type Scope,
  type Value,
  type WorkingCalendar,
} from '@renshe/rules'
import { type CompiledPackage, type PackageRule, serviceOf } from '../catalogue/compiled-package.ts'
import type { Compute, DeterminationDefinition } from '../catalogue/package-document.ts'
import type { AppliedLines } from '../funds/subledger.ts'
import { startOfDay } from '../vocabulary/civil-date.ts'
import { askRule } from './call-rule.ts'
import { describeType } from './compute-values.ts'
import { DeterminationFailed } from './determination-failed.ts'
import type { DeterminationInputs } from './determination-inputs.ts'
import { postRows, type SubledgerGiven } from './determination-subledger.ts'
import { caseDigest } from './digests.ts'
import { type Compiled, feel } from './feel.ts'
import { spellValue, toFeel } from './field-values.ts'
import type { Case } from './records.ts'
import {
  findRowFault,
  type PreparedCheck,
  prepareCheck,
  type RowFault,
  type RowReader,
  RowScope,
  readColumns,
  rowReader,
} from './row-check.ts'
import { ruleOutputsToFeel } from './rule-values.ts'

/** One opened row: its record, its content, and the seed that only those who opened it know. */
export interface DeterminationRow {
  /** Hex of 16 bytes. */
  readonly record: string
  /** 32 bytes of the sealed frame. */
  readonly seed: Bytes
  readonly content: JsonObject
}

/** What a determination is made from, beside the package and the case. */
export interface DeterminationGiven {
  /** Name in the service's `determinations`. */
  readonly determination: string
  /** As the chain knows them: query `cases.getStep`. */
  readonly inputs: DeterminationInputs
  /** In the order of the batch's leaves. */
  readonly rows: readonly DeterminationRow[]
  /** Rules at the hashes of the case's lock. */
  readonly findRule: (id: string) => PackageRule | undefined
  readonly parameters: ParameterLookup
  readonly calendar: WorkingCalendar
  /** Where the sub-ledger stands, null if the determination has none. */
  readonly subledger: SubledgerGiven | null
}

/** What became of one row. */
export interface RowResult extends RowFault {
  readonly record: string
  /** Values computed per row, in the spelling of their types. */
  readonly values: JsonObject
}

/** A determination before the sub-ledger's content is sealed. */
export interface ComputedDetermination {
  readonly inputs: DeterminationInputs
  readonly outputs: JsonObject
  readonly outcomes: { readonly root: string; readonly count: number }
  /** Leaves of the outcome tree, for the proof of one row. */
  readonly outcomeLeaves: readonly Bytes[]
  readonly trace: string
  readonly rowResults: readonly RowResult[]
  /** What the journal does to the accounts; null without a sub-ledger. */
  readonly subledger: AppliedLines | null
}

/** Code of a row that passed every check. */
export const ROW_OK = 'OK'

const DIGEST_BYTES = 32

/** Steps of FEEL that one value over all rows may take: 100,000 rows, some hundred steps each. */
const OUTPUT_STEPS = 50_000_000

/**
 * Computes a determination. Equal arguments give equal bytes on every machine.
 *
 * @param serviceCase  law date and region are used
 * @throws DeterminationFailed if the rows or the package give no answer
 */
export function computeDetermination(
  code: CompiledPackage,
  serviceCase: Pick<Case, 'lawDate' | 'region'>,
  given: DeterminationGiven,
): ComputedDetermination {
  const definition = serviceOf(code).determinations[given.determination]
  if (definition === undefined) throw new RangeError(`no determination ${given.determination}`)
  const { inputs, rows } = given
  if (rows.length !== inputs.count) {
    throw new DeterminationFailed('ROWS_COUNT', 'rows', `${inputs.count} rows`)
  }
  const computing = begin(code, definition, serviceCase, given)
  const results: RowResult[] = []
  const contexts: FeelContext[] = []
  const leaves: Bytes[] = []
  const traces = new Uint8Array(rows.length * DIGEST_BYTES)
  for (const row of rows) {
    const scope = new RowScope(computing.shared)
    const result = computeRow(computing, row, scope)
    scope.values.set('outcome', scope.values.get('outcome') ?? result.code)
    results.push(result)
    contexts.push(new FeelContext(scope.values))
    leaves.push(leafHash('outcome', outcomeLeaf(row, result)))
    traces.set(rowTrace(row, result), (results.length - 1) * DIGEST_BYTES)
  }
  const outputs = withRows(results, () => computeOutputs(computing, definition, contexts))
  return {
    inputs,
    outputs,
    outcomes: { root: toHex(treeRoot(leaves)), count: leaves.length },
    outcomeLeaves: leaves,
    trace: toHex(caseDigest('trace', traces)),
    rowResults: results,
    subledger: withRows(results, () =>
      postRows(definition.subledger, given.subledger, contexts, computing),
    ),
  }
}

/** Where the rows give no answer, what is wrong with each of them is still told. */
function withRows<T>(results: readonly RowResult[], compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    if (error instanceof DeterminationFailed) error.rowResults = results
    throw error
  }
}

/** What all rows share: compiled once. */
interface Computing {
  readonly code: CompiledPackage
  readonly definition: DeterminationDefinition
  readonly reader: RowReader
  readonly each: readonly PreparedCompute[]
  /** Checks of the row's kind, before any value; those of the determination, after them. */
  readonly columnChecks: readonly PreparedCheck[]
  readonly checks: readonly PreparedCheck[]
  /** `with` values, in scope of every row. */
  readonly shared: ReadonlyMap<string, Value>
  readonly environment: Environment
  readonly callRule: (id: string, facts: readonly (readonly [string, Value])[]) => RuleResult
}

type RuleResult =
  | { readonly ok: true; readonly value: Value; readonly json: JsonObject }
  | { readonly ok: false; readonly reason: string; readonly field: string | null }

type PreparedCompute = { readonly compute: Compute; readonly texts: readonly [string, Compiled][] }
function begin(
  code: CompiledPackage,
  definition: DeterminationDefinition,
  serviceCase: Pick<Case, 'lawDate' | 'region'>,
  given: DeterminationGiven,
): Computing {
  const row = code.findSection(definition.of)?.row
  if (row === null || row === undefined) throw new RangeError(`${definition.of} has no rows`)
  const now = startOfDay(serviceCase.lawDate)
  const { parameters, calendar } = given
  const { lawDate, region } = serviceCase
  const environment: Environment = {
    // The moment of computing differs between members: only the law date may count.
    now,
    calendar,
    limits: { steps: OUTPUT_STEPS },
  }
  const shared = new Map<string, Value>()
  for (const compute of definition.with) {
    shared.set(compute.name, sharedValue(compute, given))
  }
  const place = { on: lawDate, region, now, parameters, calendar }
  return {
    code,
    definition,
    reader: rowReader(row),
    each: definition.each.map(prepareCompute),
    columnChecks: row.checks.map(prepareCheck),
    checks: definition.rowChecks.map(prepareCheck),
    shared,
    environment,
    callRule: (id, facts) => {
      const rule = given.findRule(id)
      if (rule === undefined) throw new RangeError(`no rule ${id}`)
      const { answer } = askRule(rule, place, facts, false)
      if (!answer.ok) return { ok: false, reason: answer.error.code, field: answer.error.field }
      const json = answer.outputs as JsonObject
      return { ok: true, value: ruleOutputsToFeel(rule.rule.document, json), json }
    },
  }
}

function sharedValue(compute: Compute, { inputs, findRule }: DeterminationGiven): Value {
  const json = inputs.with[compute.name]
  if (!('rule' in compute)) return toFeel(compute, json)
  const rule = findRule(compute.rule)
  return rule === undefined ? null : ruleOutputsToFeel(rule.rule.document, json as JsonObject)
}

function prepareCompute(compute: Compute): PreparedCompute {
  const texts: [string, Compiled][] =
    'rule' in compute
      ? Object.entries(compute.facts).map(([fact, text]) => [fact, feel(text)])
      : [['', feel(compute.is)]]
  return { compute, texts }
}

function computeRow(computing: Computing, row: DeterminationRow, scope: RowScope): RowResult {
  const { record, content } = row
  const { reader, columnChecks, each, checks, environment } = computing
  let failure =
    readColumns(reader, content, scope) ?? findRowFault(columnChecks, scope, environment)
  const values: JsonObject = {}
  for (const prepared of each) {
    // Every value is computed, also of a row that has failed: sums go over all rows.
    const fault = computeOne(computing, prepared, scope, values)
    failure ??= fault
  }
  failure ??= findRowFault(checks, scope, environment)
  if (failure === undefined) return { record, code: ROW_OK, column: null, facts: {}, values }
  return { record, ...failure, values }
}

/** Computes one value of a row. A value that does not fit is null, and the row's outcome says which. */
function computeOne(
  { environment, callRule }: Computing,
  { compute, texts }: PreparedCompute,
  scope: RowScope,
  values: JsonObject,
): RowFault | undefined {
  const { name } = compute
  if ('rule' in compute) {
    const facts = texts.map(([fact, text]): [string, Value] => [
      fact,
      text.evaluate(scope, environment).value,
    ])
    const answer = callRule(compute.rule, facts)
    scope.values.set(name, answer.ok ? answer.value : null)
    values[name] = answer.ok ? answer.json : null
    if (answer.ok) return undefined
    const { reason, field } = answer
    return {
      code: 'RULE_REFUSED',
      column: null,
      facts: { name, rule: compute.rule, reason, field },
    }
  }
  const value = (texts[0] as [string, Compiled])[1].evaluate(scope, environment).value
  const json = spellValue(compute, value)
  // Only a month changes its form by being spelled; to read the others again would cost half the time.
  const kept = compute.type === 'month' && json !== undefined ? toFeel(compute, json) : value
  scope.values.set(name, json === undefined ? null : kept)
  values[name] = json ?? null
  if (json !== undefined) return undefined
  return { code: 'VALUE_UNFIT', column: null, facts: { name, expected: describeType(compute) } }
}

/** JCS leaf of a row's outcome; its facts only inside a commitment that the row's seed salts. */
function outcomeLeaf(
  { record, seed }: DeterminationRow,
  { code, column, facts }: RowResult,
): Bytes {
  const commitment =
    code === ROW_OK
      ? null
      : toHex(caseDigest('row-facts', seed, canonicalJson({ code, column, facts })))
  return canonicalJson({ record, code, commitment })
}

/** Keyed with the row's seed, so that nobody outside can confirm a guess of its values. */
function rowTrace({ seed }: DeterminationRow, { code, values }: RowResult): Bytes {
  return caseDigest('row-trace', seed, canonicalJson({ code, values }))
}

function computeOutputs(
  computing: Computing,
  definition: DeterminationDefinition,
  rows: readonly FeelContext[],
): JsonObject {
  const { environment, callRule, shared } = computing
  const scope = new RowScope(shared)
  scope.values.set('rows', rows)
  const outputs: JsonObject = {}
  for (const output of definition.outputs) {
    const { compute, texts } = prepareCompute(output)
    const { name } = compute
    if ('rule' in compute) {
      const facts = texts.map(([fact, text]): [string, Value] => [
        fact,
        evaluated(text, scope, environment),
      ])
      const answer = callRule(compute.rule, facts)
      if (!answer.ok) throw new DeterminationFailed('VALUE_UNFIT', name, answer.reason)
      scope.values.set(name, answer.value)
      outputs[name] = answer.json
    } else {
      const value = evaluated((texts[0] as [string, Compiled])[1], scope, environment)
      const json = spellValue(compute, value)
      if (json === undefined) {
        throw new DeterminationFailed('VALUE_UNFIT', name, describeType(compute))
      }
      scope.values.set(name, toFeel(compute, json))
      outputs[name] = json as Json
    }
  }
  return outputs
}

function evaluated(text: Compiled, scope: Scope, environment: Environment): Value {
  try {
    return text.evaluate(scope, environment).value
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error
    throw new DeterminationFailed('CASE_LIMIT', error.limit, `at most ${error.allowed}`)
  }
}
