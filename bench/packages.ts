/* Every package of services/: read, built, compiled, checked, its rules asked their examples. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Measured, median } from './measure.ts'

const LOADER = fileURLToPath(new URL('load-packages.ts', import.meta.url))

interface Load {
  readonly packages: number
  /** Milliseconds of the processor, all threads, and as a clock on the wall tells. */
  readonly processor: number
  readonly wall: number
}

interface Loads {
  readonly first: Load
  readonly again: Load
}

/** Seconds for all packages, each round in a new process; other programs do not count. */
export function measurePackages(rounds: number): Measured[] {
  const found: Loads[] = []
  for (let round = 0; round < rounds; round += 1) {
    const words = ['--import', 'tsx', LOADER]
    found.push(JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })))
  }
  const count = found[0]?.first.packages ?? 1
  const seconds = found.map(({ first }) => first.processor / 1000)
  const walls = found.map(({ first }) => first.wall / 1000)
  const each = found.map(({ again }) => again.processor / count)
  return [
    {
      name: `loading and checking all ${count} packages, with examples of rules`,
      value: median(seconds),
      unit: 's',
      demanded: { most: 2 },
      rounds: seconds,
    },
    { name: 'the same by the clock on the wall', value: median(walls), unit: 's', rounds: walls },
    { name: 'one more package', value: median(each), unit: 'ms', rounds: each },
  ]
}
