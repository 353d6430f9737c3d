/* 退休时间与弹性退休. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given, monthsOf } from '../read-answers.ts'
import { age, both, month, outputsOf, span } from '../say-values.ts'

/** When somebody may retire, how much earlier or later, and how many months of payment that takes. */
export const retirement: Calculator = {
  id: 'retirement',
  title: both('退休时间与弹性退休', 'Retirement age and flexible retirement'),
  question: both('我什么时候可以退休？', 'When can I retire?'),
  about: both(
    '按出生年月和人员类别，算出法定退休年月、最早和最晚可以选的年月，以及要缴满多少个月。',
    'From birth month and group: the statutory month, the earliest and latest month you may choose, and the months of payment it takes.',
  ),
  questions: [
    {
      name: 'group',
      kind: 'choice',
      label: both('您属于哪一类？', 'Which group are you in?'),
      hint: both(
        '女职工看岗位：管理和技术岗位原为 55 岁，其他岗位原为 50 岁。不清楚可以问单位人事。',
        'For women it depends on the post: managers and technical staff 55, others 50. Your employer knows.',
      ),
      choices: [
        { value: 'MALE', label: both('男职工', 'Man') },
        { value: 'FEMALE_55', label: both('女职工，原 55 岁退休', 'Woman, formerly 55') },
        { value: 'FEMALE_50', label: both('女职工，原 50 岁退休', 'Woman, formerly 50') },
      ],
    },
    {
      name: 'birthMonth',
      kind: 'month',
      label: both('您哪年哪月出生？', 'When were you born?'),
    },
    {
      name: 'paid',
      kind: 'span',
      isOptional: true,
      label: both('养老保险缴了多久？', 'How long have you paid for pension insurance?'),
      hint: both('社保权益记录单上的累计缴费月数。', 'The total on your insurance record.'),
    },
    {
      name: 'wish',
      kind: 'month',
      isOptional: true,
      label: both('想在哪年哪月退休？', 'When would you like to retire?'),
    },
  ],
  calls: [
    { name: 'age', rule: 'retirement.statutory-age', facts: (answers) => person(answers) },
    {
      name: 'window',
      isAside: true,
      rule: 'retirement.flexible-window',
      facts: (answers) => person(answers),
    },
    {
      name: 'choice',
      isAside: true,
      rule: 'retirement.flexible-choice',
      facts: (answers) =>
        answers.wish === undefined
          ? null
          : { ...person(answers), requestedMonth: given(answers, 'wish') },
    },
    {
      name: 'eligibility',
      isAside: true,
      rule: 'pension.eligibility',
      facts: (answers, before) =>
        answers.paid === undefined
          ? null
          : {
              thresholdYear: Number(String(outputsOf(before, 'age').retirementMonth).slice(0, 4)),
              totalMonths: monthsOf(answers.paid),
            },
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果按管理、技术岗位（原 55 岁）', 'In a managerial or technical post (55)'),
      change: ({ group, ...others }) =>
        group === 'FEMALE_50' ? { ...others, group: 'FEMALE_55' } : null,
    },
    {
      label: both('如果按其他岗位（原 50 岁）', 'In another post (50)'),
      change: ({ group, ...others }) =>
        group === 'FEMALE_55' ? { ...others, group: 'FEMALE_50' } : null,
    },
  ],
  changes: [
    both(
      '提前退休要在选定日期前至少三个月书面告知单位；延迟退休要和单位商定，提前一个月。',
      'Earlier: tell your employer in writing three months before. Later: agree with your employer a month before.',
    ),
    both(
      '最低缴费年限从 2030 年起每年增加 6 个月，到 2039 年为 20 年；提前退休按提前的那一年。',
      'The minimum grows by six months a year from 2030 to 20 years in 2039; early retirement counts the earlier year.',
    ),
    both(
      '特殊工种、因病提前退休另有规定，这里没有算。',
      'Hazardous work and early retirement for illness follow other rules that are not computed here.',
    ),
  ],
}

function person(answers: Readonly<Record<string, string>>) {
  return { group: given(answers, 'group'), birthMonth: given(answers, 'birthMonth') }
}

function tell(outcomes: Outcomes): Told {
  const { retirementMonth, statutoryAgeMonths, delayMonths } = outputsOf(outcomes, 'age')
  const { earliestMonth, latestMonth, minimumMonthsAtStatutory } = outputsOf(outcomes, 'window')
  const [when, at] = [month(retirementMonth), age(statutoryAgeMonths)]
  const isFlexible = earliestMonth !== null && latestMonth !== null
  const least = span(minimumMonthsAtStatutory)
  return {
    headline: both(
      `您 ${when.zh}可以退休，那时 ${at.zh}。`,
      `You can retire in ${when.en}, aged ${at.en}.`,
    ),
    short: both(`${when.zh}，${at.zh}`, `${when.en}, aged ${at.en}`),
    rows: [
      {
        label: both('比原来延迟', 'Later than before'),
        value: both(`${String(delayMonths)} 个月`, `${String(delayMonths)} months`),
      },
      ...(isFlexible
        ? [
            { label: both('最早可以选', 'Earliest choice'), value: month(earliestMonth) },
            { label: both('最晚可以选', 'Latest choice'), value: month(latestMonth) },
          ]
        : []),
      { label: both('要缴满', 'Payment needed'), value: least },
    ],
    notes: [
      ...(isFlexible
        ? []
        : [both('2025 年以前到龄的，不能弹性退休。', 'Flexible retirement began in 2025.')]),
      ...choiceNotes(outcomes),
      ...paidNotes(outcomes),
    ],
    ...(outcomes.choice?.accepted === false ? { isNo: true } : {}),
  }
}

function choiceNotes({ choice }: Outcomes) {
  if (choice === undefined) return []
  const nearest = month(choice.nearestAllowedMonth)
  const aged = age(choice.nearestAllowedAgeMonths)
  if (choice.accepted === true) {
    const least = span(choice.minimumContributionMonths)
    return [
      both(
        `您选的 ${nearest.zh}可以，那时 ${aged.zh}，要缴满 ${least.zh}。`,
        `${nearest.en} is possible: you are ${aged.en} then and need ${least.en} of payment.`,
      ),
    ]
  }
  return [
    both(
      `您选的年月不在可选范围内；离它最近的是 ${nearest.zh}（${aged.zh}）。`,
      `The month you chose is outside the range; the nearest is ${nearest.en} (aged ${aged.en}).`,
    ),
  ]
}

function paidNotes({ eligibility }: Outcomes) {
  if (eligibility === undefined) return []
  const { eligible, requiredMonths, shortfallMonths } = eligibility
  const [required, short] = [span(requiredMonths), span(shortfallMonths)]
  return [
    eligible === true
      ? both(
          `现在缴的已经够按月领养老金（要 ${required.zh}）。`,
          `What you have paid is already enough for a monthly pension (${required.en}).`,
        )
      : both(
          `按月领养老金要 ${required.zh}，到那时还要再缴 ${short.zh}；不够可以继续缴。`,
          `A monthly pension takes ${required.en}: ${short.en} more until then; you may go on paying.`,
        ),
  ]
}
