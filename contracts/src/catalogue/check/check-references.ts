/*
 * Every name of a service stands for something: parties, steps, sections, rows, charts,
 * determinations.
 */
import type { ServiceDefinition } from '../package-document.ts'
import { checkAudience } from './check-audience.ts'
import { checkEffects } from './check-effects.ts'
import type { PackageNames } from './package-names.ts'
import { type Problems, pointer } from './problem.ts'

/** Refuses names that nothing stands for. */
export function checkReferences(names: PackageNames, problems: Problems): void {
  checkRowsAndCharts(names, problems)
  for (const name of names.document.uses) {
    if (names.options.libraries.some(({ document }) => document.name === name)) continue
    problems.error('/uses', 'PACKAGE_UNKNOWN', 'a published package', name)
  }
  if (names.document.kind === 'library' && names.service !== null) {
    problems.error('/service', 'KIND', 'null in a library')
  }
  if (names.document.kind === 'service' && names.service === null) {
    problems.error('/service', 'KIND', 'a service')
  }
  if (!names.isKnownRole(names.document.responsible)) {
    const { responsible } = names.document
    problems.error('/responsible', 'ROLE_UNKNOWN', 'a role of some member', responsible)
  }
  if (names.service === null) return
  const check = new ReferenceCheck(names, names.service, problems)
  check.opening()
  check.sections()
  check.determinations()
  check.steps()
  check.withdrawal()
  checkEffects(names, names.service, problems)
}

/** Codes of names that nothing stands for. */
const UNKNOWN = {
  party: 'PARTY_UNKNOWN',
  step: 'STEP_UNKNOWN',
  section: 'SECTION_UNKNOWN',
  determination: 'DETERMINATION_UNKNOWN',
  outcome: 'OUTCOME_UNKNOWN',
} as const
type Named = keyof typeof UNKNOWN

const SUBLEDGER_SECTIONS: readonly string[] = ['entry', 'balance']

class ReferenceCheck {
  readonly #names: PackageNames
  readonly #service: ServiceDefinition
  readonly #problems: Problems

  constructor(names: PackageNames, service: ServiceDefinition, problems: Problems) {
    this.#names = names
    this.#service = service
    this.#problems = problems
  }

