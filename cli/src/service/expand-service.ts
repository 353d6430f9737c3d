import type {
  Clock,
  Outcome,
  SectionDefinition,
  ServiceDefinition,
  StepDefinition,
  Wait,
} from '@renshe/contracts'
import { account, effect } from './expand-effects.ts'
import {
  checks,
  compact,
  computes,
  count,
  duration,
  feelTexts,
  fields,
  flag,
  oneOrMany,
  texts,
} from './expand-values.ts'
import type { Located } from './located-yaml.ts'
import type { SourceMap } from './source-map.ts'

/** Members of the root files that make the service itself. */
export const serviceMembers = [
  'parties',
  'references',
  'opens',
  'sections',
  'determinations',
  'steps',
  'withdrawal',
  'retention',
] as const

/** The service of a package from the members of its root files; null if it has no steps (a library). */
export function expandService(
  root: ReadonlyMap<string, Located>,
  map: SourceMap,
): ServiceDefinition | null {
  const steps = root.get('steps')
  const opens = root.get('opens')
  const retention = root.get('retention')
  if (steps === undefined) return null
  if (opens === undefined)
    return steps.fail('OPENS_MISSING', 'opens: who may open a case, with what', 'nothing')
  if (retention === undefined)
    return steps.fail('RETENTION_MISSING', 'retention: {keep: 15 years, clause: …}', 'nothing')
  const kept = retention.fields(['keep', 'clause'])
  const withdrawal = root.get('withdrawal')
  const service = compact({
    parties: eachMember(root.get('parties'), map, party),
    references: eachMember(root.get('references'), map, reference),
    opens: opening(opens, map),
    sections: eachMember(root.get('sections'), map, section),
    determinations: eachMember(root.get('determinations'), map, determination),
    steps: eachMember(steps, map, step),
    withdrawal: withdrawal === undefined ? undefined : withdrawn(withdrawal, map),
    retention: map.note(
      {
        ...duration(kept.get('keep') ?? retention),
        clause: kept.get('clause')?.text() ?? '',
      },
      retention,
    ),
  }) as ServiceDefinition
  map.noteMembers(service, root, steps.place)
  return service
}

function eachMember<Made extends object>(
  value: Located | undefined,
  map: SourceMap,
  make: (one: Located, map: SourceMap) => Made,
): Record<string, Made> {
  if (value === undefined) return {}
  return map.note(
    Object.fromEntries(value.members().map(([name, one]) => [name, map.note(make(one, map), one)])),
    value,
  )
}

function party(value: Located) {
  if (value.kind === 'text') return { from: value.text('FEEL') }
  const members = value.fields(['from', 'many'])
  return compact({
    from: members.get('from')?.text('FEEL') ?? value.fail('FROM_MISSING', 'from: FEEL', 'nothing'),
    many: flag(members.get('many')),
  }) as { from: string; many?: boolean }
}

function reference(value: Located) {
  const members = value.fields(['register', 'key', 'optional'])
  const need = (name: string) =>
    members.get(name)?.text() ?? value.fail('MEMBER_MISSING', `${name}: …`, 'nothing')
  return compact({
    register: need('register'),
    key: need('key'),
    optional: flag(members.get('optional')),
  }) as { register: string; key: string; optional?: boolean }
}

function opening(value: Located, map: SourceMap): ServiceDefinition['opens'] {
  const members = value.fields(['by', 'role', 'fields', 'compute', 'checks', 'unique', 'then'])
  return map.note(
    compact({
      by: members.get('by')?.text() ?? value.fail('BY_MISSING', 'by: a party', 'nothing'),
      role: members.get('role')?.text(),
      fields: fields(members.get('fields'), map),
      compute: computes(members.get('compute'), map),
      checks: checks(members.get('checks'), map),
      unique: members.get('unique')?.text('FEEL'),
      then: texts(members.get('then')),
    }),
    value,
  ) as ServiceDefinition['opens']
}

