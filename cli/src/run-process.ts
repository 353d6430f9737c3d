import { runCommandLine } from './shell/program.ts'
import type { Terminal } from './shell/session.ts'
import { TOPS } from './tops.ts'

/** Runs what was typed, and ends the process with its exit code once everything is written. */
export async function runProcess(): Promise<void> {
  // `renshe … | head` closes our output early: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  const exit = await runCommandLine(process.argv.slice(2), processTerminal(), TOPS)
  await new Promise<void>((resolve) => {
    process.stdout.write('', () => resolve())
  })
  process.exit(exit)
}

function processTerminal(): Terminal {
  return {
    folder: process.cwd(),
    environment: process.env,
    input: process.stdin,
    isWatched: process.stderr.isTTY === true,
    write: (text) =>
      new Promise((resolve) => {
        if (process.stdout.write(text)) resolve()
        else process.stdout.once('drain', resolve)
      }),
    tell: (text) => {
      process.stderr.write(text)
    },
  }
}
