/* 失业金期限. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given, monthsOf, spanOf } from '../read-answers.ts'
import { both, months, outputsOf } from '../say-values.ts'

/** How long unemployment benefit may be drawn. */
export const unemployment: Calculator = {
  id: 'unemployment',
  title: both('失业金期限', 'Unemployment benefit'),
  question: both('失业了，失业金能领多久？', 'How long can I draw unemployment benefit?'),
  about: both(
    '看缴费时间、是不是自己要走、有没有登记。',
    'It depends on the months paid, on why you left, and on registration.',
  ),
  questions: [
    {
      name: 'paid',
      kind: 'span',
      label: both('失业保险一共缴了多久？', 'How long was unemployment insurance paid?'),
      hint: both(
        '上次领过的，从重新就业以后算起。',
        'If you drew it before, count from the new job on.',
      ),
    },
    {
      name: 'why',
      kind: 'choice',
      label: both('为什么离开单位？', 'Why did you leave?'),
      choices: [
        {
          value: 'INVOLUNTARY',
          label: both('不是自己要走（到期不续、辞退、裁员等）', 'Not my wish (ended, dismissed)'),
        },
        { value: 'VOLUNTARY', label: both('自己辞职', 'I resigned') },
      ],
    },
    {
      name: 'registered',
      kind: 'choice',
      label: both('办失业登记、愿意再就业吗？', 'Registered and looking for work?'),
      initial: 'YES',
      choices: [
        { value: 'YES', label: both('已经办了', 'Yes') },
        { value: 'NO', label: both('还没办', 'Not yet') },
      ],
    },
    {
      name: 'unused',
      kind: 'count',
      label: both('上次没领完的月数', 'Months left from last time'),
      unit: both('个月', 'months'),
      initial: '0',
      most: 24,
    },
  ],
  calls: [
    {
      name: 'duration',
      rule: 'unemployment.duration',
      facts: (answers) => ({
        contributionMonths: monthsOf(given(answers, 'paid')),
        isInvoluntary: given(answers, 'why') === 'INVOLUNTARY',
        isRegistered: given(answers, 'registered') === 'YES',
        unusedMonths: Number(given(answers, 'unused')),
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果再缴一年', 'After another year of payment'),
      change: (answers) => ({ ...answers, paid: spanOf(monthsOf(given(answers, 'paid')) + 12) }),
    },
    {
      label: both('如果办好失业登记', 'Once registered'),
      change: (answers) =>
        answers.registered === 'YES' ? null : { ...answers, registered: 'YES' },
    },
  ],
  changes: [
    both(
      '找到工作、参军、移居境外、开始领养老金的，停止领取；无正当理由拒绝适当工作也停。',
      'It ends with a new job, military service, emigration or a pension, and when suitable work is refused without cause.',
    ),
    both(
      '每月领多少由省里定，低于当地最低工资、高于低保标准，这里只算时间。',
      'The amount is set by the province, below the minimum wage; only the time is computed here.',
    ),
  ],
}

const REASONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  LESS_THAN_ONE_YEAR: ['缴费不满一年。', 'Less than a year was paid.'],
  VOLUNTARY: [
    '自己辞职的不能领（单位违法等法定情形除外）。',
    'Who resigns has no claim, unless the employer broke the law.',
  ],
  NOT_REGISTERED: ['还没办失业登记；办了就可以申请。', 'Not registered yet; register to claim.'],
}

function tell(outcomes: Outcomes): Told {
  const { isEligible, newMonths, maxBenefitMonths, breaches } = outputsOf(outcomes, 'duration')
  const most = months(maxBenefitMonths)
  const reasons = (Array.isArray(breaches) ? breaches : []).map((code) => {
    const [zh, en] = REASONS[String(code)] ?? [String(code), String(code)]
    return both(zh, en)
  })
  if (isEligible !== true && Number(maxBenefitMonths) === 0) {
    return {
      headline: both('现在还不能领失业金。', 'You cannot draw it now.'),
      short: both('不能领', 'No claim'),
      notes: reasons,
      isNo: true,
    }
  }
  return {
    headline: both(`失业金最长可领 ${most.zh}。`, `You can draw it for up to ${most.en}.`),
    short: both(`最长 ${most.zh}`, `up to ${most.en}`),
    rows: [
      { label: both('这次核定', 'This time'), value: months(newMonths) },
      { label: both('连同上次没领完的，最长', 'With what was left, up to'), value: most },
    ],
    notes: reasons,
  }
}
