import type { Json, JsonObject } from '@renshe/crypto'
import { FeelContext, type RuleDocument, type Scope, type Value } from '@renshe/rules'
import type { CompiledPackage } from '../catalogue/compiled-package.ts'
import { serviceOf } from '../catalogue/compiled-package.ts'
import type { Compute, RegisterDefinition, StepDefinition } from '../catalogue/package-document.ts'
import type { BookFacts } from '../funds/book-facts.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { camelOfKebab } from '../vocabulary/spelling.ts'
import {
  contextOf,
  dateToFeel,
  instantToFeel,
  numberOf,
  toFeel,
  type ValueType,
  wholeNumber,
} from './field-values.ts'
import { ownMember } from './own-member.ts'
import type { BatchFacts, Case, Step } from './records.ts'
import { ruleOutputsToFeel } from './rule-values.ts'
import { latestInstances } from './step-graph.ts'

/** What a scope is made of: a case as it stands, and how to look into registers and other cases. */
export interface CaseFacts {
  readonly code: CompiledPackage
  readonly serviceCase: Case
  /** All steps of the case, by number. */
  readonly steps: readonly Step[]
  /** Block time, UTC ms. */
  readonly time: number
  readonly findEntry: (register: string, key: string) => EntryFacts | undefined
  readonly findRule: (id: string) => RuleDocument | undefined
  readonly findBook: (key: string) => BookFacts | undefined
}

/** A register entry as FEEL may see it. */
export interface EntryFacts {
  readonly owner: string
  readonly version: number
  readonly status: string
  readonly fields: JsonObject
}

/** Names that exist only in one place: own values of a step, `entry`, `child`, `round`, `item`, `index`. */
export type LocalNames = ReadonlyMap<string, Value>

/** How the value of a name is to be read: by the type of a field, or by the outputs of a rule. */
type Named = { readonly type: ValueType } | { readonly rule: string }

/**
 * The scope of a FEEL text in a case. Values are made when they are asked for and kept: an expression
 * that names two things does not pay for the others.
 */
export function caseScope(facts: CaseFacts, locals: LocalNames): Scope {
  const made = new Map<string, Value | undefined>()
  return {
    get(name) {
      const local = locals.get(name)
      if (local !== undefined && !RESERVED.has(name)) return local
      if (!made.has(name)) made.set(name, findValue(facts, name))
      const value = made.get(name)
      return value === undefined ? local : value
    },
  }
}

const RESERVED: ReadonlySet<string> = new Set(['case', 'today', 'now', 'steps'])

function findValue(facts: CaseFacts, name: string): Value | undefined {
  switch (name) {
    case 'case':
      return caseContext(facts)
    case 'today':
      return dateToFeel(legalDay(facts.time))
    case 'now':
      return instantToFeel(facts.time)
    case 'steps':
      return stepsContext(facts)
  }
  return (
    findBatch(facts, name) ??
    findReference(facts, name) ??
    findParty(facts, name) ??
    findEarlierValue(facts, name)
  )
}

function caseContext({ serviceCase }: CaseFacts): FeelContext {
  const { id, service, status, opener, openedAt, lawDate, region, parent } = serviceCase
  return new FeelContext(
    new Map<string, Value>([
      ['id', id],
      ['service', service],
      ['status', status],
      ['opener', opener.member],
      ['openedOn', dateToFeel(legalDay(openedAt))],
      ['lawDate', dateToFeel(lawDate)],
      ['region', region],
      ['parent', parent?.case ?? null],
    ]),
  )
}

/** The newest step or batch that brought something decides; undefined: no such name. */
function findBatch({ code, serviceCase }: CaseFacts, name: string): Value | undefined {
  for (const section of Object.keys(serviceOf(code).sections)) {
    if (camelOfKebab(section) !== name) continue
    const batch = ownMember(serviceCase.batches, section)
    return batch === undefined ? undefined : batchContext(code, section, batch)
  }
  return undefined
}

/** `{root, count, …totals}` of a batch. */
export function batchContext(
  code: CompiledPackage,
  section: string,
  { root, count, totals }: BatchFacts,
): FeelContext {
  const entries = new Map<string, Value>([
    ['root', root],
    ['count', wholeNumber(count)],
  ])
  const types = serviceOf(code).sections[section]?.totals ?? {}
  for (const total of Object.keys(types)) {
    const came = ownMember(totals, total)
    if (came === undefined) continue
    entries.set(total, typeof came === 'number' ? wholeNumber(came) : numberOf(came))
  }
  return new FeelContext(entries)
}

function findReference(facts: CaseFacts, name: string): Value | undefined {
  for (const [reference, bound] of Object.entries(facts.serviceCase.references)) {
    if (camelOfKebab(reference) !== name) continue
    return bound === null ? null : entryContext(facts, bound.register, bound.key)
  }
  return undefined
}

/**
 * Public fields of an entry with its `key`, `owner`, `version`, `status`, and with `balances` and
 * `residueCarried` of its books; null if there is none.
 */
export function entryContext(facts: CaseFacts, register: string, key: string): Value {
  const entry = facts.findEntry(register, key)
  const definition = facts.code.findRegister(register)
  if (entry === undefined || definition === undefined) return null
  const context = registerContext(definition, key, entry)
  const book = definition.book === undefined ? undefined : facts.findBook(key)
  if (book === undefined) return context
  const balances = [...book.balances].map(([no, amount]): [string, Value] => [no, numberOf(amount)])
  return new FeelContext(
    new Map<string, Value>([
      ...context.entries,
      ['balances', new FeelContext(new Map(balances))],
      ['residueCarried', numberOf(book.residueCarried)],
    ]),
  )
}

