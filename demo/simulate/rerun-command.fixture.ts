import type { Schedule } from './schedule.fixture.ts'
import type { SeededBug } from './seeded-bugs.fixture.ts'

/** The command that runs a schedule again, for a shell. */
export function commandOf(schedule: Schedule, bug?: SeededBug): string {
  const sown = bug === undefined ? '' : ` --bug ${bug.name}`
  const command = 'node --import tsx demo/simulate/run-simulation.fixture.ts'
  return `${command}${sown} --schedule '${JSON.stringify(schedule)}'`
}