function section(value: Located, map: SourceMap): SectionDefinition {
  const members = value.fields([
    'level',
    'owner',
    'readers',
    'fields',
    'rows',
    'totals',
    'leastRows',
    'sharing',
    'use',
    'purpose',
    'clause',
  ])
  const totals = members.get('totals')
  return compact({
    level: (count(members.get('level')) ?? 2) as 2 | 3 | 4,
    owner: members.get('owner')?.text() ?? value.fail('OWNER_MISSING', 'owner: a party', 'nothing'),
    readers: texts(members.get('readers')),
    fields: members.has('fields') ? fields(members.get('fields'), map) : undefined,
    rows: members.get('rows')?.text(),
    totals:
      totals === undefined
        ? undefined
        : Object.fromEntries(totals.members().map(([name, one]) => [name, total(one)])),
    leastRows: count(members.get('leastRows')),
    sharing: members.get('sharing')?.text() ?? 'CONDITIONAL',
    use: members.get('use')?.text() ?? 'VIEW',
    purpose:
      members.get('purpose')?.text() ?? value.fail('PURPOSE_MISSING', 'purpose: a code', 'nothing'),
    clause: members.get('clause')?.text(),
  }) as SectionDefinition
}

function total(value: Located) {
  const members = value.fields(['sum', 'type', 'places'])
  return compact({
    sum: members.get('sum')?.text() ?? '',
    type: members.get('type')?.text() ?? 'money',
    places: count(members.get('places')),
  })
}

function determination(value: Located, map: SourceMap) {
  const members = value.fields([
    'of',
    'members',
    'with',
    'each',
    'rowChecks',
    'outputs',
    'subledger',
  ])
  const ledger = members.get('subledger')
  return compact({
    of: members.get('of')?.text() ?? value.fail('OF_MISSING', 'of: a section with rows', 'nothing'),
    members: texts(members.get('members')),
    with: computes(members.get('with'), map),
    each: computes(members.get('each'), map),
    rowChecks: checks<'column'>(members.get('rowChecks'), map),
    outputs: computes(members.get('outputs'), map),
    subledger: ledger === undefined ? undefined : subledger(ledger, map),
  }) as ServiceDefinition['determinations'][string]
}

function subledger(value: Located, map: SourceMap) {
  const members = value.fields(['book', 'accounts', 'lines'])
  const accounts = members.get('accounts')?.fields(['register', 'join'])
  return map.note(
    {
      book:
        members.get('book')?.text('FEEL') ?? value.fail('BOOK_MISSING', 'book: FEEL', 'nothing'),
      accounts: {
        register: accounts?.get('register')?.text() ?? '',
        join: accounts?.get('join')?.text() ?? '',
      },
      lines: oneOrMany(members.get('lines')).map((line) => {
        const of = line.fields(['part', 'if', 'chart', 'cost', 'taxedCost', 'units', 'residue'])
        const text = (name: string) => of.get(name)?.text('FEEL')
        return map.note(
          compact({
            part: text('part') ?? '',
            if: text('if'),
            chart: account(of.get('chart')),
            cost: text('cost') ?? '0',
            taxedCost: text('taxedCost') ?? '0',
            units: text('units') ?? '0',
            residue: text('residue') ?? '0',
          }),
          line,
        )
      }),
    },
    value,
  )
}

const outcomeMembers = ['when', 'checks', 'compute', 'effects', 'then', 'ends', 'sections']

function step(value: Located, map: SourceMap): StepDefinition {
  const members = value.fields([
    'holder',
    'each',
    'by',
    'signatures',
    'form',
    'determine',
    'wait',
    'compute',
    'checks',
    'outcomes',
    'effects',
    'then',
    'ends',
    'clock',
    'clocks',
    'join',
  ])
  const clock = members.get('clock')
  const joint = members.get('signatures')?.fields(['of', 'need'])
  const join = members.get('join')
  return compact({
    holder:
      members.get('holder')?.text() ?? value.fail('HOLDER_MISSING', 'holder: a party', 'nothing'),
    each: flag(members.get('each')),
    by: signerRule(members.get('by')),
    signatures:
      joint === undefined
        ? undefined
        : {
            of: texts(joint.get('of')),
            need: count(joint.get('need')) ?? texts(joint.get('of')).length,
          },
    form: form(members.get('form'), map),
    determine: members.get('determine')?.text(),
    wait: wait(members.get('wait')),
    compute: computes(members.get('compute'), map),
    checks: checks(members.get('checks'), map),
    outcomes: outcomes(members, value, map),
    clocks:
      clock === undefined
        ? eachMember(members.get('clocks'), map, clockOf)
        : { clock: map.note(clockOf(clock), clock) },
    join: join === undefined ? undefined : joinOf(join),
  }) as StepDefinition
}

