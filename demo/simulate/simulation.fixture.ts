/*
 * The program: runs schedules and tells one line of JSON for each that breaks something, and one at the end.
 *
 *   node simulation.mjs {"from":1,"count":300}     schedules of these seeds
 *   node simulation.mjs {"schedule":{…}}           exactly this one, every fault told
 */
import { writeSync } from 'node:fs'
import { FairWorld, foundFair } from './fair-world.fixture.ts'
import { isAtRest, judgeAtWork, judgeDisks } from './invariants.fixture.ts'
import { Machine, machine, ProcessGone } from './machine.fixture.ts'
import { type Schedule, scheduleOf, shrink } from './schedule.fixture.ts'
import { SimulatedDisk } from './simulated-disk.fixture.ts'
import { replaceTimers } from './simulated-timers.fixture.ts'

/** What the program is asked. */
export interface Asked {
  readonly from?: number
  readonly count?: number
  readonly schedule?: Schedule
  /** Ends at the first schedule that breaks something. */
  readonly isOneEnough?: boolean
  /** Tells every fault that strikes. */
  readonly tells?: boolean
  /** Begins no schedule after so many ms. */
  readonly longestMs?: number
}

/** What it answers, a line each. */
export type Told =
  | { readonly broken: string; readonly schedule: Schedule; readonly shrunk: Schedule }
  | { readonly fault: string; readonly atMs: number }
  | {
      readonly over: true
      readonly schedules: number
      readonly broken: number
      /** Faults that struck, by their first word. */
      readonly struck: Readonly<Record<string, number>>
      readonly steps: number
      readonly virtualMs: number
      readonly tookMs: number
    }

/** Longest that the fees may take after the last fault, and that things may take to come to rest. */
const LONGEST_MS = 5 * 60_000
/** Starts that may fail: a fault that passes makes fewer. */
const FAILED_STARTS = 25
const REST_MS = 240_000
const LAST_MS = 2_000
/** Beyond the life of what was sealed and never used. */
const SWEEP_MS = 13 * 3_600_000

const realNow = Date.now.bind(Date)

function say(line: Told): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const struck: Record<string, number> = {}
const total = { steps: 0, virtualMs: 0 }

/** Runs one schedule; gives what broke, or undefined. */
async function broke(
  image: SimulatedDisk,
  schedule: Schedule,
  tells = false,
): Promise<string | undefined> {
  const machine = new Machine(schedule.seed, schedule.faults, image.copy())
  const world = new FairWorld(machine, schedule)
  machine.onFault = (text) => {
    const word =
      /crash|power|ENOSPC|EIO|EROFS|clock|repeat|hold|comes again|unawaited/.exec(text)?.[0] ?? ''
    struck[word] = (struck[word] ?? 0) + 1
    if (tells) say({ fault: text, atMs: Math.round(machine.time.now) })
  }
  try {
    await carry(world)
    if (tells) say({ fault: 'nothing is broken', atMs: Math.round(machine.time.now) })
    return undefined
  } catch (error) {
    const [last] = world.complaints.slice(-1)
    return [(error as Error).message, ...(last === undefined ? [] : [last])].join(' · ')
  } finally {
    total.steps += machine.steps.host + machine.steps.bank
    total.virtualMs += machine.time.now
  }
}

async function carry(world: FairWorld): Promise<void> {
  world.begin()
  const isDone = (): boolean =>
    world.host !== undefined && world.bank !== undefined && world.people.areDone
  const isHopeless = (): boolean => world.complaints.length > FAILED_STARTS
  await world.until(() => isDone() || isHopeless(), LONGEST_MS)
  if (!isDone()) throw new Error(isHopeless() ? 'a process does not start' : 'a fee did not end')
  world.people.rest()
  // What was sealed in vain is swept once no block can bring it any more.
  world.machine.time.wallOffset += SWEEP_MS
  await world.until(() => isAtRest(world), REST_MS)
  await world.until(() => false, LAST_MS)
  // A fault may have waited for this.
  await world.until(() => isAtRest(world), REST_MS)
  judgeAtWork(world)
  await world.stop()
  await world.quietly(() => judgeDisks(world))
}

/** A process that nobody guards ends at the first promise that nobody awaits: so it is here. */
function endAtUnawaited(): void {
  process.on('unhandledRejection', (error) => {
    if (error instanceof ProcessGone) return
    const { life } = machine()
    if (life === null) throw error
    machine().onFault(`unawaited: ${(error as Error).message}`)
    machine().end(life)
  })
}

async function main(asked: Asked): Promise<void> {
  const began = realNow()
  replaceTimers()
  endAtUnawaited()
  const image = await foundFair(new Machine(0, [], new SimulatedDisk()))
  const { from = 1, count = 1, longestMs = Number.POSITIVE_INFINITY } = asked
  let schedules = 0
  let broken = 0
  for (let seed = from; seed < from + count && realNow() - began < longestMs; seed++) {
    const schedule = asked.schedule ?? scheduleOf(seed)
    const reason = await broke(image, schedule, asked.tells)
    schedules += 1
    if (reason === undefined) continue
    broken += 1
    const shrunk = asked.schedule ?? (await shrink(schedule, (fewer) => broke(image, fewer)))
    say({ broken: reason, schedule, shrunk })
    if (asked.isOneEnough === true) break
  }
  const tookMs = realNow() - began
  say({ over: true, schedules, broken, struck, ...total, tookMs })
}

await main(JSON.parse(process.argv[2] ?? '{}') as Asked)
