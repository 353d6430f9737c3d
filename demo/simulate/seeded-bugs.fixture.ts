/* Mistakes that somebody could make, each as an exact change of one source: the simulator must find them. */

/** One mistake. */
export interface SeededBug {
  readonly name: string
  /** Source, from the root of the project. */
  readonly file: string
  /** Text that must be there exactly once. */
  readonly instead: string
  readonly put: string
  /** What a finder is expected to say. */
  readonly breaks: RegExp
}

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    name: 'acknowledge-before-sync',
    file: 'ledger/src/block-log.ts',
    instead: 'if (isSynced) await writer.datasync()',
    put: '',
    breaks: /acknowledged|does not start|LOG_BEHIND_STATE|LOG_DAMAGED/,
  },
  {
    name: 'order-placed-before-written',
    file: 'node/src/connectors/bank/bank-connector.ts',
    instead: `      this.resend(order.paymentKey)
      this.write({ type: 'placed', paymentKey: order.paymentKey })`,
    put: `      this.write({ type: 'placed', paymentKey: order.paymentKey })
      this.resend(order.paymentKey)`,
    breaks: /did not end/,
  },
  {
    name: 'told-before-told',
    file: 'node/src/connectors/bank/bank-connector.ts',
    instead: `      try {
        await this.tell(event)
      } catch (error) {
        return error
      }
      this.write({ type: 'delivered', count: next + 1 })`,
    put: `      this.write({ type: 'delivered', count: next + 1 })
      try {
        await this.tell(event)
      } catch (error) {
        return error
      }`,
    breaks: /did not end/,
  },
  {
    name: 'sealed-before-flushed',
    file: 'node/src/vault/store-tables.ts',
    instead: 'overlappingSync: false,',
    put: '',
    breaks: /does not open|in vain|did not end|does not start/,
  },
]
