/* 经济补偿. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { daysOf, given, monthsOf } from '../read-answers.ts'
import { both, money, months, outputsOf } from '../say-values.ts'

/** What the employer owes when the contract ends. */
export const severance: Calculator = {
  id: 'severance',
  title: both('经济补偿', 'Severance pay'),
  question: both('单位让我走，该补偿我多少？', 'My employer lets me go: what am I owed?'),
  about: both(
    '每满一年补一个月工资；违法解除的加倍。',
    'One month of wages for each year; double where the termination was unlawful.',
  ),
  questions: [
    {
      name: 'service',
      kind: 'span-days',
      label: both('在这家单位工作了多久？', 'How long did you work there?'),
    },
    {
      name: 'wage',
      kind: 'money',
      label: both('离职前 12 个月的平均月工资', 'Average monthly wage of the last 12 months'),
      hint: both(
        '应发工资，含奖金和津贴；工资单加起来除以 12。',
        'Gross, with bonuses and allowances: add your payslips and divide by 12.',
      ),
      unit: both('元／月', 'yuan a month'),
    },
    {
      name: 'local',
      kind: 'money',
      label: both('当地上年度职工月平均工资', 'Local average monthly wage of last year'),
      hint: both(
        '设区的市以上人民政府公布；统计局或人社局网站上有。只在工资很高时起作用。',
        'Announced by the city: statistics or human-resources bureau. It matters only for high wages.',
      ),
      unit: both('元／月', 'yuan a month'),
      published: 'labour.average-wage',
    },
    {
      name: 'illegal',
      kind: 'choice',
      label: both('是违法解除或终止吗？', 'Was the termination unlawful?'),
      hint: both(
        '没有法定理由或没走法定程序的，是违法解除。有争议可以申请仲裁。',
        'It is where no lawful reason or procedure was there. If in dispute, arbitration decides.',
      ),
      initial: 'NO',
      choices: [
        { value: 'NO', label: both('不是', 'No') },
        { value: 'YES', label: both('是', 'Yes') },
      ],
    },
  ],
  calls: [
    {
      name: 'severance',
      rule: 'labour.severance',
      facts: (answers) => ({
        serviceMonths: monthsOf(given(answers, 'service')),
        extraDays: daysOf(given(answers, 'service')),
        averageMonthlyWage: given(answers, 'wage'),
        localAverageWage: given(answers, 'local'),
        isIllegalTermination: given(answers, 'illegal') === 'YES',
      }),
    },
  ],
  tell: (answers, outcomes) => tell(given(answers, 'illegal') === 'YES', outcomes),
  variations: [
    {
      label: both('如果认定为违法解除', 'If found unlawful'),
      change: (answers) => (answers.illegal === 'YES' ? null : { ...answers, illegal: 'YES' }),
    },
    {
      label: both('如果是合法解除', 'If found lawful'),
      change: (answers) => (answers.illegal === 'YES' ? { ...answers, illegal: 'NO' } : null),
    },
  ],
  changes: [
    both(
      '工资高于当地平均工资三倍的，按三倍算，最多补 12 个月。',
      'Wages above three times the local average count as three times, for at most 12 months.',
    ),
    both(
      '没提前 30 天通知的，单位可能另付一个月工资，这里没有算。',
      'Without 30 days of notice another month may be due; it is not computed here.',
    ),
    both(
      '自己提出辞职、又没有法定理由的，通常没有经济补偿。',
      'Who resigns without a lawful reason usually gets none.',
    ),
  ],
}

function tell(isIllegal: boolean, outcomes: Outcomes): Told {
  const { monthsPaid, wageUsed, amount } = outputsOf(outcomes, 'severance')
  const owed = money(amount)
  return {
    headline: isIllegal
      ? both(`单位应付赔偿金 ${owed.zh}。`, `The employer owes ${owed.en} in damages.`)
      : both(`单位应付经济补偿 ${owed.zh}。`, `The employer owes ${owed.en} in severance.`),
    short: owed,
    rows: [
      { label: both('按几个月工资', 'Months of wages'), value: months(monthsPaid) },
      { label: both('每月按', 'At'), value: money(wageUsed) },
      ...(isIllegal ? [{ label: both('违法解除', 'Unlawful'), value: both('× 2', '× 2') }] : []),
    ],
    notes: [],
  }
}
