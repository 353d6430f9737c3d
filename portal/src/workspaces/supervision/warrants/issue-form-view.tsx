/* The form of a warrant: which case and batch, whom, by which clause, how often, until when. */
import { Button } from 'antd'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { BatchChoice, CaseChoice } from './batch-choice.tsx'
import { DelayChoice } from './delay-choice.tsx'
import { FieldLine } from './field-line.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { type IssueFormProps, type IssueFormState, useIssueForm } from './use-issue-form.ts'
import { PURPOSE_CODES, purposeInWords } from './warrant-sentences.ts'
import { warrantWords } from './words.ts'

/** The form; what it says is signed in the dialog. */
export function IssueForm(props: IssueFormProps) {
  const say = useWords(warrantWords)
  const form = useIssueForm(props)
  const { typed, set, faults, faultOf, review } = form
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
          cases={props.cases}
          chosen={typed.case}
          choose={(chosen) => set({ case: chosen, batch: '', basis: '' })}
        />
        <BasisChoice form={form} />
        <BatchChoice
          caseId={typed.case}
          asked={form.asked}
          batches={form.batches}
          chosen={form.batch?.root ?? ''}
          choose={(root) => set({ batch: root })}
          fault={faultOf('batch')}
        />
        <ScopeChoice typed={typed} set={set} faultOf={faultOf} />
        <PurposeChoice form={form} />
        <TermFields form={form} />
        <DelayChoice
          typed={typed}
          set={set}
          days={form.hides}
          last={form.terms.lastDelay}
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

/** Clauses that may be the basis, with the words of the chosen one. */
function BasisChoice({ form }: { readonly form: IssueFormState }) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  const { typed, set, clauses, names, faultOf } = form
  const quotation = clauses?.find(({ id }) => id === typed.basis)?.quotation
  return (
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
          value={typed.basis}
          onChange={({ target }) => set({ basis: target.value })}
        >
          {(clauses ?? []).map(({ id }) => (
            <option key={id} value={id}>
              {inLocale(names.clause(id))}
            </option>
          ))}
        </select>
      )}
      {quotation === undefined ? null : <blockquote>{quotation}</blockquote>}
    </FieldLine>
  )
}

function PurposeChoice({ form: { typed, set } }: { readonly form: IssueFormState }) {
  const say = useWords(warrantWords)
  const inLocale = useBilingual()
  return (
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
  )
}

/** File number, number of looks, last day. */
function TermFields({ form }: { readonly form: IssueFormState }) {
  const say = useWords(warrantWords)
  const { typed, set, faultOf, terms, lasts } = form
  const [reference, reads, end] = [faultOf('reference'), faultOf('reads'), faultOf('end')]
  return (
    <>
      <FieldLine id="reference" label={say('file')} hint={say('referenceHint')} fault={reference}>
        <input
          id="reference"
          className="control"
          value={typed.reference}
          aria-invalid={reference !== null}
          onChange={({ target }) => set({ reference: target.value })}
        />
      </FieldLine>
      <FieldLine id="reads" label={say('reads')} fault={reads}>
        <input
          id="reads"
          className="control is-short number"
          inputMode="numeric"
          value={typed.reads}
          aria-invalid={reads !== null}
          onChange={({ target }) => set({ reads: target.value })}
        />
      </FieldLine>
      <FieldLine id="end" label={say('end')} hint={say('endHint', { days: lasts })} fault={end}>
        <input
          id="end"
          type="date"
          className="control is-short"
          value={typed.end}
          min={terms.today}
          max={terms.lastEnd}
          aria-invalid={end !== null}
          onChange={({ target }) => set({ end: target.value })}
        />
      </FieldLine>
    </>
  )
}
