/* Every FEEL text compiles, and names only what exists where it stands. */
import { FeelSyntaxError, LimitExceeded } from '@renshe/rules'
import { compileText } from '../compiled-text.ts'
import { type Place, type PlacedText, visitExpressions } from '../expressions.ts'
import type {
  Field,
  PackageDocument,
  RegisterDefinition,
  ServiceDefinition,
} from '../package-document.ts'
import { caseNames, type PackageNames, stepNames } from './package-names.ts'
import type { Problems } from './problem.ts'

/** Checks all expressions of a package outside its rules. */
export function checkExpressions(names: PackageNames, problems: Problems): void {
  const known = new KnownNames(names)
  visitExpressions(names.document, (placed) => {
    checkText(placed, known.at(placed), problems)
  })
}

function checkText(
  { text, path }: PlacedText,
  known: ReadonlySet<string> | undefined,
  problems: Problems,
): void {
  try {
    const { names, tree } = compileText(text)
    if (names.includes('parameter') && callsParameter(tree)) {
      problems.error(path, 'PARAMETER_OUTSIDE_RULE', IN_A_RULE, text.slice(0, 80))
      return
    }
    if (known === undefined) return
    for (const name of names) {
      if (known.has(name)) continue
      problems.error(path, 'NAME_UNKNOWN', `one of ${[...known].sort().join(', ')}`, name)
    }
  } catch (error) {
    if (error instanceof FeelSyntaxError) {
      const { position, message } = error
      const { line, column } = position
      problems.add({
        path,
        code: 'FEEL_SYNTAX',
        expected: message,
        came: text.slice(0, 80),
        severity: 'error',
        position: { line, column },
      })
    } else if (error instanceof LimitExceeded) {
      problems.error(path, 'FEEL_LIMIT', `at most ${error.allowed} of ${error.limit}`)
    } else {
      throw error
    }
  }
}

const IN_A_RULE =
  'a rule that reads the published value: its trace tells region, dates and clause, and refuses a missing one'

/**
 * Whether a text calls `parameter`. Only rules have that function: elsewhere nothing would tell which
 * region and day a value came from, so it is refused instead of being null when it runs.
 */
function callsParameter(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  const { kind, callee } = tree as { kind?: unknown; callee?: { name?: unknown } }
  const isCall = kind === 'call' || kind === 'named call'
  if (isCall && callee?.name === 'parameter') return true
  return Object.values(tree).some(callsParameter)
}

/** Which names a text may use, by its place; undefined: any. */
class KnownNames {
  readonly #names: PackageNames
  readonly #case: ReadonlySet<string>
  /** Names inside a filter may be entries of the items: which, FEEL knows only when it runs. */
  readonly #items: readonly string[]

  constructor(names: PackageNames) {
    this.#names = names
    this.#case = names.service === null ? new Set() : caseNames(names.service)
    this.#items = [
      'item',
      ...itemNames({
        document: names.document,
        service: names.service,
        findRegister: (name) => names.findRegister(name),
      }),
    ]
  }

  at({ place, before, path }: PlacedText): ReadonlySet<string> | undefined {
    // A library's books are opened by services that its author does not know.
    if (this.#names.service === null && path.startsWith('/registers/')) return undefined
    const known = this.#placeNames(place)
    return known && new Set([...known, ...this.#items, ...(before ?? [])])
  }

  #placeNames(place: Place): Iterable<string> | undefined {
    switch (place.kind) {
      case 'event':
        return undefined
      case 'case':
      case 'opening':
        return this.#case
      case 'step':
        return [...this.#case, ...this.#stepNames(place.step), ...(place.extra ?? [])]
      case 'row':
        return this.#rowNames(place.row, place.determination)
      case 'rows':
        return ['rows', 'outcome', ...this.#rowsNames(place.determination)]
    }
  }

  #stepNames(name: string): Iterable<string> {
    const { service } = this.#names
    const step = service?.steps[name]
    return service === null || step === undefined ? [] : stepNames(service, step)
  }

  #rowNames(row: string, determination: string | undefined): string[] {
    const columns = Object.keys(this.#names.findRow(row)?.columns ?? {})
    return determination === undefined ? columns : [...columns, ...this.#withNames(determination)]
  }

  #rowsNames(determination: string): string[] {
    const definition = this.#names.service?.determinations[determination]
    const rows = this.#names.service?.sections[definition?.of ?? '']?.rows ?? ''
    const each = definition?.each.map(({ name }) => name) ?? []
    return [...this.#rowNames(rows, determination), ...each]
  }

  #withNames(determination: string): string[] {
    const { service } = this.#names
    return service?.determinations[determination]?.with.map(({ name }) => name) ?? []
  }
}

/** Entries of the small records that lists of this package hold, and of the instances of a step. */
function itemNames({ document, service, findRegister }: ItemSource): string[] {
  const found = new Set<string>()
  const visit = (fields: Readonly<Record<string, Field>>): void => {
    for (const field of Object.values(fields)) {
      for (const name of Object.keys(field.fields ?? {})) found.add(name)
    }
  }
  for (const register of Object.values(document.registers)) visit(register.fields)
  if (service === null) return [...found]
  visit(service.opens.fields)
  for (const { register } of Object.values(service.references)) {
    visit(findRegister(register)?.fields ?? {})
  }
  for (const step of Object.values(service.steps)) {
    visit(step.form?.fields ?? {})
    if (step.each !== true) continue
    for (const name of ['outcome', 'round', 'member', 'doneOn']) found.add(name)
    for (const name of stepNames(service, step)) found.add(name)
  }
  return [...found]
}

type ItemSource = {
  readonly document: PackageDocument
  readonly service: ServiceDefinition | null
  readonly findRegister: (name: string) => RegisterDefinition | undefined
}
