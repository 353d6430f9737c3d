/* My annuity account: the answer first, then where each number comes from, then who looked. */
import './own.css'
import type { StatementRow } from '@renshe/proof'
import { Button } from 'antd'
import { Link } from 'react-router'
import { sumOf } from '../../format/exact.ts'
import { exactMoment, isoDay } from '../../format/moments.ts'
import { grouped, yuan } from '../../format/money.ts'
import { saveFile } from '../../format/save-file.ts'
import { DataTable } from '../../patterns/data-table/data-table.tsx'
import { Explained } from '../../patterns/explain-drawer/explained.tsx'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty, isProblem } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { useVerifierAddress } from '../../patterns/verify-panel/verify.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { LookList } from './look-list.tsx'
import { type OwnStatement, statementBody, useOwnStatement } from './statement.ts'
import { ownWords } from './words.ts'

/** `/hall/records/annuity`. */
export function StatementPage() {
  const say = useWords(ownWords)
  const statement = useOwnStatement()
  const isNothing = isProblem(statement.error, 'NOT_FOUND') || statement.data?.statement === null
  const newest = statement.data?.statement?.rows.filter(({ kind }) => kind === 'entry').at(-1)
  const title =
    newest === undefined
      ? say('nothing')
      : say('answer', {
          amount: yuan(sumOf(newest.parts.map(({ cost }) => cost))),
          units: grouped(sumOf(newest.parts.map(({ units }) => units)), 4),
        })
  return (
    <Page title={title} tags={<VerifiedTag statement={statement.data ?? undefined} />}>
      {isNothing ? (
        <Empty>{say('none')}</Empty>
      ) : (
        <Asked of={statement} rows={6}>
          {(known) => (known === null ? <Empty>{say('none')}</Empty> : <Whole known={known} />)}
        </Asked>
      )}
      <Looks />
    </Page>
  )
}

function VerifiedTag({ statement }: { readonly statement: OwnStatement | undefined }) {
  const say = useWords(ownWords)
  if (statement === undefined) return <Tag>{say('verifying')}</Tag>
  return (
    <Tag
      tone={statement.isTrustworthy ? 'verified' : 'failure'}
      icon={statement.isTrustworthy ? 'check' : 'cross'}
    >
      {say('checked', { green: statement.green })}
    </Tag>
  )
}

function Whole({ known }: { readonly known: OwnStatement }) {
  const say = useWords(ownWords)
  const { session } = useSession()
  const rows = known.statement?.rows ?? []
  const newest = rows.filter(({ kind }) => kind === 'entry').at(-1)
  const end = rows.filter(({ kind }) => kind === 'to').at(-1)
  return (
    <>
      {newest === undefined ? null : <Newest row={newest} />}
      {end === undefined ? null : (
        <Section title={say('balance')}>
          <p className="own-balance">
            {say('balanceUnits', { units: grouped(sumOf(end.parts.map(({ units }) => units)), 4) })}
          </p>
          <p className="quiet">
            {say('technicalNumber', { account: session?.person?.account ?? '' })}
          </p>
        </Section>
      )}
      <History rows={rows} />
      <Downloads known={known} />
    </>
  )
}

function partOf(row: StatementRow, name: string) {
  return row.parts.find(({ part }) => part === name)
}

/** The newest contribution, with the numbers that explain themselves. */
function Newest({ row }: { readonly row: StatementRow }) {
  const say = useWords(ownWords)
  const [employer, employee] = [partOf(row, 'employer'), partOf(row, 'employee')]
  const nav = employer?.netValue ?? employee?.netValue ?? null
  return (
    <Section label={say('newest')}>
      <p className="own-sum">
        {say('from', {
          employer: yuan(employer?.cost ?? '0'),
          employee: yuan(employee?.cost ?? '0'),
        })}
      </p>
      <div className="own-parts">
        {row.parts.map((part) => (
          <UnitsOfPart key={part.part} row={row} part={part} />
        ))}
        {nav === null ? null : (
          <div>
            <small>{say('nav')}</small>
            <b>{grouped(nav, 4)}</b>
          </div>
        )}
      </div>
    </Section>
  )
}

