import type { JsonObject } from '@renshe/crypto'
import type { Host } from '@renshe/node'
import { PLAN } from './set-up-plan.ts'
import { type Cast, momentOf, type Story } from './story.ts'

/** Messages 21 and 22: both sides value the portfolios of the dealing day, the unit value is published. */
// budget: one story, told in the order in which it happens.
export async function valuePlan(host: Host, cast: Cast, story: Story): Promise<void> {
  await host.advanceTo(momentOf('2026-01-15T16:00'))
  const { custodian, investmentOne, investmentTwo } = cast
  const opened = await story.tell(
    {
      name: 'open-valuation',
      part: 'custodian',
      officer: '0401',
      zh: '2026-01-15 估值',
      en: 'values 15 January 2026',
    },
    () =>
      custodian.act(
        'cases.openCase',
        {
          service: 'annuity-valuation',
          fields: { planKey: PLAN, valuationDay: '2026-01-15', restatement: 0 },
        },
        { officer: '0401' },
      ),
  )
  const id = String(opened.data.case)
  const managers = [
    ['investmentOne', investmentOne, '0501', 1],
    ['investmentTwo', investmentTwo, '0601', 2],
  ] as const
  for (const [part, member, officer, portfolio] of managers) {
    await story.tell(
      {
        name: 'value-by-manager',
        part,
        officer,
        zh: `组合 ${portfolio} 估值 0.00 元`,
        en: `portfolio ${portfolio}: 0.00 yuan`,
      },
      () =>
        member.act(
          'cases.actOnStep',
          { case: id, step: 'value-by-manager', fields: { portfolio, netAssetValue: '0.00' } },
          { officer },
        ),
    )
  }
  const act = (step: string, more: JsonObject = {}) =>
    custodian.act('cases.actOnStep', { case: id, step, ...more }, { officer: '0401' })
  await story.tell(
    {
      name: 'value-by-custodian',
      part: 'custodian',
      officer: '0401',
      zh: '托管人估值',
      en: 'values both portfolios',
    },
    () => act('value-by-custodian', { fields: { custodianValues: ['0.00', '0.00'] } }),
  )
  await story.tell(
    {
      name: 'compare-values',
      part: 'custodian',
      officer: '0401',
      zh: '两边估值差异为零',
      en: 'both valuations agree to the fen',
    },
    () => act('compare'),
  )
  await story.tell(
    {
      name: 'publish-unit-value',
      part: 'custodian',
      officer: '0401',
      zh: '公布份额净值 1.0000（首次发行）',
      en: 'publishes the unit value 1.0000, the first issue',
    },
    () => act('publish'),
  )
}

/** Messages 16 to 18: units for each person, then the money goes to the portfolios. */
export async function allocateUnits(
  host: Host,
  cast: Cast,
  story: Story,
  id: string,
): Promise<void> {
  const { trustee, accountManager, custodian } = cast
  await host.quiet()
  const place = { case: id, step: 'allocate' }
  await story.tell(
    {
      name: 'allocate',
      part: 'accountManager',
      officer: '0301',
      zh: '按净值折算份额，封存每人的分录与余额，提交合计与根',
      en: 'buys units, seals entries and balances of each person, submits sums and roots',
      seen: {
        zh: '链上只有合计、尾差和两棵树的根',
        en: 'on chain are sums, residue and two roots',
      },
    },
    () => accountManager.determineStep(place, { officer: '0301' }),
  )
  await story.tell(
    {
      name: 'agree-allocation',
      part: 'trustee',
      officer: '0201',
      zh: '逐人复算，结果一致，记账：2001 → 3001、3002、3003，U1 = U2',
      en: 'recomputes person by person, equal: the journal is posted',
    },
    () => trustee.determineStep(place, { officer: '0201' }),
  )
  await story.tell(
    {
      name: 'invest',
      part: 'trustee',
      officer: '0201',
      zh: '投资分配指令 60 / 40',
      en: 'instructs the investment, 60 / 40',
    },
    () => trustee.act('cases.actOnStep', { case: id, step: 'invest' }, { officer: '0201' }),
  )
  await story.tell(
    {
      name: 'transfer',
      part: 'custodian',
      officer: '0401',
      zh: '资金划拨至两个投资组合',
      en: 'transfers the money to both portfolios',
    },
    () => custodian.act('cases.actOnStep', { case: id, step: 'transfer' }, { officer: '0401' }),
  )
}
