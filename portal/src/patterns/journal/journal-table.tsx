/* The money of a case line by line, with who signed and what this browser verified. */
import './journal.css'
import type { ReactNode } from 'react'
import { MoneyCell, UnitsCell } from '../../cells/cells.tsx'
import { exactMoment, listMoment } from '../../format/moments.ts'
import { grouped } from '../../format/money.ts'
import { saveFile } from '../../format/save-file.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { type Column, DataTable } from '../data-table/data-table.tsx'
import { Section } from '../page/page.tsx'
import { Empty } from '../states/states.tsx'
import { useChainHeight } from '../step-clock/step-clock.tsx'
import { Tag } from '../tag/tag.tsx'
import { accountInWords, journalInWords } from './account-words.ts'
import type { JournalRow, JournalSide } from './journal-rows.ts'
import { type Cell, csvOf, type Sheet, xlsxOf } from './spreadsheet.ts'
import { TicksCell } from './ticks-cell.tsx'
import { journalWords } from './words.ts'

/** What the table shows. */
interface JournalTableProps {
  readonly rows: readonly JournalRow[]
  /** Name of the files that it is exported to, without ending. */
  readonly fileName: string
  /** Whether this session may open the lines of persons. */
  readonly isOpen: boolean
  /** How a member is called here: by its part, or by its name. */
  readonly signerName: (member: string) => string
  /** Name of an account that has a better one than its number, for example a portfolio of a manager. */
  readonly accountName?: (account: string) => string | null
  /** Residue that is carried, said beside the row that moves the rest; yuan. */
  readonly carried: string | null
  readonly now: number
  readonly title?: string
  /** Journals of many cases: who signed each is told by its case. */
  readonly isOfMany?: true
  /** Column after the last, for example the case of a journal. */
  readonly more?: Column<JournalRow>
}

/** Journals as a table, exported as it is shown. */
export function JournalTable(props: JournalTableProps) {
  const { rows, fileName } = props
  const say = useWords(journalWords)
  const height = useChainHeight()
  const columns = useColumns(props)
  const sheet = useSheet(props)
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const save = (kind: 'xlsx' | 'csv') => () => {
    const name = `${fileName}-h${height}.${kind}`
    if (kind === 'csv') saveFile(csvOf(sheet()), name, 'text/csv')
    else saveFile(xlsxOf(sheet(), say('title')), name, spreadsheet)
  }
  return (
    <Section
      title={props.title ?? say('title')}
      aside={
        <>
          <span className="quiet">{say('about')}</span>
          {rows.length === 0 ? null : (
            <span className="journal-exports">
              <button type="button" className="small-button" onClick={save('csv')}>
                {say('csv')}
              </button>
              <button type="button" className="small-button" onClick={save('xlsx')}>
                {say('xlsx')}
              </button>
            </span>
          )}
        </>
      }
    >
      <DataTable
        caption={props.title ?? say('title')}
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        isCurrent={({ at }) => at === null}
        empty={<Empty>{say('none')}</Empty>}
      />
    </Section>
  )
}

function useColumns(props: JournalTableProps): readonly Column<JournalRow>[] {
  const { isOpen, now, more, isOfMany = false } = props
  const say = useWords(journalWords)
  const side = (of: JournalSide): ReactNode => (
    <Side side={of} isOpen={isOpen} accountName={props.accountName} />
  )
  const acts: readonly Column<JournalRow>[] = [
    { key: 'signed', head: say('signed'), cell: (row) => <Signed {...props} row={row} /> },
    {
      key: 'verify',
      head: say('verify'),
      isTight: true,
      cell: ({ txId, at }) =>
        txId === null ? (
          <span className="quiet">{say(at === null ? 'later' : 'noUnits')}</span>
        ) : (
          <TicksCell txId={txId} />
        ),
    },
  ]
  return [
    {
      key: 'time',
      head: say('time'),
      isTight: true,
      cell: ({ at }) => (at === null ? say('today') : listMoment(at, now)),
    },
    { key: 'matter', head: say('matter'), cell: (row) => <Matter {...props} row={row} /> },
    { key: 'debit', head: say('debit'), cell: ({ debit }) => side(debit) },
    { key: 'credit', head: say('credit'), cell: ({ credit }) => side(credit) },
    {
      key: 'amount',
      head: say('amount'),
      isNumber: true,
      cell: ({ amount }) => <MoneyCell amount={amount} />,
    },
    {
      key: 'units',
      head: say('units'),
      isNumber: true,
      cell: ({ units }) => <UnitsCell units={units} />,
    },
    ...(isOfMany ? [] : acts),
    ...(more === undefined ? [] : [more]),
  ]
}

