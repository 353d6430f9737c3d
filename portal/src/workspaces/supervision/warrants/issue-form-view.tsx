/* The form of a warrant: which case and batch, whom, by which clause, how often, until when. */
import { Button } from 'antd'
import { useState } from 'react'
import { isoDay } from '../../../format/moments.ts'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { useSignedAct } from '../signed-act.ts'
import { BatchChoice, CaseChoice } from './batch-choice.tsx'
import { DelayChoice } from './delay-choice.tsx'
import { FieldLine } from './field-line.tsx'
import { faultsOf, type IssueTyped, inputOf } from './issue-form.ts'
import { ScopeChoice } from './scope-choice.tsx'
import { useOwnClauses } from './use-own-clauses.ts'
import { useWarrantNames } from './use-warrant-names.ts'
import {
  PURPOSE_CODES,
  purposeInWords,
  type WarrantTerms,
  warrantSentences,
} from './warrant-sentences.ts'
import { warrantWords } from './words.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 3
/** Of the sample letter of a demonstration. */
const SAMPLE_REFERENCE = '示例〔2026〕1101号'

interface IssueFormProps {
  readonly cases: readonly string[]
  readonly first: string
  readonly settings: readonly { readonly name: string; readonly value: unknown }[]
  readonly done: (warrant: string) => void
}

/** The form, and the dialog that signs what it says. */
export function IssueForm({ cases, first, settings, done }: IssueFormProps) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const now = useChainTime()
  const { chain } = useSession()
  const sign = useSignedAct()
  const days = (name: string): number =>
    Math.floor(Number(settings.find((one) => one.name === name)?.value ?? 0) / DAY_MS)
  const [typed, setTyped] = useState<IssueTyped>(() => ({
    case: first,
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
  }))
  const [isAsked, setIsAsked] = useState(false)
  const set = (change: Partial<IssueTyped>): void => setTyped({ ...typed, ...change })
  const batches = useAsk('access.listBatches', { case: typed.case, limit: 100 })
  const rows = inUse(batches.data?.data.items ?? [])
  const clauses = useOwnClauses(typed.case)
  const names = useWarrantNames(typed.case)
  const batch = rows.find(({ root }) => root === typed.batch) ?? rows[0] ?? null
  const basis = typed.basis === '' ? (clauses?.[0]?.id ?? '') : typed.basis
  const [lasts, hides] = [days('supervision.warrantLastsMs'), days('supervision.warrantHiddenMs')]
  const terms = {
    batch,
    today: isoDay(now),
    // The last day counts whole, so one day less may be named.
    lastEnd: isoDay(now + (lasts - 1) * DAY_MS),
    lastDelay: isoDay(now + (hides - 1) * DAY_MS),
  }
  const full = { ...typed, basis }
  const faults = isAsked ? faultsOf(full, terms) : []
  const faultOf = (field: keyof IssueTyped): string | null => {
    const fault = faults.find((one) => one.field === field)
    return fault === undefined ? null : say(fault.key, fault.values)
  }
  const review = (): void => {
    setIsAsked(true)
    if (faultsOf(full, terms).length > 0) return
    const input = inputOf(full, terms)
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
  return (
    <form
      className="issue-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        review()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) review()
      }}
    >
      <div className="issue-grid">
        <CaseChoice
          cases={cases}
          chosen={typed.case}
          choose={(chosen) => set({ case: chosen, batch: '', basis: '' })}
        />
        <FieldLine
          id="basis"
          label={say('clauseChoose')}
          hint={say('clauseHint')}
          fault={faultOf('basis')}
        >
          {clauses !== null && clauses.length === 0 ? (
            <p>{say('noClauses')}</p>
          ) : (
            <select
              id="basis"
              className="control"
              value={basis}
              onChange={({ target }) => set({ basis: target.value })}
            >
              {(clauses ?? []).map(({ id }) => (
                <option key={id} value={id}>
                  {inLocale(names.clause(id))}
                </option>
              ))}
            </select>
          )}
          <Quotation text={clauses?.find(({ id }) => id === basis)?.quotation} />
        </FieldLine>
        <BatchChoice
          caseId={typed.case}
          asked={batches}
          batches={rows}
          chosen={batch?.root ?? ''}
          choose={(root) => set({ batch: root })}
          fault={faultOf('batch')}
        />
        <ScopeChoice typed={typed} set={set} faultOf={faultOf} />
        <FieldLine id="purpose" label={say('purpose')} fault={null}>
          <select
            id="purpose"
            className="control"
            value={typed.purpose}
            onChange={({ target }) => set({ purpose: target.value })}
          >
            {PURPOSE_CODES.map((code) => (
              <option key={code} value={code}>
                {inLocale(purposeInWords(code))}
              </option>
            ))}
          </select>
        </FieldLine>
        <FieldLine
          id="reference"
          label={say('file')}
          hint={say('referenceHint')}
          fault={faultOf('reference')}
        >
          <input
            id="reference"
            className="control"
            value={typed.reference}
            aria-invalid={faultOf('reference') !== null}
            onChange={({ target }) => set({ reference: target.value })}
          />
        </FieldLine>
        <FieldLine id="reads" label={say('reads')} fault={faultOf('reads')}>
          <input
            id="reads"
            className="control is-short number"
            inputMode="numeric"
            value={typed.reads}
            aria-invalid={faultOf('reads') !== null}
            onChange={({ target }) => set({ reads: target.value })}
          />
        </FieldLine>
        <FieldLine
          id="end"
          label={say('end')}
          hint={say('endHint', { days: lasts })}
          fault={faultOf('end')}
        >
          <input
            id="end"
            type="date"
            className="control is-short"
            value={typed.end}
            min={terms.today}
            max={terms.lastEnd}
            aria-invalid={faultOf('end') !== null}
            onChange={({ target }) => set({ end: target.value })}
          />
        </FieldLine>
        <DelayChoice
          typed={typed}
          set={set}
          days={hides}
          last={terms.lastDelay}
          fault={faultOf('delay')}
        />
      </div>
      {faults.length === 0 ? null : (
        <p className="field-fault" role="alert">
          {say('faults', { count: faults.length })}
        </p>
      )}
      <Button type="primary" htmlType="submit">
        {say('review')}
      </Button>
    </form>
  )
}

/** The words of the clause. */
function Quotation({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <blockquote>{text}</blockquote>
}

/** What people are found in stands first: rows that were uploaded, then trees of accounts. */
function inUse<Batch extends { readonly tree: string }>(
  batches: readonly Batch[],
): readonly Batch[] {
  return [...batches].sort(
    (one, other) => Number(other.tree === 'batch') - Number(one.tree === 'batch'),
  )
}
