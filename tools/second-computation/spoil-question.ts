/** Spoils questions, so that both hands must refuse them for the same reason. */
import type { Chance } from './chance.ts'

/** One line of a batch. */
export interface Question {
  readonly id: string
  readonly on: string
  readonly region?: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** A question with one thing wrong: a fact dropped, renamed, of another form or out of its bounds. */
export function spoilt(question: Question, chance: Chance): Question {
  const { facts } = question
  const name = chance.pick(Object.keys(facts).length > 0 ? Object.keys(facts) : ['none'])
  const { [name]: dropped, ...others } = facts
  switch (chance.between(1, 8)) {
    case 1:
      return { ...question, facts: others }
    case 2:
      return { ...question, facts: { ...facts, [name]: null } }
    case 3:
      return { ...question, facts: { ...others, [`${name}s`]: dropped } }
    case 4:
      return {
        ...question,
        on: chance.pick(['1949-10-01', '2004-01-01', '2201-01-01', '2026-02-29']),
      }
    case 5:
      return { ...question, region: chance.pick(['000000', '110000', '990000', '5100', '51010４']) }
    default:
      return { ...question, facts: { ...facts, [name]: chance.pick(oddValues) } }
  }
}

/** Values that are wrong for most facts, and right for some. */
const oddValues: readonly unknown[] = [
  true,
  0,
  1,
  -1,
  1.5,
  '',
  '1',
  '-1',
  '-0.01',
  '0.001',
  '0.000000000001',
  '0.0000000000001',
  '1e3',
  '+1',
  '1.',
  '.5',
  ' 1',
  '1\n',
  '１',
  '007',
  '1,000.00',
  'MALE',
  'male',
  '2025-02-30',
  '2025-02-28',
  '2025-00',
  '2025-13',
  '2025-1',
  '1899-12',
  '1900-01',
  '2201-01',
  '1899-12-31',
  '2201-01-01',
  [],
  [1],
  [{}],
  [{ tenureMonths: 1 }],
  [{ tenureMonths: -1, ratio: '0.5' }],
  [{ tenureMonths: 0, ratio: '1.01' }],
  [{ tenureMonths: 0, ratio: 1 }],
  [{ tenureMonths: 0, ratio: '1', from: 2 }],
  {},
]
