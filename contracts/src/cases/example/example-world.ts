import { fromUtf8, type Json, type JsonObject, toHex, utf8 } from '@renshe/crypto'
import {
  type Answer,
  answerQuery,
  type Collection,
  type CollectionView,
  type Contracts,
  executeGenesis,
  executeTransaction,
  onContractFault,
  type Signer,
  StateLayer,
  stateViewOf,
} from '@renshe/kernel'
import type { CompiledPackage } from '../../catalogue/compiled-package.ts'
import type { CaseExample } from '../../catalogue/package-document.ts'
import { startOfDay } from '../../vocabulary/civil-date.ts'
import { caseDigest } from '../digests.ts'
import { casesBook } from '../rule-book.ts'
import { instantOfMoment, memberIdOf } from './example-names.ts'
import { foundExample } from './example-setup.ts'

/** What one act did. */
export interface ActOutcome {
  readonly code: string
  readonly data: Json
  readonly events: readonly { readonly name: string; readonly data: JsonObject }[]
  /** The exception behind `CONTRACT_FAULT`, for the author of a package. */
  readonly fault: unknown
}

const CHAIN = 'demo-example-00000000'
const MS_BETWEEN_ACTS = 1_000

/**
 * A ledger in memory on which an example is played: the real executor, the real contracts, nothing
 * signed. Time and ids follow from the example alone, so that every member plays it alike.
 */
export class ExampleWorld {
  readonly #contracts: Contracts
  readonly #state = new StateLayer()
  readonly #name: string
  #time: number
  #height = 0

  constructor(compiled: readonly CompiledPackage[], example: CaseExample) {
    this.#name = example.name
    this.#time = instantOfMoment(example.at, startOfDay)
    this.#contracts = contractsOf(compiled, example)
    const place = { chain: CHAIN, height: 0, time: this.#time }
    executeGenesis(this.#contracts, this.#state, place, { hash: this.#hash(), document: {} })
  }

  /** Block time of the newest act, UTC ms. */
  get time(): number {
    return this.#time
  }

  /** Moves time to a moment of the example; it never goes back. */
  advanceTo(moment: string): boolean {
    const time = instantOfMoment(moment, startOfDay)
    if (time < this.#time) return false
    this.#time = Math.max(this.#time, time - MS_BETWEEN_ACTS)
    return true
  }

  /** Executes one transaction. */
  run(signer: Signer, action: string, input: JsonObject): ActOutcome {
    this.#height += 1
    this.#time += MS_BETWEEN_ACTS
    let fault: unknown
    const before = onContractFault((error) => {
      fault = error
    })
    try {
      const place = { chain: CHAIN, height: this.#height, time: this.#time }
      const call = { txId: this.#hash(), action, input, signer }
      const { code, data, events } = executeTransaction(this.#contracts, this.#state, place, call)
      return { code, data, events: events.map(eventOf), fault }
    } finally {
      onContractFault(before)
    }
  }

  /** Answers a query as a member's node would. */
  ask(member: string, name: string, input: JsonObject): Answer {
    const place = { chain: CHAIN, height: this.#height, time: this.#time }
    const reader = { member, name: 'example', roles: [], unit: null }
    return answerQuery(this.#contracts, this.#state, place, { name, input, reader })
  }

  /** Reads a collection. */
  state<Key, Value>(collection: Collection<Key, Value>): CollectionView<Key, Value> {
    return stateViewOf(this.#state).state(collection)
  }

  /** The whole state, for functions that read it. */
  get view() {
    return stateViewOf(this.#state)
  }

  #hash(): string {
    return toHex(caseDigest('example', utf8(`${this.#name} ${this.#height}`)))
  }
}

function eventOf(bytes: Uint8Array): { name: string; data: JsonObject } {
  return JSON.parse(fromUtf8(bytes)) as { name: string; data: JsonObject }
}

function contractsOf(compiled: readonly CompiledPackage[], example: CaseExample): Contracts {
  return {
    protocol: 1,
    actions: new Map(casesBook.actions.map((action) => [action.name, action])),
    queries: new Map(casesBook.queries.map((query) => [query.name, query])),
    collections: casesBook.collections,
    found: (ctx) => foundExample(ctx, compiled, example),
    resolveSigner: () => ({ ok: false, code: 'SIGNER_UNKNOWN' }),
    parameters: () => ({
      horizonMs: 86_400_000,
      snapshotEvery: 1_024,
      snapshotDelay: 2,
      suites: ['RS-INTL-1'],
    }),
    policy: () => ({}),
    protocolFor: () => 1,
  }
}

/** The officer or system that acts for a member in an example: every role that the package names. */
export function exampleSigner(
  name: string,
  officer: string | undefined,
  roles: readonly string[],
  unit: string | null,
): Signer {
  const member = memberIdOf(name)
  const own = officer ?? 'officer-1'
  const certificate = toHex(caseDigest('example', utf8(`${member}/${own}`)))
  return { certificate, kind: 'officer', member, name: own, roles: [...roles].sort(), unit }
}
