/* Published unit values of a plan, the newest first. */
import { fieldsOf, REGISTERS, type UnitValueFields } from '../annuity.ts'
import { useAskPages } from '../ask-pages.ts'

/** One published value. */
export interface UnitValue {
  readonly plan: string
  readonly day: string
  readonly fields: UnitValueFields
  /** The valuation that published it. */
  readonly case: string
  /** 1: as first published; above: restated. */
  readonly version: number
}

/** Asks for values of a plan, or of every plan. */
export function useUnitValues(plan: string | null) {
  const entries = useAskPages('registers.listEntries', { register: REGISTERS.unitValue })
  const items = entries.items
    .map((entry): UnitValue => {
      const [key = '', day = ''] = entry.key.split('/')
      return {
        plan: key,
        day,
        fields: fieldsOf<UnitValueFields>(entry),
        case: entry.case,
        version: entry.version,
      }
    })
    .filter((value) => plan === null || value.plan === plan)
    .sort((one, other) => (one.day < other.day ? 1 : -1))
  return { ...entries, items }
}
