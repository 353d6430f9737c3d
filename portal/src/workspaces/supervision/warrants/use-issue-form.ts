/* What is typed to issue a warrant, what it is checked against, and the act that it becomes. */
import { useState } from 'react'
import { isoDay } from '../../../format/moments.ts'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { useSignedAct } from '../signed-act.ts'
import { faultsOf, type IssueTerms, type IssueTyped, inputOf } from './issue-form.ts'
import { useOwnClauses } from './use-own-clauses.ts'
import { useWarrantNames } from './use-warrant-names.ts'
import { PURPOSE_CODES, type WarrantTerms, warrantSentences } from './warrant-sentences.ts'
import { warrantWords } from './words.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 3
/** Of the sample letter of a demonstration. */
const SAMPLE_REFERENCE = '示例〔2026〕1101号'

/** What the form begins with. */
export interface IssueFormProps {
  readonly cases: readonly string[]
  readonly first: string
  /** Published parameters of the ledger: how long warrants may last and be hidden. */
  readonly settings: readonly { readonly name: string; readonly value: unknown }[]
  readonly done: (warrant: string) => void
}

/** The state of the form. */
export function useIssueForm({ first, settings, done }: IssueFormProps) {
  const say = useWords(warrantWords)
  const now = useChainTime()
  const [written, setWritten] = useState<IssueTyped>(useFirst(first))
  const [isAsked, setIsAsked] = useState(false)
  const asked = useAsk('access.listBatches', { case: written.case, limit: 100 })
  const clauses = useOwnClauses(written.case)
  const names = useWarrantNames(written.case)
  const batches = inUse(asked.data?.data.items ?? [])
  const batch = batches.find(({ root }) => root === written.batch) ?? batches[0] ?? null
  const basis = written.basis === '' ? (clauses?.[0]?.id ?? '') : written.basis
  const typed: IssueTyped = { ...written, basis }
  const days = (name: string): number =>
    Math.floor(Number(settings.find((one) => one.name === name)?.value ?? 0) / DAY_MS)
  const [lasts, hides] = [days('supervision.warrantLastsMs'), days('supervision.warrantHiddenMs')]
  const terms: IssueTerms = {
    batch,
    today: isoDay(now),
    // The last day counts whole, so one day less may be named.
    lastEnd: isoDay(now + (lasts - 1) * DAY_MS),
    lastDelay: isoDay(now + (hides - 1) * DAY_MS),
  }
  const faults = isAsked ? faultsOf(typed, terms) : []
  const sign = useIssue(typed, terms, names, done)
  return {
    typed,
    set: (change: Partial<IssueTyped>): void => setWritten({ ...written, ...change }),
    asked,
    batches,
    batch,
    clauses,
    names,
    terms,
    lasts,
    hides,
    faults,
    faultOf: (field: keyof IssueTyped): string | null => {
      const fault = faults.find((one) => one.field === field)
      return fault === undefined ? null : say(fault.key, fault.values)
    },
    review: (): void => {
      setIsAsked(true)
      if (faultsOf(typed, terms).length === 0) sign()
    },
  }
}

/** The state of the form, as its parts take it. */
export type IssueFormState = ReturnType<typeof useIssueForm>

function useFirst(caseId: string): () => IssueTyped {
  const { chain } = useSession()
  const now = useChainTime()
  return () => ({
    case: caseId,
    batch: '',
    kind: 'PERSONS',
    persons: '1',
    rows: '',
    purpose: PURPOSE_CODES[0],
    basis: '',
    reference: chain.isDemonstration ? SAMPLE_REFERENCE : '',
    reads: '2',
    end: isoDay(now + USUAL_DAYS * DAY_MS),
    delay: '',
  })
}

function useIssue(
  typed: IssueTyped,
  terms: IssueTerms,
  names: ReturnType<typeof useWarrantNames>,
  done: (warrant: string) => void,
): () => void {
  const sign = useSignedAct()
  return () => {
    const input = inputOf(typed, terms)
    sign({
      id: `issue/${typed.case}/${input.reference}`,
      title: { zh: '签发调阅令', en: 'Issue a warrant' },
      action: 'supervision.issueWarrant',
      input,
      say: (body) => [
        ...warrantSentences(body as unknown as WarrantTerms, names),
        {
          zh: '由本单位另一位监管经办人确认以后才生效。没有用过的，随时可以撤销。',
          en: 'It is in force once another officer of ours confirms it. It can be revoked at any time.',
        },
      ],
      then: ({ warrant }) => done(String(warrant)),
    })
  }
}

/** What people are found in stands first: rows that were uploaded, then trees of accounts. */
function inUse<Batch extends { readonly tree: string }>(
  batches: readonly Batch[],
): readonly Batch[] {
  return [...batches].sort(
    (one, other) => Number(other.tree === 'batch') - Number(one.tree === 'batch'),
  )
}
