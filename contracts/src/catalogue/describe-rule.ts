/* One published rule described as the catalogue of determinations does, with what is published beside it. */
import type {
  Certainty,
  FactSchema,
  FieldSchema,
  Json,
  OutputSchema,
  RuleDocument,
} from '@renshe/rules'
import type { CompiledPackage, PackageRule } from './compiled-package.ts'
import type { Clause, ParameterValue, RuleExample } from './package-document.ts'

interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** A fact, an output or a part of one: its name and words, its type, codes and bounds. */
export type EntryField = {
  readonly name?: string
  readonly label?: Bilingual
  readonly help?: Bilingual
  readonly type: string
  readonly values?: readonly string[]
} & Readonly<Record<string, unknown>>

/** A parameter that a rule reads: its name in words and every published value. */
export interface EntryParameter {
  /** `prefix.*` where the rule puts the name together. */
  readonly parameter: string
  /** Names in words by parameter; empty where the package has none. */
  readonly labels: Readonly<Record<string, Bilingual>>
  readonly values: readonly ParameterValue[]
}

/** One step: how it is computed, by which clause, what it is called and how it is told. */
export interface EntryStep {
  readonly name: string
  readonly label?: Bilingual
  /** The sentence with places in braces, where one serves for every value. */
  readonly sentence?: Bilingual
  readonly expression?: string
  readonly table?: unknown
  readonly clause: string | null
  readonly rounding: unknown
}

/** Everything that is published about one rule. */
export interface RuleEntry {
  readonly id: string
  readonly group: string
  readonly zh: string
  readonly en: string
  readonly inForceFrom: string | null
  readonly inForceTo?: string
  readonly region: 'required' | 'for parameters' | 'not used'
  /** Every mark of the clauses and values that it rests on, the surest first: `S / K-M`. */
  readonly certainty: string
  readonly inputs: readonly EntryField[]
  readonly exactlyOneOf?: unknown
  readonly atLeastOneOf?: unknown
  readonly outputs: readonly EntryField[]
  readonly legalBasis: readonly string[]
  readonly rule: { readonly package: string; readonly version: string; readonly hash: string }
  readonly clauses: readonly Clause[]
  readonly parameters: readonly EntryParameter[]
  readonly steps: readonly EntryStep[]
  readonly examples: readonly RuleExample[]
}

/**
 * Describes a rule.
 *
 * @param from      the package that publishes it
 * @param valuesOf  published values of a parameter; `prefix.*` stands for every name of that beginning
 */
export function describeRule(
  { rule, hash }: PackageRule,
  from: CompiledPackage,
  valuesOf: (parameter: string) => readonly ParameterValue[],
): RuleEntry {
  const { document } = rule
  const { examples, version, name } = from.document
  const words = new PackageWords(from)
  const parameters = document.parameters.map((parameter) => {
    const values = valuesOf(parameter)
    return {
      parameter,
      labels: words.ofParameters([parameter, ...values.map((value) => value.parameter)]),
      values,
    }
  })
  const values = parameters.flatMap((one) => one.values)
  // Also the clauses that only a value rests on: those of a later amendment, or of one place.
  const cited = lawOf(from, [...citedClauses(document), ...values.map(({ basis }) => basis)])
  return {
    id: document.id,
    group: document.id.slice(0, document.id.indexOf('.')),
    ...document.title,
    inForceFrom: document.effectiveFrom,
    ...(document.effectiveTo === undefined ? {} : { inForceTo: document.effectiveTo }),
    region: regionOf(document, values),
    certainty: marksOf(from, cited, values),
    inputs: document.facts.map((fact) => inputOf(fact, words)),
    ...groupsOf(document),
    outputs: document.outputs.map((output) => outputOf(output, words)),
    legalBasis: document.clause,
    rule: { package: name, version, hash },
    clauses: cited,
    parameters,
    steps: document.steps.map((step) => stepOf(step, document, words)),
    examples: examples.rules.filter((example) => example.rule === document.id),
  }
}

function stepOf(
  step: RuleDocument['steps'][number],
  { id, clause }: RuleDocument,
  words: PackageWords,
): EntryStep {
  const { name, rounding } = step
  const label = words.of(`rule.${id}.${name}.title`) ?? words.of(`field.${name}`)
  const sentence = words.of(`rule.${id}.${name}`)
  return {
    name,
    ...(label === undefined ? {} : { label }),
    ...(sentence === undefined ? {} : { sentence }),
    ...('expression' in step ? { expression: step.expression } : { table: step.table }),
    clause: step.clause ?? clause[0] ?? null,
    rounding: rounding ?? null,
  }
}

/** Texts of a package in both languages, or none. */
class PackageWords {
  /** The package first, then what it uses: a parameter may be of one of those. */
  readonly #texts: readonly CompiledPackage['document']['texts'][]

