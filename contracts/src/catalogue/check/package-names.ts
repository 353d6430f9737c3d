/* What the names of a package stand for, in itself and in the packages it uses. */
import type { RuleDocument } from '@renshe/rules'
import { camelOfKebab, isCode } from '../../vocabulary/spelling.ts'
import type { CompiledPackage } from '../compiled-package.ts'
import type {
  ChartDefinition,
  Clause,
  Effect,
  Outcome,
  PackageDocument,
  RegisterDefinition,
  RowDefinition,
  ServiceDefinition,
  StepDefinition,
} from '../package-document.ts'

/** What the checker knows beside the package. */
export interface CheckOptions {
  /** The packages that `uses` names. */
  readonly libraries: readonly CompiledPackage[]
  /** Clauses that the catalogue holds already. */
  readonly findClause?: (id: string) => readonly Clause[]
  /** Roles that members of the chain have; without it any role is taken. */
  readonly memberRoles?: readonly string[]
  /** Services that may be opened as child cases; without it any name is taken. */
  readonly services?: readonly string[]
}

/** An effect and where it stands; `step` is null for those of a withdrawal. */
export interface PlacedEffect {
  readonly effect: Effect
  readonly path: string
  readonly step: string | null
}

/** Looks names up. */
export class PackageNames {
  readonly document: PackageDocument
  readonly options: CheckOptions
  readonly effects: readonly PlacedEffect[]

  constructor(document: PackageDocument, options: CheckOptions) {
    this.document = document
    this.options = options
    this.effects = effectsOf(document.service)
  }

  get service(): ServiceDefinition | null {
    return this.document.service
  }

  findRow(name: string): RowDefinition | undefined {
    return this.#find('rows', name, (library) => library.findRow(name))
  }

  findRegister(name: string): RegisterDefinition | undefined {
    return this.#find('registers', name, (library) => library.findRegister(name))
  }

  findChart(name: string): ChartDefinition | undefined {
    return this.#find('charts', name, (library) => library.findChart(name))
  }

  findRule(id: string): RuleDocument | undefined {
    const own = this.document.rules.find((rule) => rule.id === id)
    if (own !== undefined) return own
    for (const library of this.options.libraries) {
      const found = library.findRule(id)
      if (found !== undefined) return found.rule.document
    }
    return undefined
  }

  /** Clauses cited here or by a used package: among them are those that amend and repeal. */
  citedClauses(): readonly Clause[] {
    return [this.document, ...this.#usedDocuments()].flatMap(({ law }) => law)
  }

  /** Every version of a clause that is known: cited here, by a used package, or published. */
  findClauses(id: string): readonly Clause[] {
    const known = this.citedClauses().filter((clause) => clause.id === id)
    return [...known, ...(this.options.findClause?.(id) ?? [])]
  }

  /** Names of parameters published here or by a used package. */
  parameterNames(): Set<string> {
    const documents = [this.document, ...this.#usedDocuments()]
    return new Set(documents.flatMap(({ parameters }) => parameters.map((row) => row.parameter)))
  }

  hasParty(name: string): boolean {
    return this.service !== null && Object.hasOwn(this.service.parties, name)
  }

  isKnownRole(name: string): boolean {
    const { memberRoles } = this.options
    return memberRoles === undefined ? isCode(name) : memberRoles.includes(name)
  }

  #usedDocuments(): PackageDocument[] {
    const found = new Map<string, PackageDocument>()
    const visit = (library: CompiledPackage): void => {
      found.set(library.hash, library.document)
      for (const used of library.uses.values()) visit(used)
    }
    for (const library of this.options.libraries) visit(library)
    return [...found.values()]
  }

  #find<Value>(
    member: 'rows' | 'registers' | 'charts',
    name: string,
    inLibrary: (library: CompiledPackage) => Value | undefined,
  ): Value | undefined {
    const own = this.document[member] as Readonly<Record<string, unknown>>
    if (Object.hasOwn(own, name)) return own[name] as Value
    for (const library of this.options.libraries) {
      const found = inLibrary(library)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Outcomes of a step with their places. */
export function outcomesOf(name: string, step: StepDefinition): [string, Outcome, string][] {
  return Object.entries(step.outcomes).map(([outcome, definition]) => [
    outcome,
    definition,
    `/service/steps/${name}/outcomes/${outcome}`,
  ])
}

function effectsOf(service: ServiceDefinition | null): PlacedEffect[] {
  const found: PlacedEffect[] = []
  if (service === null) return found
  const add = (effects: readonly Effect[], path: string, step: string | null): void => {
    effects.forEach((effect, index) => {
      found.push({ effect, path: `${path}/${index}`, step })
    })
  }
  for (const [name, step] of Object.entries(service.steps)) {
    for (const [, outcome, path] of outcomesOf(name, step)) {
      add(outcome.effects, `${path}/effects`, name)
    }
  }
  add(service.withdrawal?.effects ?? [], '/service/withdrawal/effects', null)
  return found
}

/** Names that FEEL may use anywhere in a case. */
export function caseNames(service: ServiceDefinition): Set<string> {
  const names = new Set(['case', 'today', 'now', 'steps', 'round', 'opener'])
  const add = (given: Iterable<string>): void => {
    for (const name of given) names.add(camelOfKebab(name))
  }
  add(Object.keys(service.parties))
  add(Object.keys(service.references))
  for (const [name, section] of Object.entries(service.sections)) {
    if (section.rows !== undefined) add([name])
  }
  add(Object.keys(service.opens.fields))
  add(service.opens.compute.map(({ name }) => name))
  for (const step of Object.values(service.steps)) {
    if (step.each !== true) add(stepNames(service, step))
  }
  return names
}

/** Names that one step brings: its form, what its wait or determination adds, its values. */
export function stepNames(service: ServiceDefinition, step: StepDefinition): Set<string> {
  const names = new Set(Object.keys(step.form?.fields ?? {}))
  const add = (given: Iterable<string>): void => {
    for (const name of given) names.add(name)
  }
  const { wait, determine } = step
  if (wait !== undefined) add(namesOfWait(Object.keys(wait)))
  const determination = determine === undefined ? undefined : service.determinations[determine]
  add((determination?.outputs ?? []).map(({ name }) => name))
  add(step.compute.map(({ name }) => name))
  for (const outcome of Object.values(step.outcomes)) add(outcome.compute.map(({ name }) => name))
  return names
}

function namesOfWait(members: readonly string[]): readonly string[] {
  if (members.includes('payment')) return ['arrivedAmount', 'arrivedTotal', 'arrivedOn']
  if (members.includes('settlement')) return ['paymentState', 'paidOn']
  if (members.includes('register')) return ['entry']
  return members.includes('case') ? ['child'] : []
}
