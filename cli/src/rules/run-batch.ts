import { createReadStream } from 'node:fs'
import type { Session } from '../shell/session.ts'
import { isBlank, readLines, type StreamLine } from './line-reader.ts'

/** Output is written in pieces of about this size. */
const PIECE_LENGTH = 65_536
const PROGRESS_EVERY = 5_000

/** How a line that could not be read is told. */
export type LineFault = NonNullable<StreamLine['fault']>

/**
 * Answers a stream of lines, one line each, in order; holds one line and one piece of output at a time.
 * Empty lines are passed over and counted.
 *
 * @param input   a file's path, or the stream itself
 * @param answer  makes the answer to a line: its text, or why there is none
 */
export async function runBatch(
  session: Session,
  input: string | AsyncIterable<Uint8Array>,
  answer: (line: number, text: string | undefined, fault: LineFault | undefined) => object,
): Promise<number> {
  const bytes =
    typeof input === 'string' ? createReadStream(input, { highWaterMark: 1 << 18 }) : input
  let written = ''
  let count = 0
  for await (const { line, text, fault } of readLines(bytes)) {
    if (text !== undefined && isBlank(text)) continue
    written += `${JSON.stringify(answer(line, text, fault))}\n`
    count += 1
    if (count % PROGRESS_EVERY === 0) session.progress(`${count} …`)
    if (written.length >= PIECE_LENGTH) {
      await session.terminal.write(written)
      written = ''
    }
  }
  if (written !== '') await session.terminal.write(written)
  session.endProgress()
  return count
}
