/* 职业伤害保障费. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given } from '../read-answers.ts'
import { both, money, outputsOf } from '../say-values.ts'

/** What platforms pay for the protection of their riders and drivers. */
export const injuryFee: Calculator = {
  id: 'injury-fee',
  title: both('职业伤害保障费', 'Occupational-injury fee'),
  question: both('接单的职业伤害保障费谁出，多少？', 'Who pays injury cover for my orders?'),
  about: both(
    '平台按单缴费；骑手和司机自己不缴。',
    'Platforms pay by order; riders and drivers pay nothing.',
  ),
  questions: [
    {
      name: 'industry',
      kind: 'choice',
      label: both('做哪一行？', 'Which kind of work?'),
      choices: [
        { value: 'RIDE_HAILING', label: both('网约车', 'Ride hailing') },
        { value: 'INSTANT_DELIVERY', label: both('外卖、即时配送', 'Instant delivery') },
        { value: 'SAME_CITY_FREIGHT', label: both('同城货运', 'Same-city freight') },
      ],
    },
    {
      name: 'band',
      kind: 'choice',
      label: both('平台按哪一档缴？', 'Which band does the platform pay?'),
      hint: both('事故多的平台按高档；平台知道。', 'Platforms with many claims pay the high band.'),
      initial: 'STANDARD',
      isAsked: ({ industry }) => industry === 'INSTANT_DELIVERY',
      choices: [
        { value: 'STANDARD', label: both('普通档', 'Standard') },
        { value: 'HIGH', label: both('高档', 'High') },
      ],
    },
    {
      name: 'orders',
      kind: 'count',
      label: both('一共多少单？', 'How many orders?'),
      unit: both('单', 'orders'),
    },
  ],
  calls: [
    {
      name: 'fee',
      rule: 'flexible-work.injury-fee',
      facts: (answers) => ({
        industry: given(answers, 'industry'),
        ...(answers.band === undefined ? {} : { claimsBand: answers.band }),
        orders: Number(given(answers, 'orders')),
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果单量翻倍', 'With twice the orders'),
      change: (answers) => ({
        ...answers,
        orders: String(Number(given(answers, 'orders')) * 2),
      }),
    },
  ],
  changes: [
    both(
      '每单标准由部里调整，这里用当天施行的。',
      'The rate may be adjusted; that of the day counts.',
    ),
    both(
      '在接单到送达之间受的伤，才算职业伤害。',
      'Covered is what happens between accepting and finishing an order.',
    ),
  ],
}

function tell(outcomes: Outcomes): Told {
  const { feePerOrder, platformPays, workerPays } = outputsOf(outcomes, 'fee')
  const amount = money(platformPays)
  return {
    headline: both(
      `平台出 ${amount.zh}，您自己不出钱。`,
      `The platform pays ${amount.en}; you pay nothing.`,
    ),
    short: amount,
    rows: [
      {
        label: both('每单', 'Each order'),
        value: both(`${String(feePerOrder)} 元`, `${String(feePerOrder)} yuan`),
      },
      { label: both('平台缴', 'Platform'), value: amount },
      { label: both('您缴', 'You'), value: money(workerPays) },
    ],
    notes: [],
  }
}
