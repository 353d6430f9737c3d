import type { Clause, ParameterValue, RuleExample } from '@renshe/contracts'
import type { Certainty, FactSchema, FieldSchema, OutputSchema, RuleDocument } from '@renshe/rules'
import { type ExitCode, type Given, textArgument } from '../shell/command.ts'
import { refused } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'
import { openShelf, warnOfBroken } from './open-services.ts'
import type { RuleShelf, ShelvedRule } from './rule-shelf.ts'

/** Describes one rule. */
export async function describe(session: Session, given: Given): Promise<ExitCode> {
  const shelf = openShelf(session, given)
  const id = textArgument(given, 0) ?? ''
  const rule = shelf.rules.get(id)
  if (rule === undefined) {
    warnOfBroken(session, shelf)
    throw refused('RULE_UNKNOWN', `没有已发布的规则 ${id}。`, `No published rule is called ${id}.`)
  }
  const entry = entryOf(shelf, rule)
  if (session.isJson) await session.json(entry)
  else await tell(session, entry)
  return 0
}

/** A field as `determinations.json` writes it. */
type EntryField = {
  readonly name?: string
  readonly label?: Bilingual
} & Readonly<Record<string, unknown>>

/** One entry in the shape of `determinations.json`, with what is published beside the rule. */
function entryOf(shelf: RuleShelf, rule: ShelvedRule) {
  const { document } = rule.rule
  const { law, examples, version, name } = rule.package.document
  const parameters = document.parameters.map((parameter) => ({
    parameter,
    values: namesOf(shelf, parameter).flatMap((one) => shelf.valuesOf(one)),
  }))
  const values = parameters.flatMap((one) => one.values)
  // Also the clauses that only a value rests on: those of a later amendment, or of one place.
  const cited = lawOf(rule, [...citedClauses(document), ...values.map(({ basis }) => basis)], law)
  const words = wordsOf(rule)
  return {
    id: document.id,
    group: document.id.slice(0, document.id.indexOf('.')),
    ...document.title,
    inForceFrom: document.effectiveFrom,
    ...(document.effectiveTo === undefined ? {} : { inForceTo: document.effectiveTo }),
    region: regionOf(document, values),
    certainty: marksOf(rule, cited, values),
    inputs: document.facts.map((fact) => inputOf(fact, words)),
    ...groupsOf(document),
    outputs: document.outputs.map((output) => outputOf(output, words)),
    legalBasis: document.clause,
    rule: { package: name, version, hash: rule.hash },
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
}

/** What `prefix.*` stands for is every published name of that beginning. */
function namesOf(shelf: RuleShelf, parameter: string): readonly string[] {
  return parameter.endsWith('.*') ? shelf.namesUnder(parameter.slice(0, -1)) : [parameter]
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
function regionOf(document: RuleDocument, values: readonly ParameterValue[]): string {
  if (document.needsRegion === true) return 'required'
  const isLookedUp =
    document.facts.some(({ parameter }) => parameter !== undefined) ||
    values.some(({ region }) => region !== '000000')
  return isLookedUp ? 'for parameters' : 'not used'
}

/** From the surest to the least sure. */
const MARKS: readonly Certainty[] = ['S', 'K-H', 'K-M', 'K-L', 'P']

/** Every mark of the clauses and values that a rule rests on, the surest first: `S / K-M`. */
function marksOf(
  rule: ShelvedRule,
  clauses: readonly Clause[],
  values: readonly ParameterValue[],
): string {
  const found = new Set([
    ...clauses.map(({ certainty }) => certainty),
    ...values.map((value) => certaintyOf(rule, value)),
  ])
  return MARKS.filter((mark) => found.has(mark)).join(' / ')
}

/** How sure a value is: by its own mark, else by that of the clause that it rests on. */
function certaintyOf(rule: ShelvedRule, { certainty, basis }: ParameterValue) {
  return certainty ?? lawOf(rule, [basis], rule.package.document.law)[0]?.certainty
}

function citedClauses(document: RuleDocument): string[] {
  const steps = document.steps.flatMap(({ clause, rounding }) => [clause, rounding?.clause])
  const cited = [...document.clause, ...steps].filter((one) => one !== undefined)
  return [...new Set(cited)].filter((one) => one !== 'practice')
}

function lawOf(rule: ShelvedRule, ids: readonly string[], own: readonly Clause[]): Clause[] {
  const used = [...rule.package.uses.values()].flatMap(({ document }) => document.law)
  return [...own, ...used].filter(({ id }) => ids.includes(id))
}

interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** What the package calls a field, and what it says below it, in both languages. */
type WordsOf = (name: string) => { readonly label?: Bilingual; readonly help?: Bilingual }

function wordsOf(rule: ShelvedRule): WordsOf {
  const { zh, en } = rule.package.document.texts
  const both = (key: string): Bilingual | undefined => {
    const [here, there] = [zh[key], en[key]]
    return here === undefined || there === undefined ? undefined : { zh: here, en: there }
  }
  return (name) => {
    const [label, help] = [both(`field.${name}`), both(`help.${name}`)]
    return { ...(label === undefined ? {} : { label }), ...(help === undefined ? {} : { help }) }
  }
}

function inputOf(fact: FactSchema, words: WordsOf): EntryField {
  const { optional, default: standing, parameter } = fact
  return {
    ...fieldOf(fact, words),
    required: optional !== true && standing === undefined && parameter === undefined,
    ...(standing === undefined ? {} : { default: standing }),
    ...(parameter === undefined ? {} : { fallback: `published parameter ${parameter}` }),
  }
}

function outputOf(output: OutputSchema, words: WordsOf): EntryField {
  return { ...fieldOf(output, words), ...(output.nullable === true ? { nullable: true } : {}) }
}

function fieldOf(field: FieldSchema & { readonly name?: string }, words: WordsOf): EntryField {
  const { name, type, codes, aboveMinimum, items, fields } = field
  return {
    ...(name === undefined ? {} : { name, ...words(name) }),
    type,
    ...(codes === undefined ? {} : { values: codes }),
    ...boundsOf(field),
    ...(aboveMinimum === true ? { aboveMinimum } : {}),
    ...(items === undefined ? {} : { items: fieldOf(items, words) }),
    ...(fields === undefined ? {} : { fields: fields.map((one) => inputOf(one, words)) }),
  }
}

/** Bounds in the spelling of their type: counts are JSON numbers, decimals texts. */
function boundsOf({ type, minimum, maximum }: FieldSchema) {
  const spelled = (bound: string) => (type === 'int' || type === 'year' ? Number(bound) : bound)
  return {
    ...(minimum === undefined ? {} : { minimum: spelled(minimum) }),
    ...(maximum === undefined ? {} : { maximum: spelled(maximum) }),
  }
}

type Entry = ReturnType<typeof entryOf>

async function tell(session: Session, entry: Entry): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  const day = entry.inForceFrom ?? say('任何日期', 'any day')
  await session.line(`${entry.id}  ${entry[session.locale]}`)
  await session.line(
    `${say('版本', 'Version')} ${entry.rule.version} · ${say('施行', 'in force from')} ${day} · ${entry.rule.package} · ${say('确定程度', 'certainty')} ${entry.certainty}`,
  )
  await tellFields(session, say('事实', 'Facts'), entry.inputs)
  await tellFields(session, say('结果', 'Outputs'), entry.outputs)
  await session.line(say('步骤', 'Steps'))
  for (const { name, clause, ...step } of entry.steps) {
    const how = 'expression' in step ? step.expression : say('（决策表）', '(decision table)')
    await session.line(`  ${name} = ${how}${clause === null ? '' : `   [${clause}]`}`)
  }
  await session.line(say('条款', 'Clauses'))
  for (const clause of entry.clauses) await session.line(`  ${clauseText(clause)}`)
  await session.line(say('参数', 'Parameters'))
  for (const value of entry.parameters.flatMap(({ values }) => values)) {
    await session.line(`  ${valueText(value)}`)
  }
  await session.line(say('算例', 'Examples'))
  for (const example of entry.examples) await session.line(`  ${exampleText(example)}`)
}

async function tellFields(session: Session, title: string, fields: readonly EntryField[]) {
  await session.line(title)
  for (const { name, label, type, values, required } of fields) {
    const codes = Array.isArray(values) ? ` ${values.join(' / ')}` : ''
    const said = label === undefined ? '' : `  ${label[session.locale]}`
    await session.line(`  ${name}${required === false ? '?' : ''}  ${String(type)}${codes}${said}`)
  }
}

function clauseText({ id, effectiveFrom, certainty, quotation }: Clause): string {
  return `${id} (${effectiveFrom}, ${certainty}) ${quotation}`
}

function valueText({
  parameter,
  region,
  value,
  effectiveFrom,
  effectiveTo,
  basis,
  certainty,
  source,
}: ParameterValue) {
  const sure = certainty === undefined ? '' : `, ${certainty}`
  const read = source === undefined ? '' : `  ${source}`
  return `${parameter} ${region}: ${value}  ${effectiveFrom} – ${effectiveTo ?? ''}  [${basis}${sure}]${read}`
}

function exampleText({ name, source, on, facts, outputs, refused: why }: RuleExample): string {
  const answer = why ?? JSON.stringify(outputs)
  return `${name} (${source}, ${on}): ${JSON.stringify(facts)} → ${answer}`
}
