/* Where a package holds FEEL: one walk, so that nothing is compiled that nothing checks. */
import type {
  Check,
  Compute,
  DeterminationDefinition,
  Effect,
  Field,
  Outcome,
  PackageDocument,
  PostLine,
  ServiceDefinition,
  StepDefinition,
  SubledgerLine,
} from './package-document.ts'

/** Which names a text may use. */
export type Place =
  /** Over the case, outside any step. */
  | { readonly kind: 'case' }
  /** Before a case exists: fields and values of its opening. */
  | { readonly kind: 'opening' }
  /** In a step, with the names that `extra` adds (`entry`, `item`, `index`). */
  | { readonly kind: 'step'; readonly step: string; readonly extra?: readonly string[] }
  /** Over one row of a batch. */
  | { readonly kind: 'row'; readonly row: string; readonly determination?: string }
  /** Over all rows of a determination. */
  | { readonly kind: 'rows'; readonly determination: string }
  /** Over an event's data. */
  | { readonly kind: 'event' }

/** One FEEL text of a package. */
export interface PlacedText {
  readonly text: string
  /** JSON pointer in the document. */
  readonly path: string
  readonly place: Place
  /** Names of this list that come before it: values are computed in order. */
  readonly before?: readonly string[]
}

type Visit = (text: PlacedText) => void

/** Visits every FEEL text of a package; rules bring their own compiler. */
export function visitExpressions(document: PackageDocument, visit: Visit): void {
  for (const [name, row] of Object.entries(document.rows)) {
    const path = `/rows/${name}`
    visitFields(row.columns, `${path}/columns`, { kind: 'row', row: name }, visit)
    visitChecks(row.checks, `${path}/checks`, { kind: 'row', row: name }, visit)
  }
  for (const [name, alert] of Object.entries(document.alerts)) {
    visit({ text: alert.when, path: `/alerts/${name}/when`, place: { kind: 'event' } })
  }
  for (const [name, register] of Object.entries(document.registers)) {
    const path = `/registers/${name}`
    visitFields(register.fields, `${path}/fields`, { kind: 'case' }, visit)
    if (register.book !== undefined) {
      for (const member of ['unitPlaces', 'navPlaces', 'owner', 'custodian'] as const) {
        const text = register.book[member]
        if (text === undefined) continue
        visit({ text, path: `${path}/book/${member}`, place: { kind: 'case' } })
      }
    }
  }
  if (document.service !== null) visitService(document.service, visit)
}

function visitService(service: ServiceDefinition, visit: Visit): void {
  const opening: Place = { kind: 'opening' }
  for (const [name, party] of Object.entries(service.parties)) {
    visit({ text: party.from, path: `/service/parties/${name}/from`, place: { kind: 'case' } })
  }
  for (const [name, reference] of Object.entries(service.references)) {
    visit({ text: reference.key, path: `/service/references/${name}/key`, place: opening })
  }
  const { opens } = service
  visitFields(opens.fields, '/service/opens/fields', opening, visit)
  visitComputes(opens.compute, '/service/opens/compute', opening, visit)
  visitChecks(opens.checks, '/service/opens/checks', opening, visit)
  if (opens.unique !== undefined) {
    visit({ text: opens.unique, path: '/service/opens/unique', place: opening })
  }
  for (const [name, determination] of Object.entries(service.determinations)) {
    visitDetermination(name, determination, service, visit)
  }
  for (const [name, step] of Object.entries(service.steps)) visitStep(name, step, visit)
  visitEffects(
    service.withdrawal?.effects ?? [],
    '/service/withdrawal/effects',
    { kind: 'case' },
    visit,
  )
}

function visitFields(
  fields: Readonly<Record<string, Field>>,
  path: string,
  place: Place,
  visit: Visit,
): void {
  for (const [name, field] of Object.entries(fields)) {
    if (field.suggest !== undefined) {
      visit({ text: field.suggest, path: `${path}/${name}/suggest`, place })
    }
    if (field.fields !== undefined)
      visitFields(field.fields, `${path}/${name}/fields`, place, visit)
  }
}

function visitComputes(
  computes: readonly Compute[],
  path: string,
  place: Place,
  visit: Visit,
  earlier: readonly string[] = [],
): void {
  computes.forEach((compute, index) => {
    const before = [...earlier, ...computes.slice(0, index).map(({ name }) => name)]
    if ('is' in compute) {
      visit({ text: compute.is, path: `${path}/${index}/is`, place, before })
    } else {
      for (const [fact, text] of Object.entries(compute.facts)) {
        visit({ text, path: `${path}/${index}/facts/${fact}`, place, before })
      }
    }
  })
}

function visitChecks(
  checks: readonly Check[],
  path: string,
  place: Place,
  visit: Visit,
  before: readonly string[] = [],
): void {
  checks.forEach((check, index) => {
    visit({ text: check.unless, path: `${path}/${index}/unless`, place, before })
    for (const [fact, text] of Object.entries(check.facts ?? {})) {
      visit({ text, path: `${path}/${index}/facts/${fact}`, place, before })
    }
  })
}

