/* The published value that shares are counted on. */
import { DateCell, MoneyCell, UnitsCell } from '../../../cells/cells.tsx'
import { percent } from '../../../format/money.ts'
import { useWords } from '../../../words/locale.tsx'
import type { UnitValue } from '../valuation/use-unit-values.ts'
import { orderWords } from './words.ts'

/** Net value of the portfolio, unit value, share of new money, day. */
export function NavPart({
  value,
  netValue,
  share,
}: {
  readonly value: UnitValue
  readonly netValue: string
  readonly share: string | null
}) {
  const say = useWords(orderWords)
  return (
    <section className="card nav-part" aria-label={say('navTitle')}>
      <dl>
        <div>
          <dt>{say('net')}</dt>
          <dd className="is-big">
            <MoneyCell amount={netValue} />
          </dd>
        </div>
        <div>
          <dt>{say('unitNav')}</dt>
          <dd>
            <UnitsCell units={value.fields.unitNav} />
          </dd>
        </div>
        <div>
          <dt>{say('day')}</dt>
          <dd>
            <DateCell at={value.day} />
          </dd>
        </div>
        <div>
          <dt>{say('share')}</dt>
          <dd>{share === null ? '—' : percent(share)}</dd>
        </div>
      </dl>
      <p className="quiet">{say('navLead')}</p>
    </section>
  )
}
