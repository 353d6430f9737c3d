/* The look itself: its cost on the button, signed in this browser, recomputed here, with its receipt. */
import type { JsonObject } from '@renshe/crypto'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { isoDay } from '../../../format/moments.ts'
import { Section } from '../../../patterns/page/page.tsx'
import { SealedWords } from '../../../patterns/sealed-field/sealed-words.tsx'
import { Refused } from '../../../patterns/states/states.tsx'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag } from '../../../patterns/tag/tag.tsx'
import { useAsk } from '../../../session/asking.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useLocale, useWords } from '../../../words/locale.tsx'
import { refusalInWords } from '../core-texts.ts'
import { OpenedValues } from './opened-values.tsx'
import { type Look, useLook } from './use-look.ts'
import type { WarrantShown } from './warrant-sentences.ts'
import { openPlaces, statusOf, type WarrantUse } from './warrant-status.ts'
import { warrantWords } from './words.ts'

/** Rows that may be looked at, one by one; nothing before the warrant opens any. */
export function LookPart({ use }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const { warrant, left } = use
  const status = statusOf(use, useChainTime())
  const [hasLooked, setHasLooked] = useState(false)
  const places = openPlaces(warrant)
  // What was opened with the last use stays until the page is left.
  if (status !== 'open' && !(status === 'spent' && hasLooked)) return null
  return (
    <Section title={say('lookTitle')}>
      <p className="quiet">
        {warrant.hiddenUntil === null
          ? say('lookLead')
          : say('lookLeadHidden', { day: isoDay(warrant.hiddenUntil) })}
      </p>
      {(places ?? []).map((place) => (
        <LookRow
          key={place}
          warrant={warrant}
          place={place}
          left={left}
          onLooked={() => setHasLooked(true)}
        />
      ))}
      <TryOther warrant={warrant} isOpenBatch={places === null} left={left} />
    </Section>
  )
}

interface LookRowProps {
  readonly warrant: WarrantShown
  readonly place: number
  readonly left: number
  readonly onLooked: () => void
}

function LookRow({ warrant, place, left, onLooked }: LookRowProps) {
  const say = useWords(warrantWords)
  const { look, begin, isBusy } = useLook(warrant, onLooked)
  return (
    <div className="look-row">
      <div className="row">
        <b>{say('row', { n: place + 1 })}</b>
        {look?.kind === 'opened' ? (
          <Tag tone="verified" icon="check">
            {say('opened')}
          </Tag>
        ) : (
          <SealedWords level={2} />
        )}
        {look?.kind === 'opened' ? null : (
          <span className="quiet">{say('leftAfter', { left })}</span>
        )}
        <span className="push">
          {look?.kind === 'opened' ? null : (
            <Button
              type="primary"
              loading={isBusy}
              disabled={left === 0}
              onClick={() => void begin(place)}
            >
              {say(isBusy ? 'looking' : 'look')}
            </Button>
          )}
        </span>
      </div>
      <LookAnswer look={look} warrant={warrant} left={left} />
    </div>
  )
}

/** What was opened, or why not: an answer, never an error. */
function LookAnswer({
  look,
  warrant,
  left,
}: {
  readonly look: Look | null
  readonly warrant: WarrantShown
  readonly left: number
}) {
  const say = useWords(warrantWords)
  const { locale } = useLocale()
  if (look === null) return null
  if (look.kind === 'refused') {
    return (
      <Refused
        title={`${say('refusedTitle')}${locale === 'zh' ? '：' : ': '}${
          refusalInWords(look.code, locale) ?? say('refusedCode', { code: look.code })
        }`}
        clause={say('warrantTitle', { reference: warrant.reference })}
        next={<p>{say('refusedNext')}</p>}
      />
    )
  }
  return (
    <div className="look-opened">
      {look.content === null ? (
        <p>{say('erased')}</p>
      ) : (
        <OpenedValues warrant={warrant} values={look.content as JsonObject} />
      )}
      <p className="look-checked">
        <Icon name="check" size={14} />
        {say('verified')}
      </p>
      <p className="row quiet">
        <Link to={`/explore/tx/${look.read}`}>
          {say('receipt', { read: look.read.slice(0, 16) })}
        </Link>
        <span>{say('leftAfter', { left })}</span>
        <span>{say('closes')}</span>
      </p>
    </div>
  )
}

/** Any row of the batch: one that the warrant does not name is refused, and that is shown. */
function TryOther({
  warrant,
  isOpenBatch,
  left,
}: {
  readonly warrant: WarrantShown
  readonly isOpenBatch: boolean
  readonly left: number
}) {
  const say = useWords(warrantWords)
  const { look, begin, isBusy } = useLook(warrant)
  const batches = useAsk('access.listBatches', { case: warrant.case })
  const { scope } = warrant
  const root = scope.kind === 'RECORDS' ? null : scope.batch
  const count = batches.data?.data.items.find((batch) => batch.root === root)?.count ?? 0
  const [typed, setTyped] = useState('2')
  const place = Number(typed) - 1
  const isRow = Number.isInteger(place) && place >= 0 && place < count
  if (root === null || count === 0) return null
  return (
    <details className="try-other" open={isOpenBatch}>
      <summary>{say('tryOther')}</summary>
      <p className="quiet">{say('tryLead')}</p>
      <div className="row">
        <label htmlFor="try-row">{say('tryRow')}</label>
        <input
          id="try-row"
          className="control is-short number"
          inputMode="numeric"
          value={typed}
          onChange={({ target }) => setTyped(target.value.trim())}
        />
        <Button loading={isBusy} disabled={!isRow} onClick={() => void begin(place)}>
          {say(isOpenBatch ? 'look' : 'try')}
        </Button>
      </div>
      <LookAnswer look={look} warrant={warrant} left={left} />
    </details>
  )
}
