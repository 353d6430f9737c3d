import { join } from 'node:path'
import type { CompiledPackage } from '@renshe/contracts'
import type { ParameterLookup } from '@renshe/rules'
import { listed, readText } from '../service/package-files.ts'
import type { PackageFolders } from '../service/package-folders.ts'
import { explainError } from '../shell/failure.ts'
import {
  CALENDAR_PARAMETER,
  type RuleShelf,
  type RuleSource,
  type ShelvedRule,
  shelfOf,
} from './rule-shelf.ts'

/**
 * Rules and values of a folder of packages, where only what a question asks for is read and compiled: the
 * packages that name the rule or the parameter, with all that these use, checked as always. A rule that
 * is not found so is looked for in every package: answers are those of the whole shelf.
 */
export class AskedRules implements RuleSource {
  readonly #folders: PackageFolders
  readonly #names: readonly string[]
  /** The rule files of each package, one text. */
  readonly #ruleTexts = new Map<string, string>()
  readonly #compiled = new Map<string, CompiledPackage | undefined>()
  readonly #broken = new Map<string, string>()
  /** Only what exists, so that strange questions do not fill it. */
  readonly #rules = new Map<string, ShelvedRule>()
  readonly #shelves = new Map<string, RuleShelf>()
  /** Packages that publish a parameter, by its name. */
  #publishers: ReadonlyMap<string, readonly string[]> | undefined
  #whole: RuleShelf | undefined
  readonly parameters: ParameterLookup

  constructor(folders: PackageFolders) {
    this.#folders = folders
    this.#names = folders.names()
    this.parameters = {
      find: (parameter, region, on) =>
        this.#shelfOf(parameter).parameters.find(parameter, region, on),
    }
  }

  get calendar(): RuleShelf['calendar'] {
    return this.#shelfOf(CALENDAR_PARAMETER).calendar
  }

  /** Packages that were asked for and could not be read, with the reason. */
  get broken(): ReadonlyMap<string, string> {
    return this.#broken
  }

  findRule(id: string): ShelvedRule | undefined {
    const known = this.#rules.get(id)
    if (known !== undefined) return known
    const found = this.#findNamed(id) ?? this.#everything().findRule(id)
    if (found !== undefined) this.#rules.set(id, found)
    return found
  }

  #findNamed(id: string): ShelvedRule | undefined {
    if (this.#whole !== undefined) return undefined
    const naming = this.#names.filter((name) => this.#ruleText(name).includes(id))
    return shelfOf(this.#compile(naming)).findRule(id)
  }

  /** Every package: YAML may write a name with escapes, which no search for it finds. */
  #everything(): RuleShelf {
    this.#whole ??= shelfOf(this.#compile(this.#names))
    return this.#whole
  }

  #ruleText(name: string): string {
    const known = this.#ruleTexts.get(name)
    if (known !== undefined) return known
    const text = this.#read(name, 'rules', '.yaml')
    this.#ruleTexts.set(name, text)
    return text
  }

  #shelfOf(parameter: string): RuleShelf {
    const known = this.#shelves.get(parameter)
    if (known !== undefined) return known
    this.#publishers ??= this.#readPublishers()
    const publishers = this.#publishers.get(parameter)
    if (publishers === undefined) return NOTHING
    const made = shelfOf(this.#compile(publishers))
    this.#shelves.set(parameter, made)
    return made
  }

  #readPublishers(): Map<string, string[]> {
    const found = new Map<string, string[]>()
    for (const name of this.#names) {
      const text = this.#read(name, 'parameters', '.csv')
      for (const parameter of new Set(Array.from(text.matchAll(FIRST_CELL), ([, cell]) => cell))) {
        const known = found.get(parameter ?? '')
        if (known === undefined) found.set(parameter ?? '', [name])
        else known.push(name)
      }
    }
    return found
  }

  #read(name: string, folder: string, ending: string): string {
    const read = () =>
      listed(join(this.#folders.root, name), folder, ending)
        .map(({ path, shown }) => readText(path, shown))
        .join('\n')
    return this.#trying(name, read) ?? ''
  }

  #compile(names: readonly string[]): CompiledPackage[] {
    return names.flatMap((name) => {
      const made = this.#compiled.has(name)
        ? this.#compiled.get(name)
        : this.#trying(name, () => this.#folders.compile(name))
      this.#compiled.set(name, made)
      return made === undefined ? [] : [made]
    })
  }

  /** A package that is broken does not keep the others away. */
  #trying<Made>(name: string, make: () => Made): Made | undefined {
    try {
      return make()
    } catch (error) {
      this.#broken.set(name, explainError(error, 'en').message)
      return undefined
    }
  }
}

/** A name of a parameter needs no escape in CSV: at most it stands in quotes. */
const FIRST_CELL = /^"?([^",\r\n]+)/gm

const NOTHING = shelfOf([])
