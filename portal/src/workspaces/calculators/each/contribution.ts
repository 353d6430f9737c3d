/* 月缴费分摊. */
import type { JsonObject } from '@renshe/crypto'
import type { Answers, Calculator, Call, Outcomes, Told } from '../calculator.ts'
import { given } from '../read-answers.ts'
import { both, money, outputsOf, sumOf } from '../say-values.ts'

/** Schemes of an employed person: the code, its name, whether the worker pays a part. */
const SCHEMES = [
  ['110', '养老保险', 'Pension', 'pension'],
  ['310', '医疗保险', 'Medical', 'medical'],
  ['210', '失业保险', 'Unemployment', 'unemployment'],
  ['410', '工伤保险', 'Work injury', 'injury'],
] as const

const isEmployed = ({ payer }: Answers): boolean => payer === 'EMPLOYED'

/** Who pays how much of social insurance a month. */
export const contribution: Calculator = {
  id: 'contribution',
  title: both('月缴费分摊', 'Monthly contributions'),
  question: both(
    '每月社保，我缴多少、单位缴多少？',
    'Social insurance: who pays how much a month?',
  ),
  about: both(
    '先定缴费基数（有上下限），再按各险种费率分给单位和个人。',
    'First the base with its floor and ceiling, then the rates of each scheme for employer and worker.',
  ),
  questions: [
    {
      name: 'payer',
      kind: 'choice',
      label: both('您怎样参保？', 'How are you insured?'),
      choices: [
        { value: 'EMPLOYED', label: both('有单位，单位代缴', 'Employed') },
        { value: 'FLEXIBLE', label: both('灵活就业，自己缴', 'Flexible worker') },
      ],
    },
    {
      name: 'wage',
      kind: 'money',
      label: both('每月工资（或选定的基数）', 'Monthly wage (or chosen base)'),
      hint: both(
        '上年度月平均工资，新参保的用首月工资。',
        'Average of last year; first wage if new.',
      ),
      unit: both('元／月', 'yuan a month'),
    },
    {
      name: 'local',
      kind: 'money',
      label: both('当地全口径月平均工资', 'Local average monthly wage'),
      hint: both('省里每年公布缴费基数上下限时一起公布。', 'Announced by the province each year.'),
      unit: both('元／月', 'yuan a month'),
      published: 'contribution.average-wage',
    },
    {
      name: 'class',
      kind: 'choice',
      label: both('单位属于工伤保险几类行业？', 'Risk class of the employer'),
      hint: both(
        '一类风险最低，八类最高；单位的缴费通知上有。',
        'Class 1 is lowest; see the notice.',
      ),
      initial: '1',
      isAsked: isEmployed,
      choices: ['一', '二', '三', '四', '五', '六', '七', '八'].map((numeral, at) => ({
        value: String(at + 1),
        label: both(`${numeral}类`, `Class ${at + 1}`),
      })),
    },
  ],
  calls: [
    {
      name: 'base',
      rule: 'contribution.base',
      facts: (answers) => ({
        wage: given(answers, 'wage'),
        localAverageWage: given(answers, 'local'),
      }),
    },
    ...SCHEMES.map(
      ([code, zh, en, name]): Call => ({
        name,
        title: both(zh, en),
        rule: 'contribution.amounts',
        isAside: code !== '110',
        facts: (answers, before) => schemeFacts(code, answers, before),
      }),
    ),
  ],
  tell: (answers, outcomes) => (isEmployed(answers) ? tellEmployed(outcomes) : tellOwn(outcomes)),
  variations: [
    {
      label: both('如果按最低基数（平均工资的 60%）', 'At the lowest base'),
      change: (answers) => ({ ...answers, wage: '0' }),
    },
  ],
  changes: [
    both(
      '医疗费率由统筹地区定，这里用全国指导费率；生育保险已并入医疗保险。',
      'Medical rates are local: the national guide rates are used; maternity is part of it.',
    ),
    both(
      '失业保险费率阶段性降低是否延续，要看当年通知；工伤费率还按单位浮动。',
      'Whether the reduced unemployment rate goes on, and the float of work injury, are in yearly notices.',
    ),
    both('缴费基数每年调整一次。', 'The base is set anew each year.'),
  ],
}

function schemeFacts(code: string, answers: Answers, before: Outcomes): JsonObject | null {
  if (!isEmployed(answers) && code !== '110') return null
  return {
    scheme: code,
    payer: given(answers, 'payer'),
    contributionBase: outputsOf(before, 'base').contributionBase ?? null,
    ...(code === '410' ? { industryClass: Number(given(answers, 'class')) } : {}),
  }
}

const BOUNDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  FLOOR: ['工资低于下限，按下限缴。', 'The wage is below the floor: the floor counts.'],
  CEILING: ['工资高于上限，按上限缴。', 'The wage is above the ceiling: the ceiling counts.'],
}

function baseNotes(outcomes: Outcomes) {
  const found = BOUNDS[String(outputsOf(outcomes, 'base').bound)]
  return found === undefined ? [] : [both(...found)]
}

function baseRow(outcomes: Outcomes) {
  const { contributionBase } = outputsOf(outcomes, 'base')
  return { label: both('缴费基数', 'Contribution base'), value: money(contributionBase) }
}

function tellEmployed(outcomes: Outcomes): Told {
  const parts = SCHEMES.map(([, zh, en, name]) => ({
    label: both(zh, en),
    ...outputsOf(outcomes, name),
  })) as unknown as {
    label: { zh: string; en: string }
    employeeAmount: string
    employerAmount: string
  }[]
  const own = money(sumOf(parts.map(({ employeeAmount }) => employeeAmount)))
  const employer = money(sumOf(parts.map(({ employerAmount }) => employerAmount)))
  return {
    headline: both(
      `每月您缴 ${own.zh}，单位缴 ${employer.zh}。`,
      `Each month you pay ${own.en}, the employer ${employer.en}.`,
    ),
    short: both(`您 ${own.zh}，单位 ${employer.zh}`, `you ${own.en}, employer ${employer.en}`),
    rows: [
      baseRow(outcomes),
      ...parts.map(({ label, employeeAmount, employerAmount }) => {
        const [mine, theirs] = [money(employeeAmount), money(employerAmount)]
        return {
          label,
          value: both(
            `您 ${mine.zh} · 单位 ${theirs.zh}`,
            `you ${mine.en} · employer ${theirs.en}`,
          ),
        }
      }),
    ],
    notes: baseNotes(outcomes),
  }
}

function tellOwn(outcomes: Outcomes): Told {
  const { individualAmount, intoAccountAmount } = outputsOf(outcomes, 'pension')
  const amount = money(individualAmount)
  return {
    headline: both(`每月养老保险您缴 ${amount.zh}。`, `You pay ${amount.en} a month for pension.`),
    short: amount,
    rows: [
      baseRow(outcomes),
      { label: both('其中进个人账户', 'Into your account'), value: money(intoAccountAmount) },
    ],
    notes: [
      ...baseNotes(outcomes),
      both(
        '灵活就业的医疗保险由当地定，这里没有算。',
        'Medical insurance of flexible workers is local and not computed here.',
      ),
    ],
  }
}
