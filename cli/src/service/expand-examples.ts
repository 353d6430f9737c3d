import type {
  CaseExample,
  ExampleAct,
  Field,
  PackageDocument,
  RowDefinition,
  RuleExample,
} from '@renshe/contracts'
import type { Json } from '@renshe/crypto'
import type { RuleDocument } from '@renshe/rules'
import { bilingual, compact, texts } from './expand-values.ts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'
import { fieldValue, looseFact, looseValue, typedValue } from './typed-values.ts'

/** What an example needs to know of a package. */
export type PackageTypes = Pick<
  PackageDocument,
  'name' | 'rules' | 'rows' | 'registers' | 'service'
>

/** What the texts of an example mean: the package itself and the libraries it uses. */
export interface ExampleTypes {
  readonly own: PackageTypes
  readonly others: readonly PackageTypes[]
}

/** Worked examples of rules: `- {rule, name, source, arithmetic?, on, region?, facts, outputs | refused}`. */
export function expandRuleExamples(
  file: Located,
  types: ExampleTypes,
  map: SourceMap,
): RuleExample[] {
  const rules = [types.own, ...types.others].flatMap((one) => one.rules)
  return file.list('a list of examples').map((value) => {
    const members = value.fields([
      'rule',
      'name',
      'source',
      'arithmetic',
      'on',
      'region',
      'facts',
      'outputs',
      'refused',
    ])
    const id = members.get('rule')?.text() ?? value.fail('RULE_MISSING', 'rule: id', 'nothing')
    const rule =
      rules.find((one) => one.id === id) ?? value.fail('RULE_UNKNOWN', 'the id of a rule', id)
    return map.note(
      compact({
        rule: id,
        name:
          members.get('name')?.text() ??
          value.fail('NAME_MISSING', 'name: what this example shows', 'nothing'),
        source: (members.get('source')?.text() ??
          value.fail(
            'SOURCE_MISSING',
            'source: law, notice or hand',
            'nothing',
          )) as RuleExample['source'],
        arithmetic: members.get('arithmetic')?.text(),
        on:
          members.get('on')?.text() ??
          value.fail('DAY_MISSING', 'on: the day whose law applies', 'nothing'),
        region: members.get('region')?.text() ?? '000000',
        facts: byName(members.get('facts'), rule.facts),
        outputs: members.has('outputs') ? byName(members.get('outputs'), rule.outputs) : undefined,
        refused: members.get('refused')?.text(),
      }),
      value,
    ) as RuleExample
  })
}

function byName(value: Located | undefined, schemas: RuleDocument['facts']): Record<string, Json> {
  return Object.fromEntries(
    (value?.members() ?? []).map(([name, one]) => {
      const schema = schemas.find((known) => known.name === name)
      return [name, schema === undefined ? looseValue(one) : typedValue(one, schema)]
    }),
  )
}

/** An example as written: it may go on from an act of another one. */
interface Draft {
  readonly value: Located
  readonly members: Map<string, Located>
}

/**
 * Whole cases: name → `{title, at, world, acts}`. With `begin: {example, until}` an example takes over the world and
 * the acts of another one up to and including the act that is marked `mark: <until>`.
 */
export function expandCaseExamples(
  files: readonly Located[],
  types: ExampleTypes,
  map: SourceMap,
): CaseExample[] {
  const drafts = new Map<string, Draft>()
  for (const file of files) {
    for (const [name, value] of file.members('examples by name')) {
      drafts.set(name, { value, members: value.fields(['title', 'at', 'world', 'acts', 'begin']) })
    }
  }
  return [...drafts].map(([name, draft]) => {
    const { at, world, acts } = unfolded(draft, drafts, [name])
    const title = bilingual(draft.members.get('title'), draft.value)
    const readActs = acts.map((act) => map.note(exampleAct(act, types), act))
    return map.note(
      {
        name,
        title,
        at: at?.text() ?? '',
        world: exampleWorld(world, types, draft.value),
        acts: readActs,
      },
      draft.value,
    )
  })
}

function unfolded(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  seen: readonly string[],
): { at: Located | undefined; world: Located | undefined; acts: Located[] } {
  const own = draft.members.get('acts')?.list('a list of acts') ?? []
  const begin = draft.members.get('begin')?.fields(['example', 'until'])
  if (begin === undefined)
    return { at: draft.members.get('at'), world: draft.members.get('world'), acts: own }
  const from = begin.get('example')?.text() ?? ''
  const other = drafts.get(from)
  if (other === undefined || seen.includes(from))
    return draft.value.fail('EXAMPLE_UNKNOWN', 'begin: {example: another example}', from)
  const base = unfolded(other, drafts, [...seen, from])
  const until = begin.get('until')?.text()
  const last = base.acts.findIndex((act) =>
    act.members().some(([name, one]) => name === 'mark' && one.text() === until),
  )
  if (last < 0) return draft.value.fail('MARK_UNKNOWN', `an act of ${from} with a mark`, until)
  return {
    at: draft.members.get('at') ?? base.at,
    world: draft.members.get('world') ?? base.world,
    acts: [...base.acts.slice(0, last + 1), ...own],
  }
}

