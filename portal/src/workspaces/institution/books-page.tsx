import './institution.css'
import { Link, useParams } from 'react-router'
import { MemberCell, useMemberName } from '../../cells/cells.tsx'
import { grouped } from '../../format/money.ts'
import type { Column } from '../../patterns/data-table/data-table.tsx'
import { type JournalRow, journalRows } from '../../patterns/journal/journal-rows.ts'
import { JournalTable } from '../../patterns/journal/journal-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Waiting } from '../../patterns/states/states.tsx'
import { useChainTime } from '../../patterns/step-clock/step-clock.tsx'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { fieldsOf, type PlanFields, REGISTERS } from './annuity.ts'
import { useAskPages } from './ask-pages.ts'
import { CaseLink, useCaseOpened } from './case-label.tsx'
import { TrialBalance } from './journal/trial-balance.tsx'
import { bookWords } from './journal/words.ts'
import { PagedTable } from './paged-table.tsx'

interface BookLine {
  readonly book: string
  readonly journals: number
  readonly carried: string
  readonly keeper: string | null
  readonly persons: number
}

/** Sets of accounts of this chain. */
export function BooksPage() {
  const say = useWords(bookWords)
  const books = useAskPages('funds.listBooks', {})
  const lines = books.items.map(
    ({ book, journals, carried, subledger }): BookLine => ({
      book,
      journals,
      carried,
      keeper: subledger?.owner ?? null,
      persons: subledger?.balances.count ?? 0,
    }),
  )
  const columns: readonly Column<BookLine>[] = [
    {
      key: 'book',
      head: say('book'),
      cell: ({ book }) => (
        <Link to={`/institution/journal/${encodeURIComponent(book)}`}>{book}</Link>
      ),
    },
    { key: 'keeper', head: say('keeper'), cell: ({ keeper }) => <MemberCell id={keeper} /> },
    {
      key: 'persons',
      head: say('persons'),
      isNumber: true,
      cell: ({ persons }) => grouped(String(persons)),
    },
    {
      key: 'journals',
      head: say('journals'),
      isNumber: true,
      cell: ({ journals }) => grouped(String(journals)),
    },
    {
      key: 'carried',
      head: say('carried'),
      isNumber: true,
      cell: ({ carried }) => grouped(carried),
    },
  ]
  return (
    <Page title={say('list')}>
      <Section label={say('list')}>
        <PagedTable
          pages={books}
          rows={lines}
          caption={say('list')}
          columns={columns}
          keyOf={({ book }) => book}
          empty={say('listNone')}
        />
      </Section>
    </Page>
  )
}

/** Accounts and journals of one book. */
export function BookPage() {
  const { book = '' } = useParams()
  const say = useWords(bookWords)
  const balance = useAsk('funds.getTrialBalance', { book })
  return (
    <Page
      title={say('title', { book })}
      crumb={<Link to="/institution/journal">{say('list')}</Link>}
    >
      <Asked of={balance} rows={6}>
        {({ data }) => <TrialBalance balance={data} />}
      </Asked>
      <BookJournals book={book} />
    </Page>
  )
}

function BookJournals({ book }: { readonly book: string }) {
  const say = useWords(bookWords)
  const { session } = useSession()
  const now = useChainTime()
  const nameOf = useMemberName()
  const journals = useAskPages('funds.listJournals', { book, newestFirst: true })
  const plan = useAsk('registers.findEntry', { register: REGISTERS.plan, key: book })
  const fields = plan.data?.data.entry ? fieldsOf<PlanFields>(plan.data.data.entry) : null
  const caseOf = new Map(journals.items.map(({ id, case: caseId }) => [id, caseId]))
  const rows = [...journalRows(journals.items, null)].reverse()
  const isOpen =
    session !== null && [fields?.accountManager, fields?.trustee].includes(session.member)
  return (
    <>
      {journals.isWaiting ? <Waiting rows={6} /> : null}
      <JournalTable
        title={say('all')}
        rows={rows}
        fileName={book}
        isOpen={isOpen}
        signerName={nameOf}
        carried={null}
        now={now}
        isOfMany
        more={{
          key: 'case',
          head: say('caseHead'),
          cell: ({ key }: JournalRow) => {
            const caseId = caseOf.get(key.split('/')[0] ?? '') ?? null
            return caseId === null ? '—' : <CaseOf caseId={caseId} />
          },
        }}
      />
      {journals.hasMore ? (
        <button type="button" className="small-button" onClick={journals.more}>
          {say('more')}
        </button>
      ) : null}
    </>
  )
}

function CaseOf({ caseId }: { readonly caseId: string }) {
  const shown = useCaseOpened(caseId)
  return shown === null ? <>…</> : <CaseLink caseId={caseId} service={shown.service} />
}
