import type { Json } from '@renshe/crypto'
import type { Refusal } from '@renshe/kernel'
import type { CaseLimit } from './limits.ts'
import type { StepStatus } from './records.ts'

/** `openCase`, in checking order: the first that applies is told. */
export type OpenCaseRefusal =
  | { code: 'SERVICE_NOT_IN_FORCE'; service: string; day: string }
  | { code: 'NOT_A_SERVICE'; service: string }
  | { code: 'RULE_NOT_IN_FORCE'; rule: string; day: string }
  | { code: 'FIELD_UNKNOWN'; field: string }
  | { code: 'FIELD_INVALID'; field: string; expected: string }
  | { code: 'REFERENCE_MISSING'; reference: string; register: string; key: string | null }
  | { code: 'PARTY_INVALID'; party: string; member: string | null }
  | { code: 'OPENER_NOT_PARTY'; party: string }
  | { code: 'ROLE_MISSING'; role: string }
  | ComputeRefusal
  | PackageRefusal
  | { code: 'UNIQUE_TAKEN'; unique: string; case: string }
  | OpenStepRefusal
  | { code: 'NOTHING_FOLLOWS'; step: string | null; outcome: string | null }

/** What every act on a step checks first, in this order. */
export type StepRefusal =
  | { code: 'CASE_NOT_FOUND'; case: string }
  | { code: 'CASE_NOT_OPEN'; case: string; status: string }
  | { code: 'STEP_NOT_FOUND'; case: string; step: string }
  | { code: 'STEP_NOT_OPEN'; step: string; status: StepStatus }

/** `actOnStep`, after {@link StepRefusal}. */
export type ActRefusal =
  | { code: 'STEP_WAITS'; step: string }
  | { code: 'STEP_DETERMINES'; step: string }
  | AuthorityRefusal
  | TimeRefusal
  | { code: 'FIELD_UNKNOWN'; field: string }
  | { code: 'FIELD_INVALID'; field: string; expected: string }
  | { code: 'BATCH_MISSING'; section: string }
  | { code: 'BATCH_UNEXPECTED' }
  | { code: 'BATCH_TOO_LARGE'; most: number }
  | { code: 'BATCH_TOO_SMALL'; count: number; least: number }
  | { code: 'BATCH_TOTALS'; total: string; expected: string }
  | FinishRefusal

/** Whether the signer may act on the step, in this order. */
export type AuthorityRefusal =
  | { code: 'STEP_NOT_YOURS'; step: string; holder: string }
  | { code: 'ROLE_MISSING'; role: string }
  | { code: 'UNIT_MISSING'; unit: string }
  | { code: 'FOUR_EYES'; step: string }

/** Whether it is the time. */
export type TimeRefusal =
  | { code: 'STEP_TOO_EARLY'; clock: string; until: number }
  | { code: 'STEP_OVERDUE'; clock: string; until: number }

/** What ends a step: values, checks, outcome, sealed sections, effects, next steps, in this order. */
export type FinishRefusal =
  | ComputeRefusal
  | PackageRefusal
  | { code: 'OUTCOME_MISSING'; step: string }
  | { code: 'OUTCOME_UNKNOWN'; step: string; outcome: string }
  | { code: 'OUTCOME_NOT_CHOSEN'; step: string; outcome: string }
  | { code: 'OUTCOME_NONE'; step: string }
  | { code: 'OUTCOME_AMBIGUOUS'; step: string; outcomes: string[] }
  | TimeRefusal
  | { code: 'RECORD_MISSING'; sections: string[] }
  | { code: 'RECORD_UNEXPECTED' }
  | { code: 'SECTION_MISSING'; section: string }
  | { code: 'SECTION_UNEXPECTED'; section: string }
  | { code: 'SECTION_LEVEL'; section: string; level: number }
  | EffectRefusal
  | OpenStepRefusal
  | { code: 'NOTHING_FOLLOWS'; step: string | null; outcome: string | null }
  | LimitRefusal

/** Values: a package's expression gave what its type cannot hold, or its rule refused the facts. */
export type ComputeRefusal =
  | { code: 'VALUE_UNFIT'; name: string; expected: string }
  | { code: 'RULE_REFUSED'; name: string; rule: string; reason: string; field: string | null }

