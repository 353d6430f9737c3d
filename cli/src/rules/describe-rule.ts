import type { Clause, ParameterValue, RuleExample } from '@renshe/contracts'
import type { FactSchema, FieldSchema, OutputSchema, RuleDocument } from '@renshe/rules'
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
type EntryField = { readonly name?: string } & Readonly<Record<string, unknown>>

/** One entry in the shape of `determinations.json`, with what is published beside the rule. */
function entryOf(shelf: RuleShelf, rule: ShelvedRule) {
  const { document } = rule.rule
  const { law, examples, version, name } = rule.package.document
  const clauses = citedClauses(document)
  return {
    id: document.id,
    group: document.id.slice(0, document.id.indexOf('.')),
    ...document.title,
    inForceFrom: document.effectiveFrom,
    ...(document.effectiveTo === undefined ? {} : { inForceTo: document.effectiveTo }),
    region: regionOf(document),
    inputs: document.facts.map(inputOf),
    ...(document.exactlyOneOf === undefined ? {} : { exactlyOneOf: document.exactlyOneOf }),
    ...(document.atLeastOneOf === undefined ? {} : { atLeastOneOf: document.atLeastOneOf }),
    outputs: document.outputs.map(outputOf),
    legalBasis: document.clause,
    rule: { package: name, version, hash: rule.hash },
    clauses: lawOf(rule, clauses, law),
    parameters: document.parameters.map((parameter) => ({
      parameter,
      values: namesOf(shelf, parameter).flatMap((one) => shelf.valuesOf(one)),
    })),
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

function regionOf(document: RuleDocument): string {
  if (document.needsRegion === true) return 'required'
  const isLookedUp =
    document.parameters.length > 0 ||
    document.facts.some(({ parameter }) => parameter !== undefined)
  return isLookedUp ? 'for parameters' : 'not used'
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

function inputOf(fact: FactSchema): EntryField {
  const { optional, default: standing, parameter } = fact
  return {
    ...fieldOf(fact),
    required: optional !== true && standing === undefined && parameter === undefined,
    ...(standing === undefined ? {} : { default: standing }),
    ...(parameter === undefined ? {} : { fallback: `published parameter ${parameter}` }),
  }
}

function outputOf(output: OutputSchema): EntryField {
  return { ...fieldOf(output), ...(output.nullable === true ? { nullable: true } : {}) }
}

function fieldOf(field: FieldSchema & { readonly name?: string }): EntryField {
  const { name, type, codes, minimum, maximum, aboveMinimum, items, fields } = field
  return {
    ...(name === undefined ? {} : { name }),
    type,
    ...(codes === undefined ? {} : { values: codes }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(aboveMinimum === true ? { aboveMinimum } : {}),
    ...(maximum === undefined ? {} : { maximum }),
    ...(items === undefined ? {} : { items: fieldOf(items) }),
    ...(fields === undefined ? {} : { fields: fields.map(inputOf) }),
  }
}

type Entry = ReturnType<typeof entryOf>

async function tell(session: Session, entry: Entry): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  const day = entry.inForceFrom ?? say('任何日期', 'any day')
  await session.line(`${entry.id}  ${entry[session.locale]}`)
  await session.line(
    `${say('版本', 'Version')} ${entry.rule.version} · ${say('施行', 'in force from')} ${day} · ${entry.rule.package}`,
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
  for (const { name, type, values, required } of fields) {
    const codes = Array.isArray(values) ? ` ${values.join(' / ')}` : ''
    await session.line(`  ${name}${required === false ? '?' : ''}  ${String(type)}${codes}`)
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
}: ParameterValue) {
  return `${parameter} ${region}: ${value}  ${effectiveFrom} – ${effectiveTo ?? ''}  [${basis}]`
}

function exampleText({ name, source, on, facts, outputs, refused: why }: RuleExample): string {
  const answer = why ?? JSON.stringify(outputs)
  return `${name} (${source}, ${on}): ${JSON.stringify(facts)} → ${answer}`
}