  constructor({ document, uses }: CompiledPackage) {
    this.#texts = [document, ...[...uses.values()].map((used) => used.document)].map(
      ({ texts }) => texts,
    )
  }

  of(key: string): Bilingual | undefined {
    const found = this.#texts.find(({ zh, en }) => zh[key] !== undefined && en[key] !== undefined)
    const [zh, en] = [found?.zh[key], found?.en[key]]
    return zh === undefined || en === undefined ? undefined : { zh, en }
  }

  ofParameters(names: readonly string[]): Readonly<Record<string, Bilingual>> {
    return Object.fromEntries(
      [...new Set(names)].flatMap((name) => {
        const label = this.of(`parameter.${name}`)
        return label === undefined ? [] : [[name, label]]
      }),
    )
  }
}

/** Facts of which one is needed: the groups as the catalogue writes them, one group without a list around it. */
function groupsOf({ exactlyOneOf = [], atLeastOneOf = [] }: RuleDocument) {
  const [only, ...others] = exactlyOneOf
  return {
    ...(only === undefined ? {} : { exactlyOneOf: others.length === 0 ? only : exactlyOneOf }),
    ...(atLeastOneOf.length === 0 ? {} : { atLeastOneOf }),
  }
}

/** A rule asks for the region where a place may have a value of its own. */
function regionOf(document: RuleDocument, values: readonly ParameterValue[]): RuleEntry['region'] {
  if (document.needsRegion === true) return 'required'
  const isLookedUp =
    document.facts.some(({ parameter }) => parameter !== undefined) ||
    values.some(({ region }) => region !== '000000')
  return isLookedUp ? 'for parameters' : 'not used'
}

/** From the surest to the least sure. */
const MARKS: readonly Certainty[] = ['S', 'K-H', 'K-M', 'K-L', 'P']

function marksOf(
  from: CompiledPackage,
  clauses: readonly Clause[],
  values: readonly ParameterValue[],
): string {
  // A value is as sure as its own mark says, else as the clause that it rests on.
  const ofValues = values.map(
    ({ certainty, basis }) => certainty ?? lawOf(from, [basis])[0]?.certainty,
  )
  const found = new Set([...clauses.map(({ certainty }) => certainty), ...ofValues])
  return MARKS.filter((mark) => found.has(mark)).join(' / ')
}

function citedClauses(document: RuleDocument): string[] {
  const steps = document.steps.flatMap(({ clause, rounding }) => [clause, rounding?.clause])
  const cited = [...document.clause, ...steps].filter((one) => one !== undefined)
  return [...new Set(cited)].filter((one) => one !== 'practice')
}

function lawOf({ document, uses }: CompiledPackage, ids: readonly string[]): Clause[] {
  const used = [...uses.values()].flatMap((one) => one.document.law)
  return [...document.law, ...used].filter(({ id }) => ids.includes(id))
}

function inputOf(fact: FactSchema, words: PackageWords): EntryField {
  const { optional, default: standing, parameter } = fact
  return {
    ...fieldOf(fact, words),
    required: optional !== true && standing === undefined && parameter === undefined,
    ...(standing === undefined ? {} : { default: standing }),
    ...(parameter === undefined ? {} : { fallback: `published parameter ${parameter}` }),
  }
}

function outputOf(output: OutputSchema, words: PackageWords): EntryField {
  return { ...fieldOf(output, words), ...(output.nullable === true ? { nullable: true } : {}) }
}

function fieldOf(field: FieldSchema & { readonly name?: string }, words: PackageWords): EntryField {
  const { name, type, codes, aboveMinimum, items, fields } = field
  return {
    ...(name === undefined ? {} : { name, ...labelsOf(name, words) }),
    type,
    ...(codes === undefined ? {} : { values: codes }),
    ...boundsOf(field),
    ...(aboveMinimum === true ? { aboveMinimum } : {}),
    ...(items === undefined ? {} : { items: fieldOf(items, words) }),
    ...(fields === undefined ? {} : { fields: fields.map((one) => inputOf(one, words)) }),
  }
}

/** What the package calls a field, and what it says below it. */
function labelsOf(name: string, words: PackageWords) {
  const [label, help] = [words.of(`field.${name}`), words.of(`help.${name}`)]
  return { ...(label === undefined ? {} : { label }), ...(help === undefined ? {} : { help }) }
}

/** Bounds in the spelling of their type: counts are JSON numbers, decimals texts. */
function boundsOf({ type, minimum, maximum }: FieldSchema): Record<string, Json> {
  const spelled = (bound: string) => (type === 'int' || type === 'year' ? Number(bound) : bound)
  return {
    ...(minimum === undefined ? {} : { minimum: spelled(minimum) }),
    ...(maximum === undefined ? {} : { maximum: spelled(maximum) }),
  }
}
