import { type Contracts, stateViewOf } from '@renshe/kernel'
import type { StateHead } from './block-commit.ts'
import { LedgerFault } from './fault.ts'
import type { StateStore } from './state-store.ts'

/** The rule books that this release brings, by protocol version. */
export class RuleBooks {
  readonly #contracts: ReadonlyMap<number, Contracts>
  readonly #firstProtocol: number
  readonly #store: StateStore
  #knownHead: StateHead | undefined
  /** Protocol of the block after it. */
  #knownNext = 0

  constructor(contracts: ReadonlyMap<number, Contracts>, firstProtocol: number, store: StateStore) {
    this.#contracts = contracts
    this.#firstProtocol = firstProtocol
    this.#store = store
  }

  /**
   * The rule books of a protocol version.
   *
   * @throws LedgerFault `PROTOCOL_UNKNOWN`: this release is too old for the chain
   */
  of(protocol: number, height: number): Contracts {
    const contracts = this.#contracts.get(protocol)
    if (contracts === undefined) {
      const known = [...this.#contracts.keys()]
      throw new LedgerFault('PROTOCOL_UNKNOWN', { protocol, height, known })
    }
    return contracts
  }

  /** The rule books of the next block, and its height: an enacted version begins at its height. */
  next(): { readonly contracts: Contracts; readonly height: number } {
    const head = this.#store.head
    if (head === undefined) return { contracts: this.of(this.#firstProtocol, 0), height: 0 }
    if (head !== this.#knownHead) {
      const current = this.of(head.protocol, head.height)
      const protocol = current.protocolFor(stateViewOf(this.#store.source), head.height + 1)
      // Every commit makes another head: as long as it is this one, the state is too.
      this.#knownHead = head
      this.#knownNext = protocol
    }
    const height = head.height + 1
    return { contracts: this.of(this.#knownNext, height), height }
  }

  /** A protocol that this release does not know stops the next block, not the start. */
  nextOrOwn(head: StateHead): { readonly contracts: Contracts } {
    try {
      return this.next()
    } catch (error) {
      if (!(error instanceof LedgerFault) || error.code !== 'PROTOCOL_UNKNOWN') throw error
      return { contracts: this.of(head.protocol, head.height) }
    }
  }
}

/** Names the declared indexes, so that a table of others is noticed and made anew. */
export function indexNames(contracts: Contracts): string {
  const names = contracts.collections.flatMap(({ name, indexes }) =>
    Object.keys(indexes).map((index) => `${name} ${index}`),
  )
  return `${contracts.protocol}: ${names.sort().join(', ')}`
}
