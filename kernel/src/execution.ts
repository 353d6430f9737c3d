import {
  type Bytes,
  canonicalJson,
  canonicalText,
  fromHex,
  idFromBytes,
  type Json,
  type JsonObject,
  ledgerHash,
  utf8,
} from '@renshe/crypto'
import type { Action } from './action.ts'
import { ledgerCheckpoint } from './checkpoint.ts'
import { collectionStateOf } from './collection-access.ts'
import type { Context } from './context.ts'
import type { Contracts } from './contracts.ts'
import {
  type Allowance,
  GENESIS_ALLOWANCE,
  LIMITS,
  LimitExceeded,
  Meter,
  TRANSACTION_ALLOWANCE,
} from './limits.ts'
import { isCode } from './names.ts'
import { type Refusal, Refused } from './refusal.ts'
import type { Signer } from './signer.ts'
import { StateLayer, StoreFault } from './state-source.ts'
import { findInputFault } from './validation.ts'

/** Where and when a transaction executes. */
export interface ExecutionPlace {
  readonly chain: string
  readonly height: number
  /** Block time, UTC ms. */
  readonly time: number
}

/** What is executed; signature and inclusion have been judged. */
export interface Call {
  readonly txId: string
  readonly action: string
  readonly input: JsonObject
  readonly signer: Signer
}

/** What a transaction did: the parts of its result, and its events in order. */
export interface Execution {
  /** `OK`, or why it was refused. */
  readonly code: string
  /** Return value of the action, or facts of the refusal. */
  readonly data: Json
  /** JCS `{data, name}` each; none if refused. */
  readonly events: readonly Bytes[]
}

/** Actions that the kernel itself brings, in every protocol version. */
const KERNEL_ACTIONS: ReadonlyMap<string, Action<never>> = new Map([
  [ledgerCheckpoint.name, ledgerCheckpoint],
])

/** The action of that name at this protocol version. */
export function findAction(contracts: Contracts, name: string): Action<never> | undefined {
  return KERNEL_ACTIONS.get(name) ?? contracts.actions.get(name)
}

/** The context of one transaction, and what it collected. */
class RunningContext implements Context {
  readonly chain: string
  readonly height: number
  readonly time: number
  readonly txId: string
  readonly signer: Signer
  readonly events: Bytes[] = []
  readonly #layer: StateLayer
  readonly #meter: Meter
  readonly #labels = new Set<string>()

  constructor(
    place: ExecutionPlace,
    call: Omit<Call, 'action' | 'input'>,
    layer: StateLayer,
    meter: Meter,
  ) {
    this.chain = place.chain
    this.height = place.height
    this.time = place.time
    this.txId = call.txId
    this.signer = call.signer
    this.#layer = layer
    this.#meter = meter
  }

