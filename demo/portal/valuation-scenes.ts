/* Messages 21 and 22: both sides value the portfolios of the dealing day, the custodian publishes. */
import type { JsonObject } from '@renshe/crypto'
import { PLAN } from '../annuity/set-up-plan.ts'
import type { Scene } from './scene.ts'
import { dealingDayOf, portfolioValues, type World } from './world.ts'

const shared = { of: 'valuation', seen: null } as const
const valuing = { ...shared, does: 'step', step: 'value-by-manager' } as const

function values(world: World, portfolio: 1 | 2): JsonObject {
  return { portfolio, netAssetValue: portfolioValues(world)[portfolio - 1] ?? '0.00' }
}

/** The valuation of the dealing day, act by act. */
export const VALUATION_SCENES: readonly Scene[] = [
  {
    ...shared,
    id: 'open-valuation',
    party: 'custodian',
    officer: '0401',
    does: 'open',
    step: null,
    zh: '定价日估值',
    en: 'Start the valuation of the dealing day',
    input: (world) => ({
      fields: { planKey: PLAN, valuationDay: dealingDayOf(world), restatement: 0 },
    }),
  },
  {
    ...valuing,
    id: 'value-one',
    party: 'investmentOne',
    officer: '0501',
    zh: '报组合一净值',
    en: 'Report the net value of portfolio one',
    input: (world) => ({ fields: values(world, 1) }),
  },
  {
    ...valuing,
    id: 'value-two',
    party: 'investmentTwo',
    officer: '0601',
    zh: '报组合二净值',
    en: 'Report the net value of portfolio two',
    input: (world) => ({ fields: values(world, 2) }),
  },
  {
    ...shared,
    id: 'value-custodian',
    party: 'custodian',
    officer: '0401',
    does: 'step',
    step: 'value-by-custodian',
    zh: '托管人估值',
    en: 'Value both portfolios as the custodian',
    input: (world) => ({ fields: { custodianValues: portfolioValues(world) } }),
  },
  {
    ...shared,
    id: 'compare',
    party: 'custodian',
    officer: '0401',
    does: 'step',
    step: 'compare',
    zh: '两边核对，容差为零',
    en: 'Compare both sides; the tolerance is zero',
  },
  {
    ...shared,
    id: 'publish',
    party: 'custodian',
    officer: '0401',
    does: 'step',
    step: 'publish',
    zh: '公布份额净值',
    en: 'Publish the unit value',
  },
]
