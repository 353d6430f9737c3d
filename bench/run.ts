/*
 * `npm run bench [-- --only NAME] [--json FILE] [--rounds N] [--rule PREFIX] [--full]`: measures what
 * docs/understand/performance.md tells, prints a table and JSON, and fails where a demanded number is missed.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAgainstFeelin } from './against-feelin.ts'
import { measureApi } from './api.ts'
import { measureBatch } from './batch.ts'
import { measureBatchOfRules } from './batch-of-rules.ts'
import { measureBundle } from './bundle.ts'
import { measureCalculators } from './calculators.ts'
import { measureContributionBatch } from './contribution-batch.ts'
import { measureDeterminations } from './determinations.ts'
import { measureEvidence } from './evidence.ts'
import { GROWTH_SIZES, measureGrowth } from './growth.ts'
import { isMet, type Measured } from './measure.ts'
import { measurePackages } from './packages.ts'
import { measureSealed } from './sealed.ts'
import { measureSteps } from './steps.ts'

const LINES = 1_000_000
/** Seconds of one round of one thing. */
const ROUND_SECONDS = 0.6

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    rule: { type: 'string', default: '' },
    url: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
})
const rounds = Math.max(1, Number(options.rounds))

const benches: Readonly<Record<string, () => Measured[] | Promise<Measured[]>>> = {
  determinations: () => measureDeterminations(rounds, ROUND_SECONDS),
  feelin: () => measureAgainstFeelin(rounds, ROUND_SECONDS),
  packages: () => measurePackages(rounds),
  bundle: measureBundle,
  batch: () => measureBatch(LINES, 1),
  sealed: () => measureSealed(rounds, ROUND_SECONDS),
  steps: () => measureSteps(rounds),
  growth: () => measureGrowth(rounds, GROWTH_SIZES[options.full ? 'full' : 'plain']),
  evidence: () => measureEvidence(rounds),
  api: () => measureApi(rounds),
  'contribution-batch': () => measureContributionBatch(rounds),
  'batch-of-rules': () => measureBatchOfRules(options.rule),
  calculators: () => measureCalculators(options.url),
}

const all: Measured[] = []
for (const [name, measure] of Object.entries(benches)) {
  if (options.only !== undefined && options.only !== name) continue
  all.push(...(await measure()))
}
for (const one of all) console.log(line(one))

const report = {
  machine: { processor: cpus()[0]?.model ?? '', node: process.version, platform: process.platform },
  rounds,
  measured: all.map((one) => ({ ...one, isMet: isMet(one) })),
}
if (options.json === undefined) console.log(JSON.stringify(report))
else writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
if (!all.every(isMet)) process.exitCode = 1

function line(one: Measured): string {
  const { name, value, unit, demanded } = one
  const number = value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })
  const bound =
    demanded?.least === undefined
      ? demanded?.most === undefined
        ? ''
        : `≤ ${demanded.most.toLocaleString('en')}`
      : `≥ ${demanded.least.toLocaleString('en')}`
  const verdict = bound === '' ? '' : isMet(one) ? 'met' : 'MISSED'
  return `${name.padEnd(72)} ${number.padStart(12)} ${unit.padEnd(12)} ${bound.padEnd(9)} ${verdict}`
}
