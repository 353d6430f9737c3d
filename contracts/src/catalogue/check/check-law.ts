/* Law → clause → rule → example: nothing is published without the clause it implements. */
import { checkRule } from '@renshe/rules'
import type { Clause, PackageDocument } from '../package-document.ts'
import { checkAmendments, isRepealed } from './check-amendments.ts'
import { type CheckOptions, PackageNames } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'

/** Checks clauses, parameters, rules and their examples. */
export function checkLaw(
  document: PackageDocument,
  options: CheckOptions,
  problems: Problems,
): void {
  const names = new PackageNames(document, options)
  checkClauses(document, problems)
  checkAmendments(names, problems)
  for (const citation of citationsOf(document)) checkCitation(names, citation, problems)
  checkParameters(names, problems)
  checkRules(names, problems)
  checkRuleExamples(document, problems)
}

function checkClauses({ law }: PackageDocument, problems: Problems): void {
  const seen = new Set<string>()
  law.forEach((clause, index) => {
    const path = `/law/${index}`
    // The instrument may be cited by its short name; the article is spelled alike.
    const end = `/${clause.article}`
    if (!clause.id.endsWith(end)) {
      problems.error(`${path}/id`, 'CLAUSE_ID', `<instrument>${end}`, clause.id)
    }
    const version = `${clause.id} ${clause.effectiveFrom}`
    if (seen.has(version)) problems.error(path, 'CLAUSE_TWICE', 'each clause once', clause.id)
    seen.add(version)
    if (clause.effectiveTo !== null && clause.effectiveTo < clause.effectiveFrom) {
      problems.error(`${path}/effectiveTo`, 'DATES', `not before ${clause.effectiveFrom}`)
    }
  })
}

/** A clause that something names, and the day on which it must be in force. */
interface Citation {
  readonly id: string
  readonly path: string
  readonly day: string
}

function citationsOf(document: PackageDocument): Citation[] {
  const found: Citation[] = []
  const day = document.effectiveFrom
  const add = (id: string | undefined, path: string, on: string = day): void => {
    if (id !== undefined) found.push({ id, path, day: on })
  }
  document.basis.forEach((id, index) => {
    add(id, `/basis/${index}`)
  })
  document.rules.forEach((rule, index) => {
    rule.clause.forEach((id, at) => {
      add(id, `/rules/${index}/clause/${at}`, rule.effectiveFrom ?? day)
    })
    rule.steps.forEach((step, at) => {
      add(step.clause, `/rules/${index}/steps/${at}/clause`, rule.effectiveFrom ?? day)
    })
  })
  collectClauses(document.rows, '/rows', add)
  collectClauses(document.registers, '/registers', add)
  collectClauses(document.alerts, '/alerts', add)
  collectClauses(document.service, '/service', add)
  return found
}

/** Every member `clause` below a value; package documents have no other use of that name. */
function collectClauses(
  value: unknown,
  path: string,
  add: (id: string | undefined, path: string) => void,
): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    const at = pointer(path, name)
    if (name === 'clause' && typeof member === 'string') add(member, at)
    else collectClauses(member, at, add)
  }
}

function checkCitation(names: PackageNames, citation: Citation, problems: Problems): void {
  const { id, path, day } = citation
  const known = names.findClauses(id)
  if (known.length === 0) {
    problems.error(path, 'CLAUSE_UNKNOWN', 'a clause of law.yaml or of a used package', id)
  } else if (!known.some((one) => isInForce(one, day) && !isRepealed(names, one, day))) {
    problems.error(path, 'CLAUSE_NOT_IN_FORCE', `a clause in force on ${day}`, id)
  }
}

function isInForce({ effectiveFrom, effectiveTo }: Clause, day: string): boolean {
  return effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo)
}

function checkParameters(names: PackageNames, problems: Problems): void {
  const { document } = names
  const seen = new Set<string>()
  const read = document.rules.flatMap((rule) => rule.parameters)
  document.parameters.forEach((row, index) => {
    const path = `/parameters/${index}`
    const start = `${row.parameter} ${row.region} ${row.effectiveFrom}`
    if (seen.has(start)) problems.error(path, 'PARAMETER_TWICE', 'one value per start', start)
    seen.add(start)
    if (row.effectiveTo !== null && row.effectiveTo < row.effectiveFrom) {
      problems.error(`${path}/effectiveTo`, 'DATES', `not before ${row.effectiveFrom}`)
    }
    checkCitation(names, { id: row.basis, path: `${path}/basis`, day: row.effectiveFrom }, problems)
  })
  for (const parameter of new Set(document.parameters.map((row) => row.parameter))) {
    if (parameter === 'calendar.day' || read.some((name) => covers(name, parameter))) continue
    problems.warn('/parameters', 'PARAMETER_UNUSED', 'a rule that reads it', parameter)
  }
}

/** `annuity.*` covers every parameter of that library. */
function covers(declared: string, parameter: string): boolean {
  if (declared === parameter) return true
  return declared.endsWith('*') && parameter.startsWith(declared.slice(0, -1))
}

function checkRules(names: PackageNames, problems: Problems): void {
  const { document } = names
  const published = [...names.parameterNames()]
  const seen = new Set<string>()
  document.rules.forEach((rule, index) => {
    const path = `/rules/${index}`
    if (seen.has(rule.id)) problems.error(`${path}/id`, 'RULE_TWICE', 'each rule once', rule.id)
    seen.add(rule.id)
    if (rule.clause.length === 0) {
      problems.error(
        `${path}/clause`,
        'RULE_WITHOUT_CLAUSE',
        'the clause that it implements',
        rule.id,
      )
    }
    for (const fault of checkRule(rule)) {
      problems.add({
        path: path + pointerOfPath(fault.path),
        code: `RULE_${fault.code}`,
        expected: fault.message,
        came: rule.id,
        severity: fault.severity,
        ...(fault.position === undefined ? {} : { position: fault.position }),
      })
    }
    rule.parameters.forEach((name, at) => {
      if (published.some((parameter) => covers(name, parameter))) return
      const place = `${path}/parameters/${at}`
      problems.warn(place, 'PARAMETER_UNPUBLISHED', 'a parameter of this or a used package', name)
    })
  })
}

/** `steps[2].table.rows[0]` → `/steps/2/table/rows/0`. */
function pointerOfPath(path: string): string {
  if (path === '') return ''
  return `/${path.replaceAll('[', '/').replaceAll(']', '').replaceAll('.', '/')}`
}

function checkRuleExamples({ rules, examples }: PackageDocument, problems: Problems): void {
  examples.rules.forEach((example, index) => {
    const path = `/examples/rules/${index}`
    if (!rules.some(({ id }) => id === example.rule)) {
      problems.error(`${path}/rule`, 'RULE_UNKNOWN', 'a rule of this package', example.rule)
    }
    if ((example.outputs === undefined) === (example.refused === undefined)) {
      problems.error(path, 'EXAMPLE_RESULT', 'either outputs or refused', example.name)
    }
    if (example.source === 'hand' && example.arithmetic === undefined) {
      problems.error(`${path}/arithmetic`, 'EXAMPLE_ARITHMETIC', 'the arithmetic by hand', '')
    }
  })
  rules.forEach(({ id }, index) => {
    // An example of a refusal shows what the rule does not do.
    if (examples.rules.some(({ rule, outputs }) => rule === id && outputs !== undefined)) return
    problems.error(`/rules/${index}`, 'RULE_WITHOUT_EXAMPLE', 'a worked example with outputs', id)
  })
}
