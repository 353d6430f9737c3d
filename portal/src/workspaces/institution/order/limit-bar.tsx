/* A share against its limit: drawn for the eye, said in words for everybody. */
import { percent } from '../../../format/money.ts'
import { useWords } from '../../../words/locale.tsx'
import { orderWords } from './words.ts'

/** Width in hundredths of the axis; shares are only drawn from doubles, never computed with them. */
function widthOf(share: string, end: number): number {
  return Math.max(0, Math.min(100, (Number(share) / end) * 100))
}

/** One bar with its mark. */
export function LimitBar({
  title,
  before,
  after,
  mark,
  markText,
  isBroken,
}: {
  readonly title: string
  /** Null: not told. */
  readonly before: string | null
  readonly after: string
  readonly mark: string
  readonly markText: string
  readonly isBroken: boolean
}) {
  const say = useWords(orderWords)
  const end = Math.max(Number(after), Number(mark), Number(before ?? '0')) * 1.2 || 1
  const solid = before === null || Number(before) > Number(after) ? after : before
  const at = widthOf(mark, end)
  return (
    <div className={isBroken ? 'limit-bar is-broken' : 'limit-bar'}>
      <p className="row">
        <span>{title}</span>
        <b className="push">
          {before === null ? null : (
            <span className="quiet">{say('before', { share: percent(before) })} → </span>
          )}
          {say('after', { share: percent(after) })}
        </b>
      </p>
      <div className="limit-track" aria-hidden="true">
        <i className="limit-fill" style={{ width: `${widthOf(solid, end)}%` }} />
        <i
          className="limit-more"
          style={{
            left: `${widthOf(solid, end)}%`,
            width: `${widthOf(after, end) - widthOf(solid, end)}%`,
          }}
        />
        <i className="limit-mark" style={{ left: `${at}%` }} />
      </div>
      <p className="limit-text" style={{ paddingLeft: `min(${at}%, calc(100% - 90px))` }}>
        {markText}
      </p>
    </div>
  )
}
