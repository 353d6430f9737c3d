/* One published rule described: the shape of an entry of determinations.json, with what is published beside it. */
import type { Clause, ParameterValue } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import type { FactSchema, FieldSchema, RuleDocument } from '@renshe/rules'
import type { PublishedRule } from './published-rules.ts'

/** Values of a parameter by its name; `prefix.*` stands for every name of that beginning. */
export type ValuesOf = (parameter: string) => readonly ParameterValue[]

/** Describes a rule. */
export function ruleEntry(published: PublishedRule, valuesOf: ValuesOf): JsonObject {
  const { rule, package: from, record } = published
  const { document } = rule.rule
  const { examples, version, name } = from.document
  const parameters = document.parameters.map((parameter) => ({
    parameter,
    values: valuesOf(parameter),
  }))
  const values = parameters.flatMap((one) => one.values)
  const cited = lawOf(published, [...citedClauses(document), ...values.map(({ basis }) => basis)])
  const field = (one: NamedField) => fieldOf(one, published)
  const entry = {
    id: document.id,
    group: document.id.slice(0, document.id.indexOf('.')),
    ...document.title,
    inForceFrom: document.effectiveFrom,
    ...(document.effectiveTo === undefined ? {} : { inForceTo: document.effectiveTo }),
    region: regionOf(document, values),
    certainty: marksOf(published, cited, values),
    inputs: document.facts.map((fact) => ({ ...field(fact), ...demandOf(fact) })),
    ...groupsOf(document),
    outputs: document.outputs.map((output) => ({
      ...field(output),
      ...(output.nullable === true ? { nullable: true } : {}),
    })),
    legalBasis: document.clause,
    rule: { package: name, version, hash: rule.hash, publishedFrom: record.inForceFrom },
    clauses: cited,
    parameters,
    steps: document.steps.map((step) => ({
      name: step.name,
      ...('expression' in step ? { expression: step.expression } : { table: step.table }),
      clause: step.clause ?? document.clause[0] ?? null,
      rounding: step.rounding ?? null,
    })),
    examples: examples.rules.filter((example) => example.rule === document.id),
  }
  // Members that are undefined are no JSON: they fall away here.
  return JSON.parse(JSON.stringify(entry)) as JsonObject
}

/** One group as the catalogue writes it, without a list around it. */
function groupsOf({ exactlyOneOf = [], atLeastOneOf = [] }: RuleDocument) {
  const [only, ...others] = exactlyOneOf
  return {
    ...(only === undefined ? {} : { exactlyOneOf: others.length === 0 ? only : exactlyOneOf }),
    ...(atLeastOneOf.length === 0 ? {} : { atLeastOneOf }),
  }
}

/** A rule asks for the region where a place may have a value of its own. */
function regionOf(document: RuleDocument, values: readonly ParameterValue[]): string {
  if (document.needsRegion === true) return 'required'
  const isLookedUp =
    document.facts.some(({ parameter }) => parameter !== undefined) ||
    values.some(({ region }) => region !== '000000')
  return isLookedUp ? 'for parameters' : 'not used'
}

/** From the surest to the least sure. */
const MARKS = ['S', 'K-H', 'K-M', 'K-L', 'P'] as const

/** Every mark of the clauses and values that a rule rests on: `S / K-M`. */
function marksOf(
  published: PublishedRule,
  clauses: readonly Clause[],
  values: readonly ParameterValue[],
): string {
  const ofValues = values.map(
    ({ certainty, basis }) => certainty ?? lawOf(published, [basis])[0]?.certainty,
  )
  const found = new Set([...clauses.map(({ certainty }) => certainty), ...ofValues])
  return MARKS.filter((mark) => found.has(mark)).join(' / ')
}

function citedClauses(document: RuleDocument): string[] {
  const steps = document.steps.flatMap(({ clause, rounding }) => [clause, rounding?.clause])
  const cited = [...document.clause, ...steps].filter((one) => one !== undefined)
  return [...new Set(cited)].filter((one) => one !== 'practice')
}

function lawOf({ package: from }: PublishedRule, ids: readonly string[]): Clause[] {
  const used = [...from.uses.values()].flatMap(({ document }) => document.law)
  return [...from.document.law, ...used].filter(({ id }) => ids.includes(id))
}

type NamedField = FieldSchema & { readonly name?: string }

function demandOf({ optional, default: standing, parameter }: FactSchema) {
  return {
    required: optional !== true && standing === undefined && parameter === undefined,
    ...(standing === undefined ? {} : { default: standing }),
    ...(parameter === undefined ? {} : { fallback: `published parameter ${parameter}` }),
  }
}

function fieldOf(field: NamedField, published: PublishedRule): object {
  const { name, type, codes, aboveMinimum, items, fields } = field
  return {
    ...(name === undefined ? {} : { name, ...labelOf(name, published) }),
    type,
    ...(codes === undefined ? {} : { values: codes }),
    ...boundsOf(field),
    ...(aboveMinimum === true ? { aboveMinimum } : {}),
    ...(items === undefined ? {} : { items: fieldOf(items, published) }),
    ...(fields === undefined
      ? {}
      : { fields: fields.map((one) => ({ ...fieldOf(one, published), ...demandOf(one) })) }),
  }
}

/** What the package calls a field, in both languages. */
function labelOf(name: string, { package: { document } }: PublishedRule) {
  const { zh, en } = document.texts
  const [here, there] = [zh[`field.${name}`], en[`field.${name}`]]
  return here === undefined || there === undefined ? {} : { label: { zh: here, en: there } }
}

/** Bounds in the spelling of their type: counts are JSON numbers, decimals texts. */
function boundsOf({ type, minimum, maximum }: FieldSchema) {
  const spelled = (bound: string) => (type === 'int' || type === 'year' ? Number(bound) : bound)
  return {
    ...(minimum === undefined ? {} : { minimum: spelled(minimum) }),
    ...(maximum === undefined ? {} : { maximum: spelled(maximum) }),
  }
}
