import type { Locale, Words } from './words.ts'

/** Where a command reads and writes; tests bring their own. */
export interface Terminal {
  /** Folder that relative paths start from. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard input, in pieces. */
  readonly input: AsyncIterable<Uint8Array>
  /** Whether a person watches standard error: only then is progress shown. */
  readonly isWatched: boolean
  /** Standard output; resolves when more may be written. */
  write(text: string | Uint8Array): Promise<void>
  /** Standard error. */
  tell(text: string): void
}

/** One invocation: its terminal, its language, whether it answers in JSON. */
export class Session {
  readonly terminal: Terminal
  readonly locale: Locale
  readonly isJson: boolean
  #hasProgress = false

  constructor(terminal: Terminal, locale: Locale, isJson: boolean) {
    this.terminal = terminal
    this.locale = locale
    this.isJson = isJson
  }

  /** A sentence in the language of this invocation. */
  say(words: Words): string {
    return words[this.locale]
  }

  /** Writes one line for people. */
  async line(text = ''): Promise<void> {
    await this.terminal.write(`${text}\n`)
  }

  /** Writes the one JSON document of this invocation. */
  async json(value: unknown): Promise<void> {
    await this.terminal.write(`${JSON.stringify(value)}\n`)
  }

  /** Writes a line for people to standard error. */
  tell(text: string): void {
    this.endProgress()
    this.terminal.tell(`${text}\n`)
  }

  /** Shows how far long work has come; the next call overwrites it. */
  progress(text: string): void {
    if (!this.terminal.isWatched) return
    this.#hasProgress = true
    this.terminal.tell(`\r\u001b[2K${text}`)
  }

  /** Takes the last progress line away. */
  endProgress(): void {
    if (!this.#hasProgress) return
    this.#hasProgress = false
    this.terminal.tell('\r\u001b[2K')
  }
}
