/* One control for each type of field, from its definition alone. */
import { useId } from 'react'
import { useMemberName } from '../../cells/cells.tsx'
import type { Field, Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { useAsk } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { amountHint } from './amount-hint.ts'
import type { FieldFault, Typed, TypedValues } from './typed-values.ts'
import { formWords } from './words.ts'

/** What a control shows and tells. */
export interface ControlProps {
  readonly name: string
  readonly field: Field
  readonly texts: PackageTexts
  readonly typed: Typed | undefined
  readonly faults: readonly FieldFault[]
  readonly change: (typed: Typed) => void
  /** Path inside of the field, for faults of parts. */
  readonly at?: string
  /** Shown instead of the text of the package, for parts of lists. */
  readonly label?: string
  readonly suggested?: string
}

/** A field of any type with its label, hint and what is wrong with it. */
export function FieldControl(props: ControlProps) {
  const { field } = props
  if (field.many === true) return <ListControl {...props} />
  if (field.fields !== undefined) return <RecordControl {...props} fields={field.fields} />
  return <SingleControl {...props} />
}

/** Says a fault with the label of its field. */
export function useFaultWords() {
  const say = useWords(formWords)
  return (label: string, { key, values }: FieldFault) => say(key, { label, ...values })
}

function SingleControl(props: ControlProps) {
  const { name, field, texts, typed, faults, change, at = '', suggested } = props
  const say = useWords(formWords)
  const sayFault = useFaultWords()
  const id = useId()
  const label = props.label ?? texts.field(name)
  const wrong = faults.find((one) => one.at === at)
  const text = typeof typed === 'string' ? typed : ''
  const hint = amountHint(field, text, say('yes'))
  const help = texts.help(name)
  const described = `${id}-hint`
  const shared = {
    id,
    value: text,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': described,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => change(target.value),
  }
  return (
    <div className={wrong === undefined ? 'field' : 'field is-wrong'}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        <span className="field-need">{say(field.optional === true ? 'optional' : 'required')}</span>
      </div>
      <Input field={field} name={name} texts={texts} shared={shared} />
      <div className="field-hint" id={described}>
        {wrong === undefined ? null : <p className="field-fault">{sayFault(label, wrong)}</p>}
        {hint === undefined ? null : <p>{hint}</p>}
        {help === undefined ? null : <p>{help}</p>}
        {suggested === undefined || suggested === text ? null : (
          <p>
            {say('suggested', { value: texts.value(name, suggested, field) })}{' '}
            <button type="button" className="plain-button" onClick={() => change(suggested)}>
              {say('use')}
            </button>
          </p>
        )}
        {field.clause === undefined ? null : (
          <p>{say('clause', { clause: texts.clause(field.clause).name })}</p>
        )}
      </div>
    </div>
  )
}

interface InputProps {
  readonly field: Field
  readonly name: string
  readonly texts: PackageTexts
  readonly shared: {
    readonly id: string
    readonly value: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string
    readonly onChange: (event: { readonly target: { readonly value: string } }) => void
  }
}

function Input({ field, name, texts, shared }: InputProps) {
  const say = useWords(formWords)
  switch (field.type) {
    case 'boolean':
      return (
        <Choices
          shared={shared}
          options={[
            { value: 'true', label: say('yes') },
            { value: 'false', label: say('no') },
          ]}
        />
      )
    case 'code': {
      if (field.codes === undefined) return <input className="control" {...shared} />
      const options = field.codes.map((value) => ({ value, label: texts.code(name, value) }))
      return <Choices shared={shared} options={options} />
    }
    case 'member':
      return <MemberChoices shared={shared} />
    case 'reference':
      return <ReferenceControl field={field} shared={shared} />
    case 'text':
      return (field.maxLength ?? 500) > 100 ? (
        <textarea className="control" rows={4} {...shared} />
      ) : (
        <input className="control" {...shared} />
      )
    case 'date':
      return <input className="control is-short" type="date" {...shared} />
    case 'month':
      return <input className="control is-short" type="month" placeholder="2026-11" {...shared} />
    case 'money':
    case 'decimal':
    case 'integer':
      return (
        <input
          className="control is-short number"
          inputMode="decimal"
          autoComplete="off"
          {...shared}
        />
      )
    default:
      return <input className="control" autoComplete="off" {...shared} />
  }
}

function Choices({
  shared,
  options,
}: Pick<InputProps, 'shared'> & {
  readonly options: readonly { readonly value: string; readonly label: string }[]
}) {
  const say = useWords(formWords)
  return (
    <select className="control" {...shared}>
      <option value="">{say('choose')}</option>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

function MemberChoices({ shared }: Pick<InputProps, 'shared'>) {
  const nameOf = useMemberName()
  const members = useAsk('membership.listMembers', { limit: 200 })
  const options = (members.data?.data.items ?? []).map(({ id }) => ({
    value: id,
    label: nameOf(id),
  }))
  return <Choices shared={shared} options={options} />
}

/** A key of a register: typed, with the entries that there are to choose from. */
function ReferenceControl({ field, shared }: Pick<InputProps, 'field' | 'shared'>) {
  const { register } = field
  const entries = useAsk(
    'registers.listEntries',
    register === undefined ? null : { register, limit: 100 },
  )
  const list = useId()
  const keys = (entries.data?.data.items ?? []).map(({ key }) => key)
  if (keys.length > 0 && keys.length < 30) {
    return <Choices shared={shared} options={keys.map((key) => ({ value: key, label: key }))} />
  }
  return (
    <>
      <input className="control" list={list} autoComplete="off" {...shared} />
      <datalist id={list}>
        {keys.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
    </>
  )
}

function RecordControl({ fields, ...props }: ControlProps & { readonly fields: Fields }) {
  const { name, texts, typed, faults, change, at = '' } = props
  const given = (typeof typed === 'object' && !Array.isArray(typed) ? typed : {}) as TypedValues
  return (
    <fieldset className="field-group">
      <legend>{props.label ?? texts.field(name)}</legend>
      <div className="field-grid">
        {Object.entries(fields).map(([part, field]) => (
          <FieldControl
            key={part}
            name={part}
            field={field}
            texts={texts}
            typed={given[part]}
            faults={faults}
            at={at === '' ? part : `${at}.${part}`}
            change={(next) => change({ ...given, [part]: next })}
          />
        ))}
      </div>
    </fieldset>
  )
}

function ListControl(props: ControlProps) {
  const { name, field, texts, typed, faults, change, at = '' } = props
  const say = useWords(formWords)
  const sayFault = useFaultWords()
  const lines = Array.isArray(typed) && typed.length > 0 ? (typed as readonly Typed[]) : ['']
  const one: Field = { ...field, many: false }
  const label = props.label ?? texts.field(name)
  const own = faults.find((each) => each.at === at)
  const place = (index: number) => (at === '' ? String(index) : `${at}.${index}`)
  return (
    <fieldset className="field-list">
      <legend>{label}</legend>
      {own === undefined ? null : <p className="field-fault">{sayFault(label, own)}</p>}
      {lines.map((line, index) => (
        <div className="field-line" key={index}>
          <FieldControl
            name={name}
            field={one}
            texts={texts}
            typed={line}
            faults={faults}
            at={place(index)}
            label={say('line', { n: index + 1 })}
            change={(next) => change(lines.map((old, other) => (other === index ? next : old)))}
          />
          {lines.length === 1 ? null : (
            <button
              type="button"
              className="plain-button"
              onClick={() => change(lines.filter((_, other) => other !== index))}
            >
              {say('removeLine', { n: index + 1 })}
            </button>
          )}
        </div>
      ))}
      <button type="button" className="plain-button" onClick={() => change([...lines, ''])}>
        {say('addLine')}
      </button>
    </fieldset>
  )
}
