/** One line of a stream of lines. */
export interface StreamLine {
  /** From 1, empty lines counted. */
  readonly line: number
  /** Its text without the line's end; undefined where `fault` says why there is none. */
  readonly text?: string
  readonly fault?: 'NOT_UTF8' | 'TOO_LONG'
}

/** What a line may be long: a question with a thousand items has room. */
export const MOST_LINE_BYTES = 4 << 20

const LINE_FEED = 10

/**
 * Cuts a stream of bytes into lines without ever holding more than one: a line that is longer than
 * `mostBytes` is passed over and told.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  mostBytes: number = MOST_LINE_BYTES,
): AsyncGenerator<StreamLine> {
  const buffer = new LineBuffer(mostBytes)
  for await (const piece of input) {
    let start = 0
    for (;;) {
      const end = piece.indexOf(LINE_FEED, start)
      if (end < 0) break
      buffer.add(piece.subarray(start, end))
      yield buffer.take()
      start = end + 1
    }
    buffer.add(piece.subarray(start))
  }
  if (buffer.isBegun) yield buffer.take()
}

/** Collects the pieces of one line. */
class LineBuffer {
  readonly #mostBytes: number
  #pieces: Uint8Array[] = []
  #length = 0
  #line = 1

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get isBegun(): boolean {
    return this.#length > 0
  }

  add(piece: Uint8Array): void {
    this.#length += piece.length
    // Bytes beyond the limit are counted, not kept.
    if (this.#length <= this.#mostBytes) this.#pieces.push(piece)
    else this.#pieces = []
  }

  take(): StreamLine {
    const line = this.#line
    const isTooLong = this.#length > this.#mostBytes
    const bytes = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#length = 0
    this.#line += 1
    if (isTooLong) return { line, fault: 'TOO_LONG' }
    try {
      // A byte order mark is white space of the first line only; elsewhere it is a character like another.
      const text = (line === 1 ? OF_FIRST_LINE : OF_LINE).decode(bytes)
      return { line, text }
    } catch {
      return { line, fault: 'NOT_UTF8' }
    }
  }
}

const OF_FIRST_LINE = new TextDecoder('utf-8', { fatal: true })
const OF_LINE = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Whether a line has nothing but JSON's white space. */
export function isBlank(text: string): boolean {
  return /^[ \t\r]*$/.test(text)
}
