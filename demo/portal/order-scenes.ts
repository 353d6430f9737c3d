/*
 * Messages 19 and 20: an order that would take equities above 40 % of the portfolio does not leave; a smaller
 * one does. Both sides recompute the shares before anything is executed.
 */
import { PLAN } from '../annuity/set-up-plan.ts'
import { yuan } from '../payroll.ts'
import { batchOf } from './batch-of.ts'
import type { Scene, Words } from './scene.ts'
import { dealingDayOf, findValuation, ORDER_PORTFOLIO, type World } from './world.ts'

const HELD_PERCENT = 38n
const LIQUID_PERCENT = 10n
/** 38 % and 3 % are above 40 %; 38 % and 1 % are not. */
const BOUGHT_PERCENT = { 1: 3n, 2: 1n } as const
const EXECUTION = 'SAMPLE-EX-20261116-1'

const SEEN: Words = {
  zh: '指令只有投资管理人、托管人、受托人能打开',
  en: 'investment manager, custodian and trustee can open the order',
}

/** Both orders, act by act. */
export const ORDER_SCENES: readonly Scene[] = [...actsOf(1), ...actsOf(2), execution()]

function actsOf(n: 1 | 2): Scene[] {
  const manager = { of: `order-${n}`, seen: SEEN, party: 'investmentTwo', officer: '0601' } as const
  const which =
    n === 1 ? { zh: '超限', en: 'above the limit' } : { zh: '限内', en: 'within the limit' }
  return [
    {
      ...manager,
      id: `open-order-${n}`,
      does: 'open',
      step: null,
      zh: `投资指令（${which.zh}）`,
      en: `Start an investment order (${which.en})`,
      input: (world) => ({
        fields: {
          planKey: PLAN,
          portfolio: ORDER_PORTFOLIO,
          valuationDay: dealingDayOf(world),
          orderNo: n,
        },
      }),
    },
    {
      ...manager,
      id: `send-order-${n}`,
      does: 'step',
      step: 'order',
      zh: `买入权益类（${which.zh}）`,
      en: `Buy equities (${which.en})`,
      sealed: (world) => ({ batch: { section: 'orders', ...batchOf([orderRow(world, n)]) } }),
    },
    {
      ...manager,
      id: `check-order-${n}`,
      does: 'determine',
      step: 'check-limits',
      zh: '按公布的比例核对',
      en: 'Check the shares against the published limits',
    },
    {
      ...manager,
      id: `agree-order-${n}`,
      party: 'custodian',
      officer: '0401',
      does: 'determine',
      step: 'check-limits',
      zh: n === 1 ? '复算：权益类超过 40%，指令不发出' : '复算：未超过 40%',
      en:
        n === 1
          ? 'Recompute: equities above 40 %, the order does not leave'
          : 'Recompute: equities within 40 %',
    },
  ]
}

function execution(): Scene {
  return {
    id: 'execute-order',
    of: 'order-2',
    party: 'custodian',
    officer: '0401',
    does: 'step',
    step: 'execute',
    zh: '执行并清算',
    en: 'Execute and settle the order',
    seen: SEEN,
    input: () => ({ outcome: 'executed' }),
    sealed: (world) => ({
      sections: {
        execution: {
          executedAmount: orderRow(world, 2).amount,
          executionReference: EXECUTION,
        },
      },
    }),
  }
}

/** The one row of an order; shares are those of the portfolio's net value on the dealing day. */
function orderRow(world: World, n: 1 | 2) {
  const netFen = portfolioFen(world)
  const share = (percent: bigint): string => yuan((netFen * percent) / 100n)
  return {
    instrument: '示例·沪深300指数基金',
    assetClass: 'EQUITY',
    side: 'BUY',
    amount: share(BOUGHT_PERCENT[n]),
    classValue: share(HELD_PERCENT),
    liquidityValue: share(LIQUID_PERCENT),
  }
}

function portfolioFen(world: World): bigint {
  const day = String(findValuation(world)?.values.valuationDay ?? '')
  const { entry } = world.cast.trustee.ask('registers.findEntry', {
    register: 'annuity-unit-value',
    key: `${PLAN}/${day}`,
  }) as unknown as {
    readonly entry: { readonly fields: { readonly portfolioValues: readonly string[] } } | null
  }
  const value = entry?.fields.portfolioValues[ORDER_PORTFOLIO - 1]
  if (value === undefined) throw new Error(`no net value of ${day} is published`)
  return BigInt(value.replace('.', ''))
}
