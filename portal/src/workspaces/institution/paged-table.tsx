/* A list of any length as a table, with its states: waiting, failed, stale, empty. */
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../patterns/data-table/data-table.tsx'
import { Empty, Failed, Waiting } from '../../patterns/states/states.tsx'
import { useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'
import type { Pages } from './ask-pages.ts'

const pagedWords = words(
  { refresh: '有新的变动，重新读取' },
  { refresh: 'There are changes; read again' },
)

/** Shows pages as they come; more are asked for while one scrolls. */
export function PagedTable<Row>({
  pages,
  rows,
  caption,
  columns,
  keyOf,
  empty,
}: {
  /** What is asked, for its states. */
  readonly pages: Omit<Pages<unknown>, 'items'>
  /** What is shown of it. */
  readonly rows: readonly Row[]
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  /** Why there is nothing. */
  readonly empty: ReactNode
}) {
  const say = useWords(pagedWords)
  if (pages.error !== null) return <Failed error={pages.error} again={pages.refresh} />
  if (pages.isWaiting) return <Waiting rows={4} />
  return (
    <>
      {pages.isStale ? (
        <button type="button" className="plain-button" onClick={pages.refresh}>
          {say('refresh')}
        </button>
      ) : null}
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        empty={<Empty>{empty}</Empty>}
        {...(pages.hasMore ? { onEnd: pages.more } : {})}
      />
    </>
  )
}
