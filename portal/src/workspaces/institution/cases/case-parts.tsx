/* Parts of the page of a case: what it says, who takes part, what is sealed, what was told. */
import type { Json } from '@renshe/crypto'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { FingerprintCell, MemberCell, MomentCell } from '../../../cells/cells.tsx'
import { type Field, type LoadedPackage, serviceOf } from '../../../package/package-document.ts'
import {
  type CaseShown,
  partiesOf,
  type StepShown,
  usePackageTexts,
  valuesOfCase,
} from '../../../package/use-package.ts'
import { valueFields } from '../../../package/value-fields.ts'
import { saveFile } from '../../../patterns/bulk-upload/csv.ts'
import { Section } from '../../../patterns/page/page.tsx'
import { SealedField } from '../../../patterns/sealed-field/sealed-field.tsx'
import { Failed } from '../../../patterns/states/states.tsx'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { caseWords } from './words.ts'

/** What the parts of the page are made from. */
export interface CasePartProps {
  readonly loaded: LoadedPackage
  readonly found: CaseShown
  readonly steps: readonly StepShown[]
}

/** Public values of the case, those of the form first, computed ones after. */
export function ValuesPart({ loaded, found, steps }: CasePartProps) {
  const say = useWords(caseWords)
  const texts = usePackageTexts(loaded)
  const fields = valueFields(loaded)
  const values = Object.entries(valuesOfCase(found, steps)).filter(([, value]) => isShown(value))
  const named = values.filter(([name]) => texts.find(`field.${name}`) !== undefined)
  const rest = values.filter(([name]) => texts.find(`field.${name}`) === undefined)
  const line = ([name, value]: readonly [string, Json]) => (
    <div key={name}>
      <dt>{texts.field(name)}</dt>
      <dd className={isAmount(fields[name], value) ? 'number' : undefined}>
        {texts.value(name, value, fields[name])}
      </dd>
    </div>
  )
  return (
    <Section title={say('values')}>
      <dl className="value-list is-narrow">
        <div>
          <dt>{say('number')}</dt>
          <dd className="mono">{found.id}</dd>
        </div>
        {named.map(line)}
      </dl>
      {rest.length === 0 ? null : (
        <details className="case-computed">
          <summary>{say('computed', { count: rest.length })}</summary>
          <dl className="value-list is-narrow">{rest.map(line)}</dl>
        </details>
      )}
    </Section>
  )
}

function isShown(value: Json): boolean {
  return value !== null && (typeof value !== 'object' || Array.isArray(value))
}

function isAmount(field: Field | undefined, value: Json): boolean {
  return field?.type === 'money' || (typeof value === 'string' && /^-?\d+\.\d+$/.test(value))
}

/** Who takes part, by role. */
export function PartiesPart({ loaded, found }: CasePartProps) {
  const say = useWords(caseWords)
  const texts = usePackageTexts(loaded)
  return (
    <Section title={say('parties')}>
      <dl className="value-list is-narrow">
        {partiesOf(found).map(({ party, members }) => (
          <div key={party}>
            <dt>{texts.party(party)}</dt>
            <dd>
              {members.length === 0 ? <span className="quiet">{say('unbound')}</span> : null}
              {members.map((member) => (
                <div key={member}>
                  <MemberCell id={member} />
                </div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

/** Sections of the case that hold something. */
export function SealedPart({ loaded, found }: CasePartProps) {
  const say = useWords(caseWords)
  const held = new Set([...Object.keys(found.sealed), ...Object.keys(found.batches)])
  const names = Object.keys(serviceOf(loaded).sections).filter((name) => held.has(name))
  return (
    <Section title={say('sealed')} aside={<span className="quiet">{say('sealedLead')}</span>}>
      {names.length === 0 ? <p className="quiet">{say('noSealed')}</p> : null}
      {names.map((name) => (
        <SealedField key={name} loaded={loaded} found={found} section={name} />
      ))}
    </Section>
  )
}

/** Notices, related cases, and the evidence of every step. */
export function NoticesPart({ loaded, found, steps }: CasePartProps) {
  const say = useWords(caseWords)
  const texts = usePackageTexts(loaded)
  const related = [
    ...(found.parent === null ? [] : [{ name: say('parent'), id: found.parent.case }]),
    ...Object.entries(found.children).map(([name, id]) => ({ name: texts.step(name), id })),
  ]
  return (
    <>
      {found.notices.length === 0 ? null : (
        <Section title={say('notices')}>
          <ul>
            {found.notices.map(({ name, at }) => (
              <li key={`${name} ${at}`}>
                {texts.find(`notice.${name}`) ?? name} <MomentCell at={at} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {related.length === 0 ? null : (
        <Section title={say('children')}>
          <ul>
            {related.map(({ name, id }) => (
              <li key={id}>
                <Link to={`/institution/cases/${id}`}>{name}</Link> <FingerprintCell hex={id} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <EvidencePart loaded={loaded} found={found} steps={steps} />
    </>
  )
}

/** The evidence file of a step: what it says can be checked without asking anybody. */
function EvidencePart({ loaded, found, steps }: CasePartProps) {
  const say = useWords(caseWords)
  const texts = usePackageTexts(loaded)
  const { api } = useSession()
  const [error, setError] = useState<unknown>(null)
  const acts = [
    { label: say('opening'), txId: found.opener.txId },
    ...steps.flatMap(({ step, endedBy }) =>
      endedBy === null || endedBy.txId === ''
        ? []
        : [{ label: texts.step(step), txId: endedBy.txId }],
    ),
  ]
  const [chosen, setChosen] = useState('')
  const txId = chosen === '' ? (acts.at(-1)?.txId ?? '') : chosen
  const take = (): void => {
    api
      .download(`/transactions/${txId}/evidence`)
      .then(({ bytes, type }) => {
        saveFile(new Blob([Uint8Array.from(bytes)], { type }), `${txId.slice(0, 16)}.renshe.json`)
        setError(null)
      })
      .catch(setError)
  }
  return (
    <Section title={say('evidence')}>
      <div className="row">
        <select
          className="control case-evidence"
          aria-label={say('evidenceOf')}
          value={txId}
          onChange={({ target }) => setChosen(target.value)}
        >
          {acts.map((act) => (
            <option key={act.txId} value={act.txId}>
              {act.label}
            </option>
          ))}
        </select>
        <Button onClick={take}>{say('download')}</Button>
      </div>
      <p className="quiet case-note">{say('evidenceLead')}</p>
      {error === null ? null : <Failed error={error} />}
    </Section>
  )
}
