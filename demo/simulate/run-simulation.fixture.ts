/*
 * The simulator's command:
 *
 *   node --import tsx demo/simulate/run-simulation.fixture.ts [--seed N] [--schedules N] [--bug NAME] [--tell]
 *   node --import tsx demo/simulate/run-simulation.fixture.ts --schedule '{"seed":1,"faults":[…]}'
 *
 * Ends with 1 if a schedule broke something. What is simulated and what must hold: README.md.
 */
import { parseArgs } from 'node:util'
import { commandOf } from './rerun-command.fixture.ts'
import { runSimulation } from './run-program.fixture.ts'
import type { Schedule } from './schedule.fixture.ts'
import { SEEDED_BUGS } from './seeded-bugs.fixture.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    schedules: { type: 'string', default: '1' },
    schedule: { type: 'string' },
    bug: { type: 'string' },
    tell: { type: 'boolean', default: false },
  },
})
const bug = SEEDED_BUGS.find(({ name }) => name === values.bug)
if (values.bug !== undefined && bug === undefined) {
  throw new Error(`--bug: expected one of ${SEEDED_BUGS.map(({ name }) => name).join(', ')}`)
}
const one = values.schedule === undefined ? undefined : (JSON.parse(values.schedule) as Schedule)
const asked = {
  from: Number(values.seed),
  count: Number(values.schedules),
  ...(one === undefined ? {} : { schedule: one }),
  tells: values.tell || one !== undefined,
  isOneEnough: bug !== undefined,
}
await runSimulation(asked, bug, (line) => {
  if ('fault' in line) process.stdout.write(`${String(line.atMs).padStart(9)} ms  ${line.fault}\n`)
  else if ('over' in line) process.stdout.write(`${JSON.stringify(line)}\n`)
  else {
    process.exitCode = 1
    process.stdout.write(`broken: ${line.broken}\n  again: ${commandOf(line.shrunk, bug)}\n`)
  }
})
