/* The one table: sticky head and first column, numbers right, unit in the header, rows drawn as they come into view. */
import './data-table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useRef } from 'react'

/** One column. */
export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly isNumber?: boolean
  /** Its cells stay on one line: dates, links of one word. */
  readonly isTight?: boolean
  readonly cell: (row: Row) => ReactNode
}

/** What a table is made of. */
interface DataTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Shown instead of rows if there are none. */
  readonly empty?: ReactNode
  readonly isCurrent?: (row: Row) => boolean
  readonly onOpen?: (row: Row) => void
  /** Height of the window that many rows scroll in, CSS pixels. */
  readonly height?: number
  /** Called when the last rows come into view: the place to ask for more. */
  readonly onEnd?: () => void
}

/** One page of a list is drawn as it is. */
const [VIRTUAL_ABOVE, ROW_PX] = [100, 37]

/** Shows rows; of more than a page only those in view are drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, empty } = props
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  // A list that goes on has its window from the start: it must not change its height while one scrolls.
  const isLong = props.onEnd !== undefined || rows.length > VIRTUAL_ABOVE
  return isLong ? <WindowedTable {...props} /> : <PlainTable {...props} />
}

function Head<Row>({ caption, columns }: Pick<DataTableProps<Row>, 'caption' | 'columns'>) {
  return (
    <>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, head, isNumber = false }) => (
            <th key={key} scope="col" className={isNumber ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}

/** One row; drawn anew only if it, or what all rows share, has changed. */
const Line = memo(LineOfTable) as typeof LineOfTable

function LineOfTable<Row>({
  row,
  index,
  columns,
  isCurrent,
}: { readonly row: Row; readonly index?: number } & Pick<
  DataTableProps<Row>,
  'columns' | 'isCurrent'
>) {
  const at = index === undefined ? {} : { 'aria-rowindex': index + 2 }
  return (
    <tr {...at} className={isCurrent?.(row) === true ? 'is-current' : undefined}>
      {columns.map(({ key, isNumber = false, isTight = false, cell }) => (
        <td key={key} className={isNumber ? 'number' : isTight ? 'tight' : undefined}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** What of a table its rows need: nothing that changes while one scrolls. */
function lineOf<Row>({ columns, isCurrent }: Pick<DataTableProps<Row>, 'columns' | 'isCurrent'>) {
  return isCurrent === undefined ? { columns } : { columns, isCurrent }
}

function PlainTable<Row>({ rows, keyOf, ...shared }: DataTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no landmark of its own, its section is one
    <div className="data-table" role="group" tabIndex={0} aria-label={shared.caption}>
      <table>
        <Head {...shared} />
        <tbody>
          {rows.map((row) => (
            <Line key={keyOf(row)} row={row} {...lineOf(shared)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Rows that are left below the window when more are asked for. */
const ASK_BEFORE = 40

function WindowedTable<Row>({ rows, keyOf, height = 560, onEnd, ...shared }: DataTableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null)
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  })
  const items = drawn.getVirtualItems()
  const isNearEnd = (items.at(-1)?.index ?? 0) + ASK_BEFORE >= rows.length
  useEffect(() => {
    if (isNearEnd) onEnd?.()
  })
  const before = items[0]?.start ?? 0
  const after = drawn.getTotalSize() - (items.at(-1)?.end ?? 0)
  const span = shared.columns.length
  return (
    // biome-ignore lint/a11y/useSemanticElements: no landmark of its own, its section is one
    <div
      className="data-table is-windowed"
      role="group"
      ref={frame}
      style={{ maxHeight: height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      aria-label={shared.caption}
    >
      <table aria-rowcount={rows.length + 1}>
        <Head {...shared} />
        <tbody>
          <Gap span={span} height={before} />
          {items.map(({ index }) => {
            const row = rows[index] as Row
            return <Line key={keyOf(row)} row={row} index={index} {...lineOf(shared)} />
          })}
          <Gap span={span} height={after} />
        </tbody>
      </table>
    </div>
  )
}

function Gap({ span, height }: { readonly span: number; readonly height: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
