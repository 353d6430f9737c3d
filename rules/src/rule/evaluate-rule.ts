import { makeWorkingCalendar, type WorkingCalendar } from '../calendar/working-calendar.ts'
import { FeelNumber, formatNumber, toWhole } from '../number/decimal.ts'
import { roundNumber } from '../number/rounding.ts'
import { type Environment, Run } from '../runtime/run.ts'
import { FeelDate, formatDate, parseDate } from '../time/civil-date.ts'
import { isJsonObject, type Json, type JsonObject } from '../value/json.ts'
import { LimitExceeded, type Limits } from '../value/limits.ts'
import { FeelContext, type Value } from '../value/values.ts'
import { factProblems, readParameterValue } from './check-facts.ts'
import type { CompiledRule, CompiledStep } from './compile-rule.ts'
import {
  lookUpParameter,
  type ParameterLookup,
  type ParameterValue,
  regionChain,
} from './parameters.ts'
import { type FactCode, firstProblem, isDateForm, readFields } from './read-facts.ts'
import { isKnownRegion } from './regions.ts'
import { ParameterMissing } from './rule-functions.ts'
import { RuleTracer, type RuleTraceStep } from './trace-rule.ts'
import { outputJson } from './write-outputs.ts'

/** One question to a rule. */
export interface RuleRequest {
  /** The day whose law and parameters apply, `YYYY-MM-DD`. */
  readonly on: string
  /** 6 digits; `000000` when left out. */
  readonly region?: string
  readonly facts: JsonObject
  readonly parameters: ParameterLookup
  /** The evaluation instant, UTC milliseconds. */
  readonly now: number
  /** Published working days; a `calendar` fact replaces them. */
  readonly calendar?: WorkingCalendar
  readonly limits?: Partial<Limits>
  /** Asks for the trace. */
  readonly trace?: boolean
}

/** Why a rule gives no answer, in checking order: the first that applies is told. */
export type RuleRefusalCode =
  | 'REQUEST_MALFORMED'
  | 'RULE_NOT_IN_FORCE'
  | 'REGION_REQUIRED'
  | 'REGION_UNKNOWN'
  | FactCode
  | 'PARAMETER_MISSING'
  /** The rule itself gave no value where one is needed: a mistake of the rule, not of the facts. */
  | 'RULE_FAILED'
  | 'LIMIT_EXCEEDED'

/** What a rule answers. */
export type RuleAnswer =
  | { readonly ok: true; readonly outputs: JsonObject; readonly trace: readonly RuleTraceStep[] }
  | {
      readonly ok: false
      readonly error: {
        readonly code: RuleRefusalCode
        readonly field: string
        readonly message: string
      }
    }

/** Ends an evaluation with a refusal. */
class Refusal extends Error {
  readonly code: RuleRefusalCode
  readonly field: string

  constructor(code: RuleRefusalCode, field: string, message: string) {
    super(message)
    this.code = code
    this.field = field
  }
}

/**
 * Answers a question by a rule (determinations §§1–6).
 *
 * @returns outputs in the order of the document, each in its JSON form; the trace is empty unless
 * asked for
 */
export function evaluateRule(rule: CompiledRule, request: RuleRequest): RuleAnswer {
  try {
    const on = checkEnvelope(rule, request)
    return new RuleEvaluation(rule, request, on).answer()
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, field, message } = error
      return { ok: false, error: { code, field, message } }
    }
    if (error instanceof ParameterMissing) {
      const { parameter, region = request.region ?? NATIONAL, on = request.on } = error
      const message = missingMessage(parameter, region, on)
      return { ok: false, error: { code: 'PARAMETER_MISSING', field: parameter, message } }
    }
    if (error instanceof LimitExceeded) {
      return {
        ok: false,
        error: { code: 'LIMIT_EXCEEDED', field: error.limit, message: error.message },
      }
    }
    throw error
  }
}

/** Names parameter, region and date as they were asked for. */
function missingMessage(parameter: string, region: string, on: string): string {
  return `no value of ${parameter} is published for region ${region} on ${on}`
}

