/* What is sealed: who may open it and for what; opening says its cost first, and closes when one leaves. */
import './sealed-field.css'
import type { JsonObject } from '@renshe/crypto'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { FingerprintCell, useMemberName } from '../../cells/cells.tsx'
import { isoDay } from '../../format/moments.ts'
import {
  columnsOf,
  type Fields,
  type LoadedPackage,
  serviceOf,
} from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { type CaseShown, usePackageTexts } from '../../package/use-package.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { useRefusal } from '../sign-dialog/refusal-part.tsx'
import { type RefusedAct, refusalOf } from '../sign-dialog/signing.ts'
import { Failed, Refused } from '../states/states.tsx'
import { grantFor, usesLeft } from './grant-for.ts'
import { lookAtOwnPlace, type OpenedPlace, readPlace, type SealedPlace } from './open-sealed.ts'
import { SealedWords } from './sealed-words.tsx'
import { sealedWords } from './words.ts'

/** One sealed section of a case. */
export interface SealedFieldProps {
  readonly loaded: LoadedPackage
  readonly found: CaseShown
  readonly section: string
}

/** Rows that one use opens. */
const ROWS_AT_ONCE = 20

type Opening =
  | { readonly phase: 'closed' }
  | { readonly phase: 'opening' }
  | { readonly phase: 'open'; readonly opened: OpenedPlace; readonly from: number }
  | ({ readonly phase: 'refused' } & RefusedAct)
  | { readonly phase: 'broken' }
  | { readonly phase: 'failed'; readonly error: unknown }

/** A section of a case as this member meets it. */
export function SealedField({ loaded, found, section }: SealedFieldProps) {
  const say = useWords(sealedWords)
  const session = useSession()
  const texts = usePackageTexts(loaded)
  const [state, setState] = useState<Opening>({ phase: 'closed' })
  const terms = useTerms({ loaded, found, section })
  const place = placeOf(found, section)
  if (place === null || terms === null) return null
  const { own, other, isOwner } = terms
  const open = (from: number): void => {
    const asked = withRows(place, from)
    setState({ phase: 'opening' })
    const grant = own?.id ?? other?.id
    const opening =
      isOwner || grant === undefined
        ? lookAtOwnPlace(session, asked)
        : readPlace(session, grant, asked)
    opening
      .then((opened) => setState({ phase: 'open', opened, from }))
      .catch((error: unknown) => setState(failed(error)))
  }
  const isOpen = state.phase === 'open'
  return (
    <section className="sealed-field" aria-label={texts.section(section)}>
      <div className="sealed-head">
        <div>
          <SealedWords level={terms.level}>{texts.section(section)}</SealedWords>
          {place.rows === undefined ? null : (
            <span className="quiet"> {say('count', { count: place.rows.size })}</span>
          )}
          <TermsLine terms={terms} texts={texts} />
        </div>
        {isOpen ? (
          <Button onClick={() => setState({ phase: 'closed' })}>{say('close')}</Button>
        ) : (
          <OpenButton terms={terms} isBusy={state.phase === 'opening'} open={() => open(0)} />
        )}
      </div>
      {state.phase === 'opening' ? <p role="status">{say('opening')}</p> : null}
      {isOpen ? (
        <OpenPart
          state={state}
          place={place}
          loaded={loaded}
          section={section}
          open={open}
          terms={terms}
        />
      ) : null}
      {state.phase === 'broken' ? <p className="act-refused">{say('broken')}</p> : null}
      {state.phase === 'failed' ? <Failed error={state.error} /> : null}
      {state.phase === 'refused' ? (
        <RefusedPart refused={state} terms={terms} texts={texts} />
      ) : null}
    </section>
  )
}

function failed(error: unknown): Opening {
  if (error instanceof Error && error.name === 'OpenedRefused') return { phase: 'broken' }
  const refused = refusalOf(error)
  return refused === null ? { phase: 'failed', error } : { phase: 'refused', ...refused }
}

function placeOf(found: CaseShown, section: string): SealedPlace | null {
  const { id, sealed, batches } = found
  const single = sealed[section]
  if (single !== undefined) {
    const { owner, record, commitment } = single
    return { case: id, section, owner, record: { record, version: 1, commitment } }
  }
  const batch = batches[section]
  if (batch === undefined) return null
  const { owner, root, count } = batch
  return { case: id, section, owner, rows: { root, size: count, from: 0, count } }
}

function withRows(place: SealedPlace, from: number): SealedPlace {
  const { rows } = place
  if (rows === undefined) return place
  const count = Math.min(ROWS_AT_ONCE, rows.size - from)
  return { ...place, rows: { ...rows, from, count } }
}

/** On what terms a member meets a sealed section. */
type Terms = NonNullable<ReturnType<typeof useTerms>>

function useTerms({ loaded, found, section }: SealedFieldProps) {
  const { session, chain } = useSession()
  const grants = useAsk('access.listGrants', { case: found.id, limit: 100 })
  const definition = serviceOf(loaded).sections[section]
  if (definition === undefined || session === null) return null
  const member = session.member
  const bound = (party: string): readonly string[] => {
    const members = found.parties[party] ?? null
    return members === null ? [] : typeof members === 'string' ? [members] : members
  }
  const owner = found.sealed[section]?.owner ?? found.batches[section]?.owner ?? ''
  const { own, other } = grantFor(grants.data?.data.items ?? [], section, member, chain.time)
  const { level, purpose, clause } = definition
  const readers = [owner, ...definition.readers.flatMap(bound)]
  return {
    level,
    purpose,
    clause: clause ?? null,
    owner,
    readers: [...new Set(readers)],
    own,
    other,
    isOwner: owner === member,
    left: own === null ? null : usesLeft(own, isoDay(chain.time)),
  }
}

