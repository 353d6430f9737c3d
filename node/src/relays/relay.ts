/** An event of a final block, as a contract emitted it. */
export interface LedgerEvent {
  readonly height: number
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * Work that a member's node does by itself. What is still owed stands on chain or in the member's own
 * stores, never in the relay's memory: it may be killed at any point and run twice.
 */
export interface Relay {
  readonly name: string
  /** Whether an event gives it work; it is also run at every start. */
  wakes(event: LedgerEvent): boolean
  /** Whether passing time alone gives it work. */
  readonly followsTime: boolean
  /**
   * Does what is owed now.
   *
   * @returns whether it did something, so that it is worth running again
   */
  run(): Promise<boolean>
  /** Gives back what it holds open. */
  close?(): Promise<void>
}
