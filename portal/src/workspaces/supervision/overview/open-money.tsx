/* Money that does not match: bills, arrivals and allocations that differ, arrivals of nobody, money in between. */
import { Link } from 'react-router'
import { useMemberName } from '../../../cells/cells.tsx'
import { yuan } from '../../../format/money.ts'
import { accountInWords } from '../../../patterns/journal/account-words.ts'
import { isOpenTooLong } from '../../../patterns/match-table/match-lines.ts'
import { MatchTable } from '../../../patterns/match-table/match-table.tsx'
import { Section } from '../../../patterns/page/page.tsx'
import { Asked } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { useAsk, useAskAll } from '../../../session/asking.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { AsOf } from '../as-of.tsx'
import { supervisionWords } from '../words.ts'
import { CaseOf } from './alert-list.tsx'
import { useMatches } from './use-matches.ts'

/** The list. */
export function OpenMoney() {
  const say = useWords(supervisionWords)
  const { asked, lines, height } = useMatches()
  const now = useChainTime()
  const open = (lines ?? []).filter(({ state }) => state !== 'matched')
  const oldFirst = [...open].sort(
    (one, other) => Number(isOpenTooLong(other, now)) - Number(isOpenTooLong(one, now)),
  )
  return (
    <div id="money">
      <Section
        title={say('money')}
        aside={
          <>
            <span className="quiet">{say('moneyLead')}</span>
            <span className="push" />
            {height === null ? null : <AsOf height={height} />}
            <Link to="/supervision/matches">{say('moneyAll')}</Link>
          </>
        }
      >
        <Asked of={asked}>
          {() =>
            lines === null ? null : (
              <MatchTable
                lines={oldFirst}
                caseCell={(caseId) => <CaseOf caseId={caseId} />}
                empty={
                  <p className="all-clear">
                    <Icon name="check" size={16} />
                    {say('moneyNone')}
                  </p>
                }
              />
            )
          }
        </Asked>
        <Unknown />
        <Resting />
      </Section>
    </div>
  )
}

function Unknown() {
  const say = useWords(supervisionWords)
  const nameOf = useMemberName()
  const credits = useAskAll('funds.listUnknownCredits', {})
  const open = (credits.data ?? []).filter(
    ({ suspense }) => suspense === null || suspense.release === null,
  )
  if (open.length === 0) return null
  return (
    <div className="side-list">
      <h3>{say('unknown')}</h3>
      <ul>
        {open.map(({ entry, account, amount, by }) => (
          <li key={entry}>
            {say('unknownLine', { account, amount: yuan(amount), by: nameOf(by) })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Resting() {
  const say = useWords(supervisionWords)
  const summary = useAsk('supervision.getSupervisionSummary', {})
  const resting = summary.data?.data.resting ?? []
  if (resting.length === 0) return null
  return (
    <div className="side-list">
      <h3>
        {say('resting')} <span className="quiet">{say('restingLead')}</span>
      </h3>
      <ul>
        {resting.map(({ book, account, amount }) => (
          <li key={`${book}/${account}`}>
            <RestingLine book={book} account={account} amount={amount} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function RestingLine(line: {
  readonly book: string
  readonly account: string
  readonly amount: string
}) {
  const say = useWords(supervisionWords)
  const { locale } = useLocale()
  const { book, account, amount } = line
  const name = `${account} ${accountInWords(account, locale)}`
  return (
    <Link to={`/institution/journal/${encodeURIComponent(book)}`}>
      {say('restingLine', { book, name, amount: yuan(amount) })}
    </Link>
  )
}
