/* Sentences, amounts and rows of an act, as they were read back from what is signed. */
import type { SaidPrepared } from '@renshe/client'
import type { JsonObject } from '@renshe/crypto'
import { parseBody } from '@renshe/proof'
import { useBilingual, useLocale, useWords } from '../../words/locale.tsx'
import type { SigningRequest } from './signing.ts'
import { signWords } from './words.ts'

/** What is signed, in sentences; money in figures and words. */
export function SaidPart({
  said,
  onLedger,
  changes,
}: {
  readonly said: SaidPrepared
  /** Amounts of the case as the ledger has them. */
  readonly onLedger: SaidPrepared['amounts']
  readonly changes: NonNullable<SigningRequest['changes']>
}) {
  const say = useWords(signWords)
  const inLocale = useBilingual()
  const { sentences, amounts, unusual } = said
  return (
    <section className="sign-said" aria-label={say('you')}>
      <h3>{say('you')}</h3>
      <ul className="sign-sentences">
        {sentences.map((sentence) => (
          <li key={sentence.zh}>{inLocale(sentence)}</li>
        ))}
      </ul>
      {amounts.length === 0 ? null : <Amounts amounts={amounts} />}
      {amounts.length > 0 || onLedger.length === 0 ? null : (
        <>
          <p className="sign-ledger">{say('onLedger')}</p>
          <Amounts amounts={onLedger} />
        </>
      )}
      {changes.length === 0 ? null : <Changes changes={changes} />}
      {unusual.length === 0 ? null : (
        <div className="sign-unusual">
          <p>{say('unusual')}</p>
          <ul>
            {unusual.map(({ text, codePoints }) => (
              <li key={text}>
                <bdi>{text}</bdi> <span className="mono">{codePoints}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Amounts({ amounts }: { readonly amounts: SaidPrepared['amounts'] }) {
  const say = useWords(signWords)
  const inLocale = useBilingual()
  return (
    <table className="sign-table">
      <caption className="visually-hidden">{say('amounts')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('item')}</th>
          <th scope="col" className="number">
            {say('digits')}
          </th>
          <th scope="col">{say('inWords')}</th>
        </tr>
      </thead>
      <tbody>
        {amounts.map(({ label, digits, words }, at) => (
          <tr key={at}>
            <th scope="row">{inLocale(label)}</th>
            <td className="number">{digits}</td>
            <td>{inLocale(words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes({ changes }: { readonly changes: NonNullable<SigningRequest['changes']> }) {
  const say = useWords(signWords)
  return (
    <table className="sign-table">
      <caption className="visually-hidden">{say('changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('changes')}</th>
          <th scope="col">{say('before')}</th>
          <th scope="col">{say('after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="sign-before">{before}</td>
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Rows of a batch: their number, the first and the last, and all of them to take away. */
export function RowsPart({
  said,
  request,
  body,
}: {
  readonly said: SaidPrepared
  readonly request: SigningRequest
  readonly body: Uint8Array
}) {
  const say = useWords(signWords)
  const { rows } = said
  if (rows === null) return null
  const names = Object.keys({ ...rows.first, ...rows.last })
  const label = (name: string) => request.texts?.field(name) ?? name
  const step = String(parseBody(body).input.step ?? '')
  return (
    <section className="sign-rows" aria-label={say('rows')}>
      <h3>
        {say('rows')} · {say('rowsCount', { count: rows.count })}
      </h3>
      <div className="sign-scroll">
        <table className="sign-table">
          <caption className="visually-hidden">{say('rows')}</caption>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th scope="col" key={name}>
                  {label(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row head={say('first')} row={rows.first} names={names} request={request} />
            <Row head={say('last')} row={rows.last} names={names} request={request} />
          </tbody>
        </table>
      </div>
      <button
        type="button"
        className="plain-button"
        onClick={() => request.download?.(`${step}.csv`)}
        hidden={request.download === undefined}
      >
        {say('download')}
      </button>
    </section>
  )
}

function Row({
  head,
  row,
  names,
  request,
}: {
  readonly head: string
  readonly row: JsonObject
  readonly names: readonly string[]
  readonly request: SigningRequest
}) {
  const { locale } = useLocale()
  const { texts } = request
  return (
    <tr lang={locale === 'zh' ? 'zh-CN' : 'en'}>
      <th scope="row">{head}</th>
      {names.map((name) => (
        <td key={name}>{texts?.value(name, row[name] ?? null) ?? String(row[name] ?? '—')}</td>
      ))}
    </tr>
  )
}
