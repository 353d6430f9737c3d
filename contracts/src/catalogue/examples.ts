/* Worked examples: a package that does not do what its own examples say is not published. */
import { canonicalText, type JsonLike } from '@renshe/crypto'
import { evaluateRule, type ParameterLookup } from '@renshe/rules'
import { startOfDay } from '../vocabulary/civil-date.ts'
import type { CalendarMark } from '../vocabulary/working-calendar.ts'
import { CALENDAR_PARAMETER, calendarOfDays, type PublishedCalendar } from './calendar.ts'
import { type Problem, Problems } from './check/problem.ts'
import type { CompiledPackage } from './compiled-package.ts'
import type { ParameterValue, RuleExample } from './package-document.ts'

/** A published package by its name, or undefined. */
export type FindPackage = (name: string) => CompiledPackage | undefined

/**
 * Plays the case examples of a package and tells what came out otherwise. The module of cases
 * brings it when the contracts are assembled.
 *
 * @param findPackage  for packages that an example's world names and the package does not use
 */
export type ExamplePlayer = (
  compiled: CompiledPackage,
  findPackage: FindPackage,
) => readonly Problem[]

/** Parameters of a package and of all that it uses, without a chain. */
export function packageParameters(compiled: CompiledPackage): ParameterLookup {
  const rows = parameterRows(compiled)
  return {
    find(parameter, region, on) {
      let found: ParameterValue | undefined
      for (const row of rows.get(`${region} ${parameter}`) ?? []) {
        if (row.effectiveFrom > on) continue
        if (found === undefined || row.effectiveFrom > found.effectiveFrom) found = row
      }
      if (found === undefined || (found.effectiveTo !== null && found.effectiveTo < on)) {
        return undefined
      }
      return found
    },
  }
}

/** The calendar that a package and what it uses publish. */
export function packageCalendar(compiled: CompiledPackage): PublishedCalendar {
  const days = new Map<string, CalendarMark>()
  for (const row of parameterRows(compiled).get(`000000 ${CALENDAR_PARAMETER}`) ?? []) {
    days.set(row.effectiveFrom, row.value === 'WORKDAY' ? 'WORKDAY' : 'HOLIDAY')
  }
  return calendarOfDays(days)
}

function parameterRows(compiled: CompiledPackage): Map<string, ParameterValue[]> {
  const rows = new Map<string, ParameterValue[]>()
  const visit = (used: CompiledPackage): void => {
    for (const library of used.uses.values()) visit(library)
    for (const row of used.document.parameters) {
      const key = `${row.region} ${row.parameter}`
      rows.set(key, [...(rows.get(key) ?? []), row])
    }
  }
  visit(compiled)
  return rows
}

/** Steps of FEEL that one example may take: every member pays them at publication. */
const EXAMPLE_STEPS = 200_000

/** Evaluates every rule example and tells those that came out otherwise. */
export function runRuleExamples(compiled: CompiledPackage): readonly Problem[] {
  const problems = new Problems()
  const parameters = packageParameters(compiled)
  const calendar = packageCalendar(compiled)
  compiled.document.examples.rules.forEach((example, index) => {
    const rule = compiled.rules.find(({ id }) => id === example.rule)
    if (rule === undefined) return
    const answer = evaluateRule(rule.rule, {
      on: example.on,
      region: example.region,
      facts: example.facts as Parameters<typeof evaluateRule>[1]['facts'],
      parameters,
      calendar,
      now: startOfDay(example.on),
      limits: { steps: EXAMPLE_STEPS },
    })
    compare(example, answer, `/examples/rules/${index}`, problems)
  })
  return problems.all
}

function compare(
  example: RuleExample,
  answer: ReturnType<typeof evaluateRule>,
  path: string,
  problems: Problems,
): void {
  if (!answer.ok) {
    const { code, field } = answer.error
    if (code === example.refused) return
    const expected = example.refused ?? 'outputs'
    problems.error(path, 'EXAMPLE_REFUSED', expected, field === '' ? code : `${code} ${field}`)
    return
  }
  if (example.refused !== undefined) {
    problems.error(`${path}/refused`, 'EXAMPLE_NOT_REFUSED', example.refused, answer.outputs)
    return
  }
  for (const [name, expected] of Object.entries(example.outputs ?? {})) {
    const came = answer.outputs[name]
    if (came !== undefined && textOf(came) === textOf(expected)) continue
    problems.error(`${path}/outputs/${name}`, 'EXAMPLE_DIFFERS', textOf(expected), came)
  }
}

function textOf(value: unknown): string {
  return canonicalText(value as JsonLike)
}
