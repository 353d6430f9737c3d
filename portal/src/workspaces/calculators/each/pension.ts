/* 养老金测算. */
import type { Calculator, Outcomes, Told } from '../calculator.ts'
import { given, monthsOf, spanOf } from '../read-answers.ts'
import { both, money, outputsOf, span } from '../say-values.ts'

/** What the basic pension would be a month, and what it is made of. */
export const pension: Calculator = {
  id: 'pension',
  title: both('养老金测算', 'Basic pension'),
  question: both('我退休后每月能领多少养老金？', 'How much pension will I get a month?'),
  about: both(
    '基础养老金加个人账户养老金。没有公布的当地数不替您猜，请从通知或记录单上抄。',
    'Pooled part plus account part. A local number that is not published is never guessed: copy it from a notice or your record.',
  ),
  questions: [
    {
      name: 'age',
      kind: 'span',
      label: both('打算多大退休？', 'At what age will you retire?'),
      least: 480,
      most: 840,
    },
    {
      name: 'paid',
      kind: 'span',
      label: both('到那时一共缴了多久？', 'How long will you have paid by then?'),
      hint: both('含视同缴费年限。', 'Including years deemed to be paid.'),
      least: 1,
    },
    {
      name: 'index',
      kind: 'decimal',
      label: both('平均缴费指数是多少？', 'What is your average contribution index?'),
      hint: both(
        '历年缴费工资和当地平均工资之比的平均数，在 0.6 至 3 之间；记录单或社保窗口可查。',
        'Average of your contribution wage over the local average wage, between 0.6 and 3; on your record.',
      ),
      most: 10,
    },
    {
      name: 'balance',
      kind: 'money',
      label: both('个人账户里有多少钱？', 'How much is in your personal account?'),
      hint: both('记录单上的“个人账户储存额”。', 'The account balance on your record.'),
      unit: both('元', 'yuan'),
    },
    {
      name: 'base',
      kind: 'money',
      label: both('退休那年当地的计发基数', 'Local pension base of that year'),
      hint: both(
        '省（市）人社厅每年公布一次。还没公布的年份，可以先用最近一年的估算。',
        'Announced by the province each year. For a year to come, take the newest one as an estimate.',
      ),
      unit: both('元／月', 'yuan a month'),
      published: 'pension.benefit-base',
    },
  ],
  calls: [
    {
      name: 'payout',
      isAside: true,
      rule: 'pension.payout-months',
      facts: (answers) => {
        const months = monthsOf(given(answers, 'age'))
        return { ageYears: Math.floor(months / 12), ageMonths: months % 12 }
      },
    },
    {
      name: 'benefit',
      rule: 'pension.monthly-benefit',
      facts: (answers, before) => ({
        benefitBase: given(answers, 'base'),
        averageIndex: given(answers, 'index'),
        totalMonths: monthsOf(given(answers, 'paid')),
        accountBalance: given(answers, 'balance'),
        payoutMonths: outputsOf(before, 'payout').payoutMonths ?? null,
      }),
    },
    {
      name: 'eligibility',
      isAside: true,
      rule: 'pension.eligibility',
      facts: (answers, _before, on) => ({
        thresholdYear: Number(on.slice(0, 4)),
        totalMonths: monthsOf(given(answers, 'paid')),
      }),
    },
  ],
  tell: (_answers, outcomes) => tell(outcomes),
  variations: [
    {
      label: both('如果多缴两年', 'Two more years of payment'),
      change: (answers) => ({ ...answers, paid: spanOf(monthsOf(given(answers, 'paid')) + 24) }),
    },
    {
      label: both('如果晚退休一年（缴费和账户不变）', 'A year later, all else equal'),
      change: (answers) => {
        const later = monthsOf(given(answers, 'age')) + 12
        return later > 840 ? null : { ...answers, age: spanOf(later) }
      },
    },
  ],
  changes: [
    both(
      '计发基数每年调整；退休时用的是退休那一年的。没公布时先预发，公布后重算，多退少补。',
      'The base changes every year; that of the year of retirement counts. Before it is announced a provisional amount is paid and settled later.',
    ),
    both(
      '1996 年以前参加工作的还有过渡性养老金，各省公式不同，这里没有算。',
      'Those who worked before 1996 also get a transitional part by provincial formula; it is not computed here.',
    ),
    both(
      '个人账户每年记利息，还会继续存入；这里用您填的储存额。',
      'The account earns interest and further deposits; the balance you gave is used.',
    ),
  ],
}

function tell(outcomes: Outcomes): Told {
  const { poolPension, accountPension, total } = outputsOf(outcomes, 'benefit')
  const { eligible, requiredMonths, shortfallMonths } = outputsOf(outcomes, 'eligibility')
  const { payoutMonths } = outputsOf(outcomes, 'payout')
  const amount = money(total)
  const [required, short] = [span(requiredMonths), span(shortfallMonths)]
  return {
    headline: both(`每月大约 ${amount.zh}。`, `About ${amount.en} a month.`),
    short: both(`每月 ${amount.zh}`, `${amount.en} a month`),
    rows: [
      { label: both('基础养老金', 'Pooled part'), value: money(poolPension) },
      { label: both('个人账户养老金', 'Account part'), value: money(accountPension) },
      {
        label: both('个人账户按多少个月发', 'Account paid over'),
        value: both(`${String(payoutMonths)} 个月`, `${String(payoutMonths)} months`),
      },
    ],
    notes:
      eligible === true
        ? []
        : [
            both(
              `按月领取要缴满 ${required.zh}，还差 ${short.zh}；可以继续缴，或一次性缴费。`,
              `A monthly pension takes ${required.en}; ${short.en} are missing. You may go on paying or pay at once.`,
            ),
          ],
    ...(eligible === true ? {} : { isNo: true }),
  }
}
