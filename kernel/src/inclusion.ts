import { fromBase64Url, fromHex, kindFitsKey, verify, verifyWebauthn } from '@renshe/crypto'
import type { Contracts, LedgerParameters } from './contracts.ts'
import type { RegisteredKey, Signer, SignerFault } from './signer.ts'
import type { StateView } from './state-view.ts'
import { signedMessage, type Transaction } from './transaction.ts'

/** Why bytes are not included in a block, in checking order: the first that applies is told. */
export type InclusionCode =
  | 'TX_MALFORMED'
  | 'TX_VERSION'
  | 'TX_CHAIN'
  | 'TX_EXPIRED'
  | 'TX_HORIZON'
  | 'NONCE_SPENT'
  | SignerFault
  | 'SIGNATURE_KIND'
  | 'SIGNATURE_INVALID'

/** The second signature of a passkey act in 国密 chains: a key of the same member. */
export interface Countersigner {
  readonly key: RegisteredKey
}

/** Whom a transaction names, with the keys under which its signature must hold. */
export interface ResolvedTransaction {
  readonly signer: Signer
  readonly key: RegisteredKey
  readonly countersigner: Countersigner | null
}

/** Outcome of the checks before a transaction may enter a block. */
export type Inclusion =
  | ({ readonly included: true } & ResolvedTransaction)
  | { readonly included: false; readonly code: InclusionCode }

/** What the checks need to know of the block and of the state left by the transaction before. */
export interface InclusionWorld {
  readonly contracts: Pick<Contracts, 'resolveSigner'>
  readonly chain: string
  /** Block time, UTC ms. */
  readonly time: number
  readonly parameters: LedgerParameters
  readonly view: StateView
  isSpent(signer: string, nonce: string): boolean
  /** Whether the signature holds; a caller may answer from checks done ahead in other threads. */
  holds?(transaction: Transaction, resolved: ResolvedTransaction): boolean
}

function refused(code: InclusionCode): Inclusion {
  return { included: false, code }
}

/**
 * Judges whether a transaction that could be read is included.
 *
 * @source ledger-bytes.md section 4, in its order
 */
export function judgeInclusion(transaction: Transaction, world: InclusionWorld): Inclusion {
  const { body } = transaction
  if (body.chain !== world.chain) return refused('TX_CHAIN')
  if (world.time >= body.expiresAt) return refused('TX_EXPIRED')
  if (body.expiresAt > world.time + world.parameters.horizonMs) return refused('TX_HORIZON')
  if (world.isSpent(body.signer, body.nonce)) return refused('NONCE_SPENT')
  const resolution = world.contracts.resolveSigner(world.view, body.signer, world.time)
  if (!resolution.ok) return refused(resolution.code)
  const { signer, key } = resolution
  if (!isKindAllowed(transaction, key, world.parameters.suites)) return refused('SIGNATURE_KIND')
  const countersigner = findCountersigner(transaction, signer, world)
  if (countersigner === undefined) return refused('SIGNATURE_INVALID')
  const resolved: ResolvedTransaction = { signer, key, countersigner }
  const holds = world.holds ?? signatureHolds
  if (!holds(transaction, resolved)) return refused('SIGNATURE_INVALID')
  return { included: true, ...resolved }
}

/** Whether the kind of signature fits the key and the suites of the chain. */
function isKindAllowed(
  { signature }: Transaction,
  key: RegisteredKey,
  suites: readonly string[],
): boolean {
  const isChinese = suites.includes('RS-GM-1')
  const isInternational = suites.includes('RS-INTL-1')
  if ((signature.kind === 'webauthn') !== (key.passkey !== undefined)) return false
  if (!kindFitsKey(signature.kind, key.publicKey.algorithm)) return false
  if (signature.kind === 'sm2') return isChinese
  if (signature.kind !== 'webauthn') return isInternational
  return isChinese === (signature.sm2 !== undefined)
}

/** The key behind `sm2` of a passkey act; null if none is asked for, undefined if it is no good. */
function findCountersigner(
  { signature }: Transaction,
  signer: Signer,
  world: InclusionWorld,
): Countersigner | null | undefined {
  if (signature.kind !== 'webauthn' || signature.sm2 === undefined) return null
  const { contracts, view, time } = world
  const resolution = contracts.resolveSigner(view, signature.sm2.certificate, time)
  if (!resolution.ok || resolution.key.publicKey.algorithm !== 'sm2') return undefined
  if (resolution.signer.member !== signer.member || resolution.signer.kind !== 'system') {
    return undefined
  }
  return { key: resolution.key }
}

/** Verifies the signature of a transaction under the keys it was resolved to. Pure and total. */
export function signatureHolds(transaction: Transaction, resolved: ResolvedTransaction): boolean {
  const { signature, bodyBytes, txId } = transaction
  const { key, countersigner } = resolved
  if (signature.kind !== 'webauthn') {
    return verify(key.publicKey, signedMessage(bodyBytes), fromBase64Url(signature.value))
  }
  if (key.passkey === undefined) return false
  const isAsserted = verifyWebauthn({
    publicKey: key.publicKey,
    txId: fromHex(txId),
    rpId: key.passkey.rpId,
    origins: key.passkey.origins,
    authenticatorData: fromBase64Url(signature.authenticatorData),
    clientDataJSON: fromBase64Url(signature.clientDataJSON),
    value: fromBase64Url(signature.value),
  })
  if (!isAsserted || signature.sm2 === undefined) return isAsserted
  if (countersigner === null) return false
  const value = fromBase64Url(signature.sm2.value)
  return verify(countersigner.key.publicKey, signedMessage(bodyBytes), value)
}