function outcomes(
  members: ReadonlyMap<string, Located>,
  value: Located,
  map: SourceMap,
): Record<string, Outcome> {
  const many = members.get('outcomes')
  const own = ['effects', 'then', 'ends'].filter((name) => members.has(name))
  if (many === undefined)
    return {
      done: map.note(
        outcome(new Map(own.map((name) => [name, members.get(name) as Located])), map),
        value,
      ),
    }
  if (own.length > 0)
    value.fail('TWO_WAYS_ON', `${own[0]} inside each outcome`, `${own[0]} beside outcomes`)
  return eachMember(many, map, (one) => outcome(one.fields(outcomeMembers), map))
}

function outcome(members: ReadonlyMap<string, Located>, map: SourceMap): Outcome {
  return compact({
    when: members.get('when')?.text('FEEL'),
    checks: checks(members.get('checks'), map),
    compute: computes(members.get('compute'), map),
    effects: oneOrMany(members.get('effects')).map((one) => map.note(effect(one, map), one)),
    then: texts(members.get('then')),
    ends: members.get('ends')?.text(),
    sections: texts(members.get('sections')),
  }) as Outcome
}

function signerRule(value: Located | undefined) {
  const members = value?.fields(['role', 'unit', 'notSignerOf'])
  if (members === undefined) return undefined
  return compact({
    role: members.get('role')?.text(),
    unit: members.get('unit')?.text(),
    notSignerOf: members.has('notSignerOf') ? texts(members.get('notSignerOf')) : undefined,
  })
}

function form(value: Located | undefined, map: SourceMap) {
  const members = value?.fields(['fields', 'batch', 'sections'])
  if (value === undefined || members === undefined) return undefined
  return map.note(
    compact({
      fields: fields(members.get('fields'), map),
      batch: members.get('batch')?.text(),
      sections: texts(members.get('sections')),
    }),
    value,
  )
}

function joinOf(value: Located) {
  if (value.kind !== 'map') return { of: texts(value) }
  const members = value.fields(['of', 'need'])
  return compact({ of: texts(members.get('of')), need: count(members.get('need')) })
}

function wait(value: Located | undefined): Wait | undefined {
  if (value === undefined) return undefined
  value.fields(['payment', 'settlement', 'register', 'key', 'when', 'case', 'until'])
  return feelTexts(value) as unknown as Wait
}

function clockOf(value: Located): Clock {
  const members = value.fields(['within', 'lasts', 'from', 'promised', 'starts', 'clause', 'lapse'])
  const kind =
    (['within', 'lasts', 'from'] as const).find((one) => members.has(one)) ??
    value.fail('CLOCK_KIND', 'within, lasts or from: a period', 'none of them')
  const promised = members.get('promised')
  const lapse = members.get('lapse')?.fields(['outcome', 'alert', 'to'])
  return compact({
    kind,
    limit: duration(members.get(kind) as Located),
    promised: promised === undefined ? undefined : duration(promised),
    starts: members.get('starts')?.text('FEEL'),
    clause:
      members.get('clause')?.text() ??
      value.fail('CLAUSE_MISSING', 'clause: which law sets this limit', 'nothing'),
    lapse:
      lapse === undefined
        ? undefined
        : lapse.has('outcome')
          ? { outcome: lapse.get('outcome')?.text() }
          : { alert: lapse.get('alert')?.text() ?? '', to: texts(lapse.get('to')) },
  }) as Clock
}

function withdrawn(value: Located, map: SourceMap): ServiceDefinition['withdrawal'] {
  const members = value.fields(['by', 'while', 'effects'])
  return map.note(
    {
      by: members.get('by')?.text() ?? '',
      while: texts(members.get('while')),
      effects: oneOrMany(members.get('effects')).map((one) => map.note(effect(one, map), one)),
    },
    value,
  )
}
