import type { JsonObject } from '@renshe/crypto'
import type { Host } from '@renshe/node'
import { PARTS } from './consortium.ts'
import { type Cast, momentOf, type Story } from './story.ts'

/** Registration number of the demonstration's plan. */
export const PLAN = 'DEMO-0001'

/** Account numbers of the demonstration's bank. */
export const ACCOUNTS = {
  payer: { accountNo: '6200000000000101', accountName: '示例·华岳机械' },
  custody: {
    accountNo: '6200000000000201',
    accountName: '示例·华岳机械企业年金计划受托财产托管账户',
  },
} as const

/**
 * Messages 1–6: the scheme is filed, nobody objects within 15 days, contracts are signed, the plan is
 * registered and its accounts are named. Ends on 2025-12-01.
 */
// budget: one story, told in the order in which it happens.
export async function setUpPlan(host: Host, cast: Cast, story: Story): Promise<void> {
  const { employer, trustee, custodian, supervisor } = cast
  const hr = { officer: '0101' } as const
  const opened = await story.tell(
    {
      name: 'open-plan',
      part: 'employer',
      officer: '0101',
      zh: '申请建立企业年金计划',
      en: 'applies to set up an annuity plan',
    },
    () => employer.act('cases.openCase', { service: 'annuity-plan', fields: PLAN_FIELDS }, hr),
  )
  const id = String(opened.data.case)
  const act = (step: string, more: JsonObject = {}) => ({ case: id, step, ...more })

  await story.tell(
    {
      name: 'file-scheme',
      part: 'employer',
      officer: '0101',
      zh: '报送年金方案',
      en: 'files the scheme',
      seen: {
        zh: '方案全文封存，只有委托人、受托人、人社厅能打开',
        en: 'the text is sealed; employer, trustee and HRSS can open it',
      },
    },
    () =>
      employer.act('cases.actOnStep', act('file-scheme', { fields: SCHEME }), hr, {
        sections: { scheme: { schemeText: '示例企业年金方案全文', minutes: '职工代表大会决议' } },
      }),
  )
  await story.tell(
    {
      name: 'scheme-effective',
      part: 'supervisor',
      zh: '十五日无异议，方案生效（由时钟办理）',
      en: '15 days without objection: the scheme takes effect, by the clock',
    },
    async () => {
      await host.advanceTo(momentOf('2025-11-19T00:05'))
      return { height: supervisor.ledger.finalHeight }
    },
  )
  await story.tell(
    {
      name: 'agree-trusteeship',
      part: 'employer',
      officer: '0101',
      zh: '提出受托管理合同',
      en: 'proposes the trusteeship contract',
    },
    () =>
      employer.act(
        'cases.actOnStep',
        act('agree-trusteeship', {
          fields: { trusteeFeeRate: '0.0020', termFrom: '2025-12-01', termTo: '2028-11-30' },
        }),
        hr,
        { sections: { 'trusteeship-contract': { contractText: '受托管理合同' } } },
      ),
  )
  await story.tell(
    {
      name: 'accept-trusteeship',
      part: 'trustee',
      officer: '0201',
      zh: '签订受托管理合同',
      en: 'signs the trusteeship contract',
    },
    () =>
      trustee.act('cases.actOnStep', act('accept-trusteeship', { outcome: 'accepted' }), {
        officer: '0201',
      }),
  )
  await story.tell(
    {
      name: 'appoint-managers',
      part: 'trustee',
      officer: '0201',
      zh: '委托账户管理人、托管人、投资管理人，角色分离已核对',
      en: 'appoints account manager, custodian and investment managers; separation checked',
    },
    () =>
      trustee.act(
        'cases.actOnStep',
        act('appoint-managers', { fields: APPOINTMENTS }),
        { officer: '0201' },
        { sections: { 'delegation-contracts': { contractTexts: '委托管理合同' } } },
      ),
  )
  await acceptOffices(cast, story, act)
  await story.tell(
    {
      name: 'register-plan',
      part: 'supervisor',
      officer: '0801',
      zh: `计划登记，登记号 ${PLAN}，开立计划账簿`,
      en: `registers the plan as ${PLAN}; its books are opened`,
    },
    () =>
      supervisor.act(
        'cases.actOnStep',
        act('register-plan', {
          fields: { planRegistrationNo: PLAN, cutOffHour: 15, unitDecimals: 4, navDecimals: 4 },
        }),
        { officer: '0801' },
      ),
  )
  await story.tell(
    {
      name: 'open-custody-account',
      part: 'custodian',
      officer: '0401',
      zh: '开立受托财产托管账户',
      en: 'opens the custody account',
      seen: { zh: '账号封存', en: 'its number is sealed' },
    },
    () =>
      custodian.act(
        'cases.actOnStep',
        act('open-custody-account'),
        { officer: '0401' },
        { sections: { 'custody-account-number': ACCOUNTS.custody } },
      ),
  )
  await story.tell(
    {
      name: 'name-paying-account',
      part: 'employer',
      officer: '0102',
      zh: '登记缴费账户',
      en: 'names its paying account',
      seen: { zh: '账号封存', en: 'its number is sealed' },
    },
    () =>
      employer.act(
        'cases.actOnStep',
        act('name-paying-account'),
        { officer: '0102' },
        { sections: { 'paying-account-number': ACCOUNTS.payer } },
      ),
  )
  await story.tell(
    {
      name: 'plan-effective',
      part: 'trustee',
      officer: '0201',
      zh: '计划生效',
      en: 'the plan is in effect',
    },
    () => trustee.act('cases.actOnStep', act('finish'), { officer: '0201' }),
  )
}

