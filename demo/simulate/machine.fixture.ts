/*
 * The machine that the code under test believes it runs on: who runs, what its disks hold, and the step at which
 * a fault strikes. One per schedule; the replaced modules reach it here.
 */
import { type Chance, chanceFrom } from './chance.fixture.ts'
import type { Fault, ProcessName } from './schedule.fixture.ts'
import type { SimulatedDisk } from './simulated-disk.fixture.ts'
import { VirtualTime } from './virtual-time.fixture.ts'

/** One run of a process, from its start to its end. */
export interface Life {
  readonly process: ProcessName
  isGone: boolean
}

/** What a process meets that is gone and does not know it yet. */
export class ProcessGone extends Error {
  constructor() {
    super('this process is gone')
    this.name = 'ProcessGone'
  }
}

/** Longest that one change to a slow disk takes, in ms. */
const SLOW_MS = 5_000

/** Processes, disks and time of one schedule. */
export class Machine {
  readonly disk: SimulatedDisk
  readonly time: VirtualTime
  readonly chance: Chance
  /** Changes to disks so far, by process, over all of its lives. */
  readonly steps: Record<ProcessName, number> = { host: 0, bank: 0 }
  /** Hears that a process is gone. */
  onGone: (life: Life) => void = () => undefined
  /** Hears each fault that struck. */
  onFault: (text: string) => void = () => undefined
  /** From here on the tester looks: nothing strikes any more. */
  isOver = false
  readonly #faults: readonly Fault[]
  readonly #lost = new Set<ProcessName>()

  constructor(seed: number, faults: readonly Fault[], disk: SimulatedDisk) {
    this.disk = disk
    this.time = new VirtualTime(seed)
    this.chance = chanceFrom(seed ^ 0x5eed)
    this.#faults = faults
  }

  /** The life that runs now; null while the tester looks. */
  get life(): Life | null {
    return this.time.owner as Life | null
  }

  /** A process that is gone does nothing any more. */
  alive(): void {
    if (!this.isOver && this.life?.isGone === true) throw new ProcessGone()
  }

  /**
   * One change to a disk. `apply` does a part of it from 0 to 1: only a crash asks for less than all.
   *
   * @param isWhole  half of it cannot be: it happens or it does not
   */
  change(path: string, isWhole: boolean, apply: (part: number) => void): void {
    const { life } = this
    if (life === null || this.isOver) {
      apply(1)
      return
    }
    this.alive()
    const step = ++this.steps[life.process]
    for (const fault of this.#faults) {
      if (!('process' in fault) || fault.process !== life.process) continue
      if (fault.kind === 'refuse' && step >= fault.step && step < fault.step + fault.count) {
        this.onFault(`${life.process} step ${step}: ${fault.code} at ${path}`)
        throw refusal(fault.code, path)
      }
      if ((fault.kind === 'crash' || fault.kind === 'power') && fault.step === step) {
        const part = isWhole ? Math.round(fault.part) : fault.part
        this.onFault(`${life.process} step ${step}: ${fault.kind} at ${path}, ${part} of it done`)
        if (part > 0) apply(part)
        if (fault.kind === 'power') this.#lost.add(life.process)
        this.end(life)
        throw new ProcessGone()
      }
    }
    apply(1)
  }

  /** How long the disk takes for the change that a process is about to make, in ms. */
  delayOf(process: ProcessName): number {
    const step = this.steps[process] + 1
    const isSlow = this.#faults.some(
      (fault) =>
        fault.kind === 'slow' &&
        fault.process === process &&
        step >= fault.step &&
        step < fault.step + fault.count,
    )
    return isSlow ? this.chance() * SLOW_MS : this.chance() * 3
  }

  /** Ends a life now, whoever runs. */
  end(life: Life): void {
    if (life.isGone) return
    life.isGone = true
    this.time.drop(life)
    this.onGone(life)
  }

  /** Before a process starts again: the disk as its machine finds it. */
  mend(process: ProcessName, folder: string): void {
    if (this.#lost.delete(process)) this.disk.losePower(folder, this.chance)
    this.disk.dropLocks(folder)
  }
}

function refusal(code: 'ENOSPC' | 'EIO' | 'EROFS', path: string): Error {
  const texts = {
    ENOSPC: 'no space left on device',
    EIO: 'i/o error',
    EROFS: 'read-only file system',
  }
  return Object.assign(new Error(`${code}: ${texts[code]}, '${path}'`), { code, path })
}

let current: Machine | undefined

/** The machine of the schedule that runs. */
export function machine(): Machine {
  if (current === undefined) throw new Error('no schedule runs')
  return current
}

/** Has the replaced modules work on this machine. */
export function useMachine(next: Machine): void {
  current = next
}