const NATIONAL = '000000'

function checkEnvelope(rule: CompiledRule, request: RuleRequest): FeelDate {
  const { document } = rule
  const on =
    typeof request.on === 'string' && isDateForm(request.on) ? parseDate(request.on) : undefined
  if (on === undefined)
    throw new Refusal('REQUEST_MALFORMED', 'on', 'on must be a date such as "2027-03-08"')
  if (!isJsonObject(request.facts)) {
    throw new Refusal('REQUEST_MALFORMED', 'facts', 'facts must be a JSON object')
  }
  const { effectiveFrom, effectiveTo } = document
  if (
    (effectiveFrom !== null && request.on < effectiveFrom) ||
    (effectiveTo !== undefined && request.on > effectiveTo)
  ) {
    const span = `from ${effectiveFrom ?? 'any day'}${effectiveTo === undefined ? '' : ` to ${effectiveTo}`}`
    throw new Refusal(
      'RULE_NOT_IN_FORCE',
      'on',
      `${document.id} is in force ${span}, got ${request.on}`,
    )
  }
  const region = request.region ?? NATIONAL
  if (region === NATIONAL) {
    if (document.needsRegion === true) {
      throw new Refusal('REGION_REQUIRED', 'region', 'this rule needs the region of a province')
    }
  } else if (!isKnownRegion(region)) {
    throw new Refusal('REGION_UNKNOWN', 'region', 'region must be 6 digits of a known province')
  }
  return on
}

/** One evaluation of one rule. */
class RuleEvaluation {
  private readonly rule: CompiledRule
  private readonly request: RuleRequest
  private readonly region: string
  private readonly regions: readonly string[]
  private readonly scope = new Map<string, Value>()
  private readonly tracer: RuleTracer | undefined
  private run: Run

  constructor(rule: CompiledRule, request: RuleRequest, on: FeelDate) {
    this.rule = rule
    this.request = request
    this.region = request.region ?? NATIONAL
    this.regions = regionChain(this.region)
    this.tracer = request.trace === true ? new RuleTracer(rule.document, request.facts) : undefined
    this.scope.set('on', on)
    this.scope.set('region', this.region)
    this.tracer?.note('on', request.on)
    this.tracer?.note('region', this.region)
    this.run = new Run(this.scope, this.environment(request.calendar))
  }

  answer(): RuleAnswer {
    this.readFacts()
    for (const step of this.rule.steps) this.runStep(step)
    // Names of documents are never `__proto__` (see `compileRule`), so a plain object holds them.
    const outputs: { [name: string]: Json } = {}
    for (const output of this.rule.document.outputs) {
      const value = this.scope.get(output.name) ?? null
      if (value === null && output.nullable !== true) throw this.failed(output.name, 'has no value')
      const json = outputJson(value, output)
      if (json === undefined) throw this.failed(output.name, 'has a value of the wrong type')
      outputs[output.name] = json
    }
    return { ok: true, outputs, trace: this.tracer?.steps ?? [] }
  }

  private failed(name: string, message: string): Refusal {
    const reason = this.run.warnings.at(-1)
    const because = reason === undefined ? '' : `: ${reason.message}`
    return new Refusal('RULE_FAILED', name, `${name} ${message}${because}`)
  }

  private environment(calendar: WorkingCalendar | undefined): Environment {
    const { now, limits } = this.request
    return {
      now,
      ...(limits === undefined ? {} : { limits }),
      ...(calendar === undefined ? {} : { calendar }),
      parameters: (name, on, region) => this.readParameter(name, on, region),
    }
  }

  private readParameter(name: string, on?: string, region?: string): Value | undefined {
    const place = region ?? this.region
    const row = this.lookUp(name, on ?? this.request.on, place)
    if (row === undefined) return undefined
    this.tracer?.noteParameter(row, place)
    return readParameterValue(row)
  }

  private lookUp(name: string, on: string, region: string): ParameterValue | undefined {
    // Nearly every value is asked for the region of the request.
    const chain = region === this.region ? this.regions : regionChain(region)
    return lookUpParameter(this.request.parameters, name, chain, on)
  }