/**
 * A check of the package: `code` is the package's own (upper case), `clause` the law behind it, `facts`
 * what the package lets it tell.
 */
export type PackageRefusal = {
  code: string
  step: string | null
  clause: string | null
  facts: { [name: string]: Json }
}

/** Effects; registers, access and funds add their own. */
export type EffectRefusal =
  | { code: 'EFFECT_VALUE'; effect: string; member: string; expected: string }
  | { code: 'EXPECTATION_UNKNOWN'; name: string }
  | { code: 'DETERMINATION_UNKNOWN'; name: string }
  | { code: 'SECTION_NOT_SEALED'; section: string }
  | { code: 'REBIND_NOT_BOUND'; party: string; member: string }

/** Opening a step. */
export type OpenStepRefusal =
  | { code: 'PARTY_UNBOUND'; step: string; party: string }
  | { code: 'PARTY_MANY'; step: string; party: string }
  | { code: 'MEMBERS_TOO_FEW'; step: string; need: number; members: number }
  | { code: 'WAIT_UNKNOWN'; step: string; name: string }
  | { code: 'CLOCK_START'; step: string; clock: string }
  | LimitRefusal

/** A maximum of `limits.ts` is reached: the case stays as it is. */
export type LimitRefusal = { code: 'CASE_LIMIT'; limit: CaseLimit; most: number }

/** `determineStep`, after {@link StepRefusal}. */
export type DetermineRefusal =
  | { code: 'STEP_NOT_DETERMINED'; step: string }
  | AuthorityRefusal
  | TimeRefusal
  | { code: 'BATCH_MISSING'; section: string }
  | { code: 'SUBLEDGER_NOT_KEPT'; step: string; book: string | null }
  | { code: 'INPUTS_DIFFER'; name: string }
  | { code: 'OUTPUT_UNKNOWN'; name: string }
  | { code: 'OUTPUT_INVALID'; name: string; expected: string }
  | { code: 'OUTCOMES_COUNT'; count: number; rows: number }
  | { code: 'SUBLEDGER_MISSING' }
  | { code: 'SUBLEDGER_UNEXPECTED' }
  | FinishRefusal

/** `recordArrival` and `recordSettlement`; funds adds its own. */
export type ArrivalRefusal =
  | { code: 'EXPECTATION_UNKNOWN'; name: string }
  | { code: 'BOOK_MISSING' }
  | { code: 'STEP_NOT_YOURS'; step: string; holder: string }
  | FinishRefusal

/** `resumeStep`, after {@link StepRefusal}. */
export type ResumeRefusal =
  | { code: 'STEP_NOT_WAITING'; step: string }
  | { code: 'WAIT_NOT_OVER'; step: string; wait: string }
  | TimeRefusal
  | FinishRefusal

/** `lapseStep`, after {@link StepRefusal}. */
export type LapseRefusal =
  | { code: 'NOTHING_LAPSED'; step: string; next: number | null; time: number }
  | FinishRefusal

/** `withdrawCase`, in checking order. */
export type WithdrawRefusal =
  | { code: 'CASE_NOT_FOUND'; case: string }
  | { code: 'CASE_NOT_OPEN'; case: string; status: string }
  | { code: 'WITHDRAWAL_NOT_FORESEEN'; service: string }
  | { code: 'WITHDRAWAL_NOT_YOURS'; party: string }
  | { code: 'WITHDRAWAL_TOO_LATE'; open: string[] }
  | EffectRefusal
  | LimitRefusal

/** Why a case action is refused. Codes of checks come from the package. */
export type CaseRefusal =
  | OpenCaseRefusal
  | StepRefusal
  | ActRefusal
  | DetermineRefusal
  | ArrivalRefusal
  | ResumeRefusal
  | LapseRefusal
  | WithdrawRefusal

/** Something that can say no: a transaction or a query. */
export interface Refusing {
  refuse(reason: Refusal): never
}

/** Ends the transaction with one of this module's refusals. */
export function refuse(ctx: Refusing, reason: CaseRefusal): never {
  return ctx.refuse(reason)
}
