/* Alerts that are not closed; where there are none, what was checked and when. */
import { useQueries } from '@tanstack/react-query'
import { Link } from 'react-router'
import { MemberCell } from '../../../cells/cells.tsx'
import { spanInWords } from '../../../format/moments.ts'
import { loadPackage } from '../../../package/load-package.ts'
import { type Column, DataTable } from '../../../patterns/data-table/data-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { useChainHeight, useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAskAll } from '../../../session/asking.ts'
import { useSession } from '../../../session/session.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { CaseLink, useCaseOpened } from '../../institution/case-label.tsx'
import {
  AlertName,
  type AlertShown,
  AlertState,
  inOrder,
  Severity,
} from '../alerts/alert-parts.tsx'
import { countSources } from '../alerts/alert-rules.ts'
import { AsOf } from '../as-of.tsx'
import { supervisionWords } from '../words.ts'

/** The list. */
export function AlertList() {
  const say = useWords(supervisionWords)
  const open = useAskAll('supervision.listAlerts', { state: 'open' })
  const answered = useAskAll('supervision.listAlerts', { state: 'acknowledged' })
  const height = useChainHeight()
  const columns = useColumns()
  return (
    <div id="alerts">
      <Section
        title={say('alerts')}
        aside={
          <>
            <span className="quiet">{say('alertsLead')}</span>
            <span className="push" />
            <AsOf height={height} />
          </>
        }
      >
        <Asked of={open}>
          {(fresh) => (
            <Asked of={answered}>
              {(known) => (
                <DataTable
                  caption={say('alerts')}
                  columns={columns}
                  rows={inOrder([...fresh, ...known])}
                  keyOf={({ id }) => id}
                  empty={<WhatWasChecked />}
                />
              )}
            </Asked>
          )}
        </Asked>
      </Section>
    </div>
  )
}

/** No alert is an answer too: so many rules were looked at. */
function WhatWasChecked() {
  const say = useWords(supervisionWords)
  const { ask, slot } = useSession()
  const packages = useAskAll('catalogue.listPackages', { status: 'PUBLISHED' })
  const services = (packages.data ?? []).filter(({ kind }) => kind === 'service')
  const loaded = useQueries({
    queries: services.map(({ hash }) => ({
      queryKey: ['package', slot, hash],
      queryFn: () => loadPackage(ask, hash),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const documents = loaded.flatMap(({ data }) => (data === undefined ? [] : [data.document]))
  const isCounted = packages.data !== undefined && documents.length === services.length
  if (!isCounted) return <p className="all-clear quiet">{say('checking')}</p>
  const { all, clocks } = countSources(documents)
  return (
    <p className="all-clear">
      <Icon name="check" size={16} />
      {say('alertsNone', { all, clocks, others: all - clocks, packages: services.length })}
    </p>
  )
}

function useColumns(): readonly Column<AlertShown>[] {
  const say = useWords(supervisionWords)
  const { locale } = useLocale()
  const now = useChainTime()
  return [
    {
      key: 'severity',
      head: say('severity'),
      cell: ({ severity }) => <Severity severity={severity} />,
    },
    {
      key: 'what',
      head: say('what'),
      cell: ({ id, code, case: caseId }) => (
        <Link to={`/supervision/alerts/${id}`}>
          <AlertName code={code} caseId={caseId} />
        </Link>
      ),
    },
    {
      key: 'case',
      head: say('case'),
      cell: ({ case: caseId }) => (caseId === null ? '—' : <CaseOf caseId={caseId} />),
    },
    { key: 'age', head: say('age'), cell: ({ at }) => spanInWords(now - at, locale) },
    {
      key: 'told',
      head: say('told'),
      cell: ({ to }) => (
        <span className="told">
          {to.map((who) => (
            <MemberCell key={who} id={who} />
          ))}
        </span>
      ),
    },
    { key: 'state', head: say('state'), cell: (alert) => <AlertState alert={alert} /> },
  ]
}

/** A case by its title, as a link. */
export function CaseOf({ caseId }: { readonly caseId: string }) {
  const shown = useCaseOpened(caseId)
  return shown === null ? <>…</> : <CaseLink caseId={caseId} service={shown.service} />
}
