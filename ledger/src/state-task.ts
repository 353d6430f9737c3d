/** What a thread beside the ledger does with its store. */
export type StateTask =
  | { readonly kind: 'check'; readonly stateFolder: string; readonly board: SharedArrayBuffer }
  | {
      readonly kind: 'snapshot'
      readonly stateFolder: string
      /** File of the entries. */
      readonly path: string
      readonly height: number
      /** Time of the block at `height`. */
      readonly time: number
      readonly board: SharedArrayBuffer
    }

/** How far the work of a thread is. */
export const STAGE = { waiting: 0, running: 1, done: 2, failed: 3, cancelled: 4 } as const

const TEXT_BYTES = 4_096
const ROOT_AT = 16
const TEXT_AT = 48

/**
 * Memory that the thread and the ledger share: the ledger may have to wait for a snapshot in the middle of
 * a block, when no message would be heard.
 */
export class TaskBoard {
  readonly buffer: SharedArrayBuffer
  /** Stage, slices done, count (two halves), length of the text. */
  readonly #words: Int32Array
  readonly #bytes: Uint8Array

  constructor(buffer = new SharedArrayBuffer(TEXT_AT + 4 + TEXT_BYTES)) {
    this.buffer = buffer
    this.#words = new Int32Array(buffer, 0, 4)
    this.#bytes = new Uint8Array(buffer)
  }

  get stage(): number {
    return Atomics.load(this.#words, 0)
  }

  /** Moves on from a stage; false if it is another one by now. */
  move(from: number, to: number): boolean {
    if (Atomics.compareExchange(this.#words, 0, from, to) !== from) return false
    Atomics.notify(this.#words, 0)
    return true
  }

  /** Blocks this thread while the stage is `running`, at most so long. */
  waitWhileRunning(ms: number): void {
    Atomics.wait(this.#words, 0, STAGE.running, ms)
  }

  /** Rises while the work goes on. */
  get slices(): number {
    return Atomics.load(this.#words, 1)
  }

  /** Shows that the work goes on. */
  countSlice(): void {
    Atomics.add(this.#words, 1, 1)
  }

  /** Writes the outcome; the stage that tells of it is moved afterwards. */
  putResult(count: number, root: Uint8Array): void {
    new DataView(this.buffer).setFloat64(8, count)
    this.#bytes.set(root, ROOT_AT)
  }

  get result(): { readonly count: number; readonly root: Uint8Array } {
    const count = new DataView(this.buffer).getFloat64(8)
    return { count, root: this.#bytes.slice(ROOT_AT, ROOT_AT + 32) }
  }

  /** Writes why the work failed. */
  putText(text: string): void {
    const bytes = new TextEncoder().encode(text).subarray(0, TEXT_BYTES)
    new DataView(this.buffer).setUint32(TEXT_AT, bytes.length)
    this.#bytes.set(bytes, TEXT_AT + 4)
  }

  get text(): string {
    const length = new DataView(this.buffer).getUint32(TEXT_AT)
    return new TextDecoder().decode(this.#bytes.slice(TEXT_AT + 4, TEXT_AT + 4 + length))
  }
}
