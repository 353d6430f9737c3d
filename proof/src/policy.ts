import { type Bytes, canonicalJson, ledgerHash } from '@renshe/crypto'
import {
  anyObject,
  base64Url,
  count,
  list,
  name,
  nullable,
  object,
  oneOf,
  readCanonical,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'

/** Cryptographic suite of a chain: international, or 国密. */
export type Suite = 'RS-INTL-1' | 'RS-GM-1'

/** Keys with which one member signs checkpoints: raw Ed25519 (32 bytes), SM2 point (65), base64url. */
export type CheckpointKeys = {
  readonly member: string
  readonly ed25519: string
  readonly sm2: string | null
}

/** A block is final when the operator and `threshold` witnesses signed its checkpoint. */
export type EmbeddedPolicy = {
  readonly v: 1
  readonly engine: 'embedded'
  readonly suite: Suite
  readonly operator: CheckpointKeys
  /** Ascending by member. */
  readonly witnesses: readonly CheckpointKeys[]
  /** Witnesses that must cosign; 0 is allowed and shown as "only the operator". */
  readonly threshold: number
}

/** A validator of a CometBFT engine: raw Ed25519 key, base64url. */
export type Validator = { readonly key: string; readonly member: string; readonly power: number }

/** A block is final when validators of more than two thirds of the power signed an engine header. */
export type CometbftPolicy = {
  readonly v: 1
  readonly engine: 'cometbft'
  /** Engine chain id, at most 50 characters. */
  readonly chain: string
  /** In the engine's order: power descending, then address ascending. */
  readonly validators: readonly Validator[]
}

/** Who must sign for a block to be final. @source ledger-bytes.md section 7 */
export type Policy = EmbeddedPolicy | CometbftPolicy

const keysShape = object<CheckpointKeys>({
  member: name,
  ed25519: base64Url(32),
  sm2: nullable(base64Url(65)),
})
const embeddedShape = object<EmbeddedPolicy>({
  v: oneOf(1),
  engine: oneOf('embedded'),
  suite: oneOf('RS-INTL-1', 'RS-GM-1'),
  operator: keysShape,
  witnesses: list(keysShape, 64),
  threshold: count,
})
const cometbftShape = object<CometbftPolicy>({
  v: oneOf(1),
  engine: oneOf('cometbft'),
  chain: text(50),
  validators: list(object<Validator>({ key: base64Url(32), member: name, power: count }), 64),
})

/** Reads a policy of either engine: shape only, see {@link policyFault} for its sense. */
export const policyShape: Shape<Policy> = (value, at) =>
  anyObject(value, at).engine === 'cometbft' ? cometbftShape(value, at) : embeddedShape(value, at)

/**
 * Reads the bytes of a policy.
 *
 * @throws ShapeRefused unless they are the JCS form of a policy that makes sense
 */
export function parsePolicy(bytes: Bytes): Policy {
  const policy = readCanonical(bytes, policyShape)
  const fault = policyFault(policy)
  if (fault !== null) throw new ShapeRefused(fault.at, fault.expected)
  return policy
}

/** `H(policy, JCS)`: named by the header before the first block that it finalises. */
export function policyHash(policy: Policy): Bytes {
  return ledgerHash('policy', canonicalJson(policy))
}

/** What makes a policy senseless, or null: order, equal keys, a threshold nobody can reach. */
export function policyFault(policy: Policy): { at: string; expected: string } | null {
  return policy.engine === 'embedded' ? embeddedFault(policy) : cometbftFault(policy)
}

function embeddedFault(policy: EmbeddedPolicy): { at: string; expected: string } | null {
  const { witnesses, operator, suite, threshold } = policy
  if (!isAscending(witnesses.map((witness) => witness.member))) {
    return { at: 'witnesses', expected: 'members in ascending order, each once' }
  }
  if (threshold > witnesses.length) {
    return { at: 'threshold', expected: 'not more than there are witnesses' }
  }
  const all = [operator, ...witnesses]
  if (all.some((keys) => (keys.sm2 !== null) !== (suite === 'RS-GM-1'))) {
    return { at: 'suite', expected: 'SM2 keys in RS-GM-1 and only there' }
  }
  const keys = all.flatMap(({ ed25519, sm2 }) => (sm2 === null ? [ed25519] : [ed25519, sm2]))
  if (new Set(keys).size !== keys.length) return { at: 'witnesses', expected: 'keys all different' }
  return null
}

function cometbftFault(policy: CometbftPolicy): { at: string; expected: string } | null {
  const { validators } = policy
  if (validators.length === 0) return { at: 'validators', expected: 'at least one' }
  if (validators.some(({ power }) => power === 0)) {
    return { at: 'validators', expected: 'power above 0' }
  }
  if (new Set(validators.map(({ key }) => key)).size !== validators.length) {
    return { at: 'validators', expected: 'keys all different' }
  }
  return null
}

function isAscending(names: readonly string[]): boolean {
  return names.every((current, i) => i === 0 || names[i - 1]! < current)
}
