import './supervision.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { isoDay } from '../../format/moments.ts'
import { loadPackage } from '../../package/load-package.ts'
import { csvOf, saveFile } from '../../patterns/bulk-upload/csv.ts'
import {
  MATCH_STATES,
  type MatchLine,
  matchRows,
  type TripleMatch,
} from '../../patterns/match-table/match-lines.ts'
import { MatchTable, useMatchState } from '../../patterns/match-table/match-table.tsx'
import { matchTableWords } from '../../patterns/match-table/words.ts'
import { Page, Section } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { titleOfCase } from '../institution/case-label.tsx'
import { AsOf } from './as-of.tsx'
import { CaseOf } from './overview/alert-list.tsx'
import { useMatches } from './overview/use-matches.ts'
import { supervisionWords } from './words.ts'

/** Every case's bill, arrival and allocation; the unequal first. */
export function MatchesPage() {
  const say = useWords(supervisionWords)
  const { asked, lines, height } = useMatches()
  const [search, setSearch] = useSearchParams()
  const state = MATCH_STATES.find((one) => one === search.get('state')) ?? null
  const shown = (lines ?? []).filter((line) => state === null || line.state === state)
  return (
    <Page
      title={say('matches')}
      actions={<Export lines={shown} height={height} />}
      tags={<span className="quiet">{say('matchesLead')}</span>}
    >
      <Section label={say('matches')}>
        <div className="row match-filter">
          <Filters
            lines={lines ?? []}
            chosen={state}
            choose={(next) => setSearch(next === null ? {} : { state: next }, { replace: true })}
          />
          <span className="push">{height === null ? null : <AsOf height={height} />}</span>
        </div>
        <Asked of={asked}>
          {() =>
            lines === null ? null : (
              <MatchTable
                lines={shown}
                caseCell={(caseId) => <CaseOf caseId={caseId} />}
                empty={<Empty>{say(state === null ? 'matchesNone' : 'matchesFiltered')}</Empty>}
              />
            )
          }
        </Asked>
      </Section>
    </Page>
  )
}

function Filters({
  lines,
  chosen,
  choose,
}: {
  readonly lines: readonly MatchLine[]
  readonly chosen: TripleMatch['state'] | null
  readonly choose: (state: TripleMatch['state'] | null) => void
}) {
  const say = useWords(supervisionWords)
  const stateOf = useMatchState()
  const there = MATCH_STATES.filter((state) => lines.some((line) => line.state === state))
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">{say('state')}</legend>
      <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
        {say('all', { n: lines.length })}
      </button>
      {there.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={chosen === state}
          onClick={() => choose(chosen === state ? null : state)}
        >
          {stateOf(state)} {lines.filter((line) => line.state === state).length}
        </button>
      ))}
    </fieldset>
  )
}

function Export({
  lines,
  height,
}: {
  readonly lines: readonly MatchLine[]
  readonly height: number | null
}) {
  const say = useWords(supervisionWords)
  const word = useWords(matchTableWords)
  const stateOf = useMatchState()
  const titleOf = useTitles()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const titles = await titleOf(lines.map((line) => line.case))
      const rows = matchRows(lines, {
        head: [
          word('case'),
          word('number'),
          word('state'),
          word('billed'),
          word('arrived'),
          word('arrivedDifference'),
          word('received'),
          word('allocated'),
          word('allocatedDifference'),
          word('since'),
        ],
        state: stateOf,
        title: (caseId) => titles.get(caseId) ?? caseId,
        day: (at) => (at === null ? '' : isoDay(at)),
        last: [
          word('count', { count: lines.length }),
          word('asOf', { height: String(height ?? '') }),
        ],
      })
      saveFile(csvOf(rows), `triple-match-${String(height ?? '')}.csv`)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button loading={isBusy} disabled={lines.length === 0} onClick={() => void save()}>
      {say('csv')}
    </Button>
  )
}

/** Asks the titles of cases, for a file that is read without the portal. */
function useTitles() {
  const { ask } = useSession()
  const { locale } = useLocale()
  return async (caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const titles = await Promise.all(
      caseIds.map(async (id) => {
        const { data } = await ask('cases.getCase', { case: id })
        const loaded = await loadPackage(ask, data.case.package)
        return [id, titleOfCase(data.case, loaded, locale)] as const
      }),
    )
    return new Map(titles)
  }
}
