/* Money that is not its bill is not booked: said as a refusal, with who may do what about it. */

import { isPositive, isSame, negated, sumOf } from '../../format/exact.ts'
import { yuan } from '../../format/money.ts'
import { useWords } from '../../words/locale.tsx'
import { Refused } from '../states/states.tsx'
import { matchWords } from './words.ts'

/** Says why an arrival is not booked; nothing where it is the bill, or one of the two is not there. */
export function NotBooked({
  billed,
  arrived,
}: {
  /** Yuan; null: not yet. */
  readonly billed: string | null
  readonly arrived: string | null
}) {
  const say = useWords(matchWords)
  if (billed === null || arrived === null || isSame(billed, arrived)) return null
  const missing = sumOf([billed, negated(arrived)])
  const isShort = isPositive(missing)
  const amounts = {
    billed: yuan(billed),
    arrived: yuan(arrived),
    amount: yuan(isShort ? missing : negated(missing)),
  }
  return (
    <Refused title={say(isShort ? 'notBookedShort' : 'notBookedOver', amounts)}>
      <p>{say(isShort ? 'nextShort' : 'nextOver')}</p>
    </Refused>
  )
}
