import type { JsonObject } from '@renshe/crypto'
import type { DraftBatch, Host, Member } from '@renshe/node'
import { allocateUnits, valuePlan } from './allocate-units.ts'
import type { BankProcess } from './bank-process.ts'
import type { MonthRows } from './month-rows.ts'
import { PLAN } from './set-up-plan.ts'
import { type Cast, momentOf, type Story } from './story.ts'
import { uploadPayroll } from './upload-payroll.ts'

/** The year's payroll and the individual accounts (messages 7 and 8). */
// budget: one story, told in the order in which it happens.
export async function openYear(
  host: Host,
  cast: Cast,
  story: Story,
  month: MonthRows,
): Promise<void> {
  const { employer, accountManager } = cast
  const hr = { officer: '0101' } as const
  await host.advanceTo(momentOf('2026-01-05T09:00'))
  const year = await story.tell(
    {
      name: 'open-year',
      part: 'employer',
      officer: '0101',
      zh: '申报2026年度工资总额',
      en: 'declares the payroll of 2026',
    },
    () =>
      employer.act(
        'cases.openCase',
        { service: 'annuity-plan-year', fields: { planKey: PLAN, year: 2026 } },
        hr,
      ),
  )
  await story.tell(
    {
      name: 'declare-payroll',
      part: 'employer',
      officer: '0101',
      zh: `预计工资总额 ${month.declaredPayroll} 元，年度上限由此而来`,
      en: `estimated payroll ${month.declaredPayroll} yuan; the yearly ceilings follow`,
    },
    () =>
      employer.act(
        'cases.actOnStep',
        {
          case: String(year.data.case),
          step: 'declare-estimate',
          fields: { declaredPayroll: month.declaredPayroll },
        },
        hr,
      ),
  )
  await host.advanceTo(momentOf('2026-01-06T09:00'))
  const enrolment = await story.tell(
    {
      name: 'open-enrolment',
      part: 'employer',
      officer: '0101',
      zh: '报送参加职工名单',
      en: 'sends the members',
    },
    () =>
      employer.act(
        'cases.openCase',
        { service: 'annuity-enrolment', fields: { planKey: PLAN } },
        hr,
      ),
  )
  const id = String(enrolment.data.case)
  await story.tell(
    {
      name: 'send-members',
      part: 'employer',
      officer: '0101',
      zh: `名单 ${month.count} 人，封存在账户管理人处`,
      en: `${month.count} people, sealed at the account manager`,
      seen: {
        zh: '能打开：企业、受托人、账户管理人；链上只有一个根和人数',
        en: 'employer, trustee and account manager can open it; on chain are a root and a count',
      },
    },
    () =>
      employer.act('cases.actOnStep', { case: id, step: 'send-members' }, hr, {
        batch: { section: 'members', count: month.count, rows: membersOf(month.rows()) },
      }),
  )
  await story.tell(
    {
      name: 'open-accounts',
      part: 'accountManager',
      officer: '0301',
      zh: `建立 ${month.count} 个个人账户`,
      en: `opens ${month.count} individual accounts`,
    },
    () =>
      accountManager.act(
        'cases.actOnStep',
        {
          case: id,
          step: 'open-accounts',
          outcome: 'opened',
          fields: { openedCount: month.count },
        },
        { officer: '0301' },
      ),
  )
}

async function* membersOf(
  rows: Iterable<JsonObject> | AsyncIterable<JsonObject>,
): AsyncGenerator<JsonObject> {
  for await (const { memberId, name, joinedOn } of rows)
    yield { memberId, name, joinedOn } as JsonObject
}

/** Messages 9–18, 21 and 22: one contribution month. Returns the case. */
export async function carryMonth(
  host: Host,
  cast: Cast,
  story: Story,
  month: MonthRows,
  bank: BankProcess,
): Promise<string> {
  const { employer } = cast
  const hr = { officer: '0101' } as const
  await host.advanceTo(momentOf('2026-01-12T09:00'))
  const opened = await story.tell(
    {
      name: 'open-contribution',
      part: 'employer',
      officer: '0101',
      zh: '办理2026年1月缴费',
      en: 'contributes for January 2026',
    },
    () =>
      employer.act(
        'cases.openCase',
        {
          service: 'annuity-contribution',
          fields: { planKey: PLAN, period: '2026-01', type: 'REGULAR' },
        },
        hr,
      ),
  )
  const id = String(opened.data.case)
  await story.tell(
    {
      name: 'upload-payroll',
      part: 'employer',
      officer: '0101',
      zh: `上传明细 ${month.count} 行：逐行封存，签字前企业端重算每一个承诺值`,
      en: `uploads ${month.count} rows: each sealed, every commitment recomputed before signing`,
      seen: {
        zh: '能打开明细：企业、受托人、账户管理人；托管人、银行、投资管理人、人社厅只见合计',
        en: 'rows: employer, trustee, account manager; custodian, bank, investment managers and HRSS see totals only',
      },
    },
    async () =>
      employer.act('cases.actOnStep', { case: id, step: 'upload-payroll' }, hr, {
        batch: await batchOf(employer, id, month),
      }),
  )
  await bill(cast, story, id)
  await pay(host, cast, story, id, bank)
  await valuePlan(host, cast, story)
  await allocateUnits(host, cast, story, id)
  return id
}

