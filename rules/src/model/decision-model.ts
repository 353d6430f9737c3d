import type { DecisionTable } from '../table/decision-table.ts'

/** A boxed expression as data (DMN 1.5 §10.2): a text is a literal expression. */
export type Boxed =
  | string
  | { readonly kind: 'context'; readonly entries: readonly BoxedEntry[]; readonly result?: Boxed }
  | {
      readonly kind: 'invocation'
      readonly callee: string
      readonly bindings: readonly BoxedEntry[]
    }
  | { readonly kind: 'list'; readonly items: readonly Boxed[] }
  | {
      readonly kind: 'relation'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Boxed[])[]
    }
  | { readonly kind: 'table'; readonly table: DecisionTable }
  /** A value that must be of a type. */
  | { readonly kind: 'typed'; readonly type: string; readonly value: Boxed }
  | {
      readonly kind: 'function'
      readonly parameters: readonly ModelParameter[]
      readonly body: Boxed
      /** Java or PMML: never evaluated, the result is null with its reason. */
      readonly isExternal?: boolean
    }
  | {
      readonly kind: 'conditional'
      readonly condition: Boxed
      readonly whenTrue: Boxed
      readonly whenFalse: Boxed
    }
  | { readonly kind: 'filter'; readonly source: Boxed; readonly condition: Boxed }
  | {
      readonly kind: 'for' | 'some' | 'every'
      readonly variable: string
      readonly source: Boxed
      readonly body: Boxed
    }

/** A named part of a boxed expression. */
export interface BoxedEntry {
  readonly name: string
  /** FEEL type or type of the model. */
  readonly type?: string
  readonly value: Boxed
}

/** A name with its type: FEEL's or the model's; Any when left out. */
export interface ModelParameter {
  readonly name: string
  readonly type?: string
}

/** A type of a model (item definition). */
export interface ModelType {
  readonly name: string
  /** What it is, when it has no fields. */
  readonly base?: string
  readonly fields?: readonly ModelType[]
  /** For a function type: its parameters and result. */
  readonly parameters?: readonly ModelParameter[]
  readonly result?: string
  readonly isList?: boolean
  /** Unary tests every value, or every item of a list, must pass. */
  readonly allowed?: string
}

/** Something a decision needs: an element of this model, or of an imported one. */
export interface Requirement {
  readonly name: string
  /** The import it comes from. */
  readonly from?: string
}

/** A decision with its logic. */
export interface Decision extends ModelParameter {
  readonly logic?: Boxed
  /** What its logic may read; everything in the model when left out. */
  readonly requires?: readonly Requirement[]
}

/** A business knowledge model: a function with a name. */
export interface KnowledgeModel extends ModelParameter {
  readonly parameters: readonly ModelParameter[]
  readonly logic?: Boxed
  readonly requires?: readonly Requirement[]
}

/** Decisions offered as a function: its parameters are the input data, then the input decisions. */
export interface DecisionService extends ModelParameter {
  readonly inputData: readonly Requirement[]
  readonly inputDecisions: readonly Requirement[]
  readonly outputDecisions: readonly Requirement[]
  readonly encapsulatedDecisions?: readonly Requirement[]
}

/** A decision model as data (DMN 1.5 chapter 6). */
export interface DecisionModel {
  readonly name: string
  readonly types?: readonly ModelType[]
  readonly inputs?: readonly ModelParameter[]
  readonly decisions?: readonly Decision[]
  readonly knowledge?: readonly KnowledgeModel[]
  readonly services?: readonly DecisionService[]
  /**
   * Models whose elements this one requires, by the name it gives them; an empty name adds them to
   * its own.
   */
  readonly imports?: readonly { readonly name: string; readonly model: DecisionModel }[]
}

/** What can be asked of a model. */
export type ElementKind = 'decision' | 'decisionService' | 'bkm'
