/* A form made from a package: fields, sealed sections, the decision; checked at the edge, signed in the dialog. */
import './step-form.css'
import type { JsonObject } from '@renshe/crypto'
import { Button } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useMemberName } from '../../cells/cells.tsx'
import { type Fields, type LoadedPackage, serviceOf } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { SealedWords } from '../sealed-field/sealed-words.tsx'
import { FieldControl, useFaultWords } from './field-controls.tsx'
import { askedFields } from './field-order.ts'
import type { FormState } from './form-state.ts'
import { type FieldFault, readForm, typedOf } from './typed-values.ts'
import { formWords } from './words.ts'

/** What a form says once nothing is wrong with it. */
export interface FormSaid {
  readonly fields: JsonObject
  readonly sections: Readonly<Record<string, JsonObject>>
  readonly outcome: string | null
}

/** What a form is made from. */
export interface StepFormProps {
  readonly loaded: LoadedPackage
  /** `open`, or the name of a step. */
  readonly step: string
  readonly fields: Fields
  /** Sections that always come with it. */
  readonly sections: readonly string[]
  /** Outcomes to choose from; none where the package decides or there is one. */
  readonly choices: readonly string[]
  readonly suggested: JsonObject
  readonly form: FormState
  /** Parties of the case, for who may open what is sealed. */
  readonly parties: Readonly<Record<string, string | readonly string[] | null>>
  readonly sign: (said: FormSaid) => void
  readonly before?: ReactNode
  /** Why it cannot be signed now, beside the button. */
  readonly blocked?: string | null
}

type Faults = Readonly<Record<string, readonly FieldFault[]>>

const NO_FAULTS = { fields: {}, sections: {}, outcome: false } as const

interface FormFaults {
  readonly fields: Faults
  readonly sections: Readonly<Record<string, Faults>>
  readonly outcome: boolean
}

/** Shows the form; `sign` is called with what it says when nothing is wrong with it. */
export function StepForm(props: StepFormProps) {
  const { loaded, choices, form, sign, before, blocked = null } = props
  const say = useWords(formWords)
  const [faults, setFaults] = useState<FormFaults>(NO_FAULTS)
  const [isSaved, setIsSaved] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const sections = sectionsOf(props)
  const tryToSign = (): void => {
    if (blocked !== null) return
    const read = readAll(props, sections)
    setFaults(read.faults)
    if (read.said === null) {
      setTimeout(() => summary.current?.focus(), 0)
      return
    }
    sign(read.said)
  }
  useFormKeys(choices, form.choose, tryToSign)
  return (
    <form
      className="step-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        tryToSign()
      }}
    >
      {form.isRestored ? <p className="form-kept">{say('kept')}</p> : null}
      {before}
      <FaultsPart loaded={loaded} faults={faults} summary={summary} />
      <PublicFields {...props} faults={faults.fields} />
      {choices.length === 0 ? null : <Choices {...props} isMissing={faults.outcome} />}
      {sections.map((name) => (
        <SectionFields key={name} {...props} name={name} faults={faults.sections[name] ?? {}} />
      ))}
      <div className="form-foot">
        <Button
          onClick={() => {
            form.keep()
            setIsSaved(true)
          }}
        >
          {say('saveDraft')}
        </Button>
        <Button type="primary" htmlType="submit" disabled={blocked !== null}>
          {say('sign')}
        </Button>
      </div>
      <p className="form-keys quiet" role="status">
        {blocked ??
          (isSaved
            ? say('saved')
            : choices.length > 0
              ? say('keys', { n: Math.min(choices.length, MOST_KEYS) })
              : say('keysOne'))}
      </p>
    </form>
  )
}

/** Sections of the form, and those of the outcome that is chosen. */
function sectionsOf({ loaded, step, sections, form }: StepFormProps): readonly string[] {
  const { outcome } = form.typed
  const chosen =
    outcome === null ? [] : (serviceOf(loaded).steps[step]?.outcomes[outcome]?.sections ?? [])
  return [...new Set([...sections, ...chosen])]
}

function readAll({ loaded, fields, choices, form }: StepFormProps, sections: readonly string[]) {
  const { typed } = form
  const open = readForm(fields, typed.fields)
  const sealed = sections.map((name) => {
    const definition = serviceOf(loaded).sections[name]?.fields ?? {}
    return [name, readForm(definition, typed.sections[name] ?? {})] as const
  })
  const isMissing = choices.length > 0 && !choices.includes(typed.outcome ?? '')
  const faults: FormFaults = {
    fields: open.faults,
    sections: Object.fromEntries(sealed.map(([name, read]) => [name, read.faults])),
    outcome: isMissing,
  }
  if (countOf(faults) > 0) return { faults, said: null }
  const said: FormSaid = {
    fields: open.values,
    sections: Object.fromEntries(sealed.map(([name, read]) => [name, read.values])),
    outcome: choices.length === 0 ? null : typed.outcome,
  }
  return { faults, said }
}

function countOf({ fields, sections, outcome }: FormFaults): number {
  const all = [fields, ...Object.values(sections)].flatMap((each) => Object.values(each).flat())
  return all.length + (outcome ? 1 : 0)
}