async function batchOf(employer: Member, id: string, month: MonthRows): Promise<DraftBatch> {
  if (month.payroll !== undefined) return uploadPayroll(employer, id, month.payroll)
  return { section: 'payroll', count: month.count, rows: iterated(month.rows()) }
}

async function* iterated(
  rows: Iterable<JsonObject> | AsyncIterable<JsonObject>,
): AsyncGenerator<JsonObject> {
  yield* rows
}

async function bill(cast: Cast, story: Story, id: string): Promise<void> {
  const { employer, trustee, accountManager } = cast
  const place = { case: id, step: 'bill' }
  await story.tell(
    {
      name: 'bill',
      part: 'accountManager',
      officer: '0301',
      zh: '打开明细（留下查看回执），按公布的规则算出账单',
      en: 'opens the rows (a receipt each), computes the bill by the published rules',
    },
    () => accountManager.determineStep(place, { officer: '0301' }),
  )
  await story.tell(
    {
      name: 'agree-bill',
      part: 'trustee',
      officer: '0201',
      zh: '独立复算，结果一致，账单成立',
      en: 'recomputes independently; the results are equal, the bill stands',
    },
    () => trustee.determineStep(place, { officer: '0201' }),
  )
  await story.tell(
    {
      name: 'confirm-bill',
      part: 'employer',
      officer: '0102',
      zh: '财务复核确认（与上传人不是同一人）',
      en: 'finance confirms, four eyes',
    },
    () =>
      employer.act(
        'cases.actOnStep',
        { case: id, step: 'confirm', outcome: 'confirmed' },
        { officer: '0102' },
      ),
  )
  await story.tell(
    {
      name: 'collect',
      part: 'trustee',
      officer: '0201',
      zh: '通知托管人收账',
      en: 'tells the custodian to expect the money',
    },
    () => trustee.act('cases.actOnStep', { case: id, step: 'collect' }, { officer: '0201' }),
  )
}

async function pay(
  host: Host,
  cast: Cast,
  story: Story,
  id: string,
  bank: BankProcess,
): Promise<void> {
  const { employer, custodian } = cast
  await host.advanceTo(momentOf('2026-01-15T09:00'))
  await story.tell(
    {
      name: 'remit',
      part: 'employer',
      officer: '0102',
      zh: '下达划款指令',
      en: 'orders the payment',
    },
    () => employer.act('cases.actOnStep', { case: id, step: 'remit' }, { officer: '0102' }),
  )
  await story.tell(
    {
      name: 'bank-pays',
      part: 'bank',
      zh: '银行连接器发出 pain.001，银行进程记账，回 pain.002 与 camt.054',
      en: 'its connector sends pain.001; the bank process books and answers pain.002 and camt.054',
      seen: {
        zh: '银行只见账号和金额，不见任何职工',
        en: 'the bank sees accounts and an amount, no person',
      },
    },
    async () => {
      await untilStep(host, cast, id, bank, 'remittance')
      return { height: cast.bank.ledger.finalHeight }
    },
  )
  await story.tell(
    {
      name: 'arrival',
      part: 'custodian',
      zh: '托管人连接器收到到账通知，与账单核对相等',
      en: 'its connector reads the credit notice; it equals the bill',
      seen: { zh: '银行流水号与付款账号封存', en: 'bank reference and payer account are sealed' },
    },
    async () => {
      await untilStep(host, cast, id, bank, 'arrival')
      return { height: custodian.ledger.finalHeight }
    },
  )
  await story.tell(
    {
      name: 'instruct',
      part: 'trustee',
      officer: '0201',
      zh: '入账指令，等待定价日净值（未知价）',
      en: 'instructs the allocation; it waits for the dealing day, value unknown',
    },
    () => cast.trustee.act('cases.actOnStep', { case: id, step: 'instruct' }, { officer: '0201' }),
  )
}

/** Lets bank and connectors exchange files until a step of the case is over. */
async function untilStep(
  host: Host,
  cast: Cast,
  id: string,
  bank: BankProcess,
  step: string,
): Promise<void> {
  for (let round = 0; round < 200; round++) {
    await bank.command({ id: `poll-${step}-${round}`, do: 'poll' })
    await host.advanceTo(host.clock.now() + 1000)
    if (!openSteps(cast, id).includes(step)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the bank did not end ${step}`)
}

function openSteps(cast: Cast, id: string): string[] {
  const { steps } = cast.trustee.ask('cases.getCase', { case: id }) as unknown as {
    steps: { step: string; outcome: string | null; status: string }[]
  }
  return steps
    .filter(({ outcome, status }) => outcome === null && status !== 'cancelled')
    .map(({ step }) => step)
}
