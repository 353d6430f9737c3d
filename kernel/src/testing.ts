/**
 * A world for tests of contracts: transactions by the real executor on a state in memory, without
 * signatures and blocks. The signer is given, the time is set by the test, and a refusal that wrote
 * anything fails the test.
 */
import {
  type Bytes,
  fromUtf8,
  type Json,
  type JsonObject,
  ledgerHash,
  toHex,
  utf8,
} from '@renshe/crypto'
import type { Action } from './action.ts'
import { type Answer, answerQuery } from './answer.ts'
import type { AnyCollection, Collection } from './collection.ts'
import { collectionStateOf, stateViewOf } from './collection-access.ts'
import type { Contracts, LedgerParameters } from './contracts.ts'
import { executeGenesis, executeTransaction, onContractFault } from './execution.ts'
import { decodeKey, type KeyPart, keyParts } from './key.ts'
import { GENESIS_ALLOWANCE, Meter } from './limits.ts'
import type { Query, Reader } from './query.ts'
import type { Signer } from './signer.ts'
import { StateLayer } from './state-source.ts'
import type { CollectionView } from './state-view.ts'

/** 2026-09-01 00:00 UTC: where the time of a test world begins. */
export const TEST_TIME = 1_788_220_800_000

/** One event as it was told. */
export interface TestEvent {
  readonly name: string
  readonly data: JsonObject
}

/** What a transaction of a test did. */
export interface TestOutcome {
  readonly txId: string
  readonly height: number
  /** `OK`, or why it was refused. */
  readonly code: string
  readonly data: Json
  readonly events: readonly TestEvent[]
  /** The exception behind `CONTRACT_FAULT`. */
  readonly fault?: unknown
}

/** One value of the state, for snapshots of stored shapes. */
export interface StoredValue {
  readonly collection: string
  readonly key: readonly KeyPart[]
  readonly value: JsonObject
}

/** Rule books for a test world, from the few parts that a test needs. */
export function testContracts(parts: {
  readonly actions?: readonly Action<never>[]
  readonly queries?: readonly Query<never>[]
  readonly collections?: readonly AnyCollection[]
  readonly found?: Contracts['found']
  readonly parameters?: Partial<LedgerParameters>
}): Contracts {
  return {
    protocol: 1,
    actions: new Map((parts.actions ?? []).map((action) => [action.name, action])),
    queries: new Map((parts.queries ?? []).map((query) => [query.name, query])),
    collections: parts.collections ?? [],
    found: parts.found ?? (() => undefined),
    resolveSigner: () => ({ ok: false, code: 'SIGNER_UNKNOWN' }),
    parameters: () => ({
      horizonMs: 86_400_000,
      snapshotEvery: 1024,
      snapshotDelay: 2,
      suites: ['RS-INTL-1'],
      ...parts.parameters,
    }),
    policy: () => ({}),
    protocolFor: () => 1,
  }
}

/** A signer for tests; its certificate is a hash of what it is. */
export function testSigner(signer: Partial<Signer> & { readonly member: string }): Signer {
  const full = { kind: 'system' as const, name: 'application 1', roles: [], unit: null, ...signer }
  const seed = utf8(`${full.member}/${full.kind}/${full.name}`)
  return { certificate: toHex(ledgerHash('value', seed)), ...full }
}

/** A reader for tests: of a member, or the public. */
export function testReader(reader: Partial<Reader> = {}): Reader {
  return { member: null, name: null, roles: [], unit: null, ...reader }
}

/** How a {@link TestWorld} begins. */
export interface TestWorldSettings {
  readonly contracts: Contracts
  /** Handed to `contracts.found`; without it the world begins empty. */
  readonly genesis?: JsonObject
  /** Bytes beside the genesis document, by hash. */
  readonly packages?: ReadonlyMap<string, Bytes>
  readonly chain?: string
  /** UTC ms. */
  readonly time?: number
}

/** Makes a world; with a genesis document, the contracts write the initial state from it. */
export function createTestWorld(settings: TestWorldSettings): TestWorld {
  return new TestWorld(settings)
}

/** A ledger in memory, one block per transaction, a second apart. */
export class TestWorld {
  readonly contracts: Contracts
  readonly chain: string
  #time: number
  #height = 0
  #isInBlock = false
  #transactions = 0
  readonly #state = new StateLayer()

