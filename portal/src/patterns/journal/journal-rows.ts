/* Journals as rows: one debit and one credit each; the lines of persons are one sealed line. */

import { sumOf } from '../../format/exact.ts'
import { messageNumber } from '../money-flow/flow-messages.ts'
import type { CaseWithSteps, JournalShown, StepShown } from '../step-clock/case-shown.ts'

/** One side of a row: an account, or the accounts of so many persons. */
export type JournalSide =
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'persons'; readonly count: number }
  | { readonly kind: 'several'; readonly accounts: readonly string[] }

/** One row. */
export interface JournalRow {
  readonly key: string
  /** UTC ms; null before it is signed. */
  readonly at: number | null
  readonly no: number | null
  /** Code of the posting, for example `ALLOCATION`. */
  readonly journal: string
  readonly debit: JournalSide
  readonly credit: JournalSide
  /** Yuan; null for a journal of units only. */
  readonly amount: string | null
  readonly units: string | null
  /** Members that signed it, in their order. */
  readonly signers: readonly string[]
  /** Members that have not signed yet. */
  readonly awaits: readonly string[]
  /** The act that posted it; null before, or where it belongs to another case. */
  readonly txId: string | null
}

interface Line {
  readonly side: JournalSide
  readonly amount: string
}

/** Rows of posted journals, in the order of the ledger. */
export function journalRows(
  journals: readonly JournalShown[],
  found: CaseWithSteps | null,
): readonly JournalRow[] {
  const inOrder = [...journals].sort((one, other) => one.at - other.at || one.seq - other.seq)
  return inOrder.flatMap((journal) => rowsOf(journal, stepOf(journal, found), found))
}

function stepOf(journal: JournalShown, found: CaseWithSteps | null): StepShown | undefined {
  if (found === null || found.case.id !== journal.case) return undefined
  return found.steps.find(
    ({ step, endedBy }) => step === journal.step && endedBy?.at === journal.at,
  )
}

function rowsOf(
  journal: JournalShown,
  step: StepShown | undefined,
  found: CaseWithSteps | null,
): readonly JournalRow[] {
  const shared = {
    at: journal.at,
    no: found === null ? null : messageNumber(found.case.service, journal.step ?? ''),
    journal: journal.kind,
    signers: step === undefined ? [] : signersOf(step),
    awaits: [],
    txId: step?.endedBy?.txId ?? null,
  }
  const isInUnits = journal.fen.length === 0
  const lines = isInUnits ? journal.units : journal.fen
  const pairs = paired(linesOf(journal, lines, 'debit'), linesOf(journal, lines, 'credit'))
  const units = unitsOf(journal)
  return pairs.map(({ debit, credit, amount }, index) => ({
    ...shared,
    key: `${journal.id}/${index}`,
    debit,
    credit,
    amount: isInUnits ? null : amount,
    units: index === 0 ? units : null,
  }))
}

/** Lines of one side; those of the sub-ledger's control accounts are one line of so many persons. */
function linesOf(
  { subledger }: JournalShown,
  lines: JournalShown['fen'],
  wanted: 'debit' | 'credit',
): readonly Line[] {
  const own = oneOfEach(lines.filter(({ side }) => side === wanted))
  const isControl = ({ account }: { readonly account: string }): boolean =>
    subledger !== null && Object.hasOwn(subledger.delta, account)
  const persons = own.filter(isControl)
  const others = own
    .filter((line) => !isControl(line))
    .map(({ account, amount }): Line => ({ side: { kind: 'account', account }, amount }))
  if (persons.length === 0 || subledger === null) return others
  const amount = sumOf(persons.map((line) => line.amount))
  return [{ side: { kind: 'persons', count: subledger.entries.count }, amount }, ...others]
}

/** Lines of the same account are one line. */
function oneOfEach(lines: JournalShown['fen']): JournalShown['fen'] {
  const accounts = [...new Set(lines.map(({ account }) => account))]
  return accounts.flatMap((account) => {
    const own = lines.filter((line) => line.account === account)
    const [first] = own
    return first === undefined ? [] : [{ ...first, amount: sumOf(own.map((line) => line.amount)) }]
  })
}

interface Pair {
  readonly debit: JournalSide
  readonly credit: JournalSide
  readonly amount: string
}

function paired(debits: readonly Line[], credits: readonly Line[]): readonly Pair[] {
  const together = (lines: readonly Line[]): JournalSide => {
    const [only] = lines
    if (lines.length === 1 && only !== undefined) return only.side
    return {
      kind: 'several',
      accounts: lines.flatMap(({ side }) => (side.kind === 'account' ? [side.account] : [])),
    }
  }
  if (debits.length === 1) {
    const debit = together(debits)
    return credits.map(({ side, amount }) => ({ debit, credit: side, amount }))
  }
  const credit = together(credits)
  return debits.map(({ side, amount }) => ({ debit: side, credit, amount }))
}

function unitsOf({ units, fen }: JournalShown): string | null {
  if (fen.length === 0 && units.length === 0) return null
  const debits = units.filter(({ side }) => side === 'debit').map(({ amount }) => amount)
  return debits.length === 0 ? null : sumOf(debits)
}

/** Members whose signature a step rests on. */
export function signersOf({ submissions, signatures, endedBy }: StepShown): readonly string[] {
  const all = [
    ...submissions.map(({ member }) => member),
    ...signatures.map(({ member }) => member),
    ...(endedBy === null ? [] : [endedBy.member]),
  ]
  return [...new Set(all)]
}
