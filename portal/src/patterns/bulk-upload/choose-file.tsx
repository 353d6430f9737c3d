/* A file is dropped or chosen, its columns are matched where their names are not known, and it goes up. */
import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { refusalOf } from '../sign-dialog/signing.ts'
import { Failed, Refused } from '../states/states.tsx'
import { saveFile } from './csv.ts'
import { type ColumnMap, remapped } from './match-columns.ts'
import type { TableRead } from './read-table.ts'
import type { Uploading } from './upload.ts'
import { type UploadKey, uploadWords } from './words.ts'
import { workbookOf } from './workbook.ts'

/** What a file is chosen for. */
interface ChooseProps {
  readonly columns: Fields
  readonly texts: PackageTexts
  readonly state: Uploading
  readonly hasRows: boolean
  readonly choose: (file: File, as: 'fixes' | 'whole') => void
  readonly map: (chosen: ColumnMap) => void
  /** Name of the step: that of the template. */
  readonly name: string
}

/** The place where a file comes from, and what becomes of it until its rows are there. */
export function ChooseFile(props: ChooseProps) {
  const { state } = props
  const say = useWords(uploadWords)
  switch (state.phase) {
    case 'reading':
      return <Working text={say('readOwn')} />
    case 'uploading': {
      const { name, done, of } = state
      const text = say('uploading', { name, done: sizeInWords(done), of: sizeInWords(of) })
      return <Working text={text} done={done} of={of} />
    }
    case 'checking':
      return <Working text={say('checking', { rows: state.rows })} />
    case 'mapping':
      return <MapColumns {...props} table={state.table} first={state.map} />
    case 'refused':
      return (
        <>
          <FileRefused error={state.error} texts={props.texts} />
          <DropZone {...props} />
        </>
      )
    default:
      return <DropZone {...props} />
  }
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`
}

function Working({
  text,
  done,
  of,
}: {
  readonly text: string
  readonly done?: number
  readonly of?: number
}) {
  return (
    <div className="bulk-working" role="status">
      <p>{text}</p>
      {of === undefined ? (
        <progress aria-label={text} />
      ) : (
        <progress aria-label={text} value={done} max={of} />
      )}
    </div>
  )
}

function DropZone({ hasRows, choose, columns, texts, name }: ChooseProps) {
  const say = useWords(uploadWords)
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const as = useRef<'fixes' | 'whole'>('whole')
  const ask = (how: 'fixes' | 'whole'): void => {
    as.current = how
    input.current?.click()
  }
  return (
    // The zone is a comfort of the mouse: the button does the same.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing needs dragging
    <div
      className={`bulk-drop${isOver ? ' is-over' : ''}${hasRows ? ' is-small' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) choose(file, 'whole')
      }}
    >
      <div className="row">
        {hasRows ? null : (
          <span>
            <Icon name="up" size={15} /> {say('drop')}
          </span>
        )}
        <Button onClick={() => ask('whole')}>{say(hasRows ? 'another' : 'choose')}</Button>
        {hasRows ? <Button onClick={() => ask('fixes')}>{say('fixes')}</Button> : null}
        <Templates columns={columns} texts={texts} name={name} />
      </div>
      {hasRows ? null : <p className="quiet">{say('limits', { rows: '100,000' })}</p>}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={say('choose')}
        accept=".csv,.xlsx,text/csv"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) choose(file, as.current)
          target.value = ''
        }}
      />
    </div>
  )
}

function Templates({ columns, texts, name }: Pick<ChooseProps, 'columns' | 'texts' | 'name'>) {
  const say = useWords(uploadWords)
  const { locale } = useLocale()
  const template = (language: 'zh' | 'en'): void => {
    const said = language === locale ? texts.find : texts.other
    const headings = Object.keys(columns).map((column) => said(`field.${column}`) ?? column)
    const lists = Object.entries(columns).flatMap(([column, { codes }], at) =>
      codes === undefined
        ? []
        : [{ at, values: codes.map((code) => said(`code.${column}.${code}`) ?? code) }],
    )
    saveFile(workbookOf([headings], lists), `${name}-${language}.xlsx`)
  }
  return (
    <span className="push bulk-templates">
      <button type="button" className="plain-button" onClick={() => template('zh')}>
        {say('templateZh')}
      </button>
      <button type="button" className="plain-button" onClick={() => template('en')}>
        {say('templateEn')}
      </button>
    </span>
  )
}

function FileRefused({ error, texts }: { readonly error: unknown; readonly texts: PackageTexts }) {
  const say = useWords(uploadWords)
  const refused = refusalOf(error)
  if (refused === null) return <Failed error={error} />
  const { code, facts } = refused
  const labels = (value: unknown): string =>
    Array.isArray(value) ? value.map((one) => texts.field(String(one))).join('、') : String(value)
  const values = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, labels(value) || '—']),
  )
  const isKnown = Object.hasOwn(uploadWords.zh, code)
  return (
    <Refused title={say('fileRefused')}>
      <p>{isKnown ? say(code as UploadKey, values) : say('refusedWith', { code })}</p>
      <p className="quiet">{say('nothingKept')}</p>
    </Refused>
  )
}

function MapColumns({
  columns,
  texts,
  map,
  table,
  first,
}: ChooseProps & { readonly table: TableRead; readonly first: ColumnMap }) {
  const say = useWords(uploadWords)
  const [chosen, setChosen] = useState(first)
  const { headings, rows } = table
  const missing = chosen.missing.map((name) => texts.field(name)).join('、')
  return (
    <section className="bulk-map" aria-label={say('map')}>
      <p>{say('mapLead')}</p>
      <table className="bulk-table">
        <caption className="visually-hidden">{say('map')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('mapColumn')}</th>
            <th scope="col">{say('mapSample')}</th>
            <th scope="col">{say('mapTo')}</th>
          </tr>
        </thead>
        <tbody>
          {headings.map((heading, at) => (
            <tr key={heading}>
              <th scope="row">{heading}</th>
              <td>{rows[0]?.[at] ?? ''}</td>
              <td>
                <select
                  className="control"
                  aria-label={`${heading} ${say('mapTo')}`}
                  value={chosen.columns[at] ?? ''}
                  onChange={({ target: { value } }) =>
                    setChosen(remapped(chosen, at, value === '' ? null : value, headings, columns))
                  }
                >
                  <option value="">{say('mapNone')}</option>
                  {Object.keys(columns).map((name) => (
                    <option key={name} value={name}>
                      {texts.field(name)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {missing === '' ? null : (
        <p className="field-fault">{say('mapMissing', { names: missing })}</p>
      )}
      <Button type="primary" disabled={missing !== ''} onClick={() => map(chosen)}>
        {say('mapDone')}
      </Button>
    </section>
  )
}