  private readFacts(): void {
    const { document } = this.rule
    const problems: Parameters<typeof readFields>[3] = []
    const values = readFields(this.request.facts, document.facts, '', problems)
    problems.push(...factProblems(document, this.request.facts))
    this.refuseFirst(problems)
    for (const [name, value] of values) this.scope.set(name, value ?? null)
    this.useCalendarFact()
    const missingFact = this.fillFromParameters(values)
    for (const { check, condition } of this.rule.checks) {
      if (condition.run(this.run) !== true) {
        problems.push({ code: check.code, field: check.field, message: check.message })
      }
    }
    this.refuseFirst(problems)
    if (missingFact !== undefined) throw missingFact
  }

  private refuseFirst(problems: Parameters<typeof readFields>[3]): void {
    const problem = firstProblem(problems)
    if (problem !== undefined) throw new Refusal(problem.code, problem.field, problem.message)
  }

  /** A calendar among the facts replaces the published one, for all years. */
  private useCalendarFact(): void {
    const fact = this.rule.document.facts.find(({ type }) => type === 'calendar')
    const given = fact === undefined ? undefined : this.scope.get(fact.name)
    if (!(given instanceof FeelContext)) return
    const days = (name: string): string[] =>
      ((given.get(name) as readonly Value[] | null) ?? []).map((date) =>
        formatDate(date as FeelDate),
      )
    const calendar = makeWorkingCalendar(
      { holidays: days('holidays'), workdays: days('workdays') },
      [],
    )
    const published: WorkingCalendar = { ...calendar, isPublished: () => true }
    this.run = new Run(this.scope, this.environment(published))
  }

  /**
   * Published values for facts that were left out; the first that is missing is told after all
   * other checks.
   */
  private fillFromParameters(values: ReadonlyMap<string, Value | undefined>): Refusal | undefined {
    let refusal: Refusal | undefined
    for (const { name, parameter, optional } of this.rule.document.facts) {
      if (parameter === undefined || values.get(name) !== undefined) continue
      const day = this.rule.parameterDays.get(name)?.run(this.run)
      const on = day instanceof FeelDate ? formatDate(day) : this.request.on
      const row = this.lookUp(parameter, on, this.region)
      if (row !== undefined) {
        this.scope.set(name, readParameterValue(row))
        this.tracer?.noteFactFromParameter(name, row, this.region)
      } else if (optional !== true && refusal === undefined) {
        const message = missingMessage(parameter, this.region, on)
        refusal = new Refusal('PARAMETER_MISSING', name, message)
      }
    }
    return refusal
  }

  private runStep(compiled: CompiledStep): void {
    const { step } = compiled
    this.run.isCalendarAssumed = false
    this.tracer?.begin()
    const result = compiled.run(this.run)
    const rounded = this.round(compiled, result.value)
    this.tracer?.end(compiled, result, rounded, this.run.isCalendarAssumed)
    this.scope.set(step.name, rounded.value)
  }

  private round(compiled: CompiledStep, value: Value): { value: Value; rounding: Json } {
    const { rounding: asked } = compiled
    if (asked === undefined || !(value instanceof FeelNumber)) return { value, rounding: null }
    const places = typeof asked.places === 'number' ? asked.places : this.placesOf(compiled)
    const { mode, clause } = asked.schema
    const result = roundNumber(value, places, mode)
    if (result === null) throw this.failed(compiled.step.name, 'is too large to be rounded')
    // Only a trace tells the value before, and its many digits take time to write.
    const rounding =
      this.tracer === undefined ? null : { mode, places, before: formatNumber(value), clause }
    return { value: result, rounding }
  }

  private placesOf(compiled: CompiledStep): number {
    const places = compiled.rounding?.places
    const value = typeof places === 'object' ? places.run(this.run) : null
    const whole = value instanceof FeelNumber ? toWhole(value) : undefined
    if (whole === undefined || Math.abs(whole) > 100) {
      throw this.failed(compiled.step.name, 'has no number of places to be rounded to')
    }
    return whole
  }
}
