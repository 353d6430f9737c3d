/* Every calculator that there is, in the order in which people ask. A new one is one file and one line here. */
import type { Calculator } from './calculator.ts'
import { annuity } from './each/annuity.ts'
import { contribution } from './each/contribution.ts'
import { doubleWage } from './each/double-wage.ts'
import { injuryFee } from './each/injury-fee.ts'
import { lateFee } from './each/late-fee.ts'
import { pension } from './each/pension.ts'
import { retirement } from './each/retirement.ts'
import { severance } from './each/severance.ts'
import { unemployment } from './each/unemployment.ts'
import { workInjury } from './each/work-injury.ts'

/** Calculators. */
export const CALCULATORS: readonly Calculator[] = [
  retirement,
  pension,
  severance,
  unemployment,
  contribution,
  workInjury,
  doubleWage,
  annuity,
  lateFee,
  injuryFee,
]

/** The calculator of an address, or undefined. */
export function findCalculator(id: string | undefined): Calculator | undefined {
  return CALCULATORS.find((calculator) => calculator.id === id)
}
