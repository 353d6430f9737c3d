import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { isPackageFolder, PackageFolders } from './package-folders.ts'

/** A folder that was named, among its neighbours. */
export interface NamedFolder {
  readonly folders: PackageFolders
  /** Name of the folder in them. */
  readonly folder: string
}

/** Neighbours are read once, however many folders of them are named. */
export class FolderArguments {
  readonly #session: Session
  readonly #known = new Map<string, PackageFolders>()

  constructor(session: Session) {
    this.#session = session
  }

  /** The folder of one package. */
  one(path: string): NamedFolder {
    const place = this.#place(path)
    if (isPackageFolder(place)) return this.#named(place)
    throw usage(
      `应为服务包的文件夹（其中有 service.yaml 或 library.yaml）；${path} 里没有。`,
      `Expected the folder of a package, with service.yaml or library.yaml; ${path} has neither.`,
    )
  }

  /** The folder of one package, or every package of a folder of such folders. */
  several(path: string): NamedFolder[] {
    const place = this.#place(path)
    if (isPackageFolder(place)) return [this.#named(place)]
    const inside = readdirSync(place, { withFileTypes: true })
      .filter((entry) => !entry.isFile() && isPackageFolder(join(place, entry.name)))
      .map(({ name }) => name)
      .sort()
    if (inside.length === 0) return [this.one(path)]
    return inside.map((name) => this.#named(join(place, name)))
  }

  #place(path: string): string {
    const place = pathOf(this.#session, path)
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return place
    throw usage(`应为一个文件夹；没有 ${path}。`, `Expected a folder; there is no ${path}.`)
  }

  #named(place: string): NamedFolder {
    const parent = dirname(place)
    const folders = this.#known.get(parent) ?? new PackageFolders(parent)
    this.#known.set(parent, folders)
    return { folders, folder: basename(place) }
  }
}
