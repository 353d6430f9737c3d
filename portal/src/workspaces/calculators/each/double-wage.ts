/* 二倍工资. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given } from '../read-answers.ts'
import { both, day, money, outputsOf } from '../say-values.ts'

/** Extra wages where no written contract was made. */
export const doubleWage: Calculator = {
  id: 'double-wage',
  title: both('二倍工资', 'Double wages without a contract'),
  question: both('单位没签合同，能多要多少工资？', 'No written contract: what more am I owed?'),
  about: both(
    '满一个月还没签书面合同的，单位要按月付二倍工资，最长到满一年。',
    'After a month without a written contract wages are doubled, for up to the end of the first year.',
  ),
  questions: [
    { name: 'hired', kind: 'date', label: both('哪天开始上班？', 'When did you start work?') },
    {
      name: 'signed',
      kind: 'date',
      isOptional: true,
      label: both('哪天签的书面合同？', 'When was the contract signed?'),
      hint: both('一直没签的，留空。', 'Leave empty if it never was.'),
    },
    {
      name: 'wage',
      kind: 'money',
      label: both('每月工资', 'Monthly wage'),
      unit: both('元／月', 'yuan a month'),
    },
  ],
  calls: [
    {
      name: 'wage',
      rule: 'labour.double-wage',
      facts: (answers) => ({
        hiredOn: given(answers, 'hired'),
        ...(answers.signed === undefined ? {} : { signedOn: answers.signed }),
        monthlyWage: given(answers, 'wage'),
      }),
    },
  ],
  tell: (answers, outcomes) => tell(answers.signed !== undefined, outcomes),
  variations: [
    {
      label: both('如果一直没签', 'If it was never signed'),
      change: (answers) => {
        const { signed, ...others } = answers
        return signed === undefined ? null : others
      },
    },
  ],
  changes: [
    both(
      '要在知道之日起一年内申请仲裁，过了时效可能要不回来。',
      'Arbitration must be asked for within a year, or the claim may be lost.',
    ),
    both(
      '一直没签的，按满一年计算；还没到的月份还没有发生。',
      'Without a contract the whole first year is counted; months to come are not owed yet.',
    ),
  ],
}

function tell(isSigned: boolean, outcomes: Outcomes): Told {
  const { from, to, months, extraDays, extraPay, isOpenEnded } = outputsOf(outcomes, 'wage')
  if (from === null) {
    return {
      headline: both('一个月内签了合同，没有二倍工资。', 'Signed within a month: no double wages.'),
      short: both('没有', 'none'),
      notes: [],
      isNo: true,
    }
  }
  const amount = money(extraPay)
  const [begins, ends] = [day(from), day(to)]
  return {
    headline: both(
      `除已发工资外，单位还应再付 ${amount.zh}。`,
      `Beyond the wages paid, another ${amount.en} is due.`,
    ),
    short: amount,
    rows: [
      {
        label: both('哪段时间', 'For'),
        value: both(`${begins.zh}至 ${ends.zh}`, `${begins.en} to ${ends.en}`),
      },
      {
        label: both('合计', 'In all'),
        value: both(
          `${String(months)} 个月零 ${String(extraDays)} 天`,
          `${String(months)} months and ${String(extraDays)} days`,
        ),
      },
    ],
    notes: [
      ...(isOpenEnded === true
        ? [
            both(
              '满一年没签，视为已经订立无固定期限劳动合同。',
              'After a year without one, an open-ended contract is taken to be made.',
            ),
          ]
        : []),
      ...(isSigned ? [] : [both('按一直没签计算。', 'Counted as never signed.')]),
    ],
  }
}
