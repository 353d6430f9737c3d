/* 年金归属与领取. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given, ladderFacts, monthsOf } from '../read-answers.ts'
import { both, money, outputsOf } from '../say-values.ts'

/** Reasons to leave, and whether the annuity may be paid out with them. */
const EVENTS = [
  ['RESIGNED', '自己辞职', 'I resigned', 'OTHER'],
  ['DISMISSED_FOR_FAULT', '因本人过失被辞退', 'Dismissed for fault', 'OTHER'],
  ['OTHER_LEAVING', '其他离职', 'Other leaving', 'OTHER'],
  ['RETIREMENT_AGE', '到退休年龄', 'Retirement age', 'RETIREMENT_AGE'],
  ['TOTAL_DISABILITY', '完全丧失劳动能力', 'Total disability', 'TOTAL_DISABILITY'],
  ['DEATH', '本人去世', 'Death', 'DEATH'],
  [
    'EMPLOYER_DISMISSED_WITHOUT_EMPLOYEE_FAULT',
    '单位辞退，本人无过失',
    'Dismissed without fault',
    'OTHER',
  ],
  [
    'EMPLOYEE_LEFT_BECAUSE_EMPLOYER_BROKE_LAW',
    '因单位违法而离开',
    'Left because the employer broke the law',
    'OTHER',
  ],
  [
    'CONTRACT_EXPIRED_NOT_RENEWED_BY_EMPLOYER',
    '合同到期，单位不续',
    'Contract not renewed by the employer',
    'OTHER',
  ],
  ['PLAN_TERMINATED', '年金计划终止', 'The plan ended', 'OTHER'],
] as const

/** Reasons where the years do not count: everything is the member's own. */
const WHOLE = new Set<string>(EVENTS.map(([code]) => code).slice(3))

/** How much of an enterprise annuity is one's own when one leaves. */
export const annuity: Calculator = {
  id: 'annuity',
  title: both('年金归属与领取', 'Enterprise annuity: what is mine'),
  question: both('离开单位，企业年金有多少归我？', 'I leave: how much of the annuity is mine?'),
  about: both(
    '自己缴的全部归自己；单位缴的按方案逐步归您，最长八年。',
    'What you paid is yours; the employer part becomes yours by the plan, within eight years.',
  ),
  questions: [
    {
      name: 'event',
      kind: 'choice',
      label: both('为什么离开？', 'Why do you leave?'),
      choices: EVENTS.map(([value, zh, en]) => ({ value, label: both(zh, en) })),
    },
    {
      name: 'tenure',
      kind: 'span',
      label: both('参加年金计划多久了？', 'How long in the plan?'),
      isAsked: ({ event }) => event !== undefined && !WHOLE.has(event),
    },
    {
      name: 'ladder',
      kind: 'ladder',
      label: both('方案里单位部分怎么归属？', 'How does the plan vest the employer part?'),
      hint: both(
        '看单位的年金方案“权益归属”一章；每家不同，我们没有。',
        'See the chapter on vesting of your plan; it differs by employer and we do not have it.',
      ),
      isAsked: ({ event }) => event !== undefined && !WHOLE.has(event),
    },
    {
      name: 'employer',
      kind: 'money',
      label: both('账户里单位缴的部分', 'Employer part of the account'),
      hint: both('年金权益单上有，含收益。', 'On your annuity statement, with its gains.'),
      unit: both('元', 'yuan'),
    },
    {
      name: 'own',
      kind: 'money',
      label: both('账户里自己缴的部分', 'Own part of the account'),
      unit: both('元', 'yuan'),
    },
  ],
  calls: [
    {
      name: 'vesting',
      rule: 'annuity.vesting',
      facts: (answers) => ({
        tenureMonths: answers.tenure === undefined ? 0 : monthsOf(answers.tenure),
        steps: answers.ladder === undefined ? [] : ladderFacts(answers.ladder),
        event: given(answers, 'event'),
        employerPart: given(answers, 'employer'),
        employeePart: given(answers, 'own'),
      }),
    },
    {
      name: 'schedule',
      isAside: true,
      rule: 'annuity.vesting-schedule',
      facts: ({ ladder }) => (ladder === undefined ? null : { steps: ladderFacts(ladder) }),
    },
    {
      name: 'payout',
      isAside: true,
      rule: 'annuity.payout',
      facts: (answers) => ({
        event: EVENTS.find(([code]) => code === given(answers, 'event'))?.[3] ?? 'OTHER',
        mode: 'MONTHLY',
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果再待一年', 'After another year'),
      change: (answers) => {
        if (answers.tenure === undefined) return null
        const months = monthsOf(answers.tenure) + 12
        return { ...answers, tenure: `${Math.floor(months / 12)}-${months % 12}` }
      },
    },
    {
      label: both('如果是单位不续合同', 'If the employer does not renew'),
      change: (answers) =>
        answers.tenure === undefined
          ? null
          : { ...answers, event: 'CONTRACT_EXPIRED_NOT_RENEWED_BY_EMPLOYER' },
    },
  ],
  changes: [
    both(
      '新单位有年金的，可以转过去；没有的，留在原管理人处，到能领的时候再领。',
      'It moves to the plan of the next employer, or stays until it may be paid out.',
    ),
    both(
      '账户随净值涨跌，以离开当日的记录为准。',
      'The account moves with its net value; what counts is the record of the day.',
    ),
  ],
}

function tell(outcomes: Outcomes): Told {
  const { vestedRatio, vestedEmployerPart, entitlement, returnedToEnterpriseAccount } = outputsOf(
    outcomes,
    'vesting',
  )
  const { isAllowed, recipient } = outputsOf(outcomes, 'payout')
  const amount = money(entitlement)
  const percent = `${Number(vestedRatio) * 100}%`
  const isUnlawful = outcomes.schedule?.isValid === false
  return {
    headline: both(`归您的一共 ${amount.zh}。`, `${amount.en} is yours.`),
    short: amount,
    rows: [
      { label: both('单位部分归您', 'Employer part that is yours'), value: both(percent, percent) },
      { label: both('就是', 'That is'), value: money(vestedEmployerPart) },
      {
        label: both('退回企业账户', 'Returned to the enterprise account'),
        value: money(returnedToEnterpriseAccount),
      },
    ],
    notes: [
      isAllowed === true
        ? recipient === 'HEIRS'
          ? both('由继承人一次或分次领取。', 'It is paid to the heirs.')
          : both(
              '现在可以领：按月、分次或一次，也可以买商业养老保险。',
              'It may be paid out now: monthly, in parts or at once.',
            )
        : both(
            '现在还不能领出来，先转到新单位或保留在账户里。',
            'It cannot be paid out yet: it moves on or stays in the account.',
          ),
      ...(isUnlawful
        ? [
            both(
              '您填的归属办法不合规定：应逐级提高，最长八年全部归您。',
              'The vesting you gave breaks the rule: it must rise and be whole within eight years.',
            ),
          ]
        : []),
    ],
  }
}
