import { type Compiled, type CompiledRule, compileRule } from '@renshe/rules'
import { packageBytes, packageHash, ruleHash, sectionHash } from './catalogue-hash.ts'
import { compileText } from './compiled-text.ts'
import { visitExpressions } from './expressions.ts'
import type {
  ChartDefinition,
  PackageDocument,
  RegisterDefinition,
  RowDefinition,
  SectionDefinition,
  ServiceDefinition,
} from './package-document.ts'

/** A section of sealed data with the hash that sealed headers carry. */
export interface CompiledSection {
  readonly name: string
  /** `entryHash`: content hash of the catalogue entry. */
  readonly entry: string
  readonly definition: SectionDefinition
  /** Columns, where the section's rows come as a batch. */
  readonly row: RowDefinition | null
}

/** A published rule, ready to be evaluated. */
export interface PackageRule {
  readonly hash: string
  readonly id: string
  readonly rule: CompiledRule
}

/**
 * A package with everything in it compiled once. Pure: it depends on the bytes of the package and
 * of the packages it uses, on nothing else.
 */
export interface CompiledPackage {
  readonly hash: string
  readonly document: PackageDocument
  /** Packages it uses, by name, at the versions they had when it was published. */
  readonly uses: ReadonlyMap<string, CompiledPackage>
  /**
   * The compiled form of a FEEL text of this package.
   *
   * @throws RangeError for a text that is not in the package: a caller's bug
   */
  expression(text: string): Compiled
  /**
   * Definitions by name: its own ones, then those of the packages it uses, in the order of `uses`.
   */
  findRow(name: string): RowDefinition | undefined
  findRegister(name: string): RegisterDefinition | undefined
  findChart(name: string): ChartDefinition | undefined
  /** A section of its own service. */
  findSection(name: string): CompiledSection | undefined
  /** A rule of its own or of a package it uses, at the version published with it. */
  findRule(id: string): PackageRule | undefined
  /** Rules of its own, in the order of the document. */
  readonly rules: readonly PackageRule[]
}

/**
 * Compiles a package.
 *
 * @param document       checked against its schema
 * @param usedLibraries  the packages that `uses` names
 * @param hash           its content hash, if the caller knows it
 * @throws FeelSyntaxError, LimitExceeded of the rules room where a text is not FEEL
 */
export function compilePackage(
  document: PackageDocument,
  usedLibraries: readonly CompiledPackage[],
  hash: string = packageHash(packageBytes(document)),
): CompiledPackage {
  const uses = new Map(usedLibraries.map((library) => [library.document.name, library]))
  const expressions = new Map<string, Compiled>()
  visitExpressions(document, ({ text }) => {
    expressions.set(text, compileText(text))
  })
  const rules = document.rules.map((rule) => ({
    hash: ruleHash(rule),
    id: rule.id,
    rule: compileRule(rule),
  }))
  const sections = compileSections(document, (name) => findRow(document, usedLibraries, name))
  return {
    hash,
    document,
    uses,
    rules,
    expression(text) {
      const found = expressions.get(text)
      if (found === undefined) throw new RangeError('not a text of this package')
      return found
    },
    findRow: (name) => findRow(document, usedLibraries, name),
    findRegister: (name) =>
      own(document.registers, name) ??
      firstOf(usedLibraries, (library) => library.findRegister(name)),
    findChart: (name) =>
      own(document.charts, name) ?? firstOf(usedLibraries, (library) => library.findChart(name)),
    findSection: (name) => sections.get(name),
    findRule: (id) =>
      rules.find((rule) => rule.id === id) ??
      firstOf(usedLibraries, (library) => library.findRule(id)),
  }
}

/** The service of a package; throws for a library: where a caller has checked that there is one. */
export function serviceOf(compiled: CompiledPackage): ServiceDefinition {
  const { service } = compiled.document
  if (service === null) throw new RangeError(`${compiled.document.name} is a library`)
  return service
}

function own<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

function firstOf<Value>(
  libraries: readonly CompiledPackage[],
  find: (library: CompiledPackage) => Value | undefined,
): Value | undefined {
  for (const library of libraries) {
    const found = find(library)
    if (found !== undefined) return found
  }
  return undefined
}

function findRow(
  document: PackageDocument,
  libraries: readonly CompiledPackage[],
  name: string,
): RowDefinition | undefined {
  return own(document.rows, name) ?? firstOf(libraries, (library) => library.findRow(name))
}

function compileSections(
  document: PackageDocument,
  rowOf: (name: string) => RowDefinition | undefined,
): Map<string, CompiledSection> {
  const sections = new Map<string, CompiledSection>()
  for (const [name, definition] of Object.entries(document.service?.sections ?? {})) {
    const row = definition.rows === undefined ? null : (rowOf(definition.rows) ?? null)
    sections.set(name, {
      name,
      entry: sectionHash(document.name, name, definition, row),
      definition,
      row,
    })
  }
  return sections
}
