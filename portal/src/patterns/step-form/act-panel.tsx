/* The panel of one step: what is asked of whom, the form, the signature. Made from the package alone. */
import type { JsonObject } from '@renshe/crypto'
import { lazy, Suspense } from 'react'
import { useMemberName } from '../../cells/cells.tsx'
import type { StepDefinition } from '../../package/package-document.ts'
import { usePackageOfCase, usePackageTexts } from '../../package/use-package.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { useAskToSign } from '../sign-dialog/asked-signature.ts'
import { Asked, Waiting } from '../states/states.tsx'
import { DeterminePanel } from './determine-panel.tsx'
import { EMPTY_FORM, useFormState } from './form-state.ts'
import { type NoAct, whyNot } from './may-act.ts'
import { StepForm } from './step-form.tsx'
import { type ActPanelProps, type StepInUse, useStepRequest, useStepTitle } from './step-in-use.ts'
import { formWords } from './words.ts'

const BulkUpload = lazy(async () => ({
  default: (await import('../bulk-upload/bulk-upload.tsx')).BulkUpload,
}))

/** Asks what a step asks, and has it signed. */
export function ActPanel(props: ActPanelProps) {
  const { caseId, n } = props
  const whole = useAsk('cases.getCase', { case: caseId })
  const one = useAsk('cases.getStep', { case: caseId, n })
  const loaded = usePackageOfCase(whole.data?.data.case ?? null)
  return (
    <Asked of={whole}>
      {({ data: { case: found, steps } }) => (
        <Asked of={one}>
          {({ data }) => (
            <Asked of={loaded}>
              {(document) => (
                <PanelOfStep
                  {...props}
                  key={`${caseId}/${n}`}
                  actors={data.actors}
                  inUse={{
                    loaded: document,
                    found,
                    steps,
                    step: data.step,
                    definition: data.definition as unknown as StepDefinition,
                    suggested: data.suggested as JsonObject,
                    choices: data.choices.length > 1 ? data.choices : [],
                  }}
                />
              )}
            </Asked>
          )}
        </Asked>
      )}
    </Asked>
  )
}

interface PanelProps extends ActPanelProps {
  readonly inUse: StepInUse
  readonly actors: readonly string[]
}

function PanelOfStep(props: PanelProps) {
  const { inUse, actors } = props
  const { loaded, step, steps, definition } = inUse
  const { session } = useSession()
  const texts = usePackageTexts(loaded)
  const no = whyNot(step, definition, actors, steps, session)
  return (
    <section className="act-panel card" aria-label={texts.step(step.step)}>
      <h2>{texts.step(step.step)}</h2>
      {no === null ? <ActOn {...props} /> : <NoActSaid no={no} inUse={inUse} />}
    </section>
  )
}

function ActOn(props: PanelProps) {
  const { definition } = props.inUse
  if (definition.determine !== undefined) return <DeterminePanel {...props} />
  if (definition.form?.batch !== undefined) {
    return (
      <Suspense fallback={<Waiting />}>
        <BulkUpload {...props} section={definition.form.batch} />
      </Suspense>
    )
  }
  return <FormOfStep {...props} />
}

function FormOfStep({ inUse, caseId, n, prefill = EMPTY_FORM, onRecorded }: PanelProps) {
  const { loaded, found, step, definition, suggested, choices } = inUse
  const say = useWords(formWords)
  const title = useStepTitle(inUse)
  const id = `${caseId}/${n}`
  const form = useFormState(id, title, prefill)
  const makeRequest = useStepRequest(inUse, id, onRecorded)
  const ask = useAskToSign()
  if (form.isInFlight) return <p role="status">{say('checking')}</p>
  return (
    <StepForm
      loaded={loaded}
      step={step.step}
      fields={definition.form?.fields ?? {}}
      sections={definition.form?.sections ?? []}
      choices={choices}
      suggested={suggested}
      form={form}
      parties={found.parties}
      sign={(said) => {
        form.keep()
        ask(makeRequest(said))
      }}
    />
  )
}

const WAITS = {
  payment: 'waitPayment',
  settlement: 'waitSettlement',
  register: 'waitRegister',
  case: 'waitCase',
  until: 'waitUntil',
} as const

function NoActSaid({ no, inUse }: { readonly no: NoAct; readonly inUse: StepInUse }) {
  const say = useWords(formWords)
  const texts = usePackageTexts(inUse.loaded)
  const nameOf = useMemberName()
  switch (no.why) {
    case 'over':
      return <p className="quiet">{say('done')}</p>
    case 'waits':
      return <p>{say('waits', { wait: say(WAITS[no.kind]) })}</p>
    case 'notYours':
      return <p>{say('notYours', { holder: nameOf(no.holder) })}</p>
    case 'notRole':
      return <p>{say('notRole', { role: texts.find(`role.${no.role}`) ?? no.role })}</p>
    case 'fourEyes':
      return <p className="act-refused">{say('fourEyes', { step: texts.step(no.step) })}</p>
    case 'submitted':
      return <p>{say('alreadySubmitted', { others: no.others.map(nameOf).join('、') })}</p>
  }
}
