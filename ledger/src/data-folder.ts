import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '@renshe/crypto'
import { syncFolder } from './block-log.ts'
import { LedgerFault } from './fault.ts'
import type { FoundingPackages } from './genesis.ts'

/**
 * The folder of one ledger: `genesis.json`, `packages/`, `log/`, `state/`, `snapshots/`, and `lock`,
 * which names the one process that works in it.
 */
export class DataFolder {
  readonly path: string
  #isLocked = false

  constructor(path: string) {
    this.path = path
    mkdirSync(path, { recursive: true })
  }

  get logFolder(): string {
    return join(this.path, 'log')
  }

  get stateFolder(): string {
    return join(this.path, 'state')
  }

  get snapshotFolder(): string {
    return join(this.path, 'snapshots')
  }

  /** The snapshot that a joiner's ledger begins with, instead of block 0. */
  get baseFolder(): string {
    return join(this.path, 'base')
  }

  /**
   * Takes the folder for this process; a lock whose process is gone is taken over.
   *
   * @throws LedgerFault `FOLDER_IN_USE` with the pid of the process that works here
   */
  lock(): void {
    const path = join(this.path, 'lock')
    for (;;) {
      try {
        const file = openSync(path, 'wx')
        writeSync(file, `${process.pid} ${startOf(process.pid)}\n`)
        closeSync(file)
        this.#isLocked = true
        return
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const [pid, start] = readFileSync(path, 'utf8').trim().split(' ')
      if (isAlive(Number(pid), start ?? '')) {
        throw new LedgerFault('FOLDER_IN_USE', { folder: this.path, pid: Number(pid) })
      }
      rmSync(path, { force: true })
    }
  }

  unlock(): void {
    if (this.#isLocked) rmSync(join(this.path, 'lock'), { force: true })
    this.#isLocked = false
  }

  /** Bytes of the genesis file; undefined in a new folder. */
  readGenesis(): Bytes | undefined {
    const path = join(this.path, 'genesis.json')
    return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined
  }

  /** Keeps the genesis file and the founding packages, durable. */
  writeGenesis(bytes: Bytes, packages: FoundingPackages): void {
    mkdirSync(join(this.path, 'packages'), { recursive: true })
    for (const [hash, content] of packages) {
      writeFileSync(join(this.path, 'packages', hash), content, { flush: true })
    }
    const path = join(this.path, 'genesis.json')
    writeFileSync(`${path}.part`, bytes, { flush: true })
    renameSync(`${path}.part`, path)
    syncFolder(this.path)
  }

  readPackages(): FoundingPackages {
    const folder = join(this.path, 'packages')
    if (!existsSync(folder)) return new Map()
    return new Map(
      readdirSync(folder).map((hash) => [hash, new Uint8Array(readFileSync(join(folder, hash)))]),
    )
  }

  /** Puts the state store away, so that it is made anew from the log. */
  dropState(): void {
    rmSync(this.stateFolder, { recursive: true, force: true })
    rmSync(this.snapshotFolder, { recursive: true, force: true })
  }
}

/** Start time of a process, so that a pid that was given to another process does not count. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    // Without /proc the pid alone must do.
    return ''
  }
}

function isAlive(pid: number, start: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return start === '' || startOf(pid) === start
}
