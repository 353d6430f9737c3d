/*
 * Where the demonstration lies:
 *
 *   demonstration.json  what was founded, written when all of it is there
 *   pristine/           as it was founded; never opened again
 *   current/            the visitor's own, a copy of it
 *   lock                whose process works here
 *
 * A folder that was interrupted on its way is made anew; one of another edition is set aside as `earlier/`.
 */
import { randomBytes } from 'node:crypto'
import {
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { dataLayout, lockDirectory, readNodeFile, writeNodeFile } from '@renshe/node'
import { bankFolderOf } from './found-demonstration.ts'

/** Rises when what is founded changes without its packages changing. */
const EDITION = 1

/** What was founded. */
export interface Founded {
  readonly v: 1
  readonly edition: number
  /** What the packages were made of, by a hash. */
  readonly packages: string
  readonly people: number
  /** Record of the worker's account. */
  readonly worker: string
}

/** Another process works in the folder of the demonstration. */
export class DemonstrationInUse extends Error {
  readonly folder: string
  /** Its process number. */
  readonly process: string

  constructor(folder: string, process: string) {
    super(`${folder} is in use by process ${process}`)
    this.name = 'DemonstrationInUse'
    this.folder = folder
    this.process = process
  }
}

/** The folder of one demonstration, held by this process. */
export class DemonstrationFolder {
  readonly #folder: string
  readonly #unlock: () => void

  /** @throws DemonstrationInUse */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    try {
      this.#unlock = lockDirectory(folder)
    } catch (error) {
      const { process } = error as { readonly process?: unknown }
      if (typeof process !== 'string') throw error
      throw new DemonstrationInUse(folder, process)
    }
  }

  /** Data folder of the host that a visitor works with. */
  get current(): string {
    return join(this.#folder, 'current')
  }

  /** Which run this is: it changes when somebody starts over, and survives a restart. */
  get run(): string {
    return readFileSync(join(this.current, 'run'), 'utf8')
  }

  /** What was founded here for these packages and people; undefined if it must be founded anew. */
  find(packages: string, people: number): Founded | undefined {
    const founded = this.#read()
    const isSame =
      founded?.edition === EDITION && founded.packages === packages && founded.people === people
    return isSame ? founded : undefined
  }

  /** Throws everything away that lies here, or keeps one demonstration of another edition aside. */
  clear(isKept: boolean): void {
    const earlier = join(this.#folder, 'earlier')
    if (isKept && existsSync(this.current)) {
      rmSync(earlier, { recursive: true, force: true })
      renameSync(this.current, earlier)
    }
    for (const name of ['demonstration.json', 'current', 'current.part', 'pristine', 'founding']) {
      rmSync(join(this.#folder, name), { recursive: true, force: true })
    }
  }

  /**
   * Founds into a folder of its own; only what is complete gets its name.
   *
   * @param found  founds there and tells the worker's account
   */
  async found(
    packages: string,
    people: number,
    found: (folder: string) => Promise<string>,
  ): Promise<Founded> {
    const founding = join(this.#folder, 'founding')
    const worker = await found(founding)
    renameSync(founding, join(this.#folder, 'pristine'))
    const founded: Founded = { v: 1, edition: EDITION, packages, people, worker }
    const file = join(this.#folder, 'demonstration.json')
    writeFileSync(`${file}.part`, `${JSON.stringify(founded)}\n`, { flush: true })
    renameSync(`${file}.part`, file)
    return founded
  }

  /** Makes the visitor's folder ready: as it was left, or a fresh copy where there is none. */
  async prepare(): Promise<void> {
    const part = join(this.#folder, 'current.part')
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(this.current)) {
      await cp(join(this.#folder, 'pristine'), part, {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
      })
      writeFileSync(join(part, 'run'), randomBytes(16).toString('hex'))
      renameSync(part, this.current)
    }
    pointToBank(this.current)
  }

  /** Takes the visitor's folder away; {@link prepare} makes a fresh one. */
  forget(): void {
    const gone = join(this.#folder, 'current.part')
    rmSync(gone, { recursive: true, force: true })
    // Renamed first: a folder that is half deleted is nobody's.
    renameSync(this.current, gone)
    rmSync(gone, { recursive: true, force: true })
  }

  /** Gives the folder back. */
  release(): void {
    this.#unlock()
  }

  #read(): Founded | undefined {
    const file = join(this.#folder, 'demonstration.json')
    if (!existsSync(file)) return undefined
    return JSON.parse(readFileSync(file, 'utf8')) as Founded
  }
}

/** The bank's folders are told by their whole path: a copy has its own. */
function pointToBank(dataFolder: string): void {
  const { nodeFile } = dataLayout(dataFolder)
  const file = readNodeFile(nodeFile)
  const bankFolder = bankFolderOf(dataFolder)
  const moved = (path: string): string => join(bankFolder, basename(dirname(path)), basename(path))
  const members = file.members.map((member) => {
    const { bank } = member
    if (bank === null) return member
    const inFolder = moved(bank.inFolder)
    return { ...member, bank: { ...bank, inFolder, outFolder: moved(bank.outFolder) } }
  })
  writeNodeFile(nodeFile, { ...file, members })
}