  constructor({ contracts, genesis, packages, chain, time }: TestWorldSettings) {
    this.contracts = contracts
    this.chain = chain ?? 'demo-test-00000000'
    this.#time = time ?? TEST_TIME
    if (genesis === undefined) return
    const hash = toHex(ledgerHash('genesis', utf8(JSON.stringify(genesis))))
    executeGenesis(contracts, this.#state, this.#place(), {
      hash,
      document: genesis,
      ...(packages === undefined ? {} : { packages }),
    })
  }

  /** Time of the newest block, UTC ms. */
  get time(): number {
    return this.#time
  }

  get height(): number {
    return this.#height
  }

  /** Lets time pass; the next transaction is that much later. */
  advance(ms: number): void {
    this.advanceTo(this.#time + ms)
  }

  /** Moves time to an instant, UTC ms; it never goes back. */
  advanceTo(time: number): void {
    if (time < this.#time) throw new RangeError('block time never goes back')
    this.#time = time
  }

  /** Executes everything in `body` in one block: same height, same time. */
  inOneBlock<T>(body: () => T): T {
    this.#beginBlock()
    this.#isInBlock = true
    try {
      return body()
    } finally {
      this.#isInBlock = false
    }
  }

  /**
   * Executes one transaction.
   *
   * @throws Error if it was refused and yet the state changed
   */
  run<Input>(signer: Signer, action: Action<Input> | string, input: Input): TestOutcome {
    if (!this.#isInBlock) this.#beginBlock()
    const name = typeof action === 'string' ? action : action.name
    const txId = this.#nextTxId()
    const before = this.#dump()
    let fault: unknown
    const listener = onContractFault((error) => {
      fault = error
    })
    try {
      const call = { txId, action: name, input: input as JsonObject, signer }
      const { code, data, events } = executeTransaction(
        this.contracts,
        this.#state,
        this.#place(),
        call,
      )
      if (code !== 'OK' && this.#dump() !== before) {
        throw new Error(`${name} was refused with ${code} and still changed the state`)
      }
      const told = events.map((event) => JSON.parse(fromUtf8(event)) as TestEvent)
      return {
        txId,
        height: this.#height,
        code,
        data,
        events: told,
        ...(fault === undefined ? {} : { fault }),
      }
    } finally {
      onContractFault(listener)
    }
  }

  /**
   * Executes a transaction that must succeed.
   *
   * @returns the data of its result
   * @throws Error with code and facts if it was refused; a contract's exception is its cause
   */
  does<Input>(signer: Signer, action: Action<Input> | string, input: Input): Json {
    const { code, data, fault } = this.run(signer, action, input)
    if (code === 'OK') return data
    throw new Error(`refused with ${code} ${JSON.stringify(data)}`, { cause: fault })
  }

  /**
   * Executes a transaction that must be refused; nothing of the state may change.
   *
   * @returns code and facts in one object
   * @throws Error if it succeeds, or if the contract failed by an exception
   */
  refuses<Input>(
    signer: Signer,
    action: Action<Input> | string,
    input: Input,
  ): { readonly code: string } & JsonObject {
    const { code, data, fault } = this.run(signer, action, input)
    if (code === 'OK') throw new Error(`expected a refusal, got OK ${JSON.stringify(data)}`)
    if (code === 'CONTRACT_FAULT') throw new Error('the contract failed', { cause: fault })
    return { ...(data as JsonObject), code }
  }

  /** Answers a query on the newest state. */
  ask<Input>(reader: Reader, query: Query<Input> | string, input: Input): Answer {
    const name = typeof query === 'string' ? query : query.name
    return answerQuery(this.contracts, this.#state, this.#place(), {
      name,
      input: input as Json,
      reader,
    })
  }

  /** Reads a collection of the newest state. */
  state<Key, Value>(collection: Collection<Key, Value>): CollectionView<Key, Value> {
    return stateViewOf(this.#state).state(collection)
  }

  /** Puts a value without a transaction: only to begin a test in the middle of things. */
  seed<Key, Value>(collection: Collection<Key, Value>, key: Key, value: Value): void {
    collectionStateOf(this.#state, collection, new Meter(GENESIS_ALLOWANCE)).put(key, value)
  }

  /** All values in key order, of one collection or of all. */
  stored(collection?: AnyCollection): StoredValue[] {
    const values: StoredValue[] = []
    for (const [key, text] of this.#state.values.range('', '\u00ff', false)) {
      const { collection: name, parts } = decodeKey(key)
      if (collection !== undefined && collection.name !== name) continue
      values.push({ collection: name, key: keyParts(parts), value: JSON.parse(text) as JsonObject })
    }
    return values
  }

  #beginBlock(): void {
    this.#height += 1
    this.#time += 1000
  }

  #nextTxId(): string {
    this.#transactions += 1
    return toHex(ledgerHash('tx', utf8(`${this.chain} ${this.#transactions}`)))
  }

  #place() {
    return { chain: this.chain, height: this.#height, time: this.#time }
  }

  #dump(): string {
    let text = ''
    for (const [key, value] of this.#state.values.range('', '\u00ff', false)) {
      text += `${key}${value}\n`
    }
    for (const [entry] of this.#state.indexes.range('', '\u00ff', false)) text += `${entry}\n`
    return text
  }
}
