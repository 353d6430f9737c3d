/* Every package of services/: read, built, compiled, checked, its rules asked their examples. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Measured, median } from './measure.ts'

const LOADER = fileURLToPath(new URL('load-packages.ts', import.meta.url))

interface Milliseconds {
  readonly packages: number
  readonly load: number
  readonly check: number
  readonly ruleExamples: number
}

/** Seconds for all packages, each round in a new process. */
export function measurePackages(rounds: number): Measured[] {
  const found: Milliseconds[] = []
  for (let round = 0; round < rounds; round += 1) {
    const words = ['--import', 'tsx', LOADER]
    found.push(JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })))
  }
  const seconds = found.map(({ load, check, ruleExamples }) => (load + check + ruleExamples) / 1000)
  return [
    {
      name: `loading and checking all ${found[0]?.packages ?? 0} packages, with examples of rules`,
      value: median(seconds),
      unit: 's',
      demanded: { most: 2 },
      rounds: seconds,
    },
  ]
}
