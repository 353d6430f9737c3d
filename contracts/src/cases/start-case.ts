import type { JsonObject } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { type CompiledPackage, serviceOf } from '../catalogue/compiled-package.ts'
import type { Compute, ServiceDefinition } from '../catalogue/package-document.ts'
import {
  findPackageRecord,
  getPackage,
  packageInForce,
  ruleInForce,
} from '../catalogue/packages.ts'
import { WHOLE_COUNTRY } from '../catalogue/parameters.ts'
import { rules as ruleRecords } from '../catalogue/records.ts'
import { findEntry } from '../registers/entries.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { refuseWithoutRole } from './authority.ts'
import { ruleCallerOf } from './call-rule.ts'
import { caseScope } from './case-scope.ts'
import {
  beginWork,
  type CaseWork,
  factsOf,
  hasOpenSteps,
  membersOfParty,
  patchCase,
  saveCase,
  tell,
} from './case-work.ts'
import { computeValues, noValues, refuseUnlessChecked, takeFields } from './compute-values.ts'
import { evaluateText, textOf } from './feel.ts'
import type { ValueType } from './field-values.ts'
import { CASE_LIMITS } from './limits.ts'
import { openFollowing } from './open-steps.ts'
import { ownMember } from './own-member.ts'
import { bindParties } from './parties.ts'
import { type Case, type Hand, OPEN, uniques } from './records.ts'
import { refuse } from './refusals.ts'

/** How a case begins. */
export interface CaseStart {
  readonly service: string
  /** Form fields, given the types that the service asks for. */
  readonly fields: (types: Readonly<Record<string, ValueType>>) => JsonObject
  readonly opener: Hand
  readonly parent: Case['parent']
  /** Label of the new id: each once per transaction. */
  readonly label: string
  /** Whether the opener signed it: a child case opens by the decision of its parent. */
  readonly isSigned: boolean
}

/**
 * Opens a case: package and rules of today are locked → fields → references → parties → values → checks →
 * unique → first steps. Nothing is written before all of it holds.
 */
export function startCase(ctx: Context, start: CaseStart, from?: CaseWork): CaseWork {
  const work = beginWork(ctx, newCase(ctx, start), [], from)
  work.others.set(work.serviceCase.id, work)
  const { service, evaluator } = work
  const { opens } = service
  const values = noValues()
  takeFields(evaluator, opens.fields, start.fields(opens.fields), values)
  patchCase(work, { values: values.json })
  bindReferences(work)
  bindParties(work)
  refuseUnlessOpener(work, start)
  computeValues(
    evaluator,
    opens.compute,
    caseScope(factsOf(work), values.locals),
    values,
    ruleCallerOf(work),
  )
  patchCase(work, { values: values.json })
  bindParties(work)
  const scope = caseScope(factsOf(work), new Map())
  refuseUnlessChecked(evaluator, opens.checks, scope, null)
  takeUnique(work)

  const { package: hash, parent, opener } = work.serviceCase
  tell(work, 'CaseOpened', { package: hash, member: opener.member, parent: parent?.case ?? null })
  openFollowing(work, opens.then, null)
  if (!hasOpenSteps(work)) refuse(ctx, { code: 'NOTHING_FOLLOWS', step: null, outcome: null })
  saveCase(work)
  return work
}

function newCase(ctx: Context, { service, opener, parent, label }: CaseStart): Case {
  const day = legalDay(ctx.time)
  const hash = packageInForce(ctx, service, day)
  // What this block published may be locked from the next block on: it is not yet known here.
  if (hash === undefined || findPackageRecord(ctx, hash)?.publishedHeight === ctx.height) {
    return refuse(ctx, { code: 'SERVICE_NOT_IN_FORCE', service, day })
  }
  const code = getPackage(ctx, hash)
  if (code.document.service === null) refuse(ctx, { code: 'NOT_A_SERVICE', service })
  return {
    v: 1,
    id: ctx.newId(label),
    service,
    package: hash,
    lawDate: day,
    region: WHOLE_COUNTRY,
    lock: lockOf(ctx, code, day),
    status: OPEN,
    opener,
    openedAt: ctx.time,
    endedAt: null,
    parent,
    children: {},
    parties: {},
    references: {},
    values: {},
    batches: {},
    sealed: {},
    expectations: {},
    payments: {},
    unique: null,
    notices: [],
    steps: 0,
    done: 0,
  }
}

