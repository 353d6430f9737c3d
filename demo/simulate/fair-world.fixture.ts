/* The fair on a machine that does not exist: founded once, then opened, killed and opened again. */
import { join } from 'node:path'
import type { JsonObject } from '@renshe/crypto'
import { drawnFrom } from '../../node/src/found/library-consortium.fixture.ts'
import { type Host, openHost } from '../../node/src/host.ts'
import {
  FAIR_ACCOUNTS,
  FAIR_SIDES,
  type FairSide,
  fairBank,
  foundFairConsortium,
} from '../../node/src/relays/fair-consortium.fixture.ts'
import { type BankHost, openBankHost } from '../bank/bank-host.ts'
import { type Life, type Machine, useMachine } from './machine.fixture.ts'
import { People } from './people.fixture.ts'
import type { ProcessName, Schedule } from './schedule.fixture.ts'
import type { SimulatedDisk } from './simulated-disk.fixture.ts'
import { settled } from './virtual-time.fixture.ts'

/** Where the processes keep what is theirs; each folder is a disk of its own. */
export const FOLDERS = { host: '/simulated/host', bank: '/simulated/bank' } as const
export const DATA = join(FOLDERS.host, 'data')
export const ACCOUNTS = FAIR_ACCOUNTS
export const BALANCE = '100000.00'
export type Side = FairSide

const SIDES = FAIR_SIDES
/** How often the bank looks at its folder, and how long a process that is gone stays away. */
const BANK_POLL_MS = 300
const AWAY_MS = 2_000

/** A transaction that the ledger acknowledged to somebody. */
export interface Acknowledged {
  readonly txId: string
  readonly height: number
}

const inFolder = (side: Side): string => join(FOLDERS.bank, side, 'from-bank')
const outFolder = (side: Side): string => join(FOLDERS.bank, side, 'to-bank')

const SCENARIO = {
  date: '2026-09-04',
  accounts: SIDES.map((side) => ({
    account: ACCOUNTS[side],
    name: `示例·${side}`,
    balance: BALANCE,
    customer: side,
  })),
  rules: [],
  incoming: [],
}

/** Host, bank and people, at work until they are told to rest. */
export class FairWorld {
  readonly machine: Machine
  readonly acknowledged: Acknowledged[] = []
  /** What somebody must know: contract faults, a process that does not start. */
  readonly complaints: string[] = []
  readonly people: People
  host: Host | undefined
  bank: BankHost | undefined
  readonly #schedule: Schedule
  readonly #random: (length: number) => Uint8Array
  readonly #seenFiles = new Set<string>()
  #bundles = 0
  #files = 0

  constructor(machine: Machine, schedule: Schedule) {
    this.machine = machine
    this.#schedule = schedule
    this.#random = drawnFrom(`fair ${schedule.seed}`)
    this.people = new People(this)
    useMachine(machine)
    machine.onGone = (life) => this.#gone(life)
  }

  /** Starts both processes, and has the clock step when it is told to. */
  begin(): void {
    this.start('host')
    this.start('bank')
    for (const fault of this.#schedule.faults) {
      if (fault.kind !== 'clock') continue
      this.machine.time.after(fault.atMs, () => {
        this.machine.onFault(`the clock steps by ${fault.byMs} ms`)
        this.machine.time.wallOffset += fault.byMs
      })
    }
  }

  /** Starts a process, now. */
  start(process: ProcessName): void {
    const life: Life = { process, isGone: false }
    const { time } = this.machine
    const before = time.owner
    time.owner = life
    // All of its life is what becomes due from here on, and is dropped with it.
    time.after(0, () => {
      const opening = process === 'host' ? this.#openHost(life) : this.#openBank(life)
      opening.catch((error: unknown) => {
        if (life.isGone) return
        // As a service manager would: what does not start is started again.
        this.complaints.push(`${process} does not start: ${(error as Error).message}`)
        this.machine.end(life)
      })
    })
    time.owner = before
  }

  /** Lets time pass until something is so; false if it does not come to be. */
  async until(isSo: () => boolean, longestMs: number): Promise<boolean> {
    const end = this.machine.time.now + longestMs
    while (!isSo()) {
      if (this.machine.time.now > end) return false
      if (await this.machine.time.step()) continue
      // Nothing is due: what can still come of it comes now.
      await settled()
      if (this.machine.time.isIdle) return isSo()
    }
    return true
  }

  /** Does something that may take the disk its time; nothing strikes any more. */
  async quietly(work: () => Promise<void>): Promise<void> {
    this.machine.isOver = true
    const ended = { isSo: false, failure: undefined as unknown }
    const end = (failure: unknown): void => {
      ended.isSo = true
      ended.failure = failure
    }
    work().then(() => end(undefined), end)
    if (!(await this.until(() => ended.isSo, 120_000)))
      throw new Error('it does not come to its end')
    if (ended.failure !== undefined) throw ended.failure
  }

  /** Ends both as an operator would. */
  stop(): Promise<void> {
    const { host, bank } = this
    return this.quietly(async () => {
      await host?.stop()
      bank?.close()
    })
  }

