import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CompiledPackage, compilePackage, type PackageDocument } from '@renshe/contracts'
import { type BuiltPackage, completePackage } from './build-package.ts'
import { type ReadPackage, readPackage } from './draft-package.ts'
import type { Located } from './located-yaml.ts'

/** Packages side by side in one folder: what one uses lies beside it, in a folder of that name. */
export class PackageFolders {
  readonly root: string
  readonly #read = new Map<string, ReadPackage>()
  readonly #built = new Map<string, BuiltPackage>()
  readonly #compiled = new Map<string, CompiledPackage>()
  /** Looked for once: every `uses` of every package asks. */
  #neighbours: ReadonlySet<string> | undefined

  constructor(root: string) {
    this.root = root
  }

  /** Every folder that holds a package, by name. */
  names(): string[] {
    return readdirSync(this.root, { withFileTypes: true })
      .filter((entry) => !entry.isFile() && isPackageFolder(join(this.root, entry.name)))
      .map(({ name }) => name)
      .sort()
  }

  /** A folder without its examples. */
  read(folder: string): ReadPackage {
    const known = this.#read.get(folder)
    if (known !== undefined) return known
    const made = readPackage(join(this.root, folder))
    this.#read.set(folder, made)
    return made
  }

  /**
   * The canonical document of a folder. It depends on the folder, on the packages it uses and on those
   * that its examples name, on no other.
   *
   * @throws AuthorMistake, also for what is wrong in a package that it needs
   */
  build(folder: string): BuiltPackage {
    const known = this.#built.get(folder)
    if (known !== undefined) return known
    const read = this.read(folder)
    const needed = new Set<string>()
    this.#collect(read, [folder], needed)
    for (const world of read.worlds) this.#collectWorld(world, folder, needed)
    needed.delete(folder)
    const drafts = [...needed].sort().map((name) => this.read(name).draft)
    const made = completePackage(read, drafts)
    this.#built.set(folder, made)
    return made
  }

  /**
   * A package with everything that it uses, compiled.
   *
   * @throws AuthorMistake; FeelSyntaxError, LimitExceeded where a text is not FEEL
   */
  compile(folder: string): CompiledPackage {
    const known = this.#compiled.get(folder)
    if (known !== undefined) return known
    const { document, hash } = this.build(folder)
    const used = document.uses.map((name) => this.compile(name))
    const made = compilePackage(document, used, hash)
    this.#compiled.set(folder, made)
    return made
  }

  /** Documents of packages and of all that these use, each once; in the order of their names. */
  documents(names: Iterable<string>): PackageDocument[] {
    const found = new Map<string, PackageDocument>()
    const visit = (name: string): void => {
      if (found.has(name)) return
      const { document } = this.build(name)
      found.set(name, document)
      for (const used of document.uses) visit(used)
    }
    for (const name of names) visit(name)
    return [...found.keys()].sort().map((name) => found.get(name) as PackageDocument)
  }

  #collect(read: ReadPackage, path: readonly string[], needed: Set<string>): void {
    for (const place of read.uses) {
      const name = place.text()
      if (path.includes(name)) {
        place.fail('USES_CYCLE', 'packages that do not use each other', [...path, name].join(' → '))
      }
      if (needed.has(name)) continue
      const used = this.#named(place)
      needed.add(name)
      this.#collect(used, [...path, name], needed)
    }
  }

  #collectWorld(place: Located, folder: string, needed: Set<string>): void {
    const name = place.text()
    if (needed.has(name) || name === folder) return
    needed.add(name)
    this.#collect(this.#named(place), [name], needed)
  }

  #named(place: Located): ReadPackage {
    const name = place.text('the name of a package')
    this.#neighbours ??= new Set(this.names())
    if (!this.#neighbours.has(name)) {
      const expected = `a package that lies beside this one: ${[...this.#neighbours].join(', ')}`
      place.fail('PACKAGE_UNKNOWN', expected, name)
    }
    const read = this.read(name)
    if (read.draft.name !== name) {
      place.fail('PACKAGE_NAME', `that folder ${name} holds the package ${name}`, read.draft.name)
    }
    return read
  }
}

/** Whether a folder holds a package. */
export function isPackageFolder(directory: string): boolean {
  return ['service.yaml', 'library.yaml'].some(
    (name) => statSync(join(directory, name), { throwIfNoEntry: false })?.isFile() === true,
  )
}
