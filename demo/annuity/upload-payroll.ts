import { getPackage } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { type DraftBatch, type DraftRow, Drafts, type Member } from '@renshe/node'
import { type PayrollProblem, PayrollRefused } from './payroll-file.ts'

/**
 * What an employer does with its payroll file: a draft judges every row by the published package, keeps the
 * good ones, tells the bad ones, and hands the whole over only when nothing is left to mend.
 *
 * @throws PayrollRefused with each bad cell; FileRefused if it is no table
 */
export async function uploadPayroll(
  employer: Member,
  caseId: string,
  path: string,
): Promise<DraftBatch> {
  const view = employer.ledger.view()
  const { case: serviceCase } = employer.ask('cases.getCase', { case: caseId }) as {
    case: JsonObject
  }
  const drafts = new Drafts(employer.vault.store, () => employer.clock.now())
  const draft = drafts.open({
    case: caseId,
    step: 'upload-payroll',
    section: 'payroll',
    code: getPackage(view, String(serviceCase.package)),
    environment: { now: employer.clock.now() },
  })
  await draft.addFile({ path }, { as: 'whole' })
  if (!draft.summary().isReady)
    throw new PayrollRefused(problemsOf(draft.results({ onlyBad: true })))
  return draft.batch()
}

function problemsOf(rows: Iterable<DraftRow>): PayrollProblem[] {
  return [...rows].flatMap(({ line, problems }) =>
    problems.map(({ column, expected, came }) => ({ line, column: column ?? '', expected, came })),
  )
}