  async #openHost(life: Life): Promise<void> {
    const onNotice = (notice: string): void => {
      if (!life.isGone && notice.includes('contract fault')) this.complaints.push(notice)
    }
    const random = (length: number): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(this.#random(length))
    const host = await openHost({
      dataFolder: DATA,
      blockDelayMs: 5,
      verifyThreads: 0,
      random,
      onNotice,
    })
    if (life.isGone) return
    this.#listen(host, life)
    this.host = host
    this.people.beginAt(host)
  }

  async #openBank(life: Life): Promise<void> {
    const bank = await openBankHost(FOLDERS.bank, SCENARIO)
    if (life.isGone) return
    this.bank = bank
    this.machine.time.every(BANK_POLL_MS, () => {
      try {
        bank.poll()
      } catch {
        // Its books are ahead of its journal: as `BankHost` says, the process must end.
        this.machine.end(life)
      }
      this.#look()
    })
  }

  #gone({ process }: Life): void {
    if (process === 'host') this.host = undefined
    else this.bank = undefined
    const { time } = this.machine
    const before = time.owner
    // Nobody's: it is due whatever becomes of whoever runs now.
    time.owner = null
    time.after(this.machine.chance() * AWAY_MS + 1, () => {
      this.machine.mend(process, FOLDERS[process])
      this.start(process)
    })
    time.owner = before
  }

  /** Hears what the ledger acknowledges, to people and to relays; a bundle may come a second time. */
  #listen(host: Host, life: Life): void {
    for (const { ledger } of host.members) {
      const submit = ledger.submit.bind(ledger)
      ledger.submit = async (bundle) => {
        const outcomes = await submit(bundle)
        if (life.isGone) return outcomes
        for (const outcome of outcomes) if (outcome.included) this.acknowledged.push(outcome)
        this.#resend(host, ++this.#bundles, () => submit(bundle))
        return outcomes
      }
    }
  }

  #resend(host: Host, count: number, again: () => Promise<unknown>): void {
    for (const fault of this.#schedule.faults) {
      if (fault.kind !== 'resend' || fault.bundle !== count) continue
      this.machine.time.after(fault.afterMs, () => {
        if (this.host !== host) return
        this.machine.onFault(`bundle ${count} comes again`)
        again().catch(() => undefined)
      })
    }
  }

  /** Files of the bank that are new may come again, or come late. */
  #look(): void {
    const { disk, time } = this.machine
    for (const side of SIDES) {
      for (const name of disk.list(inFolder(side))) {
        const path = join(inFolder(side), name)
        if (!name.endsWith('.xml') || name.startsWith('.') || this.#seenFiles.has(path)) continue
        this.#seenFiles.add(path)
        this.#files += 1
        for (const fault of this.#schedule.faults) {
          if (!('file' in fault) || fault.file !== this.#files) continue
          const file = disk.find(path)?.copy()
          if (file === undefined) continue
          this.machine.onFault(`${fault.kind} of file ${path}`)
          if (fault.kind === 'hold') disk.name([[path, null]])
          disk.syncNames(inFolder(side))
          const place = fault.kind === 'hold' ? path : join(inFolder(side), `again-${name}`)
          this.#seenFiles.add(place)
          // It is on its way whatever becomes of the bank.
          const bankLife = time.owner
          time.owner = null
          time.after(fault.afterMs, () => {
            disk.name([[place, file]])
            disk.syncNames(inFolder(side))
          })
          time.owner = bankLife
        }
      }
    }
  }
}

/** Founds the fair and opens its books; what lies on the disk then is where every schedule begins. */
export async function foundFair(machine: Machine): Promise<SimulatedDisk> {
  useMachine(machine)
  machine.disk.makeFolder(FOLDERS.host)
  machine.disk.makeFolder(FOLDERS.bank)
  await foundFairConsortium(DATA, (side) => fairBank(inFolder(side), outFolder(side)), {
    clock: 'wall',
  })
  const world = new FairWorld(machine, { seed: 0, faults: [] })
  world.people.rest()
  world.begin()
  const isOpen = (): boolean => world.host !== undefined && world.bank !== undefined
  if (!(await world.until(isOpen, 60_000))) throw new Error(world.complaints.join('\n'))
  const set = { isDone: false, failure: undefined as unknown }
  setUp(world.host as Host).then(
    () => {
      set.isDone = true
    },
    (error: unknown) => {
      set.failure = error
    },
  )
  await world.until(() => set.isDone || set.failure !== undefined, 120_000)
  if (!set.isDone) throw new Error('the fair cannot be set up', { cause: set.failure })
  await world.stop()
  return machine.disk.copy()
}

async function setUp(host: Host): Promise<void> {
  const does = (id: string, action: string, input: JsonObject) => host.member(id).act(action, input)
  const fields = { number: 'F-1', guest: 'payer' }
  const { data } = await does('keeper', 'cases.openCase', { service: 'fair-founding', fields })
  for (const side of SIDES) {
    const step = `${side}-account`
    const content = { accountNo: ACCOUNTS[side], accountName: `示例·${side}` }
    const input = { case: data.case as string, step }
    await host
      .member(side)
      .act('cases.actOnStep', input, 'system', { sections: { [step]: content } })
  }
  await does('keeper', 'cases.actOnStep', { case: data.case as string, step: 'found' })
  await host.quiet()
}
