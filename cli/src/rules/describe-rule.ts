import {
  type Clause,
  describeRule,
  type EntryField,
  type EntryParameter,
  type ParameterValue,
  type RuleEntry,
  type RuleExample,
} from '@renshe/contracts'
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

/** The entry of a rule, with the values of every package of the folder. */
function entryOf(shelf: RuleShelf, rule: ShelvedRule): RuleEntry {
  return describeRule(rule, rule.package, (parameter) =>
    namesOf(shelf, parameter).flatMap((one) => shelf.valuesOf(one)),
  )
}

/** What `prefix.*` stands for is every published name of that beginning. */
function namesOf(shelf: RuleShelf, parameter: string): readonly string[] {
  return parameter.endsWith('.*') ? shelf.namesUnder(parameter.slice(0, -1)) : [parameter]
}

async function tell(session: Session, entry: RuleEntry): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  const day = entry.inForceFrom ?? say('任何日期', 'any day')
  await session.line(`${entry.id}  ${entry[session.locale]}`)
  await session.line(
    `${say('版本', 'Version')} ${entry.rule.version} · ${say('施行', 'in force from')} ${day} · ${entry.rule.package} · ${say('确定程度', 'certainty')} ${entry.certainty}`,
  )
  await tellFields(session, say('事实', 'Facts'), entry.inputs)
  await tellFields(session, say('结果', 'Outputs'), entry.outputs)
  await session.line(say('步骤', 'Steps'))
  for (const { name, label, clause, expression } of entry.steps) {
    const how = expression ?? say('（决策表）', '(decision table)')
    const said = label === undefined ? '' : `  ${label[session.locale]}`
    await session.line(`  ${name}${said}`)
    await session.line(`      = ${how}${clause === null ? '' : `   [${clause}]`}`)
  }
  await session.line(say('条款', 'Clauses'))
  for (const clause of entry.clauses) await session.line(`  ${clauseText(clause)}`)
  await session.line(say('参数', 'Parameters'))
  for (const parameter of entry.parameters) await tellParameter(session, parameter)
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

/** Each name once, its values below it. */
async function tellParameter(session: Session, { parameter, labels, values }: EntryParameter) {
  if (values.length === 0) {
    const words = { zh: '这里没有公布，须自行给出', en: 'not published here: to be given' }
    const name = `${parameter}  ${labels[parameter]?.[session.locale] ?? ''}`.trimEnd()
    await session.line(`  ${name}: ${session.say(words)}`)
  }
  for (const name of new Set(values.map((value) => value.parameter))) {
    await session.line(`  ${name}  ${labels[name]?.[session.locale] ?? ''}`.trimEnd())
    for (const value of values.filter((one) => one.parameter === name)) {
      await session.line(`      ${valueText(value)}`)
    }
  }
}

function clauseText({ id, effectiveFrom, certainty, quotation }: Clause): string {
  return `${id} (${effectiveFrom}, ${certainty}) ${quotation}`
}

function valueText({
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
  return `${region}: ${value}  ${effectiveFrom} – ${effectiveTo ?? ''}  [${basis}${sure}]${read}`
}

function exampleText({ name, source, on, facts, outputs, refused: why }: RuleExample): string {
  const answer = why ?? JSON.stringify(outputs)
  return `${name} (${source}, ${on}): ${JSON.stringify(facts)} → ${answer}`
}