  #one(of: object, name: string, path: string, what: Named): void {
    if (Object.hasOwn(of, name)) return
    this.#problems.error(path, UNKNOWN[what], `a ${what} of the service`, name)
  }

  #all(of: object, given: readonly string[], path: string, what: Named): void {
    given.forEach((name, index) => {
      this.#one(of, name, pointer(path, index), what)
    })
  }

  #hasSubledger(): boolean {
    const { determinations } = this.#service
    return Object.values(determinations).some(({ subledger }) => subledger !== undefined)
  }

  opening(): void {
    const { parties, opens, steps, references } = this.#service
    this.#one(parties, opens.by, '/service/opens/by', 'party')
    this.#all(steps, opens.then, '/service/opens/then', 'step')
    if (opens.then.length === 0) {
      this.#problems.error('/service/opens/then', 'NOTHING_OPENS', 'at least one step')
    }
    for (const [name, { register }] of Object.entries(references)) {
      if (this.#names.findRegister(register) !== undefined) continue
      const path = `/service/references/${name}/register`
      this.#problems.error(
        path,
        'REGISTER_UNKNOWN',
        'a register of this or a used package',
        register,
      )
    }
    this.#computes(opens.compute, '/service/opens/compute')
  }

  sections(): void {
    const { parties, sections } = this.#service
    for (const [name, section] of Object.entries(sections)) {
      const path = `/service/sections/${name}`
      this.#one(parties, section.owner, `${path}/owner`, 'party')
      this.#all(parties, section.readers, `${path}/readers`, 'party')
      const isSubledger = SUBLEDGER_SECTIONS.includes(name) && this.#hasSubledger()
      const contents = [section.fields, section.rows].filter((content) => content !== undefined)
      // Entries and balances have the content that ledger-bytes section 13 gives them.
      if (contents.length !== (isSubledger ? 0 : 1)) {
        const expected = isSubledger ? 'neither fields nor rows' : 'either fields or rows'
        this.#problems.error(path, 'SECTION_CONTENT', expected)
      }
      const row = section.rows === undefined ? undefined : this.#names.findRow(section.rows)
      if (section.rows !== undefined && row === undefined) {
        this.#problems.error(`${path}/rows`, 'ROWS_UNKNOWN', 'a row definition', section.rows)
      }
      for (const [total, { sum, type, places }] of Object.entries(section.totals ?? {})) {
        const column = row?.columns[sum]
        const at = `${path}/totals/${total}`
        if (row !== undefined && column === undefined) {
          this.#problems.error(`${at}/sum`, 'COLUMN_UNKNOWN', 'a column of the rows', sum)
        } else if (column !== undefined && (column.type !== type || column.places !== places)) {
          this.#problems.error(`${at}/type`, 'TOTAL_TYPE', `as the column: ${column.type}`, type)
        }
      }
    }
  }

  determinations(): void {
    const { parties, sections, determinations } = this.#service
    for (const [name, determination] of Object.entries(determinations)) {
      const path = `/service/determinations/${name}`
      this.#all(parties, determination.members, `${path}/members`, 'party')
      if (new Set(determination.members).size < 2) {
        this.#problems.error(`${path}/members`, 'MEMBERS_TOO_FEW', 'at least two parties')
      }
      const row = this.#names.findRow(sections[determination.of]?.rows ?? '')
      if (row === undefined) {
        const expected = 'a section with rows'
        this.#problems.error(`${path}/of`, 'SECTION_UNKNOWN', expected, determination.of)
      }
      determination.rowChecks.forEach(({ column }, index) => {
        if (row === undefined || Object.hasOwn(row.columns, column)) return
        const at = `${path}/rowChecks/${index}/column`
        this.#problems.error(at, 'COLUMN_UNKNOWN', 'a column of the rows', column)
      })
      for (const member of ['with', 'each', 'outputs'] as const) {
        this.#computes(determination[member], `${path}/${member}`)
      }
      const { subledger } = determination
      if (subledger === undefined) continue
      const { register, join } = subledger.accounts
      if (this.#names.findRegister(register) === undefined) {
        const at = `${path}/subledger/accounts/register`
        this.#problems.error(at, 'REGISTER_UNKNOWN', 'a register', register)
      }
      if (row !== undefined && !Object.hasOwn(row.columns, join)) {
        const at = `${path}/subledger/accounts/join`
        this.#problems.error(at, 'COLUMN_UNKNOWN', 'a column of the rows', join)
      }
      for (const section of SUBLEDGER_SECTIONS) {
        if (Object.hasOwn(sections, section)) continue
        const expected = 'a section for what the sub-ledger seals'
        this.#problems.error('/service/sections', 'SECTION_MISSING', expected, section)
      }
    }
  }

  steps(): void {
    for (const name of Object.keys(this.#service.steps)) this.#step(name)
  }

  #step(name: string): void {
    const { parties, steps, determinations, sections } = this.#service
    const step = steps[name]
    if (step === undefined) return
    const path = `/service/steps/${name}`
    this.#one(parties, step.holder, `${path}/holder`, 'party')
    const isMany = parties[step.holder]?.many === true
    if (isMany !== (step.each === true)) {
      const expected = isMany ? 'each: true, as the holder is many' : 'a holder that is many'
      this.#problems.error(`${path}/each`, 'EACH', expected, step.holder)
    }
    this.#all(steps, step.by?.notSignerOf ?? [], `${path}/by/notSignerOf`, 'step')
    if (step.signatures !== undefined) {
      this.#all(parties, step.signatures.of, `${path}/signatures/of`, 'party')
    }
    if (step.determine !== undefined) {
      this.#one(determinations, step.determine, `${path}/determine`, 'determination')
    }
    this.#all(sections, step.form?.sections ?? [], `${path}/form/sections`, 'section')
    const batch = step.form?.batch
    if (batch !== undefined && sections[batch]?.rows === undefined) {
      this.#problems.error(`${path}/form/batch`, 'SECTION_UNKNOWN', 'a section with rows', batch)
    }
    this.#computes(step.compute, `${path}/compute`)
    this.#all(steps, step.join?.of ?? [], `${path}/join/of`, 'step')
    for (const [outcome, definition] of Object.entries(step.outcomes)) {
      const at = `${path}/outcomes/${outcome}`
      this.#all(steps, definition.then, `${at}/then`, 'step')
      this.#all(sections, definition.sections, `${at}/sections`, 'section')
      this.#computes(definition.compute, `${at}/compute`)
    }
    for (const [clock, { lapse }] of Object.entries(step.clocks)) {
      const at = `${path}/clocks/${clock}/lapse`
      if (lapse === undefined) continue
      if ('outcome' in lapse) this.#one(step.outcomes, lapse.outcome, `${at}/outcome`, 'outcome')
      else checkAudience(this.#names, lapse.to, `${at}/to`, this.#problems)
    }
    this.#wait(name)
  }

  #wait(name: string): void {
    const { wait } = this.#service.steps[name] ?? {}
    const path = `/service/steps/${name}/wait`
    if (wait === undefined) return
    const named = (member: string): Set<string> =>
      new Set(
        this.#names.effects.flatMap(({ effect }) =>
          member in effect ? [(effect as unknown as Record<string, string>)[member] as string] : [],
        ),
      )
    const find = (known: ReadonlySet<string>, given: string, at: string, what: string): void => {
      if (known.has(given)) return
      this.#problems.error(at, 'WAIT_UNKNOWN', `the name of ${what}`, given)
    }
    if ('payment' in wait) find(named('expect'), wait.payment, `${path}/payment`, 'an expect')
    if ('settlement' in wait) find(named('pay'), wait.settlement, `${path}/settlement`, 'a pay')
    if ('case' in wait) find(named('as'), wait.case, `${path}/case`, 'a child case (as)')
    if ('register' in wait && this.#names.findRegister(wait.register) === undefined) {
      this.#problems.error(`${path}/register`, 'REGISTER_UNKNOWN', 'a register', wait.register)
    }
  }

  withdrawal(): void {
    const { withdrawal, parties, steps } = this.#service
    if (withdrawal === undefined) return
    this.#one(parties, withdrawal.by, '/service/withdrawal/by', 'party')
    this.#all(steps, withdrawal.while, '/service/withdrawal/while', 'step')
  }

  #computes(computes: ServiceDefinition['opens']['compute'], path: string): void {
    computes.forEach((compute, index) => {
      if (!('rule' in compute)) return
      const at = `${path}/${index}`
      const rule = this.#names.findRule(compute.rule)
      if (rule === undefined) {
        const expected = 'a rule of this or a used package'
        this.#problems.error(`${at}/rule`, 'RULE_UNKNOWN', expected, compute.rule)
        return
      }
      const facts = rule.facts.map((fact) => fact.name)
      for (const fact of Object.keys(compute.facts)) {
        if (facts.includes(fact)) continue
        const expected = `one of ${facts.join(', ')}`
        this.#problems.error(`${at}/facts/${fact}`, 'FACT_UNKNOWN', expected, fact)
      }
    })
  }
}

