import { Type } from 'typebox'
import {
  CivilDate,
  ClauseId,
  Code,
  KebabName,
  MapOf,
  MemberRole,
  Nullable,
} from '../../vocabulary/schemas.ts'
import { Alert, Effects, Step } from './effect-shapes.ts'
import { CaseExample, RuleExample } from './example-shapes.ts'
import { Rule } from './rule-shapes.ts'
import {
  Bilingual,
  Checks,
  Clause,
  Computes,
  Duration,
  Feel,
  Field,
  Fields,
  Name,
  NamedMap,
  Names,
  Parameter,
  RowChecks,
} from './shapes.ts'

const Row = Type.Object({
  columns: NamedMap(Field, 'camel', 64),
  unique: Type.Optional(Name),
  checks: RowChecks,
})

const Register = Type.Object({
  key: Type.Array(Name, { minItems: 1, maxItems: 8 }),
  fields: Fields,
  sections: Names,
  book: Type.Optional(
    Type.Object({
      chart: Name,
      unitPlaces: Feel,
      navPlaces: Feel,
      owner: Type.Optional(Feel),
      custodian: Type.Optional(Feel),
    }),
  ),
})

const AccountNo = Type.String({ minLength: 1, maxLength: 16 })
const AccountNos = Type.Array(AccountNo, { maxItems: 64 })
const Chart = Type.Object({
  accounts: Type.Array(
    Type.Object({
      no: AccountNo,
      name: Type.String({ minLength: 1, maxLength: 64 }),
      side: Type.Union([Type.Literal('debit'), Type.Literal('credit'), Type.Literal('either')]),
      measure: Type.Union([Type.Literal('fen'), Type.Literal('units')]),
      neverNegative: Type.Optional(Type.Boolean()),
    }),
    { minItems: 1, maxItems: 256 },
  ),
  equalities: Type.Array(Type.Object({ left: AccountNos, right: AccountNos }), { maxItems: 32 }),
  subledger: Type.Optional(Type.Object({ cost: AccountNos, units: AccountNo })),
  suspense: Type.Optional(Type.Object({ debit: AccountNo, credit: AccountNo })),
})

const Section = Type.Object({
  level: Type.Union([Type.Literal(2), Type.Literal(3), Type.Literal(4)]),
  owner: Name,
  readers: Names,
  fields: Type.Optional(Fields),
  rows: Type.Optional(Name),
  totals: Type.Optional(
    NamedMap(
      Type.Object({
        sum: Name,
        type: Type.Union([Type.Literal('money'), Type.Literal('decimal'), Type.Literal('integer')]),
        places: Type.Optional(Type.Integer({ minimum: 0, maximum: 18 })),
      }),
      'camel',
      32,
    ),
  ),
  leastRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  sharing: Type.Union([
    Type.Literal('UNCONDITIONAL'),
    Type.Literal('CONDITIONAL'),
    Type.Literal('NOT_SHARED'),
  ]),
  use: Type.Union([Type.Literal('VIEW'), Type.Literal('STORE')]),
  purpose: Code,
  clause: Type.Optional(ClauseId),
})

const SubledgerLine = Type.Object({
  part: Name,
  if: Type.Optional(Feel),
  chart: Feel,
  cost: Feel,
  taxedCost: Feel,
  units: Feel,
  residue: Feel,
})

const Determination = Type.Object({
  of: Name,
  members: Names,
  with: Computes,
  each: Computes,
  rowChecks: RowChecks,
  outputs: Computes,
  subledger: Type.Optional(
    Type.Object({
      book: Feel,
      accounts: Type.Object({ register: Name, join: Name }),
      lines: Type.Array(SubledgerLine, { minItems: 1, maxItems: 32 }),
    }),
  ),
})

const Service = Type.Object({
  parties: NamedMap(
    Type.Object({ from: Feel, many: Type.Optional(Type.Boolean()) }),
    'section',
    64,
  ),
  references: NamedMap(
    Type.Object({ register: Name, key: Feel, optional: Type.Optional(Type.Boolean()) }),
    'section',
    32,
  ),
  opens: Type.Object({
    by: Name,
    role: Type.Optional(Name),
    fields: Fields,
    compute: Computes,
    checks: Checks,
    unique: Type.Optional(Feel),
    then: Names,
  }),
  sections: NamedMap(Section, 'section', 64),
  determinations: NamedMap(Determination, 'kebab', 32),
  steps: NamedMap(Step, 'kebab', 256),
  withdrawal: Type.Optional(Type.Object({ by: Name, while: Names, effects: Effects })),
  retention: Type.Object({ ...Duration.properties, clause: ClauseId }),
})

const Texts = MapOf(Type.String({ minLength: 1, maxLength: 4_000 }), 4_096)

/** The canonical form of a package: shape and spelling; what names mean is checked afterwards. */
export const PackageShape = Type.Object({
  v: Type.Literal(1),
  kind: Type.Union([Type.Literal('service'), Type.Literal('library')]),
  name: KebabName,
  version: Type.String({ minLength: 1, maxLength: 32 }),
  title: Bilingual,
  responsible: MemberRole,
  effectiveFrom: CivilDate,
  uses: Type.Array(KebabName, { maxItems: 32 }),
  basis: Type.Array(ClauseId, { maxItems: 64 }),
  law: Type.Array(Clause, { maxItems: 1_000 }),
  parameters: Type.Array(Parameter, { maxItems: 10_000 }),
  rules: Type.Array(Rule, { maxItems: 500 }),
  rows: NamedMap(Row, 'kebab', 64),
  registers: NamedMap(Register, 'kebab', 64),
  charts: NamedMap(Chart, 'kebab', 16),
  alerts: NamedMap(Alert, 'kebab', 64),
  service: Nullable(Service),
  texts: Type.Object({ zh: Texts, en: Texts }),
  examples: Type.Object({
    rules: Type.Array(RuleExample, { maxItems: 2_000 }),
    cases: Type.Array(CaseExample, { maxItems: 200 }),
  }),
})
