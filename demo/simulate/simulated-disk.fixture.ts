/* Files and names that may be synced or not: what a machine finds on its disk after the power was gone. */
import { dirname } from 'node:path'
import { type Chance, wholeOf } from './chance.fixture.ts'
import type { SimulatedStore } from './simulated-store.fixture.ts'

/** A write that is not synced: bytes at a place, or a length that the file was cut to. */
interface Write {
  readonly offset: number
  readonly bytes: Buffer | null
}

/** A file: what is in it, and how much of that the disk would keep. */
export class SimulatedFile {
  bytes: Buffer = Buffer.alloc(0)
  mode = 0o600
  /** LMDB lies in this file. */
  store: SimulatedStore | null = null
  #synced: Buffer = Buffer.alloc(0)
  #unsynced: Write[] = []

  write(offset: number, bytes: Uint8Array): void {
    const own = Buffer.from(bytes)
    this.bytes = written(this.bytes, { offset, bytes: own })
    this.#unsynced.push({ offset, bytes: own })
  }

  cut(length: number): void {
    if (length === this.bytes.length) return
    this.bytes = written(this.bytes, { offset: length, bytes: null })
    this.#unsynced.push({ offset: length, bytes: null })
  }

  sync(): void {
    if (this.#unsynced.length === 0) return
    this.#synced = this.bytes
    this.#unsynced = []
  }

  /** Of what was not synced, a beginning stays; the write after it may be torn. */
  losePower(chance: Chance): void {
    this.store?.losePower(chance)
    if (this.#unsynced.length === 0) return
    const kept = wholeOf(chance, 0, this.#unsynced.length)
    let bytes = this.#synced
    for (const write of this.#unsynced.slice(0, kept)) bytes = written(bytes, write)
    const torn = this.#unsynced[kept]
    if (torn?.bytes) {
      const part = torn.bytes.subarray(0, Math.floor(chance() * torn.bytes.length))
      if (part.length > 0) bytes = written(bytes, { offset: torn.offset, bytes: part })
    }
    this.bytes = bytes
    this.#synced = bytes
    this.#unsynced = []
  }

  copy(): SimulatedFile {
    const file = new SimulatedFile()
    file.bytes = this.bytes
    file.mode = this.mode
    file.store = this.store?.copy() ?? null
    file.#synced = this.bytes
    return file
  }
}

/** Buffers are never changed in place: copies of a disk share them. */
function written(before: Buffer, { offset, bytes }: Write): Buffer {
  if (bytes === null) {
    const after = Buffer.alloc(offset)
    before.copy(after, 0, 0, Math.min(offset, before.length))
    return after
  }
  const after = Buffer.alloc(Math.max(before.length, offset + bytes.length))
  before.copy(after)
  bytes.copy(after, offset)
  return after
}

/** A change of names that no sync of a directory has made durable: all of it happens or none. */
type NameChange = readonly (readonly [path: string, file: SimulatedFile | null])[]

/** Disks of all machines of a simulation, by folder. */
export class SimulatedDisk {
  readonly #files = new Map<string, SimulatedFile>()
  readonly #folders = new Set<string>()
  #syncedNames = new Map<string, SimulatedFile>()
  #unsyncedNames: NameChange[] = []

  find(path: string): SimulatedFile | undefined {
    return this.#files.get(path)
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path)
  }

  makeFolder(path: string): void {
    for (let at = path; at !== '/' && !this.#folders.has(at); at = dirname(at)) {
      this.#folders.add(at)
    }
  }

  /** Names in a folder; those of folders end in a slash. */
  list(folder: string): string[] {
    const head = `${folder}/`
    const names = [...this.#files.keys()].filter((path) => path.startsWith(head))
    const folders = [...this.#folders].filter((path) => path.startsWith(head))
    return [...names, ...folders.map((path) => `${path}/`)]
      .map((path) => path.slice(head.length))
      .filter((name) => name.indexOf('/') < 0 || name.indexOf('/') === name.length - 1)
      .sort()
  }

  /** Changes names, all at once. */
  name(change: NameChange): void {
    for (const [path, file] of change) {
      if (file === null) this.#files.delete(path)
      else this.#files.set(path, file)
    }
    this.#unsyncedNames.push(change)
  }

  /** Makes the names in a folder durable, with whatever was changed before them. */
  syncNames(folder: string): void {
    const isHere = (change: NameChange): boolean =>
      change.some(([path]) => dirname(path) === folder)
    const last = this.#unsyncedNames.findLastIndex(isHere)
    for (const change of this.#unsyncedNames.splice(0, last + 1)) this.#keep(change)
  }

  /** A file of LMDB is made durable by LMDB. */
  nameStore(path: string, file: SimulatedFile): void {
    this.#files.set(path, file)
    this.#syncedNames.set(path, file)
  }

  /** The disk under a folder loses what was not synced, each file and the names for themselves. */
  losePower(folder: string, chance: Chance): void {
    const isUnder = (path: string): boolean => path.startsWith(`${folder}/`)
    const here = this.#unsyncedNames.filter((change) => change.some(([path]) => isUnder(path)))
    const others = this.#unsyncedNames.filter((change) => !here.includes(change))
    for (const change of here.slice(0, wholeOf(chance, 0, here.length))) this.#keep(change)
    this.#unsyncedNames = others
    for (const path of [...this.#files.keys()]) if (isUnder(path)) this.#files.delete(path)
    const kept = [...this.#syncedNames].filter(([path]) => isUnder(path))
    for (const [path, file] of kept) this.#files.set(path, file)
    for (const file of new Set(kept.map(([, file]) => file))) file.losePower(chance)
  }

  /** Locks of processes that are gone; a real one finds out by process number and start time. */
  dropLocks(folder: string): void {
    for (const path of [...this.#files.keys()]) {
      if (!path.startsWith(`${folder}/`) || !path.endsWith('/lock')) continue
      this.#files.delete(path)
      this.#syncedNames.delete(path)
    }
  }

  /** Another disk with the same content, all of it synced. */
  copy(): SimulatedDisk {
    const disk = new SimulatedDisk()
    for (const [path, file] of this.#files) disk.#files.set(path, file.copy())
    for (const folder of this.#folders) disk.#folders.add(folder)
    disk.#syncedNames = new Map(disk.#files)
    return disk
  }

  /** Copies everything under a folder to another place. */
  copyFolder(from: string, to: string): void {
    for (const folder of [...this.#folders]) {
      if (folder === from || folder.startsWith(`${from}/`)) {
        this.makeFolder(to + folder.slice(from.length))
      }
    }
    for (const [path, file] of [...this.#files]) {
      if (path.startsWith(`${from}/`)) this.#files.set(to + path.slice(from.length), file.copy())
    }
  }

  #keep(change: NameChange): void {
    for (const [path, file] of change) {
      if (file === null) this.#syncedNames.delete(path)
      else this.#syncedNames.set(path, file)
    }
  }
}
