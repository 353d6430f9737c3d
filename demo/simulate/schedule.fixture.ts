/* Schedules: a seed and the faults that strike, drawn from it; and leaving faults out until none can be. */
import { chanceFrom, oneOf, wholeOf } from './chance.fixture.ts'

/** Processes of the simulation. */
export type ProcessName = 'host' | 'bank'

/** Something bad. Steps count the changes of a process to disks, over all of its lives. */
export type Fault =
  | {
      readonly kind: 'crash' | 'power'
      readonly process: ProcessName
      readonly step: number
      /** How much of the change was done, from 0 to 1. */
      readonly part: number
    }
  | {
      readonly kind: 'refuse'
      readonly process: ProcessName
      readonly step: number
      readonly count: number
      readonly code: 'ENOSPC' | 'EIO' | 'EROFS'
    }
  | {
      readonly kind: 'slow'
      readonly process: ProcessName
      readonly step: number
      readonly count: number
    }
  | { readonly kind: 'clock'; readonly atMs: number; readonly byMs: number }
  | {
      readonly kind: 'repeat' | 'hold'
      /** Which of the bank's files, counted from 1. */
      readonly file: number
      readonly afterMs: number
    }
  | { readonly kind: 'resend'; readonly bundle: number; readonly afterMs: number }

/** All that happens follows from this. */
export interface Schedule {
  readonly seed: number
  readonly faults: readonly Fault[]
}

/** Changes that a whole undisturbed run makes, about: faults strike within. */
const HOST_STEPS = 190
const BANK_STEPS = 60
const LONGEST_MS = 20_000
const CLOCK_MS = 7_200_000

/** The schedule of a seed: one to six faults, crashes more often than others. */
export function scheduleOf(seed: number): Schedule {
  const chance = chanceFrom(seed * 2_654_435_761)
  const drawFault = (): Fault => {
    const process: ProcessName = chance() < 0.75 ? 'host' : 'bank'
    const step = wholeOf(chance, 1, process === 'host' ? HOST_STEPS : BANK_STEPS)
    const kind = oneOf(chance, KINDS)
    if (kind === 'crash' || kind === 'power') {
      // Borders are where mistakes live.
      const part = oneOf(chance, [0, 1, chance()])
      return { kind, process, step, part }
    }
    const count = wholeOf(chance, 1, 12)
    if (kind === 'refuse') {
      return { kind, process, step, count, code: oneOf(chance, ['ENOSPC', 'EIO', 'EROFS']) }
    }
    if (kind === 'slow') return { kind, process, step, count }
    if (kind === 'clock') {
      const byMs = Math.round((chance() * 2 - 1) * (chance() < 0.5 ? 5_000 : CLOCK_MS))
      return { kind, atMs: wholeOf(chance, 0, LONGEST_MS / 2), byMs }
    }
    const afterMs = wholeOf(chance, 1, LONGEST_MS / 4)
    if (kind === 'resend') return { kind, bundle: wholeOf(chance, 1, 12), afterMs }
    return { kind, file: wholeOf(chance, 1, 6), afterMs }
  }
  return { seed, faults: Array.from({ length: wholeOf(chance, 1, 6) }, drawFault) }
}

const KINDS = [
  'crash',
  'crash',
  'power',
  'power',
  'power',
  'refuse',
  'slow',
  'clock',
  'repeat',
  'hold',
  'resend',
] as const

/**
 * Leaves faults out, one by one, as long as the schedule still breaks something.
 *
 * @param breaks  runs a schedule; gives what broke, or undefined
 */
export async function shrink(
  schedule: Schedule,
  breaks: (schedule: Schedule) => Promise<string | undefined>,
): Promise<Schedule> {
  let { faults } = schedule
  for (let at = 0; at < faults.length; ) {
    const fewer = faults.filter((_, index) => index !== at)
    if ((await breaks({ seed: schedule.seed, faults: fewer })) === undefined) at += 1
    else faults = fewer
  }
  return { seed: schedule.seed, faults }
}