async function acceptOffices(
  cast: Cast,
  story: Story,
  act: (step: string, more?: JsonObject) => JsonObject,
): Promise<void> {
  const offices = [
    ['accountManager', 'accept-account-keeping', '0301', '账户管理人签约', 'account manager signs'],
    ['custodian', 'accept-custody', '0401', '托管人签约', 'custodian signs'],
    [
      'investmentOne',
      'accept-investment',
      '0501',
      '投资管理人甲签约',
      'investment manager one signs',
    ],
    [
      'investmentTwo',
      'accept-investment',
      '0601',
      '投资管理人乙签约',
      'investment manager two signs',
    ],
  ] as const
  for (const [part, step, officer, zh, en] of offices) {
    const outcome = step === 'accept-investment' ? {} : { outcome: 'accepted' }
    await story.tell({ name: step, part, officer, zh, en }, () =>
      cast[part].act('cases.actOnStep', act(step, outcome), { officer }),
    )
  }
}

const PLAN_FIELDS: JsonObject = {
  planType: 'SINGLE',
  trusteeKind: 'LEGAL',
  chosenTrustee: PARTS.trustee,
  filingOffice: PARTS.supervisor,
  payingBank: PARTS.bank,
}

const SCHEME: JsonObject = {
  employerRate: '0.0800',
  employeeRate: '0.0400',
  vesting: [
    { tenureMonths: 0, ratio: '0.2000' },
    { tenureMonths: 48, ratio: '0.6000' },
    { tenureMonths: 96, ratio: '1.0000' },
  ],
  adoptedOn: '2025-10-28',
  adoption: 'WORKERS_CONGRESS',
}

const APPOINTMENTS: JsonObject = {
  chosenAccountManager: PARTS.accountManager,
  chosenCustodian: PARTS.custodian,
  chosenInvestmentManagers: [PARTS.investmentOne, PARTS.investmentTwo],
  portfolioShares: ['0.6000', '0.4000'],
  accountFee: '3.00',
  custodyFeeRate: '0.0010',
  investmentFeeRate: '0.0080',
  isStaffSeparate: true,
}
