/* What a member's own replica says of a case: its package, who owns a section, who may act. */
import {
  type Case,
  type CompiledPackage,
  type CompiledSection,
  cases,
  getPackage,
  type Step,
  type StepDefinition,
  serviceOf,
  steps,
} from '@renshe/contracts'
import type { LedgerView } from '../ledger-port.ts'
import type { SectionTerms } from '../vault/seal.ts'

/** A case with the package that runs it. */
export interface CaseTerms {
  readonly serviceCase: Case
  readonly code: CompiledPackage
}

/** The case, or undefined. */
export function findCaseTerms(view: LedgerView, caseId: string): CaseTerms | undefined {
  const serviceCase = view.state(cases).find(caseId)
  return serviceCase === undefined
    ? undefined
    : { serviceCase, code: getPackage(view, serviceCase.package) }
}

/** A section of a case: what it is, who owns it. */
export interface CaseSection extends CompiledSection {
  /** Member whose vault keeps it; null while its party is not bound. */
  readonly owner: string | null
  readonly terms: SectionTerms
}

/** A section of the case's service, or undefined. */
export function findCaseSection(
  { serviceCase, code }: CaseTerms,
  name: string,
): CaseSection | undefined {
  const compiled = code.findSection(name)
  if (compiled === undefined) return undefined
  const bound = serviceCase.parties[compiled.definition.owner] ?? null
  const owner = typeof bound === 'string' ? bound : (bound?.[0] ?? null)
  const { entry, definition } = compiled
  // Rows are one piece each; a record's fields can be shown one by one.
  const kind = definition.fields === undefined || compiled.row !== null ? 'whole' : 'fields'
  return { ...compiled, owner, terms: { name, level: definition.level, entry, kind } }
}

/** The newest instance of a step that awaits a member; undefined if none does. */
export function findAwaitingStep(
  view: LedgerView,
  caseId: string,
  name: string,
  member: string,
): Step | undefined {
  const isAwaited = ({ step, status, awaits, holder }: Step): boolean =>
    step === name &&
    status !== 'done' &&
    status !== 'cancelled' &&
    (awaits.includes(member) || holder === member)
  const all = [...view.state(steps).range({ prefix: [caseId] })].map(([, step]) => step)
  return all.findLast(isAwaited)
}

/** The package's definition of a step, or undefined. */
export function findStepDefinition({ code }: CaseTerms, name: string): StepDefinition | undefined {
  const { steps: defined } = serviceOf(code)
  return Object.hasOwn(defined, name) ? defined[name] : undefined
}

/** Sections of one record that may come with a step: those of its form and of its outcomes. */
export function sectionsOfStep({ form, outcomes }: StepDefinition): ReadonlySet<string> {
  const names = new Set<string>(form?.sections ?? [])
  for (const outcome of Object.values(outcomes)) {
    for (const name of outcome.sections) names.add(name)
  }
  return names
}
