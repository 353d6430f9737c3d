/* Bill = arrival = units × net value + residue, from the values of the ledger, recomputed here. */
import { isSame, negated, productOf, sumOf, trimmed } from '../../format/exact.ts'

/** How far the three numbers of a batch are, and whether they agree. */
export interface MatchSums {
  /** Yuan; null: not yet. */
  readonly billed: string | null
  readonly arrived: string | null
  readonly units: UnitsSum | null
  /** What is still unequal, yuan; null while two of the three are not there. */
  readonly difference: string | null
  readonly state: 'waiting' | 'partly' | 'equal' | 'unequal'
}

/** The third number in its parts. */
export interface UnitsSum {
  /** Units bought. */
  readonly units: string
  /** Net value of the dealing day. */
  readonly unitNav: string
  /** Exact residue, yuan. */
  readonly residue: string
  /** units × unitNav, exact. */
  readonly product: string
  /** product + residue, yuan. */
  readonly total: string
  /** Whole fen of the residue that went to the enterprise account; null: none. */
  readonly wholeFen: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/**
 * Computes the match.
 *
 * @param values   of the case, the latest of each name
 * @param arrived  yuan that came for its expectations; null before any came
 */
export function matchSums(
  values: Readonly<Record<string, unknown>>,
  arrived: string | null,
): MatchSums {
  const billed = text(values.billTotal)
  const units = unitsOf(values)
  const known = [billed, arrived, units?.total ?? null].filter((one) => one !== null)
  const [first] = known
  if (first === undefined || known.length === 1) {
    return { billed, arrived, units, difference: null, state: 'waiting' }
  }
  const different = known.find((one) => !isSame(one, first))
  const isEqual = different === undefined
  const difference = trimmed(isEqual ? '0.00' : sumOf([different, negated(first)]), 2)
  const state = isEqual ? (known.length === 3 ? 'equal' : 'partly') : 'unequal'
  return { billed, arrived, units, difference, state }
}

function unitsOf(values: Readonly<Record<string, unknown>>): UnitsSum | null {
  const [units, unitNav, residue] = [
    text(values.unitsBought),
    text(values.unitNav),
    text(values.residue),
  ]
  if (units === null || unitNav === null || residue === null) return null
  const product = productOf(units, unitNav)
  const total = trimmed(sumOf([product, residue]), 2)
  const wholeFen = text(values.wholeFen)
  const hasFen = wholeFen !== null && !isSame(wholeFen, '0')
  return { units, unitNav, residue, product, total, wholeFen: hasFen ? wholeFen : null }
}
