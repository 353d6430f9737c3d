/* 迟缴滞纳金. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given } from '../read-answers.ts'
import { both, money, outputsOf } from '../say-values.ts'

/** What paying social insurance late costs. */
export const lateFee: Calculator = {
  id: 'late-fee',
  title: both('迟缴滞纳金', 'Surcharge for late payment'),
  question: both('社保费缴晚了，滞纳金是多少？', 'We paid insurance late: what is the surcharge?'),
  about: both('单位欠缴的社保费，按天加收。', 'A surcharge for each day that an employer is late.'),
  questions: [
    {
      name: 'arrears',
      kind: 'money',
      label: both('欠缴多少？', 'How much is overdue?'),
      unit: both('元', 'yuan'),
    },
    { name: 'due', kind: 'date', label: both('最晚应在哪天缴？', 'When was it due?') },
    {
      name: 'paid',
      kind: 'date',
      label: both('哪天缴清？', 'When is it paid?'),
      hint: both('还没缴的，填打算缴的那天。', 'If not yet paid, the day you plan to.'),
    },
  ],
  calls: [
    {
      name: 'fee',
      rule: 'contribution.late-fee',
      facts: (answers) => ({
        arrears: given(answers, 'arrears'),
        dueOn: given(answers, 'due'),
        paidOn: given(answers, 'paid'),
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果再晚 30 天', 'Another 30 days later'),
      change: (answers) => {
        const later = new Date(`${given(answers, 'paid')}T00:00:00Z`)
        later.setUTCDate(later.getUTCDate() + 30)
        return { ...answers, paid: later.toISOString().slice(0, 10) }
      },
    },
  ],
  changes: [
    both(
      '责令限期后仍不缴的，另处欠缴额一倍以上三倍以下罚款。',
      'If an order to pay is ignored, a fine of one to three times the arrears is added.',
    ),
  ],
}

function tell(outcomes: Outcomes): Told {
  const { daysLate, lateFee: fee } = outputsOf(outcomes, 'fee')
  const amount = money(fee)
  const days = both(`${String(daysLate)} 天`, `${String(daysLate)} days`)
  return {
    headline:
      daysLate === 0
        ? both('没有迟，不收滞纳金。', 'Not late: no surcharge.')
        : both(`滞纳金 ${amount.zh}。`, `The surcharge is ${amount.en}.`),
    short: amount,
    rows: [{ label: both('迟了', 'Late by'), value: days }],
    notes: [],
  }
}
