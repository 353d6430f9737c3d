import { Type } from 'typebox'
import { ClauseId, Code } from '../../vocabulary/schemas.ts'
import { Checks, Computes, Duration, Feel, Fields, Name, NamedMap, Names } from './shapes.ts'

const FeelFields = NamedMap(Feel, 'camel', 64)
const If = { if: Type.Optional(Feel) }
const Severity = Type.Union([Type.Literal('note'), Type.Literal('warning'), Type.Literal('grave')])

const PostLine = Type.Object({
  account: Feel,
  amount: Feel,
  each: Type.Optional(Feel),
  if: Type.Optional(Feel),
})
const PostLines = Type.Array(PostLine, { maxItems: 64 })

/** The closed list of effects; the first member says which one it is. */
export const Effects = Type.Array(
  Type.Union([
    Type.Object({
      record: Name,
      key: Feel,
      fields: FeelFields,
      sections: Type.Optional(Names),
      owner: Feel,
      ...If,
    }),
    Type.Object({
      amend: Name,
      key: Feel,
      fields: FeelFields,
      sections: Type.Optional(Names),
      ...If,
    }),
    Type.Object({ close: Name, key: Feel, ...If }),
    Type.Object({
      post: Name,
      book: Feel,
      debit: PostLines,
      credit: PostLines,
      subledger: Type.Optional(Name),
      ...If,
    }),
    Type.Object({
      pay: Name,
      by: Name,
      tellers: Type.Optional(Names),
      from: Feel,
      to: Feel,
      amount: Feel,
      ...If,
    }),
    Type.Object({ expect: Name, by: Name, account: Feel, amount: Feel, ...If }),
    Type.Object({ release: Name, ...If }),
    Type.Object({ grant: Name, to: Name, ...If }),
    Type.Object({ revokeGrant: Name, of: Name, ...If }),
    Type.Object({ suspendGrants: Name, owner: Name, ...If }),
    Type.Object({ liftGrants: Name, owner: Name, ...If }),
    Type.Object({ handOver: Name, from: Feel, to: Feel, ...If }),
    Type.Object({ rebind: Name, reference: Name, from: Feel, to: Feel, ...If }),
    Type.Object({ open: Name, by: Type.Optional(Name), as: Name, fields: FeelFields, ...If }),
    Type.Object({ notice: Name, to: Names, lasts: Type.Optional(Duration), ...If }),
    Type.Object({ alert: Name, to: Names, severity: Severity, ...If }),
  ]),
  { maxItems: 64, description: 'effects of the closed list' },
)

const Outcome = Type.Object({
  when: Type.Optional(Feel),
  checks: Checks,
  compute: Computes,
  effects: Effects,
  then: Names,
  ends: Type.Optional(Code),
  sections: Names,
})

const Clock = Type.Object({
  kind: Type.Union([Type.Literal('within'), Type.Literal('lasts'), Type.Literal('from')]),
  limit: Duration,
  promised: Type.Optional(Duration),
  starts: Type.Optional(Feel),
  clause: ClauseId,
  lapse: Type.Optional(
    Type.Union([Type.Object({ outcome: Name }), Type.Object({ alert: Name, to: Names })]),
  ),
})

const Wait = Type.Union([
  Type.Object({ payment: Name }),
  Type.Object({ settlement: Name }),
  Type.Object({ register: Name, key: Feel, when: Type.Optional(Feel) }),
  Type.Object({ case: Name }),
  Type.Object({ until: Feel }),
])

/** What one party must or may do. */
export const Step = Type.Object({
  holder: Name,
  each: Type.Optional(Type.Boolean()),
  by: Type.Optional(
    Type.Object({
      role: Type.Optional(Name),
      unit: Type.Optional(Name),
      notSignerOf: Type.Optional(Names),
    }),
  ),
  signatures: Type.Optional(
    Type.Object({ of: Names, need: Type.Integer({ minimum: 1, maximum: 64 }) }),
  ),
  form: Type.Optional(Type.Object({ fields: Fields, batch: Type.Optional(Name), sections: Names })),
  determine: Type.Optional(Name),
  wait: Type.Optional(Wait),
  compute: Computes,
  checks: Checks,
  outcomes: NamedMap(Outcome, 'kebab', 32),
  clocks: NamedMap(Clock, 'kebab', 16),
  join: Type.Optional(
    Type.Object({ of: Names, need: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })) }),
  ),
})

/** An alert of a package. */
export const Alert = Type.Object({
  on: Name,
  when: Feel,
  severity: Severity,
  to: Names,
  clause: Type.Optional(ClauseId),
})
