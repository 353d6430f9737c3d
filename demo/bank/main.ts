import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

import { listArrived, placeFile, prepareExchange, readArrived, setAside } from '@renshe/node'
import { type BankHost, openBankHost } from './bank-host.ts'
import { runCommand } from './commands.ts'
import { readScenario } from './scenario.ts'

/*
 * The demonstration's bank as a process of its own:
 *
 *   node --import tsx demo/bank/main.ts --dir DIR --scenario FILE [--poll-ms 100]
 *
 * With --poll-ms 0 order files wait until a command has them taken. Commands come as JSON lines on
 * standard input, answers go to standard output; or as files DIR/commands/NAME.json, answered in
 * DIR/commands/answers/NAME.json. It ends when standard input ends, unless --daemon is given, and at
 * SIGTERM.
 */

const COMMAND_BYTES = 64 * 1024

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      scenario: { type: 'string' },
      'poll-ms': { type: 'string', default: '100' },
      daemon: { type: 'boolean', default: false },
    },
  })
  if (values.dir === undefined || values.scenario === undefined)
    throw new Error('usage: main.ts --dir DIR --scenario FILE [--poll-ms 100] [--daemon]')
  const host = await openBankHost(values.dir, readScenario(values.scenario))
  const commands = join(values.dir, 'commands')
  await prepareExchange(commands)
  await mkdir(join(commands, 'answers'), { recursive: true })

  const pollMs = Number(values['poll-ms'])
  const polling = pollMs === 0 ? undefined : setInterval(() => work(host, commands), pollMs)
  const end = () => {
    clearInterval(polling)
    host.close()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  // Nobody listens any more: whoever started this bank was killed. What it did is in its journal.
  process.stdout.on('error', end)
  print({ ready: true, ...host.status() })
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => print(runCommand(host, line)))
  if (!values.daemon) lines.on('close', end)
}

function work(host: BankHost, commands: string): void {
  for (const name of listArrived(commands, '.json')) {
    const bytes = readArrived(commands, name, COMMAND_BYTES)
    const answer = runCommand(host, Buffer.from(bytes ?? '').toString('utf8'))
    placeFile(join(commands, 'answers'), name, Buffer.from(`${JSON.stringify(answer)}\n`))
    setAside(commands, name, 'done', String(Date.now()).padStart(16, '0'))
  }
  host.poll()
}

function print(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

await main()
