/* One parameter over the years: a step line, and each value with region, dates, basis and how sure it is. */
import './explore.css'
import { Link, useSearchParams } from 'react-router'
import { isoDay } from '../../format/moments.ts'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import { certaintyInWords, lawMarks } from '../../words/law-marks.ts'
import { useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'
import { useParameterNames } from './parameter-names.ts'
import { type ParameterRow, stepLine } from './parameter-steps.ts'

const [WIDTH, HEIGHT, LEFT, TOP] = [720, 160, 16, 28]

/** `/explore/parameter?name=`. */
export function ParameterPage() {
  const say = useWords(lawWords)
  const name = useSearchParams()[0].get('name') ?? ''
  const series = useAskAll('catalogue.listParameters', { parameter: name })
  const title = useParameterNames(series.data?.map((one) => one.package))(name)
  return (
    <Page
      title={title ?? name}
      crumb={<Link to="/explore/parameters">{say('parametersTitle')}</Link>}
    >
      {title === undefined ? null : <p className="quiet mono">{name}</p>}
      <Asked of={series} rows={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{say('noParameters')}</Empty>
          ) : (
            items.map(({ region, rows, package: hash, inForceFrom }) => (
              <Series
                key={`${region}/${hash}/${inForceFrom}`}
                region={region === '000000' ? say('national') : region}
                rows={rows}
              />
            ))
          )
        }
      </Asked>
    </Page>
  )
}

function Series({
  region,
  rows,
}: {
  readonly region: string
  readonly rows: readonly ParameterRow[]
}) {
  const say = useWords(lawWords)
  const mark = useWords(lawMarks)
  const inOrder = [...rows].sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1))
  return (
    <Section title={`${say('region')} ${region}`}>
      <Drawing rows={inOrder} title={say('overYears')} />
      <DataTable
        caption={`${say('overYears')} ${region}`}
        rows={inOrder}
        keyOf={({ effectiveFrom, basis }) => `${effectiveFrom}/${basis}`}
        columns={[
          { key: 'value', head: say('value'), isNumber: true, cell: ({ value }) => value },
          { key: 'from', head: say('effective'), cell: (row) => row.effectiveFrom },
          { key: 'to', head: say('until'), cell: (row) => row.effectiveTo ?? '—' },
          { key: 'basis', head: say('basis'), cell: ({ basis }) => basis },
          {
            key: 'mark',
            head: say('mark'),
            cell: ({ certainty }) =>
              certainty === null || certainty === undefined
                ? '—'
                : certaintyInWords(certainty, mark),
          },
          { key: 'source', head: say('source'), cell: ({ source }) => source ?? '—' },
        ]}
      />
    </Section>
  )
}

/** The line; the table below says the same in words. */
function Drawing({
  rows,
  title,
}: {
  readonly rows: readonly ParameterRow[]
  readonly title: string
}) {
  const { chain } = useSession()
  const line = stepLine(rows, isoDay(chain.time), { width: WIDTH, height: HEIGHT })
  if (line === null || rows.length < 2) return null
  return (
    <svg
      className="step-line"
      viewBox={`0 0 ${WIDTH + 2 * LEFT} ${HEIGHT + TOP + 30}`}
      role="img"
      aria-label={title}
    >
      <g transform={`translate(${LEFT} ${TOP})`}>
        <path d={`M0 ${HEIGHT}H${WIDTH}`} className="step-line-base" />
        <path d={line.path} className="step-line-value" />
        {line.levels.map(({ row, x1, y }, at) => (
          <g key={row.effectiveFrom}>
            <text x={x1 + 3} y={y - 6} className="step-line-text">
              {row.value}
            </text>
            <text x={x1} y={HEIGHT + 18} className="step-line-year">
              {line.years[at]?.label}
            </text>
          </g>
        ))}
      </g>
    </svg>
  )
}