const PURPOSES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  CONTRIBUTION: { zh: '企业年金缴费', en: 'annuity contribution' },
  KEEP_ACCOUNTS: { zh: '个人账户记账', en: 'keeping of accounts' },
}

function TermsLine({ terms, texts }: { readonly terms: Terms; readonly texts: PackageTexts }) {
  const say = useWords(sealedWords)
  const nameOf = useMemberName()
  const { locale } = useLocale()
  const { purpose, readers, own, left, isOwner } = terms
  const said = texts.find(`purpose.${purpose}`) ?? PURPOSES[purpose]?.[locale] ?? purpose
  const uses =
    own === null || isOwner
      ? null
      : left === null
        ? say('unlimited')
        : say(own.quota?.per === 'DAY' ? 'leftToday' : 'left', { left })
  const who = readers.map(nameOf).join(locale === 'zh' ? '、' : ', ')
  return (
    <p className="sealed-terms">
      {[say('purpose', { purpose: said }), say('may', { who }), uses]
        .filter((part) => part !== null)
        .join(' · ')}
    </p>
  )
}

function OpenButton({
  terms,
  isBusy,
  open,
}: {
  readonly terms: Terms
  readonly isBusy: boolean
  readonly open: () => void
}) {
  const say = useWords(sealedWords)
  const { own, other, left, isOwner } = terms
  if (!isOwner && own === null && other === null) return null
  const label = isOwner ? 'openOwn' : own === null ? 'tryOpen' : left === null ? 'openFree' : 'open'
  const isRefused = !isOwner && own === null
  return (
    <div className="sealed-open">
      <Button onClick={open} loading={isBusy}>
        {say(label)}
      </Button>
      {isRefused ? <small className="quiet">{say('noGrant')}</small> : null}
    </div>
  )
}

function OpenPart({
  state,
  place,
  loaded,
  section,
  open,
  terms,
}: {
  readonly state: Opening & { readonly phase: 'open' }
  readonly place: SealedPlace
  readonly loaded: LoadedPackage
  readonly section: string
  readonly open: (from: number) => void
  readonly terms: Terms
}) {
  const say = useWords(sealedWords)
  const texts = usePackageTexts(loaded)
  const { opened, from } = state
  const { rows } = place
  const fields =
    rows === undefined ? serviceOf(loaded).sections[section]?.fields : columnsOf(loaded, section)
  const to = from + opened.items.length
  return (
    <div className="sealed-open-part">
      {rows === undefined ? (
        <Values values={opened.items[0] ?? null} fields={fields ?? {}} texts={texts} />
      ) : (
        <>
          <p className="quiet">{say('page', { from: from + 1, to, count: rows.size })}</p>
          <RowsTable items={opened.items} from={from} fields={fields ?? {}} texts={texts} />
          {to >= rows.size ? null : (
            <Button onClick={() => open(to)}>
              {say('next', { count: Math.min(ROWS_AT_ONCE, rows.size - to) })}
            </Button>
          )}
        </>
      )}
      <p className="sealed-proof">
        <Icon name="check" size={13} />
        {say('recomputed')}
        {opened.read === null ? (
          <span className="quiet">{say('note', { note: opened.note ?? '—' })}</span>
        ) : (
          <Link to={`/explore/tx/${opened.read}`}>
            {say('receipt', { read: '' })}
            <FingerprintCell hex={opened.read} />
          </Link>
        )}
        {terms.left === null ? null : (
          <span className="quiet">{say('usesLeft', { left: terms.left })}</span>
        )}
      </p>
    </div>
  )
}

function Values({
  values,
  fields,
  texts,
}: {
  readonly values: JsonObject | null
  readonly fields: Fields
  readonly texts: PackageTexts
}) {
  const say = useWords(sealedWords)
  if (values === null) return <p>{say('erased')}</p>
  return (
    <dl className="value-list">
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{texts.field(name)}</dt>
          <dd>
            <bdi>{texts.value(name, value, fields[name])}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function RowsTable({
  items,
  from,
  fields,
  texts,
}: {
  readonly items: readonly (JsonObject | null)[]
  readonly from: number
  readonly fields: Fields
  readonly texts: PackageTexts
}) {
  const say = useWords(sealedWords)
  const names = Object.keys(fields)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="sealed-rows" tabIndex={0} aria-label={texts.title}>
      <table className="sealed-table">
        <thead>
          <tr>
            <th scope="col">{say('row')}</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {texts.field(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row, at) => (
            <tr key={`row ${from + at}`}>
              <th scope="row">{from + at + 1}</th>
              {row === null ? (
                <td colSpan={names.length}>{say('erased')}</td>
              ) : (
                names.map((name) => (
                  <td key={name} className={fields[name]?.type === 'money' ? 'number' : undefined}>
                    <bdi>{texts.value(name, row[name] ?? null, fields[name])}</bdi>
                  </td>
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RefusedPart({
  refused,
  terms,
  texts,
}: {
  readonly refused: RefusedAct
  readonly terms: Terms
  readonly texts: PackageTexts
}) {
  const say = useWords(sealedWords)
  const refusal = useRefusal(texts)
  const nameOf = useMemberName()
  const { locale } = useLocale()
  const { clause, readers, owner } = terms
  const who = readers.map(nameOf).join(locale === 'zh' ? '、' : ', ')
  return (
    <Refused
      title={refusal(refused.code, refused.facts)}
      clause={clause === null ? null : texts.clause(clause).name}
      next={
        <p>
          {say('ask', { owner: nameOf(owner) })}{' '}
          {refused.txId === null ? null : (
            <Link to={`/explore/tx/${refused.txId}`}>{say('recorded')}</Link>
          )}
        </p>
      }
    >
      <p>{say('may', { who })}</p>
    </Refused>
  )
}
