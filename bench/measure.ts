import { cpuUsage } from 'node:process'

/** One measured number beside the one that is demanded. */
export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** `least`: the value must not be below; `most`: not above. */
  readonly demanded?: { readonly least?: number; readonly most?: number }
  /** What every round gave, in order. */
  readonly rounds?: readonly number[]
}

/** Whether a number is as demanded; numbers without a demand are told only. */
export function isMet({ value, demanded }: Measured): boolean {
  if (demanded?.least !== undefined && value < demanded.least) return false
  return demanded?.most === undefined || value <= demanded.most
}

/** The middle of an odd count of numbers, the mean of the two middle ones of an even count. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const [low = 0, high = 0] = sorted.slice(half - 1, half + 1)
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : (low + high) / 2
}

/**
 * How often something can be done in a second of one core, over at least `seconds`. Time is that of
 * the processor, so that other programs of the machine do not count; the collector's threads do.
 */
export function ratePerSecond(work: (round: number) => void, seconds: number): number {
  const begin = cpuUsage()
  let rounds = 0
  // The clock is asked seldom, so that it is not what is measured.
  for (;;) {
    for (let at = 0; at < 64; at += 1) work(rounds + at)
    rounds += 64
    const { user, system } = cpuUsage(begin)
    const spent = (user + system) / 1e6
    if (spent >= seconds) return rounds / spent
  }
}

/**
 * Measures several things in turn, round by round, so that a busy moment of the machine hits all
 * alike; the first round warms up and does not count.
 */
export function interleaved(
  works: Readonly<Record<string, (round: number) => void>>,
  rounds: number,
  seconds: number,
): Readonly<Record<string, readonly number[]>> {
  const rates = Object.fromEntries(Object.keys(works).map((name) => [name, [] as number[]]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const rate = ratePerSecond(work, seconds)
      if (round > 0) rates[name]?.push(rate)
    }
  }
  return rates
}
