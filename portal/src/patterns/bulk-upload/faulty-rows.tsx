/* Rows with something wrong: why, what a right value looks like, corrected in place or taken away as a file. */

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { Field, Fields } from '../../package/package-document.ts'
import type { PackageTexts } from '../../package/package-texts.ts'
import { useSession } from '../../session/session.tsx'
import { useBilingual, useLocale, useWords } from '../../words/locale.tsx'
import type { Locale, Say } from '../../words/words.ts'
import { type Column, DataTable } from '../data-table/data-table.tsx'
import { Failed } from '../states/states.tsx'
import { Tag } from '../tag/tag.tsx'
import { saveFile } from './csv.ts'
import {
  type DraftPlace,
  type DraftRow,
  type DraftSummary,
  draftPath,
  draftRows,
  type RowProblem,
} from './drafts.ts'
import { REASON_HEADINGS } from './match-columns.ts'
import type { useUpload } from './upload.ts'
import { type UploadKey, uploadWords } from './words.ts'
import { workbookOf } from './workbook.ts'

interface FaultyProps {
  readonly draft: DraftSummary
  readonly place: DraftPlace
  readonly columns: Fields
  readonly texts: PackageTexts
  readonly upload: Pick<ReturnType<typeof useUpload>, 'refresh' | 'corrected'>
}

/** Codes after which correcting a cell does not help. */
const REJECTED: readonly string[] = ['ROW_TWICE', 'NO_ACCOUNT', 'CHECK_LIMIT']

/** The rows of a draft that cannot be sent as they are. */
export function FaultyRows(props: FaultyProps) {
  const { draft, place, columns, texts } = props
  const say = useWords(uploadWords)
  const { locale } = useLocale()
  const { api } = useSession()
  const [open, setOpen] = useState<number | null>(null)
  const sayProblem = useProblemWords(texts)
  const rows = useQuery({
    queryKey: ['chain', 'draft', draftPath(place), draft.changedAt],
    queryFn: () => draftRows(api, place, 'bad'),
  })
  const items = rows.data ?? []
  const current = items.find(({ number }) => number === open)
  return (
    <section className="bulk-faults" aria-label={say('faults')}>
      <header className="row">
        <h3>
          {say('faults')} · {draft.bad}
        </h3>
        <button
          type="button"
          className="plain-button push"
          disabled={items.length === 0}
          onClick={() =>
            saveFile(
              faultsFile(items, columns, texts, locale, sayProblem),
              `${place.step}-faults.xlsx`,
            )
          }
        >
          {say('downloadFaults')}
        </button>
      </header>
      <p className="quiet">{say('faultsLead')}</p>
      {rows.error === null ? null : <Failed error={rows.error} />}
      <DataTable
        caption={say('faults')}
        rows={items}
        height={360}
        keyOf={({ number }) => String(number)}
        isCurrent={({ number }) => number === open}
        columns={faultColumns(say, texts, columns, setOpen)}
      />
      {current === undefined ? null : (
        <RowEditor {...props} key={current.number} row={current} close={() => setOpen(null)} />
      )}
    </section>
  )
}

function faultColumns(
  say: Say<UploadKey>,
  texts: PackageTexts,
  columns: Fields,
  open: (number: number) => void,
): readonly Column<DraftRow>[] {
  return [
    {
      key: 'line',
      head: say('line'),
      isNumber: true,
      cell: ({ line, number }) => line || number,
    },
    {
      key: 'state',
      head: say('state'),
      cell: ({ problems }) => <RowState problems={problems} />,
    },
    {
      key: 'problem',
      head: say('problem'),
      cell: ({ problems }) => <Problems problems={problems} texts={texts} columns={columns} />,
    },
    {
      key: 'fix',
      head: say('act'),
      cell: ({ number }) => (
        <button type="button" className="plain-button" onClick={() => open(number)}>
          {say('fix')}
        </button>
      ),
    },
  ]
}

function RowState({ problems }: { readonly problems: readonly RowProblem[] }) {
  const say = useWords(uploadWords)
  const isRejected = problems.some(({ code }) => REJECTED.includes(code))
  return <Tag tone="attention">{say(isRejected ? 'rejected' : 'bad')}</Tag>
}

/** Says what is wrong, by the words of the package first. */
function useProblemWords(texts: PackageTexts) {
  const say = useWords(uploadWords)
  return ({ code }: RowProblem): string => {
    const own = texts.refusal(code)
    if (own !== undefined) return own.replace(/[。.]$/, '')
    return Object.hasOwn(uploadWords.zh, code) ? say(code as UploadKey) : say('other')
  }
}

