import type { TableResult } from '../compile/compile-table.ts'
import { type Json, type JsonObject, toJson } from '../value/json.ts'
import type { Value } from '../value/values.ts'
import type { CompiledStep } from './compile-rule.ts'
import type { ParameterValue, RegionFallback } from './parameters.ts'
import type { RuleDocument } from './rule-document.ts'
import { outputJson } from './write-outputs.ts'

/** One step of a determination as it is published (determinations §3). */
export interface RuleTraceStep {
  readonly output?: string
  readonly name?: string
  readonly clause: string | null
  /** FEEL text, or `table row n`. */
  readonly expression: string
  /** Facts, earlier steps and parameters by name; a parameter as its whole published row. */
  readonly inputs: JsonObject
  readonly value: Json
  readonly rounding: Json
  /** Working days were counted in a year without a published calendar. */
  readonly calendarAssumed?: true
  /** Published values of a region around the one that was asked for. */
  readonly regionFallback?: readonly RegionFallback[]
}

/** Collects the trace of one evaluation. */
export class RuleTracer {
  readonly steps: RuleTraceStep[] = []
  private readonly clause: string | null
  /** JSON forms of everything that has a name. */
  private readonly known = new Map<string, Json>()
  private readonly used = new Map<string, Json>()
  /** Regions that stood in for the one asked for: by fact, and those read by the step under way. */
  private readonly factFallbacks = new Map<string, { row: ParameterValue; asked: string }>()
  private fallbacks: RegionFallback[] = []

  /** Facts are told as they were given; those left out as their default or null. */
  constructor(document: RuleDocument, facts: JsonObject) {
    this.clause = document.clause[0] ?? null
    for (const { name, default: standing } of document.facts) {
      const given = Object.hasOwn(facts, name) ? facts[name] : undefined
      this.known.set(name, given ?? standing ?? null)
    }
  }

  /** Gives a name its JSON form. */
  note(name: string, json: Json): void {
    this.known.set(name, json)
  }

  /** A published value stands in for a fact. */
  noteFactFromParameter(name: string, row: ParameterValue, asked: string): void {
    this.known.set(name, rowJson(row))
    if (row.region !== asked) this.factFallbacks.set(name, { row, asked })
  }

  /** A published value was read by the step under way. */
  noteParameter(row: ParameterValue, asked: string): void {
    if (row.region !== asked) addFallback(this.fallbacks, row, asked)
    const { parameter, region, effectiveFrom } = row
    const form = rowJson(row)
    const known = this.used.get(parameter)
    // One step may read two years or places of one parameter.
    const isOther = known !== undefined && known !== form
    this.used.set(isOther ? `${parameter} ${region} ${effectiveFrom}` : parameter, form)
  }

  /** Starts a step. */
  begin(): void {
    if (this.used.size > 0) this.used.clear()
    if (this.fallbacks.length > 0) this.fallbacks = []
  }

  /** Ends a step with its value before and after rounding. */
  end(
    compiled: CompiledStep,
    result: TableResult,
    rounded: { value: Value; rounding: Json },
    isCalendarAssumed: boolean,
  ): void {
    const { output } = compiled
    const { name, clause } = compiled.step
    const typed = output === undefined ? undefined : outputJson(rounded.value, output)
    const json = typed ?? toJson(rounded.value)
    const step: WritableStep = {
      clause: clause ?? this.clause,
      expression: compiled.text ?? rowsText(result.rows),
      inputs: this.inputsOf(compiled.names),
      value: json,
      rounding: rounded.rounding,
    }
    if (output === undefined) step.name = name
    else step.output = name
    if (isCalendarAssumed) step.calendarAssumed = true
    const fallbacks = this.fallbacksOf(compiled.names)
    if (fallbacks.length > 0) step.regionFallback = fallbacks
    this.steps.push(step)
    this.known.set(name, json)
  }

  /** Those of the facts that the step reads, then those that it read itself; each once. */
  private fallbacksOf(names: readonly string[]): readonly RegionFallback[] {
    if (this.factFallbacks.size === 0) return this.fallbacks
    const all: RegionFallback[] = []
    for (const name of names) {
      const found = this.factFallbacks.get(name)
      if (found !== undefined) addFallback(all, found.row, found.asked)
    }
    for (const own of this.fallbacks) if (!all.some((one) => isSame(one, own))) all.push(own)
    return all
  }

  /**
   * Names of documents are never `__proto__` (see `compileRule`), so that plain objects hold them.
   */
  private inputsOf(names: readonly string[]): JsonObject {
    const inputs: { [name: string]: Json } = {}
    for (const name of names) {
      const known = this.known.get(name)
      if (known !== undefined) inputs[name] = known
    }
    for (const [name, row] of this.used) inputs[name] = row
    return inputs
  }
}

/** A step reads few published values: a search costs less than a table. */
function addFallback(
  found: RegionFallback[],
  { parameter, region: used }: ParameterValue,
  asked: string,
): void {
  const own = { parameter, asked, used }
  for (const one of found) if (isSame(one, own)) return
  found.push(own)
}

function isSame(one: RegionFallback, other: RegionFallback): boolean {
  return one.parameter === other.parameter && one.used === other.used && one.asked === other.asked
}

type WritableStep = { -readonly [Key in keyof RuleTraceStep]: RuleTraceStep[Key] }

function rowsText(rows: readonly number[]): string {
  if (rows.length === 0) return 'table, no row'
  return `table row ${rows.join(', ')}`
}

/** Rows are published once and traced often. */
const rowForms = new WeakMap<ParameterValue, JsonObject>()

function rowJson(row: ParameterValue): JsonObject {
  const known = rowForms.get(row)
  if (known !== undefined) return known
  const { parameter, value, region, effectiveFrom, effectiveTo, basis, certainty, source } = row
  const form = {
    parameter,
    value,
    region,
    effectiveFrom,
    effectiveTo,
    basis,
    ...(certainty === undefined ? {} : { certainty }),
    ...(source === undefined ? {} : { source }),
  }
  rowForms.set(row, form)
  return form
}