function exampleWorld(
  value: Located | undefined,
  types: ExampleTypes,
  owner: Located,
): CaseExample['world'] {
  const members =
    value?.fields(['members', 'entries', 'packages']) ??
    owner.fail('WORLD_MISSING', 'world: {members, entries, packages}', 'nothing')
  return {
    members: Object.fromEntries(
      (members.get('members')?.members() ?? []).map(([name, roles]) => [name, texts(roles)]),
    ),
    entries: (members.get('entries')?.list() ?? []).map((entry) => {
      const of = entry.fields(['register', 'key', 'owner', 'fields'])
      const register = of.get('register')?.text() ?? ''
      return {
        register,
        key: of.get('key')?.text() ?? '',
        owner: of.get('owner')?.text() ?? '',
        fields: registerFields(of.get('fields'), register, types),
      }
    }),
    packages: texts(members.get('packages')),
  }
}

function registerFields(
  value: Located | undefined,
  register: string,
  types: ExampleTypes,
): Record<string, Json> {
  const definition = [types.own, ...types.others]
    .map((one) => one.registers[register])
    .find((one) => one !== undefined)
  return typedBy(value, definition?.fields ?? {})
}

function typedBy(
  value: Located | undefined,
  known: Readonly<Record<string, Field>>,
): Record<string, Json> {
  return Object.fromEntries(
    (value?.members() ?? []).map(([name, one]) => [name, fieldValue(one, known[name])]),
  )
}

const actMembers = [
  'mark',
  'by',
  'do',
  'officer',
  'case',
  'service',
  'step',
  'at',
  'outcome',
  'fields',
  'rows',
  'sections',
  'falsify',
  'arrived',
  'settled',
  'expect',
]

function exampleAct(value: Located, types: ExampleTypes): ExampleAct {
  const members = value.fields(actMembers)
  const service = serviceOf(members.get('service')?.text(), types)
  const stepName = members.get('step')?.text()
  const form = stepName === undefined ? undefined : service?.steps[stepName]?.form
  const known =
    members.get('do')?.text() === 'open' ? (service?.opens.fields ?? {}) : (form?.fields ?? {})
  const text = (name: string) => members.get(name)?.text()
  const given = members.get('fields')
  return compact({
    by: text('by') ?? value.fail('BY_MISSING', 'by: a member of the world', 'nothing'),
    do:
      text('do') ??
      value.fail(
        'DO_MISSING',
        'do: open, act, determine, arrive, settle, resume, lapse or withdraw',
        'nothing',
      ),
    officer: text('officer'),
    case: text('case'),
    service: text('service'),
    step: stepName,
    at: text('at'),
    outcome: text('outcome'),
    fields: given === undefined ? undefined : typedBy(given, known),
    rows: members.has('rows')
      ? members
          .get('rows')
          ?.list()
          .map((row) => typedBy(row, rowColumns(form?.batch, service, types)))
      : undefined,
    sections: members.has('sections')
      ? Object.fromEntries(
          (members.get('sections')?.members() ?? []).map(([name, one]) => [
            name,
            typedBy(one, service?.sections[name]?.fields ?? {}),
          ]),
        )
      : undefined,
    falsify: members.has('falsify') ? looseValue(members.get('falsify') as Located) : undefined,
    arrived: members.has('arrived') ? looseText(members.get('arrived') as Located) : undefined,
    settled: members.has('settled') ? looseText(members.get('settled') as Located) : undefined,
    expect: members.has('expect')
      ? expectation(members.get('expect') as Located, types)
      : undefined,
  }) as unknown as ExampleAct
}

function serviceOf(name: string | undefined, types: ExampleTypes) {
  if (name === undefined || name === types.own.name) return types.own.service
  return types.others.find((one) => one.name === name)?.service ?? null
}

function rowColumns(
  section: string | undefined,
  service: ReturnType<typeof serviceOf>,
  types: ExampleTypes,
): Readonly<Record<string, Field>> {
  const rows = section === undefined ? undefined : service?.sections[section]?.rows
  const all: Readonly<Record<string, RowDefinition>>[] = [
    types.own.rows,
    ...types.others.map((one) => one.rows),
  ]
  return (
    (rows === undefined ? undefined : all.map((one) => one[rows]).find((one) => one !== undefined))
      ?.columns ?? {}
  )
}

function looseText(value: Located): Record<string, string> {
  return Object.fromEntries(value.members().map(([name, one]) => [name, one.text()]))
}

function expectation(value: Located, types: ExampleTypes): ExampleAct['expect'] {
  const members = value.fields([
    'refused',
    'facts',
    'status',
    'open',
    'values',
    'balances',
    'entries',
    'alerts',
    'payments',
  ])
  const loose = (name: string) =>
    members.has(name) ? looseValue(members.get(name) as Located) : undefined
  return compact({
    refused: members.get('refused')?.text(),
    facts: members.has('facts') ? looseFact(members.get('facts') as Located) : undefined,
    status: members.get('status')?.text(),
    open: members.has('open') ? texts(members.get('open')) : undefined,
    values: loose('values'),
    balances: members.has('balances') ? looseText(members.get('balances') as Located) : undefined,
    entries: members
      .get('entries')
      ?.list()
      .map((entry) => {
        const of = entry.fields(['register', 'key', 'fields'])
        const register = of.get('register')?.text() ?? ''
        return {
          register,
          key: of.get('key')?.text() ?? '',
          fields: registerFields(of.get('fields'), register, types),
        }
      }),
    alerts: members.has('alerts') ? texts(members.get('alerts')) : undefined,
    payments: members.has('payments') ? looseText(members.get('payments') as Located) : undefined,
  }) as ExampleAct['expect']
}
