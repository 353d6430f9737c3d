/* What a determination starts from, as the chain knows it. */
import {
  type CompiledPackage,
  type DeterminationDefinition,
  type DeterminationInputs,
  type Step,
  type SubledgerFacts,
  serviceOf,
  steps,
} from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { Reader } from '@renshe/kernel'
import type { LedgerPort, LedgerView } from '../ledger-port.ts'
import { type CaseTerms, findAwaitingStep, findCaseTerms } from '../prepare/case-terms.ts'
import { DeterminingRefused } from './determining-refused.ts'

/** A submission of some member, as a step keeps it. */
export interface KnownSubmission {
  readonly member: string
  readonly digest: string
  readonly parts: JsonObject
}

/** Everything that both sides start from. */
export interface DeterminationTask {
  readonly case: string
  readonly step: string
  /** Number of the step's instance. */
  readonly n: number
  readonly terms: CaseTerms
  readonly name: string
  readonly definition: DeterminationDefinition
  readonly inputs: DeterminationInputs
  readonly subledger: SubledgerFacts | null
  readonly submissions: readonly KnownSubmission[]
}

/**
 * Asks the chain what an open step's determination starts from.
 *
 * @throws DeterminingRefused `STEP_NOT_OPEN` if the step does not await the member, or determines nothing
 */
export function determinationTask(
  ledger: LedgerPort,
  member: string,
  caseId: string,
  step: string,
): DeterminationTask {
  const view = ledger.view()
  const terms = findCaseTerms(view, caseId)
  const open =
    findAwaitingStep(view, caseId, step, member) ?? findSubmitted(view, caseId, step, member)
  if (terms === undefined || open === undefined) throw new DeterminingRefused('STEP_NOT_OPEN', step)
  const reader: Reader = { member, name: null, roles: [], unit: null }
  const answer = ledger.query('cases.getStep', { case: caseId, n: open.n }, reader)
  if (!answer.ok) throw new DeterminingRefused('STEP_NOT_OPEN', answer.code)
  const { determination } = answer.data as unknown as {
    determination: {
      readonly name: string
      readonly inputs: DeterminationInputs
      readonly subledger: SubledgerFacts | null
    } | null
  }
  if (determination === null) throw new DeterminingRefused('STEP_NOT_DETERMINED', step)
  const { name, inputs, subledger } = determination
  return {
    case: caseId,
    step,
    n: open.n,
    terms,
    name,
    definition: definitionOf(terms.code, name),
    inputs,
    subledger,
    submissions: open.submissions.map(({ member: by, digest, ...parts }) => ({
      member: by,
      digest,
      parts: parts as unknown as JsonObject,
    })),
  }
}

/** An open step that this member has submitted for: who has acted may act again until enough agree. */
function findSubmitted(
  view: LedgerView,
  caseId: string,
  name: string,
  by: string,
): Step | undefined {
  const all = [...view.state(steps).range({ prefix: [caseId] })].map(([, step]) => step)
  return all.findLast(
    ({ step, status, submissions }) =>
      step === name &&
      (status === 'open' || status === 'disputed') &&
      submissions.some(({ member }) => member === by),
  )
}

function definitionOf(code: CompiledPackage, name: string): DeterminationDefinition {
  const definition = serviceOf(code).determinations[name]
  if (definition === undefined) throw new DeterminingRefused('STEP_NOT_DETERMINED', name)
  return definition
}

/** Members that must agree on a determination of a case. */
export function partiesOf({ code, serviceCase }: CaseTerms, name: string): string[] {
  return definitionOf(code, name).members.flatMap((party) => serviceCase.parties[party] ?? [])
}