  state: Context['state'] = (collection) => collectionStateOf(this.#layer, collection, this.#meter)

  newId = (label: string): string => {
    if (this.#labels.has(label)) throw new Error(`the label ${label} already has its id`)
    this.#labels.add(label)
    return newIdOf(this.txId, label)
  }

  emit = (name: string, data: JsonObject): void => {
    const event = canonicalJson({ name, data })
    if (event.length > LIMITS.eventBytes) this.#meter.exceed('eventBytes')
    this.events.push(event)
    this.#meter.checkEvents(this.events.length)
  }

  refuse = (reason: Refusal): never => {
    throw new Refused(reason)
  }
}

/**
 * The id that a transaction gives under a label: 26 characters.
 *
 * @source ledger-bytes.md section 2
 */
export function newIdOf(txId: string, label: string): string {
  return idFromBytes(ledgerHash('id', fromHex(txId), utf8(label)).slice(0, 16))
}

/**
 * Executes one included transaction. Only if its code is `OK` does `state` change.
 *
 * @throws StoreFault, and errors of stack or memory: not results, so the caller stops before it
 *         commits anything
 */
export function executeTransaction(
  contracts: Contracts,
  state: StateLayer,
  place: ExecutionPlace,
  call: Call,
): Execution {
  const declared = findAction(contracts, call.action)
  if (declared === undefined) return refusal('ACTION_UNKNOWN', { action: call.action })
  const fault = findInputFault(declared.input, call.input)
  if (fault !== undefined) return refusal('INPUT_INVALID', { ...fault })
  const layer = new StateLayer(state)
  const execution = run(place, call, layer, TRANSACTION_ALLOWANCE, (ctx) =>
    declared.run(ctx, call.input as never),
  )
  if (execution.code === 'OK') state.absorb(layer)
  return execution
}

/**
 * Writes the initial state from the genesis document.
 *
 * @throws Refused, or whatever the contracts throw: a chain with such a genesis cannot start
 */
export function executeGenesis(
  contracts: Contracts,
  state: StateLayer,
  place: ExecutionPlace,
  genesis: {
    readonly hash: string
    readonly document: JsonObject
    /** Bytes of the founding packages, by hash. */
    readonly packages?: ReadonlyMap<string, Bytes>
  },
): void {
  const signer: Signer = {
    certificate: genesis.hash,
    kind: 'system',
    member: '',
    name: 'genesis',
    roles: [],
    unit: null,
  }
  const layer = new StateLayer(state)
  const meter = new Meter(GENESIS_ALLOWANCE)
  contracts.found(
    new RunningContext(place, { txId: genesis.hash, signer }, layer, meter),
    genesis.document,
    genesis.packages ?? new Map(),
  )
  state.absorb(layer)
}

function run(
  place: ExecutionPlace,
  call: Call,
  layer: StateLayer,
  allowance: Allowance,
  body: (ctx: Context) => Json | undefined,
): Execution {
  const meter = new Meter(allowance)
  const ctx = new RunningContext(place, call, layer, meter)
  try {
    const data = body(ctx) ?? null
    // A contract that caught the kernel's refusal goes no further than one that did not.
    if (meter.exceeded !== undefined) return refusal('LIMIT_EXCEEDED', { limit: meter.exceeded })
    if (utf8(canonicalText(data)).length > LIMITS.resultDataBytes) {
      return refusal('LIMIT_EXCEEDED', { limit: 'resultDataBytes' })
    }
    return { code: 'OK', data, events: ctx.events }
  } catch (error) {
    if (meter.exceeded !== undefined || error instanceof LimitExceeded) {
      return refusal('LIMIT_EXCEEDED', { limit: meter.exceeded ?? 'unknown' })
    }
    if (error instanceof Refused) return refusalOf(error.reason)
    if (isNotAResult(error)) throw error
    return contractFault(error)
  }
}

function refusal(code: string, facts: JsonObject): Execution {
  return { code, data: facts, events: [] }
}

function refusalOf({ code, ...facts }: Refusal): Execution {
  const told = Object.entries(facts).filter(([, fact]) => fact !== undefined)
  const data = Object.fromEntries(told) as JsonObject
  try {
    if (!isCode(code)) throw new TypeError(`${code} is not the spelling of a refusal code`)
    if (canonicalJson(data).length <= LIMITS.resultDataBytes) return refusal(code, data)
  } catch (error) {
    return contractFault(error)
  }
  return refusal('LIMIT_EXCEEDED', { limit: 'resultDataBytes' })
}

let faultListener: ((error: unknown) => void) | undefined

/**
 * Hears the exceptions behind `CONTRACT_FAULT`, which the result must not tell: for logs and tests.
 *
 * @returns the listener before
 */
export function onContractFault(
  listener: ((error: unknown) => void) | undefined,
): ((error: unknown) => void) | undefined {
  const before = faultListener
  faultListener = listener
  return before
}

function contractFault(error: unknown): Execution {
  faultListener?.(error)
  return refusal('CONTRACT_FAULT', {})
}

/** Exhausted stack or memory and store errors depend on the machine, so they must not be results. */
function isNotAResult(error: unknown): boolean {
  if (error instanceof StoreFault) return true
  if (!(error instanceof RangeError)) return false
  const { message } = error
  return (
    message.startsWith('Maximum call stack') ||
    message.includes('allocation failed') ||
    message.startsWith('Invalid string length')
  )
}