/** Every rule that the service names, at the version in force today: a later one never moves the case. */
function lockOf(ctx: Context, code: CompiledPackage, day: string): Case['lock'] {
  const rules: Record<string, string> = {}
  for (const rule of rulesNamedBy(serviceOf(code))) {
    const hash = ruleInForce(ctx, rule, day)
    if (hash === undefined || ctx.state(ruleRecords).get(hash).publishedHeight === ctx.height) {
      return refuse(ctx, { code: 'RULE_NOT_IN_FORCE', rule, day })
    }
    rules[rule] = hash
  }
  const packages: Record<string, string> = {}
  for (const [name, used] of code.uses) packages[name] = used.hash
  return { rules, packages }
}

/** Ids of the rules that a service calls, ascending. */
export function rulesNamedBy(service: ServiceDefinition): string[] {
  const rules = new Set<string>()
  const add = (computes: readonly Compute[]): void => {
    for (const compute of computes) if ('rule' in compute) rules.add(compute.rule)
  }
  add(service.opens.compute)
  for (const step of Object.values(service.steps)) {
    add(step.compute)
    for (const outcome of Object.values(step.outcomes)) add(outcome.compute)
  }
  for (const determination of Object.values(service.determinations)) {
    add(determination.with)
    add(determination.each)
    add(determination.outputs)
  }
  return [...rules].sort()
}

/** Binds references; a key may be made from another reference, so it goes on until nothing changes. */
function bindReferences(work: CaseWork): void {
  const { ctx, service, evaluator } = work
  const names = Object.keys(service.references).sort()
  for (const _round of names) {
    for (const name of names) {
      const { references } = work.serviceCase
      const definition = service.references[name]
      if ((ownMember(references, name) ?? null) !== null || definition === undefined) continue
      const scope = caseScope(factsOf(work), new Map())
      const key = textOf(evaluateText(evaluator, definition.key, scope))
      if (key === undefined || key.length > CASE_LIMITS.keyCharacters) continue
      const { register } = definition
      patchCase(work, { references: { ...references, [name]: { register, key } } })
    }
  }
  for (const name of names) {
    const { register, optional } = service.references[name] as {
      register: string
      optional?: boolean
    }
    const bound = ownMember(work.serviceCase.references, name) ?? null
    if (bound === null) {
      patchCase(work, { references: { ...work.serviceCase.references, [name]: null } })
    }
    if (optional || (bound !== null && findEntry(ctx, bound.register, bound.key))) continue
    refuse(ctx, { code: 'REFERENCE_MISSING', reference: name, register, key: bound?.key ?? null })
  }
}

function refuseUnlessOpener(work: CaseWork, start: CaseStart): void {
  const { ctx, service, serviceCase } = work
  const { by, role } = service.opens
  if (!membersOfParty(serviceCase, by).includes(serviceCase.opener.member)) {
    refuse(ctx, { code: 'OPENER_NOT_PARTY', party: by })
  }
  if (start.isSigned && role !== undefined) refuseWithoutRole(ctx, role)
}

function takeUnique(work: CaseWork): void {
  const { ctx, service, evaluator, serviceCase } = work
  const text = service.opens.unique
  if (text === undefined) return
  const unique = textOf(evaluateText(evaluator, text, caseScope(factsOf(work), new Map())))
  if (unique === undefined || unique.length > CASE_LIMITS.keyCharacters) {
    refuse(ctx, {
      code: 'VALUE_UNFIT',
      name: 'unique',
      expected: 'a text of 1–128 characters',
    })
  }
  const taken = ctx.state(uniques).find([serviceCase.service, unique])
  if (taken !== undefined) refuse(ctx, { code: 'UNIQUE_TAKEN', unique, case: taken.case })
  ctx.state(uniques).put([serviceCase.service, unique], { v: 1, case: serviceCase.id })
  patchCase(work, { unique })
}
