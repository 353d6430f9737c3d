import type { RoundingMode } from '../number/rounding.ts'
import type { DecisionTable } from '../table/decision-table.ts'
import type { FieldType, Json } from '../value/json.ts'

/** A published decision as data: facts in, steps of FEEL, outputs out (determinations §§1–3). */
export interface RuleDocument {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Clauses it implements, as `instrument/article`. */
  readonly clause: readonly string[]
  /** First day in force; null = any day. */
  readonly effectiveFrom: string | null
  /** Last day in force. */
  readonly effectiveTo?: string
  /** The rule needs a province: `000000` is refused. */
  readonly needsRegion?: boolean
  readonly facts: readonly FactSchema[]
  /**
   * Of each group exactly one alternative must be given; an alternative is one fact or several that
   * go together.
   */
  readonly exactlyOneOf?: readonly (readonly (readonly string[])[])[]
  /** Of each group at least one fact must be given. */
  readonly atLeastOneOf?: readonly (readonly string[])[]
  /** Conditions between facts, tested in order after all single facts are good. */
  readonly checks?: readonly FactCheck[]
  readonly outputs: readonly OutputSchema[]
  readonly steps: readonly RuleStep[]
  /** Names of published values the expressions read; `prefix.*` for names that are put together. */
  readonly parameters: readonly string[]
}

/** What values a field takes. */
export interface FieldSchema {
  readonly type: FieldType
  /** What a number counts, such as `months`; money is `yuan`. */
  readonly unit?: string
  /** For `code`: the values it may have. */
  readonly codes?: readonly string[]
  /**
   * Bounds of numbers, as decimal strings; money and int are 0 or more unless a minimum is given.
   */
  readonly minimum?: string
  readonly maximum?: string
  /** The minimum itself is not allowed. */
  readonly aboveMinimum?: boolean
  /** For `list`: what each item is. */
  readonly items?: FieldSchema
  /** For `object`: its fields. */
  readonly fields?: readonly FactSchema[]
  /** For `list`: items that must not repeat this field. */
  readonly uniqueBy?: string
}

/** A fact: a named field that may be left out when it says so. */
export interface FactSchema extends FieldSchema {
  readonly name: string
  readonly optional?: boolean
  /** Stands in when the fact is left out; without it the fact is null. */
  readonly default?: Json
  /** Published value that stands in when the fact is left out. */
  readonly parameter?: string
  /** FEEL over the other facts: the day that value is looked up for; `on` when left out. */
  readonly parameterOn?: string
}

/** A condition between facts. */
export interface FactCheck {
  /** FEEL; the facts are refused unless it is true. */
  readonly condition: string
  readonly code: 'FACT_MISSING' | 'FACT_RANGE' | 'FACT_CONFLICT'
  readonly field: string
  readonly message: string
}

/** An output: the value of the step with its name. */
export interface OutputSchema extends FieldSchema {
  readonly name: string
  readonly nullable?: boolean
}

/** A rounding that the law or practice names. */
export interface RoundingSchema {
  readonly mode: RoundingMode
  /** Digits after the point, or FEEL that gives them. */
  readonly places: number | string
  /** Clause, or `practice`. */
  readonly clause: string
}

/** One named value of a rule; it sees facts, `on`, `region` and the steps before it. */
export type RuleStep =
  | {
      readonly name: string
      readonly expression: string
      readonly clause?: string
      readonly rounding?: RoundingSchema
    }
  | {
      readonly name: string
      readonly table: DecisionTable
      readonly clause?: string
      readonly rounding?: RoundingSchema
    }
