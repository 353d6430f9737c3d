import type { CompiledRule, CompiledStep } from '../rule/compile-rule.ts'
import type { RuleAnswer, RuleRequest } from '../rule/evaluate-rule.ts'
import type { RegionFallback } from '../rule/parameters.ts'
import type { RuleTraceStep } from '../rule/trace-rule.ts'
import { isJsonObject, type Json, type JsonObject } from '../value/json.ts'
import { canonicalJson } from './canonical-json.ts'
import { additiveParts } from './parts-of-sum.ts'
import { FieldTypes, putNumbersIn } from './put-numbers-in.ts'

/** A rounding that happened: direction, places, and what it did. */
export interface ExplainedRounding {
  readonly mode: string
  readonly places: number
  readonly before: string
  readonly after: string
  readonly clause: string
}

/** One summand of a sum: a fact, an earlier step, a published value or a number of the expression. */
export interface SumPart {
  readonly name: string
  readonly sign: '+' | '-'
  readonly value: string
}

/** One step, with the steps that it is made of below it. */
export interface ExplainedStep {
  readonly name: string
  readonly isOutput: boolean
  readonly clause: string | null
  /** FEEL text, or `table row n`. */
  readonly expression: string
  /** The same with values in the place of names. */
  readonly withNumbers: string
  /** Facts and published values that it reads itself, as in the trace. */
  readonly inputs: JsonObject
  readonly value: Json
  readonly rounding: ExplainedRounding | null
  /** Where the expression is a sum: its parts, in the order in which they stand. */
  readonly parts?: readonly SumPart[]
  readonly calendarAssumed?: true
  readonly regionFallback?: readonly RegionFallback[]
  /** Steps that it reads; one that was already told stands there by name and value only. */
  readonly steps: readonly (ExplainedStep | ToldStep)[]
}

/** A step that stands elsewhere in the tree. */
export interface ToldStep {
  readonly name: string
  readonly value: Json
  readonly isTold: true
}

/** A determination as a tree: outputs, below each the steps that made it. */
export interface ExplainedDetermination {
  readonly rule: string
  readonly on: string
  readonly region: string
  readonly outputs: JsonObject
  /** Outputs in the order of the document, then steps that led to none of them. */
  readonly steps: readonly ExplainedStep[]
}

/**
 * The trace of an answer as a tree. Nothing is evaluated again: everything comes from the trace and
 * the published document.
 *
 * @throws RangeError for an answer without a trace: ask for it with `trace: true`
 */
export function explainDetermination(
  rule: CompiledRule,
  request: Pick<RuleRequest, 'on' | 'region'>,
  answer: RuleAnswer & { readonly ok: true },
): ExplainedDetermination {
  if (answer.trace.length !== rule.steps.length) {
    throw new RangeError('an explanation needs an answer with its trace')
  }
  const { on, region = '000000' } = request
  const tree = new TreeOfSteps(rule, answer.trace)
  const outputs = rule.document.outputs.map(({ name }) => name)
  return { rule: rule.document.id, on, region, outputs: answer.outputs, steps: tree.tell(outputs) }
}

/** The bytes of an explanation: canonical JSON in UTF-8, the same on every member. */
export function explanationBytes(explanation: ExplainedDetermination): Uint8Array {
  return new TextEncoder().encode(canonicalJson(explanation as unknown as Json))
}

/**
 * The hash of an explanation, in lower-case hexadecimal digits.
 *
 * @param digest  the chain's hash function: this room has none of its own
 */
export function hashExplanation(
  explanation: ExplainedDetermination,
  digest: (bytes: Uint8Array) => Uint8Array,
): string {
  const bytes = digest(explanationBytes(explanation))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Builds the tree, each step once. */
class TreeOfSteps {
  private readonly rule: CompiledRule
  private readonly trace: readonly RuleTraceStep[]
  private readonly types: FieldTypes
  private readonly told = new Set<number>()

  constructor(rule: CompiledRule, trace: readonly RuleTraceStep[]) {
    this.rule = rule
    this.trace = trace
    this.types = new FieldTypes(rule.document)
  }

  tell(outputs: readonly string[]): ExplainedStep[] {
    const first = outputs.map((name) => this.trace.findIndex((step) => step.output === name))
    const all = [...first, ...this.trace.keys()]
    return all.flatMap((at) => (at < 0 || this.told.has(at) ? [] : [this.step(at)]))
  }

  private step(at: number): ExplainedStep {
    this.told.add(at)
    const traced = this.trace[at] as RuleTraceStep
    const compiled = this.rule.steps[at] as CompiledStep
    const { clause, expression, inputs, value, calendarAssumed, regionFallback } = traced
    const below: (ExplainedStep | ToldStep)[] = []
    const own: [string, Json][] = []
    for (const [name, input] of Object.entries(inputs)) {
      const source = this.earlier(name, at)
      if (source < 0) own.push([name, input])
      else if (this.told.has(source)) below.push({ name, value: input, isTold: true })
      else below.push(this.step(source))
    }
    const parts = additiveParts(compiled, inputs)
    return {
      name: compiled.step.name,
      isOutput: traced.output !== undefined,
      clause,
      expression,
      withNumbers: putNumbersIn(compiled, inputs, (name) => this.types.of(name, at)),
      inputs: Object.fromEntries(own),
      value,
      rounding: roundingOf(traced),
      ...(parts === undefined ? {} : { parts }),
      ...(calendarAssumed === undefined ? {} : { calendarAssumed }),
      ...(regionFallback === undefined ? {} : { regionFallback }),
      steps: below,
    }
  }

  /** The step before this one that a name stands for; a step may have the name of a fact it replaces. */
  private earlier(name: string, before: number): number {
    return this.rule.steps.findIndex(({ step }, at) => at < before && step.name === name)
  }
}

function roundingOf({ rounding, value }: RuleTraceStep): ExplainedRounding | null {
  if (!isJsonObject(rounding)) return null
  const { mode, places, before, clause } = rounding
  return {
    mode: String(mode),
    places: Number(places),
    before: String(before),
    after: String(value),
    clause: String(clause),
  }
}
