/* Runs the program of the simulation and hears its lines. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { buildProgram } from './build-program.fixture.ts'
import type { SeededBug } from './seeded-bugs.fixture.ts'
import type { Asked, Told } from './simulation.fixture.ts'

/**
 * Puts the simulation together, with a bug if one is to be sown, runs it and gives what it told.
 *
 * @param onLine  hears each line as it comes
 */
export async function runSimulation(
  asked: Asked,
  bug?: SeededBug,
  onLine: (line: Told) => void = () => undefined,
): Promise<Told[]> {
  const program = await buildProgram({
    entry: 'demo/simulate/simulation.fixture.ts',
    name: `simulation-${bug?.name ?? 'sound'}`,
    isSimulated: true,
    ...(bug === undefined ? {} : { bug }),
  })
  try {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', program, JSON.stringify(asked)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const told: Told[] = []
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Told
      told.push(line)
      onLine(line)
    }
    const code = await exited
    if (code !== 0) throw new Error(`the simulation ended with ${code}`)
    return told
  } finally {
    rmSync(program, { force: true })
  }
}
