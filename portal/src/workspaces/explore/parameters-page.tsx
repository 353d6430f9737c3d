/* The numbers of the law: every value with region, dates, basis. */
import './explore.css'
import { Input } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useAskAll } from '../../session/asking.ts'
import { useWords } from '../../words/locale.tsx'
import { lawWords } from './law-words.ts'
import { type ParameterNames, useParameterNames } from './parameter-names.ts'

/** Parameters by name; `?find=` narrows them. */
export function ParametersPage() {
  const say = useWords(lawWords)
  const [asked, setAsked] = useSearchParams()
  const find = asked.get('find') ?? ''
  const series = useAskAll('catalogue.listParameters', {})
  const nameOf = useParameterNames(series.data?.map((one) => one.package))
  return (
    <Page title={say('parametersTitle')}>
      <p className="quiet">{say('parametersIntro')}</p>
      <Input
        className="law-find"
        value={find}
        aria-label={say('find')}
        placeholder={say('find')}
        onChange={({ target }) => setAsked(target.value === '' ? {} : { find: target.value })}
      />
      <Asked of={series} rows={8}>
        {(items) => {
          const rows = items
            .filter((one) => wordsOf(one, nameOf).includes(find))
            .flatMap(({ parameter, region, rows: all, package: hash }) =>
              all.map((row) => ({ parameter, region, hash, ...row })),
            )
          return (
            <Section label={say('parametersTitle')}>
              <DataTable
                caption={say('parametersTitle')}
                rows={rows}
                keyOf={(row) =>
                  `${row.hash}/${row.parameter}/${row.region}/${row.effectiveFrom}/${row.basis}`
                }
                empty={<Empty>{say('noParameters')}</Empty>}
                columns={[
                  {
                    key: 'parameter',
                    head: say('parameter'),
                    cell: ({ parameter }) => (
                      <NameCell parameter={parameter} name={nameOf(parameter)} />
                    ),
                  },
                  {
                    key: 'region',
                    head: say('region'),
                    cell: ({ region }) => (region === '000000' ? say('national') : region),
                  },
                  { key: 'value', head: say('value'), isNumber: true, cell: (row) => row.value },
                  { key: 'from', head: say('effective'), cell: (row) => row.effectiveFrom },
                  { key: 'to', head: say('until'), cell: (row) => row.effectiveTo ?? '—' },
                  { key: 'basis', head: say('basis'), cell: (row) => row.basis },
                  { key: 'source', head: say('source'), cell: (row) => row.source ?? '—' },
                ]}
              />
            </Section>
          )
        }}
      </Asked>
    </Page>
  )
}

/** Everything that a parameter is found by. */
function wordsOf(
  { parameter, rows }: { parameter: string; rows: readonly { basis: string }[] },
  nameOf: ParameterNames,
): string {
  return [parameter, nameOf(parameter) ?? '', ...rows.map(({ basis }) => basis)].join(' ')
}

/** What it is called, above what rules call it. */
function NameCell({
  parameter,
  name,
}: {
  readonly parameter: string
  readonly name: string | undefined
}) {
  return (
    <>
      <Link to={`/explore/parameter?name=${parameter}`}>{name ?? parameter}</Link>
      {name === undefined ? null : <small className="law-id mono">{parameter}</small>}
    </>
  )
}
