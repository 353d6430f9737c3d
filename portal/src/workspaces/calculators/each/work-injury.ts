/* 工伤一次性补助. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given } from '../read-answers.ts'
import { both, money, months, outputsOf } from '../say-values.ts'

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** The disability lump sum of work-injury insurance. */
export const workInjury: Calculator = {
  id: 'work-injury',
  title: both('工伤一次性补助', 'Work injury: disability lump sum'),
  question: both('工伤评了级，一次性补助有多少？', 'My injury was graded: what is the lump sum?'),
  about: both(
    '一次性伤残补助金，由工伤保险基金支付，一级至十级都有。',
    'The disability lump sum of the insurance fund, for grades 1 to 10.',
  ),
  questions: [
    {
      name: 'grade',
      kind: 'choice',
      label: both('劳动能力鉴定是几级？', 'Which grade of disability?'),
      hint: both('看鉴定结论书。', 'It is in the appraisal.'),
      choices: NUMERALS.map((numeral, at) => ({
        value: String(at + 1),
        label: both(`${numeral}级`, String(at + 1)),
      })),
    },
    {
      name: 'wage',
      kind: 'money',
      label: both('受伤前 12 个月的平均月缴费工资', 'Average insured wage of 12 months before'),
      hint: both('社保记录上的缴费工资。', 'The insured wage on your record.'),
      unit: both('元／月', 'yuan a month'),
    },
    {
      name: 'local',
      kind: 'money',
      label: both('统筹地区职工月平均工资', 'Average monthly wage of the insured area'),
      hint: both(
        '当地人社局公布；用来定上下限：不低于 60%，不高于 300%。',
        'Announced by the local bureau; it sets the bounds of 60% and 300%.',
      ),
      unit: both('元／月', 'yuan a month'),
      published: 'work-injury.average-wage',
    },
  ],
  calls: [
    {
      name: 'sum',
      rule: 'work-injury.lump-sum',
      facts: (answers) => ({
        disabilityGrade: Number(given(answers, 'grade')),
        ownWage: given(answers, 'wage'),
        localAverageWage: given(answers, 'local'),
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果复查高一级', 'One grade more severe'),
      change: (answers) => {
        const grade = Number(given(answers, 'grade'))
        return grade === 1 ? null : { ...answers, grade: String(grade - 1) }
      },
    },
  ],
  changes: [
    both(
      '一级至四级按月另发伤残津贴；五级、六级难以安排工作的，由单位按月发。',
      'Grades 1 to 4 also get a monthly allowance; grades 5 and 6 from the employer if no work suits.',
    ),
    both(
      '五级至十级离职时的医疗补助金和就业补助金由各省定，这里没有算。',
      'What grades 5 to 10 get when they leave is set by the province; it is not computed here.',
    ),
    both('伤情变化的，满一年可以申请复查鉴定。', 'After a year a new appraisal may be asked for.'),
  ],
}

function tell(outcomes: Outcomes): Told {
  const { wageUsed, months: count, lumpSum } = outputsOf(outcomes, 'sum')
  const amount = money(lumpSum)
  return {
    headline: both(`一次性伤残补助金 ${amount.zh}。`, `The disability lump sum is ${amount.en}.`),
    short: amount,
    rows: [
      { label: both('几个月工资', 'Months of wages'), value: months(count) },
      { label: both('每月按', 'At'), value: money(wageUsed) },
    ],
    notes: [],
  }
}
