// Goal: under thousands of seeded schedules of crashes, lost power, full and slow disks, steps of the clock,
// files and bundles that come twice or late: nothing acknowledged lost, nothing twice, digests equal after a rebuild,
// vault and chain agree, the bank paid once. And the simulator finds mistakes that somebody could make.
// Method: README.md of this folder. Short form: 150 schedules; long form (RENSHE_FAULTS=long): 10,000, or as many
// as RENSHE_SCHEDULES says. Each seeded bug must be found, shrunk, and break again by its shrunk schedule alone.
import { describe, expect, it } from 'vitest'
import { commandOf } from './rerun-command.fixture.ts'
import { runSimulation } from './run-program.fixture.ts'
import { SEEDED_BUGS } from './seeded-bugs.fixture.ts'

const isLong = process.env.RENSHE_FAULTS === 'long'
const SCHEDULES = Number(process.env.RENSHE_SCHEDULES ?? (isLong ? 10_000 : 150))
const FIRST_SEED = Number(process.env.RENSHE_SEED ?? 1)
/** Most schedules in which a bug must show itself. */
const BUG_SCHEDULES = 400
const LONGEST_MS = 6 * 3_600_000

describe('ledger, relays, vault and bank', () => {
  it(`keep what they promise in ${SCHEDULES} schedules`, { timeout: LONGEST_MS }, async () => {
    const told = await runSimulation({ from: FIRST_SEED, count: SCHEDULES })
    const broken = told.flatMap((line) =>
      'broken' in line && 'shrunk' in line ? [`${line.broken}\n${commandOf(line.shrunk)}`] : [],
    )
    expect(broken).toEqual([])
    const over = told.find((line) => 'over' in line)
    expect(over).toMatchObject({ over: true, schedules: SCHEDULES, broken: 0 })
    const { struck } = over as { readonly struck: Readonly<Record<string, number>> }
    // A simulation in which nothing bad happens proves nothing.
    for (const kind of ['crash', 'power', 'ENOSPC', 'EIO', 'EROFS', 'clock', 'repeat', 'hold']) {
      expect([kind, struck[kind] ?? 0]).not.toEqual([kind, 0])
    }
  })
})

describe('a mistake that somebody could make', () => {
  it.each(SEEDED_BUGS)('$name is found, shrunk, and shows itself again', async (bug) => {
    const found = await runSimulation({ from: 1, count: BUG_SCHEDULES, isOneEnough: true }, bug)
    const line = found.find((one) => 'shrunk' in one)
    if (line === undefined || !('shrunk' in line)) throw new Error(`${bug.name} was not found`)
    expect(line.broken).toMatch(bug.breaks)
    expect(line.shrunk.faults.length).toBeLessThanOrEqual(3)
    const again = await runSimulation({ schedule: line.shrunk }, bug)
    expect(again.some((one) => 'shrunk' in one)).toBe(true)
    // Without the bug the same schedule breaks nothing: it is the bug that was found.
    const sound = await runSimulation({ schedule: line.shrunk })
    expect(sound.some((one) => 'shrunk' in one)).toBe(false)
  })
})