function Matter({ row, carried }: JournalTableProps & { readonly row: JournalRow }) {
  const say = useWords(journalWords)
  const { locale } = useLocale()
  const words = journalInWords(row.journal, locale)
  const text = row.no === null ? words : `${row.no} ${words}`
  const rest =
    row.journal === 'UNIT_RESIDUE' && carried !== null
      ? `${locale === 'zh' ? '（' : ' ('}${say('restCarried', { rest: grouped(carried) })}${locale === 'zh' ? '）' : ')'}`
      : ''
  return row.at === null ? <b>{text}</b> : `${text}${rest}`
}

function Side({
  side,
  isOpen,
  accountName,
}: {
  readonly side: JournalSide
  readonly isOpen: boolean
  readonly accountName: JournalTableProps['accountName']
}) {
  const say = useWords(journalWords)
  const { locale } = useLocale()
  const name = (account: string): string =>
    accountName?.(account) ?? accountInWords(account, locale)
  if (side.kind === 'account') {
    return <span title={side.account}>{name(side.account)}</span>
  }
  if (side.kind === 'several') {
    return (
      <span title={side.accounts.map(name).join('\n')}>
        {say('several', { count: side.accounts.length })}
      </span>
    )
  }
  const persons = say('persons', { count: grouped(String(side.count)) })
  if (isOpen) return <>{persons}</>
  return (
    <span className="journal-sealed">
      <Icon name="lock" size={11} />
      {persons}
    </span>
  )
}

function Signed({ row, signerName }: JournalTableProps & { readonly row: JournalRow }) {
  const say = useWords(journalWords)
  const { locale } = useLocale()
  const { session } = useSession()
  if (row.at === null) {
    const isOurs = row.awaits.includes(session?.member ?? '')
    const who = row.awaits.map(signerName).join('、')
    return <Tag tone="current">{isOurs ? say('waitsUs') : say('waitsOther', { who })}</Tag>
  }
  return <>{row.signers.map(signerName).join(locale === 'zh' ? '、' : ', ') || '—'}</>
}

/** The same rows for a file: exact numbers, whole moments. */
function useSheet({ rows, signerName, accountName }: JournalTableProps): () => Sheet {
  const say = useWords(journalWords)
  const { locale } = useLocale()
  const height = useChainHeight()
  return () => {
    const name = (account: string): string =>
      `${account} ${accountName?.(account) ?? accountInWords(account, locale)}`
    const side = (of: JournalSide): string =>
      of.kind === 'account'
        ? name(of.account)
        : of.kind === 'several'
          ? of.accounts.map(name).join('; ')
          : say('persons', { count: String(of.count) })
    const decimal = (text: string | null): Cell => (text === null ? '' : { decimal: text })
    const posted = rows.filter(({ at }) => at !== null)
    return [
      ['time', 'matter', 'debit', 'credit', 'amount', 'units', 'signed'].map((key) =>
        say(key as 'time'),
      ),
      ...posted.map((row): readonly Cell[] => [
        exactMoment(row.at ?? 0),
        `${row.no ?? ''} ${journalInWords(row.journal, locale)}`.trim(),
        side(row.debit),
        side(row.credit),
        decimal(row.amount),
        decimal(row.units),
        row.signers.map(signerName).join('、'),
      ]),
      [say('height', { height: String(height) }), '', '', '', '', '', ''],
    ]
  }
}
