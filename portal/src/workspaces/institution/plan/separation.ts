/* R1 to R4: which bodies may hold which parts of one plan, recomputed from the plan as it is registered. */
import type { PlanFields } from '../annuity.ts'

/** One check. */
export interface SeparationCheck {
  readonly rule: 'R1' | 'R2' | 'R3' | 'R4'
  readonly clause: string
  /** Null: cannot be recomputed from public fields; somebody declared it. */
  readonly holds: boolean | null
  /** Members that stand in the way. */
  readonly breakers: readonly string[]
}

const [COUNT, SEPARATION] = ['企业年金基金管理办法/5', '企业年金基金管理办法/6']

/**
 * Checks a plan.
 *
 * @param staffDeclared  what the trustee declared of shared staff; null if it is not on the chain
 * @source 企业年金基金管理办法 art. 5, 6, 7
 */
export function separationChecks(
  plan: Pick<
    PlanFields,
    'settlor' | 'trustee' | 'trusteeKind' | 'accountManager' | 'custodian' | 'investmentManagers'
  >,
  staffDeclared: boolean | null,
): readonly SeparationCheck[] {
  const { settlor, trustee, trusteeKind, accountManager, custodian, investmentManagers } = plan
  const hasAll = [trustee, accountManager, custodian].every((one) => one !== '')
  const isCouncil = trusteeKind === 'COUNCIL'
  const both = [
    ...(trustee === custodian ? [trustee] : []),
    ...(investmentManagers.includes(custodian) ? [custodian] : []),
    ...(isCouncil && settlor === custodian ? [settlor] : []),
  ]
  const doubles = isCouncil
    ? [trustee, settlor].filter((one) => one === accountManager || investmentManagers.includes(one))
    : []
  return [
    {
      rule: 'R1',
      clause: COUNT,
      holds: hasAll && investmentManagers.length > 0,
      breakers: [],
    },
    { rule: 'R2', clause: SEPARATION, holds: both.length === 0, breakers: [...new Set(both)] },
    { rule: 'R3', clause: SEPARATION, holds: staffDeclared, breakers: [] },
    { rule: 'R4', clause: SEPARATION, holds: doubles.length === 0, breakers: doubles },
  ]
}
