import type { Bytes, Json } from '@renshe/crypto'
import type { Answer, InclusionCode, Reader } from '@renshe/kernel'
import type { FinalityProof, Policy } from '@renshe/proof'

/** What was said about one transaction of a bundle. */
export interface Admission {
  /** Hex; null where broken framing leaves no transaction to name. */
  readonly txId: string | null
  /** `OK`: would be (or was) included; `ENGINE_BUSY`: try again, nothing was judged. */
  readonly code: 'OK' | 'ENGINE_BUSY' | InclusionCode
}

/** Evidence of a validator's misbehaviour, as a CometBFT engine reports it. */
export interface Misbehaviour {
  readonly kind: 'duplicate-vote' | 'light-client-attack'
  readonly validator: Bytes
  readonly engineHeight: bigint
}

/** Input of one ledger block, in the order that the engine agreed on. */
export interface EngineBlock {
  readonly engineHeight: bigint
  /** UTC ms by the engine; block time is this or the parent's + 1. */
  readonly timeMs: number
  readonly bundles: readonly Bytes[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** What a block did. Without an included transaction there is no ledger block: `header` is null. */
export interface Executed {
  readonly header: Bytes | null
  readonly headerHash: Bytes
  /** One list per bundle; empty for a bundle of broken framing. */
  readonly admissions: readonly (readonly Admission[])[]
  /** Results of the included transactions, in order. */
  readonly results: readonly Bytes[]
  /** Policy that must finalise the next block. */
  readonly policy: Policy
}

/**
 * What an engine drives; the same under every engine. Heights are ledger heights unless named
 * engine….
 *
 * @source ledger-bytes.md section 8
 */
export interface StateMachine {
  /** Durable values only. */
  info(): { height: number; headerHash: Bytes; protocol: number; engineHeight: bigint }
  /** Reads the genesis document, makes block 0. */
  genesis(document: Bytes): Promise<{ headerHash: Bytes; policy: Policy }>
  /** Judges a bundle against the committed state, signatures included; no writes; never throws. */
  check(bundle: Bytes): Admission[]
  /** Chooses what goes into a block: keeps the order, cuts by size. */
  propose(bundles: readonly Bytes[], maxBytes: number): Bytes[]
  /** Structure only; never local clock or settings. */
  validate(block: EngineBlock): boolean
  /** Staged, pure, repeatable for one height. */
  execute(block: EngineBlock): Executed
  /** Makes what was executed last durable: block, state, engine height. */
  commit(): Promise<void>
  query(name: string, input: Json, reader: Reader, asOf?: number): Answer
}

/** Stops listening. */
export type Unsubscribe = () => void

/** How an engine is doing. */
export interface EngineStatus {
  readonly engine: Policy['engine']
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped' | 'failed'
  /** Newest durable height. */
  readonly height: number
  /** Newest final height. */
  readonly finalHeight: number
  /** Transactions that wait for a block. */
  readonly waiting: number
  /** What it waits for or failed with, in words; null if nothing. */
  readonly reason: string | null
}

/** Orders transactions and makes blocks final. @source ledger-bytes.md section 8 */
export interface Engine {
  start(machine: StateMachine): Promise<void>
  /** Admitted is not durable: see `onFinal`. */
  submit(bundle: Bytes): Promise<Admission[]>
  /** Hears every height that became durable and final, once, in order. */
  onFinal(listener: (height: number) => void): Unsubscribe
  /** Proves the ledger header of a height, and every older one. */
  finality(height: number): Promise<FinalityProof>
  status(): EngineStatus
  stop(): Promise<void>
}
