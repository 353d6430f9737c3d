/* Looks at my data, one sentence each. */
import { Link } from 'react-router'
import { useMemberName } from '../../cells/cells.tsx'
import { exactMoment } from '../../format/moments.ts'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import { useRoute } from '../../session/asking.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { purposeWords, sectionWords } from './section-words.ts'
import { ownWords } from './words.ts'

interface Look {
  readonly read: string
  readonly at: number
  readonly member: string
  readonly officer: string
  readonly kind: 'CONTRACT' | 'WARRANT'
  readonly purpose: { readonly code: string }
  readonly basis: readonly { readonly clause?: string; readonly id?: string }[]
  readonly sections: readonly string[]
  readonly isBulk: boolean
  readonly outcome: string | null
}

const OUTCOMES = { RELEASED: 'released', REFUSED: 'refused', FAILED: 'failed' } as const

/** The newest looks first. */
export function LookList({ most }: { readonly most?: number }) {
  const say = useWords(ownWords)
  const looks = useRoute<{ readonly items: readonly Look[] }>('/person/reads')
  return (
    <Asked of={looks} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{say('nobody')}</Empty>
        ) : (
          <ul className="look-list">
            {items.slice(0, most).map((look) => (
              <LookLine key={look.read} look={look} />
            ))}
          </ul>
        )
      }
    </Asked>
  )
}

function LookLine({ look }: { readonly look: Look }) {
  const say = useWords(ownWords)
  const { locale } = useLocale()
  const nameOf = useMemberName()
  const { read, at, member, officer, kind, purpose, basis, sections, isBulk, outcome } = look
  const what = sections
    .map((name) => sectionWords[name]?.[locale] ?? name)
    .join(locale === 'zh' ? '、' : ', ')
  const clause = basis.map(({ clause: text, id }) => text ?? id ?? '').find((text) => text !== '')
  const state = outcome === null ? 'pending' : OUTCOMES[outcome as keyof typeof OUTCOMES]
  return (
    <li>
      <div>
        <time dateTime={new Date(at).toISOString()}>{exactMoment(at).slice(0, 16)}</time>
        <p>{say(isBulk ? 'lookBulk' : 'look', { who: nameOf(member), officer, what })}</p>
        <p className="quiet">
          {say('why', { purpose: purposeWords[purpose.code]?.[locale] ?? purpose.code })}
          {clause === undefined ? '' : ` · ${say('basis', { clause })}`}
        </p>
      </div>
      <div className="look-end">
        {kind === 'WARRANT' ? <Tag tone="attention">{say('warrant')}</Tag> : null}
        <Tag tone={outcome === 'RELEASED' ? 'verified' : 'neutral'}>{say(state)}</Tag>
        <Link to={`/explore/tx/${read}`}>{say('receipt')}</Link>
      </div>
    </li>
  )
}