function Problems({
  problems,
  texts,
  columns,
}: {
  readonly problems: readonly RowProblem[]
  readonly texts: PackageTexts
  readonly columns: Fields
}) {
  const say = useWords(uploadWords)
  const inLocale = useBilingual()
  const { locale } = useLocale()
  const sayProblem = useProblemWords(texts)
  return (
    <ul className="bulk-problems">
      {problems.map((problem) => {
        const { column, came, code } = problem
        const field = column === null ? undefined : columns[column]
        return (
          <li key={`${code} ${column}`}>
            <b>{column === null ? '' : `${texts.field(column)}：`}</b>
            {sayProblem(problem)}
            {came === '' ? null : (
              <span className="quiet">
                {' '}
                {say('came')} <bdi>{came}</bdi>
              </span>
            )}
            <div className="quiet">
              {inLocale(problem.expected)}
              {field === undefined
                ? null
                : ` · ${say('example')} ${exampleOf(field, texts, column ?? '', locale)}`}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** A right value of a field, made up. */
export function exampleOf(field: Field, texts: PackageTexts, name: string, locale: Locale): string {
  switch (field.type) {
    case 'money':
      return '1200.00'
    case 'decimal':
      return field.places === undefined ? '1.5' : `1.${'5'.padEnd(Math.max(1, field.places), '0')}`
    case 'integer':
      return '12'
    case 'boolean':
      return locale === 'zh' ? '是' : 'yes'
    case 'date':
      return '2026-11-23'
    case 'month':
      return '2026-11'
    case 'code':
      return (field.codes ?? []).map((code) => texts.code(name, code)).join(' / ')
    case 'resident-id':
      return '999999199001010016'
    default:
      return locale === 'zh' ? '示例·欧阳某' : 'Sample Ouyang'
  }
}

/** Cells of a row as they are typed, and what the node says of them once they are saved. */
function useRowChanges(
  row: DraftRow,
  place: DraftPlace,
  columns: Fields,
  upload: FaultyProps['upload'],
  close: () => void,
) {
  const { api } = useSession()
  const [cells, setCells] = useState<Readonly<Record<string, string>>>(() =>
    startCells(row, columns),
  )
  const [error, setError] = useState<unknown>(null)
  const [left, setLeft] = useState<readonly RowProblem[]>(row.problems)
  const path = `${draftPath(place)}/rows/${row.number}`
  const attempt = (work: () => Promise<readonly RowProblem[]>): void => {
    work()
      .then(async (problems) => {
        setLeft(problems)
        await upload.refresh()
        if (problems.length === 0) close()
      })
      .catch(setError)
  }
  const save = () =>
    attempt(async () => {
      upload.corrected.add(row.number)
      return (await api.put<DraftRow>(path, { cells })).problems
    })
  const remove = () =>
    attempt(async () => {
      await api.remove(path)
      return []
    })
  return { cells, setCells, left, error, save, remove }
}

function RowEditor({
  row,
  close,
  place,
  columns,
  texts,
  upload,
}: FaultyProps & { readonly row: DraftRow; readonly close: () => void }) {
  const say = useWords(uploadWords)
  const { cells, setCells, left, error, save, remove } = useRowChanges(
    row,
    place,
    columns,
    upload,
    close,
  )
  return (
    <form
      className="bulk-editor"
      aria-label={`${say('line')} ${row.line || row.number}`}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h4>
        {say('line')} {row.line || row.number}
      </h4>
      <div className="field-grid">
        {Object.entries(columns).map(([name, field]) => (
          <Cell
            key={name}
            label={texts.field(name)}
            options={field.codes?.map((code) => ({ code, label: texts.code(name, code) })) ?? null}
            value={cells[name] ?? ''}
            isWrong={left.some(({ column }) => column === name)}
            change={(value) => setCells({ ...cells, [name]: value })}
          />
        ))}
      </div>
      {left.length === 0 ? null : <Problems problems={left} texts={texts} columns={columns} />}
      {error === null ? null : <Failed error={error} />}
      <div className="row">
        <Button htmlType="submit" type="primary">
          {say('save')}
        </Button>
        <Button onClick={remove}>{say('remove')}</Button>
        <Button onClick={close}>{say('cancel')}</Button>
      </div>
    </form>
  )
}

/** Cells as they are; a broken one shows what came. */
function startCells(row: DraftRow, columns: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(columns).map((name) => {
      const broken = row.problems.find(({ column }) => column === name)
      return [name, row.cells[name] ?? broken?.came ?? '']
    }),
  )
}

function Cell({
  label,
  options,
  value,
  isWrong,
  change,
}: {
  readonly label: string
  readonly options: readonly { readonly code: string; readonly label: string }[] | null
  readonly value: string
  readonly isWrong: boolean
  readonly change: (value: string) => void
}) {
  const id = useId()
  const shared = {
    id,
    className: 'control',
    value,
    'aria-invalid': isWrong,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => change(target.value),
  }
  return (
    <div className="bulk-cell">
      <label htmlFor={id}>{label}</label>
      {options === null ? (
        <input autoComplete="off" {...shared} />
      ) : (
        <select {...shared}>
          <option value="" />
          {options.map((one) => (
            <option key={one.code} value={one.code}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

function faultsFile(
  rows: readonly DraftRow[],
  columns: Fields,
  texts: PackageTexts,
  locale: Locale,
  sayProblem: (problem: RowProblem) => string,
): Blob {
  const names = Object.keys(columns)
  const reason = REASON_HEADINGS[locale === 'zh' ? 0 : 1]
  function* lines(): Generator<readonly string[]> {
    yield [...names.map((name) => texts.field(name)), reason]
    for (const row of rows) {
      const cells = startCells(row, columns)
      const reasons = row.problems.map((problem) => {
        const { column, expected } = problem
        const where = column === null ? '' : `${texts.field(column)}：`
        return `${where}${sayProblem(problem)}（${expected[locale]}）`
      })
      yield [...names.map((name) => cells[name] ?? ''), reasons.join('；')]
    }
  }
  return workbookOf(lines())
}
