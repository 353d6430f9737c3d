/* The scenes of a contribution month, in the order of messages 9 to 18, 21 and 22. */
// budget: one table, told in the order in which it happens.
import type { JsonObject } from '@renshe/crypto'
import { PLAN } from '../annuity/set-up-plan.ts'
import type { Scene } from './scene.ts'
import { VALUATION_SCENES } from './valuation-scenes.ts'
import { WARRANT_SCENES } from './warrant-scenes.ts'

const ROWS_SEEN = {
  zh: '能打开明细：委托人、受托人、账户管理人；其他各方只见合计',
  en: 'rows: settlor, trustee and account manager; everyone else sees totals only',
}

/** Every scene that the packages of the demonstration allow; branches among them. */
export const SCENES: readonly Scene[] = [
  {
    id: 'open-contribution',
    party: 'employer',
    officer: '0101',
    service: 'annuity-contribution',
    does: 'open',
    step: null,
    zh: '办理本月缴费',
    en: 'Start the contribution of the month',
    seen: null,
    input: ({ month }) => ({ fields: { planKey: PLAN, period: month.period, type: 'REGULAR' } }),
  },
  {
    id: 'upload-payroll',
    party: 'employer',
    officer: '0101',
    service: 'annuity-contribution',
    does: 'step',
    step: 'upload-payroll',
    zh: '上传缴费明细，逐行封存',
    en: 'Upload the payroll; every row is sealed',
    seen: ROWS_SEEN,
    sealed: ({ rows }) => ({ batch: { section: 'payroll', ...batchOf(rows()) } }),
  },
  {
    id: 'bill',
    party: 'accountManager',
    officer: '0301',
    service: 'annuity-contribution',
    does: 'determine',
    step: 'bill',
    zh: '打开明细（留下回执），按公布的规则出账单',
    en: 'Open the rows (each leaves a receipt) and make the bill by the published rules',
    seen: ROWS_SEEN,
  },
  {
    id: 'agree-bill',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'determine',
    step: 'bill',
    zh: '独立复算账单，8%、12%、5 倍已核对',
    en: 'Recompute the bill; 8 %, 12 % and 5 × are checked',
    seen: ROWS_SEEN,
  },
  {
    id: 'confirm',
    party: 'employer',
    officer: '0102',
    service: 'annuity-contribution',
    does: 'step',
    step: 'confirm',
    zh: '确认账单并签章（与上传人不是同一人）',
    en: 'Confirm and sign the bill (not the one who uploaded it)',
    seen: null,
    input: () => ({ outcome: 'confirmed' }),
  },
  {
    id: 'collect',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'step',
    step: 'collect',
    zh: '发收账通知',
    en: 'Tell the custodian to expect the money',
    seen: null,
  },
  {
    id: 'remit',
    party: 'employer',
    officer: '0102',
    service: 'annuity-contribution',
    does: 'step',
    step: 'remit',
    zh: '下达划款指令',
    en: 'Order the payment',
    seen: null,
  },
  {
    id: 'bank-pays',
    party: 'bank',
    officer: '0701',
    service: 'annuity-contribution',
    does: 'bank',
    step: 'remittance',
    zh: '付款：只见付款方、收款方和金额',
    en: 'Pay: payer, payee and amount are all that the bank sees',
    seen: {
      zh: '银行看不到任何职工',
      en: 'the bank sees no worker',
    },
  },
  {
    id: 'arrival',
    party: 'custodian',
    officer: null,
    service: 'annuity-contribution',
    does: 'wait',
    step: 'arrival',
    zh: '到账通知与账单核对',
    en: 'The credit notice is matched with the bill',
    seen: {
      zh: '银行流水号与付款账号封存；职工姓名对托管人封存',
      en: 'bank reference and payer account are sealed; names are sealed to the custodian',
    },
  },
  {
    id: 'shortfall',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'step',
    step: 'shortfall',
    isBranch: true,
    zh: '短缴：请委托人补缴',
    en: 'Short payment: ask the settlor to top up',
    seen: null,
    input: () => ({ outcome: 'top-up' }),
  },
  {
    id: 'instruct',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'step',
    step: 'instruct',
    zh: '发入账指令，等定价日净值（未知价）',
    en: 'Instruct the allocation; the value of the dealing day is not known yet',
    seen: null,
  },
  ...VALUATION_SCENES,
  {
    id: 'allocate',
    party: 'accountManager',
    officer: '0301',
    service: 'annuity-contribution',
    does: 'determine',
    step: 'allocate',
    zh: '按人按部分计份额，尾差按规则处理',
    en: 'Buy units per person and part; the residue follows its rule',
    seen: {
      zh: '链上只有合计、尾差和两棵树的根',
      en: 'on chain are sums, the residue and two roots',
    },
  },
  {
    id: 'agree-allocation',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'determine',
    step: 'allocate',
    zh: '逐人复算，一致才记账',
    en: 'Recompute person by person; only what is equal is posted',
    seen: null,
  },
  {
    id: 'invest',
    party: 'trustee',
    officer: '0201',
    service: 'annuity-contribution',
    does: 'step',
    step: 'invest',
    zh: '投资分配指令 60% / 40%',
    en: 'Instruct the investment, 60 % / 40 %',
    seen: null,
  },
  {
    id: 'transfer',
    party: 'custodian',
    officer: '0401',
    service: 'annuity-contribution',
    does: 'step',
    step: 'transfer',
    zh: '划拨到两个投资组合',
    en: 'Transfer the money to both portfolios',
    seen: null,
  },
  ...WARRANT_SCENES,
  {
    id: 'statement',
    party: 'worker',
    officer: null,
    service: 'annuity-contribution',
    does: 'look',
    step: null,
    stands: ({ isAllocated }) => ({ status: isAllocated ? 'now' : 'later', txId: null }),
    zh: '看自己的一行：单位与个人缴费、份额、谁看过',
    en: 'See your own line: both contributions, units, who has looked',
    seen: {
      zh: '只有本人这一行',
      en: 'nothing but the own line',
    },
  },
]

function batchOf(rows: readonly object[]): {
  readonly count: number
  readonly rows: AsyncIterable<JsonObject>
} {
  async function* each(): AsyncGenerator<JsonObject> {
    for (const row of rows) yield { ...row } as JsonObject
  }
  return { count: rows.length, rows: each() }
}