function visitDetermination(
  name: string,
  determination: DeterminationDefinition,
  service: ServiceDefinition,
  visit: Visit,
): void {
  const path = `/service/determinations/${name}`
  const row = service.sections[determination.of]?.rows ?? ''
  const over: Place = { kind: 'row', row, determination: name }
  visitComputes(determination.with, `${path}/with`, { kind: 'case' }, visit)
  visitComputes(determination.each, `${path}/each`, over, visit)
  const each = determination.each.map((compute) => compute.name)
  visitChecks(determination.rowChecks, `${path}/rowChecks`, over, visit, each)
  visitComputes(
    determination.outputs,
    `${path}/outputs`,
    { kind: 'rows', determination: name },
    visit,
  )
  const { subledger } = determination
  if (subledger === undefined) return
  visit({ text: subledger.book, path: `${path}/subledger/book`, place: { kind: 'case' } })
  subledger.lines.forEach((line, index) => {
    visitLine(line, `${path}/subledger/lines/${index}`, over, [...each, 'outcome'], visit)
  })
}

function visitLine(
  line: SubledgerLine,
  path: string,
  place: Place,
  before: readonly string[],
  visit: Visit,
): void {
  for (const [name, text] of Object.entries(line)) {
    if (text !== undefined && FEEL_OF_LINES.includes(name)) {
      visit({ text, path: `${path}/${name}`, place, before })
    }
  }
}

/** `part` names the part itself. */
const FEEL_OF_LINES = ['if', 'chart', 'cost', 'taxedCost', 'units', 'residue']

function visitStep(name: string, step: StepDefinition, visit: Visit): void {
  const path = `/service/steps/${name}`
  const place: Place = { kind: 'step', step: name }
  visitFields(step.form?.fields ?? {}, `${path}/form/fields`, place, visit)
  const { wait } = step
  if (wait !== undefined && 'register' in wait) {
    visit({ text: wait.key, path: `${path}/wait/key`, place })
    if (wait.when !== undefined) {
      visit({ text: wait.when, path: `${path}/wait/when`, place: { ...place, extra: ['entry'] } })
    }
  }
  if (wait !== undefined && 'until' in wait) {
    visit({ text: wait.until, path: `${path}/wait/until`, place })
  }
  visitComputes(step.compute, `${path}/compute`, place, visit)
  const computed = step.compute.map((compute) => compute.name)
  visitChecks(step.checks, `${path}/checks`, place, visit, computed)
  for (const [outcome, definition] of Object.entries(step.outcomes)) {
    visitOutcome(definition, `${path}/outcomes/${outcome}`, place, computed, visit)
  }
  for (const [clock, { starts }] of Object.entries(step.clocks)) {
    if (starts !== undefined) visit({ text: starts, path: `${path}/clocks/${clock}/starts`, place })
  }
}

function visitOutcome(
  outcome: Outcome,
  path: string,
  place: Place,
  before: readonly string[],
  visit: Visit,
): void {
  if (outcome.when !== undefined) visit({ text: outcome.when, path: `${path}/when`, place, before })
  visitChecks(outcome.checks, `${path}/checks`, place, visit, before)
  visitComputes(outcome.compute, `${path}/compute`, place, visit, before)
  const all = [...before, ...outcome.compute.map((compute) => compute.name)]
  visitEffects(outcome.effects, `${path}/effects`, place, visit, all)
}

/** Members of effects that are FEEL; the others are names, codes or lists of names. */
const FEEL_OF_EFFECTS: readonly { readonly effect: string; readonly members: readonly string[] }[] =
  [
    { effect: 'record', members: ['key', 'owner'] },
    { effect: 'amend', members: ['key'] },
    { effect: 'close', members: ['key'] },
    { effect: 'post', members: ['book'] },
    { effect: 'pay', members: ['from', 'to', 'amount'] },
    { effect: 'expect', members: ['account', 'amount'] },
    { effect: 'handOver', members: ['from', 'to'] },
    { effect: 'rebind', members: ['from', 'to'] },
  ]

function visitEffects(
  effects: readonly Effect[],
  path: string,
  place: Place,
  visit: Visit,
  before: readonly string[] = [],
): void {
  effects.forEach((effect, index) => {
    const own = `${path}/${index}`
    const say = (text: unknown, at: string): void => {
      if (typeof text === 'string') visit({ text, path: `${own}/${at}`, place, before })
    }
    say(effect.if, 'if')
    const members = effect as unknown as Record<string, unknown>
    for (const form of FEEL_OF_EFFECTS) {
      if (form.effect in effect) for (const name of form.members) say(members[name], name)
    }
    if ('fields' in effect) {
      for (const [name, text] of Object.entries(effect.fields)) say(text, `fields/${name}`)
    }
    if ('post' in effect) {
      visitPostLines(effect.debit, `${own}/debit`, place, before, visit)
      visitPostLines(effect.credit, `${own}/credit`, place, before, visit)
    }
  })
}

function visitPostLines(
  lines: readonly PostLine[],
  path: string,
  place: Place,
  before: readonly string[],
  visit: Visit,
): void {
  lines.forEach((line, index) => {
    const inner = line.each === undefined ? before : [...before, 'item', 'index']
    if (line.each !== undefined) {
      visit({ text: line.each, path: `${path}/${index}/each`, place, before })
    }
    if (line.if !== undefined) {
      visit({ text: line.if, path: `${path}/${index}/if`, place, before: inner })
    }
    visit({ text: line.account, path: `${path}/${index}/account`, place, before: inner })
    visit({ text: line.amount, path: `${path}/${index}/amount`, place, before: inner })
  })
}