function FaultsPart({
  loaded,
  faults,
  summary,
}: {
  readonly loaded: LoadedPackage
  readonly faults: FormFaults
  readonly summary: RefObject<HTMLElement | null>
}) {
  const say = useWords(formWords)
  const count = countOf(faults)
  if (count === 0) return null
  return (
    <section className="form-faults" role="alert" tabIndex={-1} ref={summary}>
      <h3>
        <Icon name="alert" size={15} />
        {say('fix', { count })}
      </h3>
      <p>{say('fixLead')}</p>
      <FaultList loaded={loaded} faults={faults} />
    </section>
  )
}

function FaultList({
  loaded,
  faults,
}: {
  readonly loaded: LoadedPackage
  readonly faults: FormFaults
}) {
  const say = useWords(formWords)
  const sayFault = useFaultWords()
  const texts = usePackageTexts(loaded)
  const all = [faults.fields, ...Object.values(faults.sections)].flatMap((each) =>
    Object.entries(each).flatMap(([name, found]) => found.map((one) => ({ name, one }))),
  )
  return (
    <ul>
      {faults.outcome ? <li>{say('outcomeMissing')}</li> : null}
      {all.map(({ name, one }) => (
        <li key={`${name} ${one.at} ${one.key}`}>{sayFault(texts.field(name), one)}</li>
      ))}
    </ul>
  )
}

function PublicFields(props: StepFormProps & { readonly faults: Faults }) {
  const { loaded, step, fields, suggested, form, faults } = props
  const texts = usePackageTexts(loaded)
  return (
    <>
      {askedFields(fields, texts, step).map((name) => {
        const proposed = typedOf(suggested[name])
        return (
          <FieldControl
            key={name}
            name={name}
            field={fields[name] as Fields[string]}
            texts={texts}
            typed={form.typed.fields[name]}
            faults={faults[name] ?? []}
            change={(typed) => form.setField(name, typed)}
            {...(typeof proposed === 'string' && proposed !== '' ? { suggested: proposed } : {})}
          />
        )
      })}
    </>
  )
}

function SectionFields(props: StepFormProps & { readonly name: string; readonly faults: Faults }) {
  const { loaded, name, form, faults, parties } = props
  const say = useWords(formWords)
  const { locale } = useLocale()
  const texts = usePackageTexts(loaded)
  const nameOf = useMemberName()
  const section = serviceOf(loaded).sections[name]
  if (section === undefined) return null
  const readers = [section.owner, ...section.readers].map((party) => {
    const bound = parties[party] ?? null
    const members = bound === null ? [] : typeof bound === 'string' ? [bound] : bound
    return members.length === 0 ? texts.party(party) : members.map(nameOf).join('、')
  })
  return (
    <fieldset className="form-sealed">
      <legend>
        <SealedWords level={section.level}>{texts.section(name)}</SealedWords>
      </legend>
      <p className="quiet">
        {say('sealedHint', { readers: readers.join(locale === 'zh' ? '、' : ', ') })}
      </p>
      {Object.entries(section.fields ?? {}).map(([part, field]) => (
        <FieldControl
          key={part}
          name={part}
          field={field}
          texts={texts}
          typed={form.typed.sections[name]?.[part]}
          faults={faults[part] ?? []}
          change={(typed) => form.setSection(name, part, typed)}
        />
      ))}
    </fieldset>
  )
}

function Choices({
  loaded,
  step,
  choices,
  form,
  isMissing,
}: StepFormProps & { readonly isMissing: boolean }) {
  const say = useWords(formWords)
  const texts = usePackageTexts(loaded)
  return (
    <fieldset className={isMissing ? 'choices is-wrong' : 'choices'}>
      <legend>{say('outcome')}</legend>
      {isMissing ? <p className="field-fault">{say('outcomeMissing')}</p> : null}
      {choices.map((name, at) => {
        const isChosen = form.typed.outcome === name
        const help = texts.find(`outcome.${step}.${name}.help`)
        return (
          <label key={name} className={isChosen ? 'choice is-chosen' : 'choice'}>
            <input
              type="radio"
              name={`outcome-${step}`}
              value={name}
              checked={isChosen}
              onChange={() => form.choose(name)}
            />
            <span>
              {texts.outcome(step, name)}
              {help === undefined ? null : <small>{help}</small>}
            </span>
            {at < MOST_KEYS ? <span className="key">{at + 1}</span> : null}
          </label>
        )
      })}
    </fieldset>
  )
}

const MOST_KEYS = 4

/** Digits choose and never submit; Ctrl+Enter opens the sign dialog. Single keys are silent in controls. */
function useFormKeys(
  choices: readonly string[],
  choose: (outcome: string) => void,
  sign: () => void,
): void {
  const current = useRef({ choices, choose, sign })
  current.current = { choices, choose, sign }
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (document.querySelector('dialog[open]') !== null) return
      const now = current.current
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        now.sign()
        return
      }
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio'
      if ((isTyping && !isRadio) || event.altKey || event.ctrlKey || event.metaKey) return
      const name = /^[1-4]$/.test(event.key) ? now.choices[Number(event.key) - 1] : undefined
      if (name !== undefined) now.choose(name)
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [])
}
