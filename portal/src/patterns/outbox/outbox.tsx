import './outbox.css'
import { Link } from 'react-router'
import { MomentCell } from '../../cells/cells.tsx'
import { useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'
import { Tag } from '../tag/tag.tsx'
import { forgetEntry, type KeptEntry, useOutbox } from './outbox-store.ts'
import { useSettling } from './settle-outbox.ts'

const outboxWords = words(
  {
    title: '我的发件箱',
    drafts: '草稿 {n}',
    flying: '提交中 {n}',
    today: '今日已入账 {n}',
    none: '还没有填写或提交过什么。',
    draft: '草稿',
    'in-flight': '提交中',
    recorded: '已入账',
    discard: '删除草稿',
    receipt: '看凭证',
    stuck: '正在确认是否已入账，不要重新提交；在等本单位的服务答复',
  },
  {
    title: 'My outbox',
    drafts: '{n, plural, one {# draft} other {# drafts}}',
    flying: '{n} in flight',
    today: '{n} recorded today',
    none: 'Nothing has been typed or submitted yet.',
    draft: 'Draft',
    'in-flight': 'In flight',
    recorded: 'Recorded',
    discard: 'Delete draft',
    receipt: 'Receipt',
    stuck:
      'Checking whether it was recorded; do not submit again. Waiting for your organisation’s service',
  },
)

const TONES = { draft: 'neutral', 'in-flight': 'current', recorded: 'verified' } as const

/** The chip in the header and the list behind it. */
export function Outbox() {
  const say = useWords(outboxWords)
  const { account, session } = useSession()
  const entries = useOutbox(account)
  useSettling(entries)
  if (session === null || entries.length === 0) return null
  const count = (state: KeptEntry['state']) => entries.filter((e) => e.state === state).length
  // What is none is not told: the chip stands in a full header.
  const told = [
    ['drafts', count('draft')],
    ['flying', count('in-flight')],
    ['today', count('recorded')],
  ] as const
  return (
    <details className="outbox">
      <summary>
        {told
          .filter(([, n]) => n > 0)
          .map(([key, n]) => say(key, { n }))
          .join(' · ')}
      </summary>
      <section aria-label={say('title')}>
        <ul>
          {[...entries].reverse().map((entry) => (
            <OutboxLine key={entry.id} entry={entry} />
          ))}
        </ul>
      </section>
    </details>
  )
}

function OutboxLine({ entry }: { readonly entry: KeptEntry }) {
  const say = useWords(outboxWords)
  const { locale } = useLocale()
  const { id, account, state, title, path, since, txId } = entry
  return (
    <li>
      <Tag tone={TONES[state]}>{say(state)}</Tag>
      <Link to={path}>{title[locale]}</Link>
      <MomentCell at={since} />
      {state === 'draft' ? (
        <button type="button" className="plain-button" onClick={() => forgetEntry(account, id)}>
          {say('discard')}
        </button>
      ) : null}
      {state === 'in-flight' ? <span className="quiet">{say('stuck')}</span> : null}
      {txId === null || state !== 'recorded' ? null : (
        <Link to={`/explore/tx/${txId}`}>{say('receipt')}</Link>
      )}
    </li>
  )
}
