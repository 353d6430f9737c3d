import type { ExitCode } from '../shell/command.ts'
import { runCommandLine } from '../shell/program.ts'
import type { Terminal } from '../shell/session.ts'
import { TOPS } from '../tops.ts'

/** What a command wrote, and how it ended. */
export interface Typed {
  readonly exit: ExitCode
  readonly out: string
  readonly err: string
}

/** Where and with what a test types. */
export interface TypingPlace {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>
}

/** Runs one command line in this process, as the binary does, and collects what it writes. */
export async function type(words: readonly string[], place: TypingPlace = {}): Promise<Typed> {
  const out: Uint8Array[] = []
  const err: string[] = []
  const { input = '' } = place
  const terminal: Terminal = {
    folder: place.folder ?? process.cwd(),
    environment: { LANG: 'C', ...place.environment },
    input: typeof input === 'string' || input instanceof Uint8Array ? once(input) : input,
    isWatched: false,
    write: async (text) => {
      out.push(Buffer.from(text))
    },
    tell: (text) => {
      err.push(text)
    },
  }
  const exit = await runCommandLine(words, terminal, TOPS)
  return { exit, out: Buffer.concat(out).toString('utf8'), err: err.join('') }
}

async function* once(input: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(input)
}
