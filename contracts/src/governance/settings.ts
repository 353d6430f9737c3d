/* Published parameters of the ledger and of contracts; those of the law are in the catalogue. */

import { TEST_ARC } from '@renshe/crypto'
import type { LedgerParameters, StateView } from '@renshe/kernel'
import { chains } from '../membership/records.ts'
import { settings } from './records.ts'

/** A setting that contracts know, and what its value may be. */
export interface SettingRule {
  readonly name: string
  readonly fallback: number | string | boolean
  readonly minimum?: number
  readonly maximum?: number
  /** Set by the genesis document and never after. */
  readonly isFounding?: boolean
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 365 * DAY_MS

/** Every setting; an unknown name is refused, because a misspelt one would silently do nothing. */
export const SETTING_RULES: readonly SettingRule[] = [
  { name: 'access.confirmWithinMs', fallback: DAY_MS, minimum: 60_000, maximum: 30 * DAY_MS },
  // How often one officer may break the glass in a month before it is told.
  { name: 'access.emergenciesPerMonth', fallback: 3, minimum: 1, maximum: 1_000 },
  { name: 'access.emergencyLastsMs', fallback: DAY_MS, minimum: 60_000, maximum: 7 * DAY_MS },
  { name: 'access.emergencyReads', fallback: 20, minimum: 1, maximum: 1_000 },
  { name: 'access.emergencyReviewMs', fallback: DAY_MS, minimum: 60_000, maximum: 7 * DAY_MS },
  { name: 'access.grantLastsMs', fallback: 5 * YEAR_MS, minimum: DAY_MS, maximum: 100 * YEAR_MS },
  { name: 'access.guardianWaitMs', fallback: 3 * DAY_MS, maximum: 90 * DAY_MS },
  { name: 'access.objectionMs', fallback: 15 * DAY_MS, minimum: DAY_MS, maximum: 90 * DAY_MS },
  { name: 'access.officerReadsPerDay', fallback: 500, minimum: 1, maximum: 1_000_000 },
  { name: 'access.officerRowsPerDay', fallback: 200_000, minimum: 1, maximum: 1_000_000_000 },
  { name: 'access.panelWithinMs', fallback: 7 * DAY_MS, minimum: 60_000, maximum: 90 * DAY_MS },
  // Life of a release key: after it nothing under it can be recovered.
  { name: 'access.releaseKeyLifeMs', fallback: 35 * DAY_MS, minimum: DAY_MS, maximum: YEAR_MS },
  { name: 'access.releaseWithinMs', fallback: 600_000, minimum: 10_000, maximum: DAY_MS },
  { name: 'access.secondOfficerWithinMs', fallback: 1_800_000, minimum: 60_000, maximum: DAY_MS },
  { name: 'access.subjectsPerDay', fallback: 100, minimum: 1, maximum: 400 },
  {
    name: 'governance.votingPeriodMs',
    fallback: 30 * DAY_MS,
    minimum: 60_000,
    maximum: 365 * DAY_MS,
  },
  { name: 'ledger.horizonMs', fallback: DAY_MS, minimum: 60_000, maximum: 7 * DAY_MS },
  { name: 'ledger.snapshotDelay', fallback: 16, minimum: 1, maximum: 1_024 },
  { name: 'ledger.snapshotEvery', fallback: 1_024, minimum: 8, maximum: 1_048_576 },
  { name: 'supervision.warrantHiddenMs', fallback: 90 * DAY_MS, maximum: 730 * DAY_MS },
  {
    name: 'supervision.warrantLastsMs',
    fallback: 30 * DAY_MS,
    minimum: HOUR_MS,
    maximum: 365 * DAY_MS,
  },
  { name: 'membership.extensionArc', fallback: TEST_ARC, isFounding: true },
]

/** The rule of a setting, or undefined. */
export function findSettingRule(name: string): SettingRule | undefined {
  return SETTING_RULES.find((rule) => rule.name === name)
}

/** What a value must be, or undefined if it is. */
export function findSettingFault(rule: SettingRule, value: unknown): string | undefined {
  const { fallback, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = rule
  if (typeof fallback !== 'number') {
    return typeof value === typeof fallback ? undefined : `a ${typeof fallback}`
  }
  const isInside =
    typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
  return isInside ? undefined : `an integer from ${minimum} to ${maximum}`
}

/** The value of a numeric setting in this state. */
export function numberSetting(view: StateView, name: string): number {
  const value = view.state(settings).read(name)?.value ?? findSettingRule(name)?.fallback
  if (typeof value !== 'number') throw new RangeError(`${name} is no numeric setting`)
  return value
}

/** What the ledger itself obeys, as of this state. */
export function ledgerParameters(view: StateView): LedgerParameters {
  return {
    horizonMs: numberSetting(view, 'ledger.horizonMs'),
    snapshotEvery: numberSetting(view, 'ledger.snapshotEvery'),
    snapshotDelay: numberSetting(view, 'ledger.snapshotDelay'),
    suites: view.state(chains).get('chain').suites,
  }
}
