/* What the code under test gets when it imports `node:fs/promises`: each call takes the disk its time. */
import { machine } from './machine.fixture.ts'
import * as disk from './simulated-fs.fixture.ts'
import { setTimeout as pause } from './simulated-timers.fixture.ts'

export * from 'node:fs/promises'

/** Makes a folder. */
export async function mkdir(
  path: string,
  options: { readonly recursive?: boolean },
): Promise<void> {
  disk.mkdirSync(path, options)
}

/** Opens a file. */
export async function open(path: string, flags: string): Promise<SimulatedHandle> {
  return new SimulatedHandle(disk.openSync(path, flags))
}

class SimulatedHandle {
  readonly #fd: number

  constructor(fd: number) {
    this.#fd = fd
  }

  async write(
    bytes: Uint8Array,
    from: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }> {
    await taken()
    return { bytesWritten: disk.writeSync(this.#fd, bytes, from, length, position) }
  }

  async datasync(): Promise<void> {
    await taken()
    disk.fdatasyncSync(this.#fd)
  }

  async sync(): Promise<void> {
    await taken()
    disk.fsyncSync(this.#fd)
  }

  async truncate(length: number): Promise<void> {
    await taken()
    disk.ftruncateSync(this.#fd, length)
  }

  async close(): Promise<void> {
    disk.closeSync(this.#fd)
  }
}

async function taken(): Promise<void> {
  const { life } = machine()
  if (life !== null) await pause(machine().delayOf(life.process))
}
