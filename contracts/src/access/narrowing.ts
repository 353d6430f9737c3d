/* Whether a delegated grant is narrower than the one above it, dimension by dimension. */
import type { IssueInput } from './issue-input.ts'
import type { Grant } from './records.ts'
import type { Dimension } from './refusals.ts'

/** Uses by how much they show. */
const WIDTH: Readonly<Record<Grant['use'], number>> = { ANSWER: 0, VIEW: 1, STORE: 2 }

/** Dimensions of a grant that is to be delegated, as they will stand. */
export type NarrowedTerms = Pick<
  Grant,
  | 'level'
  | 'sections'
  | 'fields'
  | 'records'
  | 'batches'
  | 'use'
  | 'quota'
  | 'notBefore'
  | 'notAfter'
> & {
  readonly range: NonNullable<Grant['issued']>['range']
  readonly questions: IssueInput['questions']
}

/**
 * The first dimension in which the terms are wider than those of the grant above; undefined if none is.
 * What only a read can tell (which records lie in a case) is asked again at each read, of every grant
 * above.
 *
 * @source security/sealed-data.md section 8, Grant 5
 */
export function findWidening(above: Grant, terms: NarrowedTerms): Dimension | undefined {
  const { range } = terms
  const wide = above.issued?.range ?? null
  const checks: readonly (readonly [Dimension, boolean])[] = [
    ['level', terms.level <= above.level],
    ['sections', terms.sections.length > 0 && isWithin(terms.sections, above.sections)],
    ['fields', areFieldsWithin(terms, above)],
    ['records', isNamedWithin(terms.records, above.records, above)],
    ['batches', isNamedWithin(terms.batches, above.batches, above)],
    ['range', isRangeWithin(range, wide) && (range === null || terms.batches.length === 1)],
    ['use', WIDTH[terms.use] <= WIDTH[above.use]],
    ['questions', areQuestionsWithin(terms, above)],
    ['quota', above.quota === null || isQuotaWithin(terms.quota, above.quota)],
    ['period', isPeriodWithin(terms, above)],
  ]
  return checks.find(([, holds]) => !holds)?.[0]
}

function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((one) => outer.includes(one))
}

function areFieldsWithin({ fields, sections }: NarrowedTerms, above: Grant): boolean {
  if (fields !== null && sections.length !== 1) return false
  if (above.fields === null) return true
  return fields !== null && isWithin(fields, above.fields)
}

/** Names leave only themselves: none at all would be everything. */
function isNamedWithin(
  inner: readonly string[],
  outer: readonly string[],
  { issued }: Grant,
): boolean {
  // What a package names it names beside the case, not instead of it.
  if (issued === undefined || outer.length === 0) return true
  return inner.length > 0 && isWithin(inner, outer)
}

function isRangeWithin(inner: NarrowedTerms['range'], outer: NarrowedTerms['range']): boolean {
  if (outer === null) return true
  if (inner === null) return false
  return inner.from >= outer.from && inner.from + inner.count <= outer.from + outer.count
}

function areQuestionsWithin({ use, questions }: NarrowedTerms, above: Grant): boolean {
  if (use !== 'ANSWER' || above.use !== 'ANSWER') return true
  return (questions ?? []).every(({ name, is, bands }) =>
    above.issued?.questions.some(
      (own) => own.name === name && own.is === is && `${own.bands}` === `${bands ?? null}`,
    ),
  )
}

function isQuotaWithin(inner: Grant['quota'], outer: NonNullable<Grant['quota']>): boolean {
  return inner !== null && inner.reads <= outer.reads
}

function isPeriodWithin({ notBefore, notAfter }: NarrowedTerms, above: Grant): boolean {
  if (notAfter === null || notAfter <= notBefore || notBefore < above.notBefore) return false
  return above.notAfter === null || notAfter <= above.notAfter
}

/** Kinds that pass to another member than their holder: law and contract bind members, consent one. */
const PASSING: ReadonlySet<string> = new Set(['STATUTE', 'CONTRACT'])

/** Whether a grant may be delegated to a member at all. */
export function mayDelegate({ kind, holder }: Grant, member: string): boolean {
  if (kind === 'WARRANT' || kind === 'EMERGENCY' || holder.subject !== undefined) return false
  return PASSING.has(kind) || member === holder.member
}