/** The same for an entry that is at hand. */
export function registerContext(
  definition: RegisterDefinition,
  key: string,
  entry: EntryFacts,
): FeelContext {
  const fields = contextOf(definition.fields, entry.fields)
  return new FeelContext(
    new Map<string, Value>([
      ['owner', entry.owner],
      ['version', wholeNumber(entry.version)],
      ['status', entry.status],
      ...fields.entries,
      ['key', key],
    ]),
  )
}

function findParty({ code, serviceCase }: CaseFacts, name: string): Value | undefined {
  for (const party of Object.keys(serviceOf(code).parties)) {
    if (camelOfKebab(party) === name) return ownMember(serviceCase.parties, party) ?? null
  }
  return undefined
}

/** The value of the newest done step that has the name, else of the opening. */
function findEarlierValue(facts: CaseFacts, name: string): Value | undefined {
  const { code, serviceCase, steps } = facts
  const service = serviceOf(code)
  let newest: Step | undefined
  for (const step of steps) {
    if (step.order === null || !Object.hasOwn(step.values, name)) continue
    if (service.steps[step.step]?.each) continue
    if (newest === undefined || step.order > (newest.order as number)) newest = step
  }
  if (newest !== undefined) {
    const definition = service.steps[newest.step] as StepDefinition
    return valueToFeel(facts, stepNames(code, definition).get(name), newest.values[name] as Json)
  }
  if (!Object.hasOwn(serviceCase.values, name)) return undefined
  return valueToFeel(facts, openingNames(code).get(name), serviceCase.values[name] as Json)
}

function stepsContext(facts: CaseFacts): FeelContext {
  const entries = new Map<string, Value>()
  for (const [name, definition] of Object.entries(serviceOf(facts.code).steps)) {
    const latest = latestInstances(facts.steps, name).filter(({ order }) => order !== null)
    const contexts = latest.map((step) => stepContext(facts, definition, step))
    entries.set(camelOfKebab(name), definition.each ? contexts : (contexts.at(-1) ?? null))
  }
  return new FeelContext(entries)
}

function stepContext(facts: CaseFacts, definition: StepDefinition, step: Step): FeelContext {
  const entries = new Map<string, Value>([
    ['outcome', step.outcome],
    ['round', wholeNumber(step.round)],
    ['member', step.endedBy?.member ?? step.holder],
    ['doneOn', step.endedBy === null ? null : dateToFeel(legalDay(step.endedBy.at))],
  ])
  const names = stepNames(facts.code, definition)
  for (const [name, json] of Object.entries(step.values)) {
    entries.set(name, valueToFeel(facts, names.get(name), json as Json))
  }
  return new FeelContext(entries)
}

/** All values of a finished case by name, for its parent: `child`. */
export function valuesContext(facts: CaseFacts): FeelContext {
  const { id, status } = facts.serviceCase
  const names = new Set(Object.keys(facts.serviceCase.values))
  for (const step of facts.steps) for (const name of Object.keys(step.values)) names.add(name)
  const entries = new Map<string, Value>()
  for (const name of names) entries.set(name, findEarlierValue(facts, name) ?? null)
  entries.set('id', id)
  entries.set('status', status)
  return new FeelContext(entries)
}

function valueToFeel(facts: CaseFacts, named: Named | undefined, json: Json): Value {
  if (named === undefined) return null
  if ('type' in named) return toFeel(named.type, json)
  const rule = facts.findRule(named.rule)
  return rule === undefined ? null : ruleOutputsToFeel(rule, json as JsonObject)
}

const namesOfSteps = new WeakMap<StepDefinition, ReadonlyMap<string, Named>>()
const namesOfOpenings = new WeakMap<CompiledPackage, ReadonlyMap<string, Named>>()

/** Types of the names that a step can leave behind. */
function stepNames(code: CompiledPackage, step: StepDefinition): ReadonlyMap<string, Named> {
  let names = namesOfSteps.get(step)
  if (names === undefined) {
    const found = new Map<string, Named>()
    addFields(found, step.form?.fields ?? {})
    addComputes(found, step.compute)
    for (const outcome of Object.values(step.outcomes)) addComputes(found, outcome.compute)
    if (step.determine !== undefined) {
      addComputes(found, serviceOf(code).determinations[step.determine]?.outputs ?? [])
    }
    for (const [name, type] of waitNames(step)) found.set(name, { type })
    names = found
    namesOfSteps.set(step, names)
  }
  return names
}

function openingNames(code: CompiledPackage): ReadonlyMap<string, Named> {
  let names = namesOfOpenings.get(code)
  if (names === undefined) {
    const found = new Map<string, Named>()
    const { opens } = serviceOf(code)
    addFields(found, opens.fields)
    addComputes(found, opens.compute)
    names = found
    namesOfOpenings.set(code, names)
  }
  return names
}

/** Names that the end of a wait adds to the values of its step. */
export function waitNames({ wait }: StepDefinition): ReadonlyMap<string, ValueType> {
  if (wait !== undefined && 'payment' in wait) {
    return new Map<string, ValueType>([
      ['arrivedAmount', { type: 'money' }],
      ['arrivedTotal', { type: 'money' }],
      ['arrivedOn', { type: 'date' }],
    ])
  }
  if (wait !== undefined && 'settlement' in wait) {
    return new Map<string, ValueType>([
      ['paymentState', { type: 'code' }],
      ['paidOn', { type: 'date', optional: true }],
    ])
  }
  return new Map()
}

function addFields(names: Map<string, Named>, fields: Readonly<Record<string, ValueType>>): void {
  for (const [name, type] of Object.entries(fields)) names.set(name, { type })
}

function addComputes(names: Map<string, Named>, computes: readonly Compute[]): void {
  for (const compute of computes) {
    names.set(compute.name, 'rule' in compute ? { rule: compute.rule } : { type: compute })
  }
}