function UnitsOfPart({
  row,
  part: { part, cost, units, netValue },
}: {
  readonly row: StatementRow
  readonly part: StatementRow['parts'][number]
}) {
  const say = useWords(ownWords)
  const { session } = useSession()
  const name = part === 'employer' || part === 'employee' ? say(part) : part
  const shown = <b>{grouped(units, 4)}</b>
  return (
    <div>
      <small>{say('boughtBy', { part: name })}</small>
      {netValue === null || row.time === null ? (
        shown
      ) : (
        <Explained
          number={{
            id: `units-${part}-${session?.person?.account ?? ''}`.slice(0, 40),
            title: say('boughtBy', { part: name }),
            rule: 'annuity.units-bought',
            facts: {
              amount: cost,
              unitNav: netValue,
              unitDecimals: units.split('.')[1]?.length ?? 0,
            },
            output: 'units',
            on: isoDay(row.time),
            value: units,
          }}
        >
          {shown}
        </Explained>
      )}
    </div>
  )
}

function History({ rows }: { readonly rows: readonly StatementRow[] }) {
  const say = useWords(ownWords)
  const lines = rows
    .filter(({ kind }) => kind === 'entry')
    .flatMap((row, at) =>
      row.parts.map((part) => ({ ...part, time: row.time, key: `${at}/${part.part}` })),
    )
  return (
    <Section title={say('history')}>
      <DataTable
        caption={say('history')}
        rows={lines}
        keyOf={({ key }) => key}
        empty={<Empty>{say('none')}</Empty>}
        columns={[
          {
            key: 'date',
            head: say('date'),
            cell: ({ time }) => (time === null ? '—' : exactMoment(time).slice(0, 16)),
          },
          {
            key: 'part',
            head: say('item'),
            cell: ({ part }) => (part === 'employer' || part === 'employee' ? say(part) : part),
          },
          { key: 'cost', head: say('cost'), isNumber: true, cell: ({ cost }) => yuan(cost) },
          {
            key: 'units',
            head: say('units'),
            isNumber: true,
            cell: (line) => grouped(line.units, 4),
          },
          {
            key: 'nav',
            head: say('nav'),
            isNumber: true,
            cell: ({ netValue }) => (netValue === null ? '—' : grouped(netValue, 4)),
          },
          {
            key: 'residue',
            head: say('residue'),
            isNumber: true,
            cell: ({ residue }) => residue ?? '—',
          },
        ]}
      />
      <p className="quiet own-note">{say('residueNote')}</p>
    </Section>
  )
}

function Downloads({ known: { bytes } }: { readonly known: OwnStatement }) {
  const say = useWords(ownWords)
  const { api, chain, session } = useSession()
  const verifier = useVerifierAddress()
  const person = session?.person
  if (person === undefined || person === null) return null
  const name = `statement-${person.account.slice(0, 8)}`
  const savePdf = async (): Promise<void> => {
    const file = await api.download('/statements', statementBody(person, 'pdf', chain.chain))
    saveFile(file.bytes, `${name}.pdf`, 'application/pdf')
  }
  return (
    <Section label={say('json')}>
      <div className="row">
        <Button
          type="primary"
          icon={<Icon name="down" />}
          onClick={() => saveFile(bytes, `${name}.renshe.json`, 'application/json')}
        >
          {say('json')}
        </Button>
        <Button icon={<Icon name="down" />} onClick={() => void savePdf()}>
          {say('pdf')}
        </Button>
        <a href={verifier} download="verify-renshe.html">
          {say('offline')}
        </a>
      </div>
      <p className="quiet own-note">{say('pdfNote')}</p>
    </Section>
  )
}

function Looks() {
  const say = useWords(ownWords)
  return (
    <Section title={say('looked')} aside={<Link to="/hall/access-log">{say('lookedMore')}</Link>}>
      <LookList most={3} />
    </Section>
  )
}
