/* State and scope of a warrant as every page shows them. */
import { isoDay } from '../../../format/moments.ts'
import { useChainTime } from '../../../patterns/step-clock/step-clock.tsx'
import { Tag, type Tone } from '../../../patterns/tag/tag.tsx'
import { useBilingual, useWords } from '../../../words/locale.tsx'
import { scopeInWords, type WarrantShown } from './warrant-sentences.ts'
import { statusOf, type WarrantStatus, type WarrantUse } from './warrant-status.ts'
import { type WarrantKey, warrantWords } from './words.ts'

const TONES: Readonly<Record<WarrantStatus, Tone>> = {
  toConfirm: 'attention',
  toName: 'attention',
  nobody: 'neutral',
  open: 'current',
  spent: 'neutral',
  over: 'neutral',
  revoked: 'neutral',
}
const KEYS: Readonly<Record<WarrantStatus, WarrantKey>> = {
  toConfirm: 'toConfirm',
  toName: 'toName',
  nobody: 'nobody',
  open: 'openStatus',
  spent: 'spent',
  over: 'over',
  revoked: 'revokedStatus',
}

/** Where it stands, in words. */
export function WarrantState({ use }: { readonly use: WarrantUse }) {
  const say = useWords(warrantWords)
  const status = statusOf(use, useChainTime())
  return <Tag tone={TONES[status]}>{say(KEYS[status])}</Tag>
}

/** That its disclosure is delayed, with the latest day; nothing where it is not, or no longer. */
export function Hidden({ warrant: { hiddenUntil } }: { readonly warrant: WarrantShown }) {
  const say = useWords(warrantWords)
  const now = useChainTime()
  if (hiddenUntil === null || now >= hiddenUntil) return null
  return (
    <Tag tone="sealed" icon="clock">
      {say('hidden', { day: isoDay(hiddenUntil) })}
    </Tag>
  )
}

/** What it opens. */
export function ScopeCell({ warrant: { scope, named } }: { readonly warrant: WarrantShown }) {
  const inLocale = useBilingual()
  if (scope.kind === 'PERSONS' && named !== null && named.places.length > 0) {
    const rows = { kind: 'ROWS' as const, batch: scope.batch, places: named.places }
    return <>{inLocale(scopeInWords(rows))}</>
  }
  return <>{inLocale(scopeInWords(scope))}</>
}