function checkRowsAndCharts(names: PackageNames, problems: Problems): void {
  const { rows, charts, registers, alerts } = names.document
  for (const [name, row] of Object.entries(rows)) {
    const known = (column: string, path: string): void => {
      if (Object.hasOwn(row.columns, column)) return
      problems.error(path, 'COLUMN_UNKNOWN', 'a column of the row', column)
    }
    if (row.unique !== undefined) known(row.unique, `/rows/${name}/unique`)
    row.checks.forEach(({ column }, index) => {
      known(column, `/rows/${name}/checks/${index}/column`)
    })
  }
  for (const [name, { accounts, equalities, subledger, suspense }] of Object.entries(charts)) {
    const numbers = accounts.map(({ no }) => no)
    const known = (no: string, path: string): void => {
      if (numbers.includes(no)) return
      problems.error(path, 'ACCOUNT_UNKNOWN', 'an account of the chart', no)
    }
    if (new Set(numbers).size !== numbers.length) {
      problems.error(`/charts/${name}/accounts`, 'ACCOUNT_TWICE', 'each number once')
    }
    equalities.forEach(({ left, right }, index) => {
      for (const no of left) known(no, `/charts/${name}/equalities/${index}/left`)
      for (const no of right) known(no, `/charts/${name}/equalities/${index}/right`)
    })
    for (const no of subledger?.cost ?? []) known(no, `/charts/${name}/subledger/cost`)
    if (subledger !== undefined) known(subledger.units, `/charts/${name}/subledger/units`)
    if (suspense !== undefined) known(suspense.debit, `/charts/${name}/suspense/debit`)
    if (suspense !== undefined) known(suspense.credit, `/charts/${name}/suspense/credit`)
  }
  for (const [name, { book, sections }] of Object.entries(registers)) {
    if (book !== undefined && names.findChart(book.chart) === undefined) {
      problems.error(`/registers/${name}/book/chart`, 'CHART_UNKNOWN', 'a chart', book.chart)
    }
    if (names.service === null) continue
    sections.forEach((section, index) => {
      if (Object.hasOwn(names.service?.sections ?? {}, section)) return
      const at = `/registers/${name}/sections/${index}`
      problems.warn(at, 'SECTION_UNKNOWN', 'a section of the service that records it', section)
    })
  }
  for (const [name, alert] of Object.entries(alerts)) {
    checkAudience(names, alert.to, `/alerts/${name}/to`, problems)
  }
}
