import { Type } from 'typebox'
import { isCivilDate } from '../../vocabulary/civil-date.ts'
import { CivilDate, DottedName, MapOf, MemberRole } from '../../vocabulary/schemas.ts'
import { isDigitCode } from '../../vocabulary/spelling.ts'
import { Bilingual, Name, Names, textThat } from './shapes.ts'

const Anything = Type.Unsafe<unknown>({ description: 'a JSON value' })
const Values = MapOf(Anything, 1_024)

/** A worked example of a rule: facts, and either outputs or the refusal. */
export const RuleExample = Type.Object({
  rule: DottedName,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  source: Type.Union([Type.Literal('law'), Type.Literal('notice'), Type.Literal('hand')]),
  arithmetic: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
  on: CivilDate,
  region: Type.String({ minLength: 1, maxLength: 32 }),
  facts: Values,
  outputs: Type.Optional(Values),
  refused: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
})

const Moment = textThat('a time YYYY-MM-DDThh:mm', isMoment)

function isMoment(text: string): boolean {
  if (text.length !== 16 || text[10] !== 'T' || text[13] !== ':') return false
  if (!isCivilDate(text.slice(0, 10))) return false
  for (const at of [11, 12, 14, 15]) if (!isDigitCode(text.charCodeAt(at))) return false
  return Number(text.slice(11, 13)) < 24 && Number(text.slice(14, 16)) < 60
}

const Texts = MapOf(Type.String({ maxLength: 64 }), 256)
const Entries = Type.Array(Type.Object({ register: Name, key: Type.String(), fields: Values }), {
  maxItems: 256,
})

const Expectation = Type.Object({
  refused: Type.Optional(Type.String({ maxLength: 64 })),
  facts: Type.Optional(Values),
  status: Type.Optional(Type.String({ maxLength: 64 })),
  open: Type.Optional(Names),
  values: Type.Optional(Values),
  balances: Type.Optional(Texts),
  entries: Type.Optional(Entries),
  alerts: Type.Optional(Names),
  payments: Type.Optional(Texts),
})

const Act = Type.Object({
  by: Name,
  do: Type.Union(
    ['open', 'act', 'determine', 'arrive', 'settle', 'resume', 'lapse', 'withdraw'].map((verb) =>
      Type.Literal(verb),
    ),
  ),
  officer: Type.Optional(Name),
  case: Type.Optional(Name),
  service: Type.Optional(Name),
  step: Type.Optional(Name),
  at: Type.Optional(Moment),
  outcome: Type.Optional(Name),
  fields: Type.Optional(Values),
  rows: Type.Optional(Type.Array(Values, { maxItems: 1_000 })),
  sections: Type.Optional(MapOf(Values, 32)),
  falsify: Type.Optional(Values),
  arrived: Type.Optional(
    Type.Object({ amount: Type.String(), on: CivilDate, book: Type.Optional(Type.String()) }),
  ),
  settled: Type.Optional(
    Type.Object({
      state: Type.Union(['SETTLED', 'REJECTED', 'RETURNED'].map((state) => Type.Literal(state))),
      on: CivilDate,
      reason: Type.Optional(Type.String({ maxLength: 64 })),
    }),
  ),
  expect: Type.Optional(Expectation),
})

/** A whole case played step by step. */
export const CaseExample = Type.Object({
  name: Name,
  title: Bilingual,
  at: Moment,
  world: Type.Object({
    members: MapOf(Type.Array(MemberRole, { maxItems: 32 }), 64),
    entries: Type.Array(
      Type.Object({ register: Name, key: Type.String(), owner: Name, fields: Values }),
      { maxItems: 256 },
    ),
    packages: Names,
  }),
  acts: Type.Array(Act, { minItems: 1, maxItems: 500 }),
})
