import {
  type Bytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  publicKeyOfRaw,
  toHex,
  verify,
} from '@renshe/crypto'
import {
  type Checkpoint,
  checkpointOrigin,
  type LineAlgorithm,
  type OpenedLine,
  openOperatorLine,
  openWitnessLine,
  parseCheckpoint,
  type SignatureLine,
} from './checkpoint.ts'
import {
  type CometbftProof,
  type CommitFault,
  cometbftProofShape,
  verifyCommit,
} from './cometbft.ts'
import { type Header, headerHash, headerLeaf } from './header.ts'
import {
  type CheckpointKeys,
  type EmbeddedPolicy,
  type Policy,
  policyFault,
  policyHash,
} from './policy.ts'
import { anyObject, digest, list, object, oneOf, type Shape, text } from './shape.ts'
import { rootOfPath } from './tree.ts'

/** Finality proof of engine `embedded`: a cosigned checkpoint of the header log. */
export type EmbeddedProof = {
  readonly engine: 'embedded'
  readonly checkpoint: string
  /** Path (hex) of the tip in the checkpoint's log, whose size is tip.height + 1. */
  readonly path: readonly string[]
}

/** Proof that a ledger header is final, of either engine. */
export type EngineProof = EmbeddedProof | CometbftProof

/** A header, and what proves it final under a policy: proves every older header of its log too. */
export type FinalityProof = {
  readonly policy: Policy
  readonly proof: EngineProof
  readonly tip: Header
}

const embeddedProofShape = object<EmbeddedProof>({
  engine: oneOf('embedded'),
  checkpoint: text(65_536),
  path: list(digest, 64),
})

/** Reads a finality proof of either engine. */
export const engineProofShape: Shape<EngineProof> = (value, at) =>
  anyObject(value, at).engine === 'cometbft'
    ? cometbftProofShape(value, at)
    : embeddedProofShape(value, at)

/** Who made a header final, and when they said so (cosignatures: UTC seconds). */
export type FinalitySigners =
  | {
      readonly engine: 'embedded'
      readonly operator: string
      readonly witnesses: readonly { readonly member: string; readonly time: number }[]
      readonly threshold: number
      readonly of: number
    }
  | {
      readonly engine: 'cometbft'
      readonly validators: readonly string[]
      readonly of: number
      /** Time of the engine header, UTC seconds: an upper bound of the ledger header's time. */
      readonly time: number
    }

/** Why a header is not shown to be final. */
export type FinalityFault =
  | 'POLICY_SENSELESS'
  | 'ENGINE_OTHER'
  | 'CHECKPOINT_FORM'
  | 'CHECKPOINT_ORIGIN'
  | 'CHECKPOINT_SIZE'
  | 'CHECKPOINT_ROOT'
  | 'CHECKPOINT_LINE'
  | 'CHECKPOINT_SIGNATURE'
  | 'CHECKPOINT_THRESHOLD'
  | CommitFault

/** Outcome of {@link verifyFinality}. */
export type FinalityOutcome =
  | { readonly signers: FinalitySigners }
  | { readonly fault: FinalityFault }

/**
 * Verifies that `tip` is final under `policy`. Whether the policy itself deserves trust is another
 * question: pinned by the reader, or named by a header that is final under a trusted one.
 *
 * @source ledger-bytes.md sections 7 and 14
 */
export function verifyFinality({ policy, proof, tip }: FinalityProof): FinalityOutcome {
  if (policyFault(policy) !== null) return { fault: 'POLICY_SENSELESS' }
  if (policy.engine === 'cometbft') {
    if (proof.engine !== 'cometbft') return { fault: 'ENGINE_OTHER' }
    const outcome = verifyCommit(policy, proof, headerHash(tip))
    if ('fault' in outcome) return outcome
    return {
      signers: {
        engine: 'cometbft',
        validators: outcome.signers,
        of: policy.validators.length,
        time: proof.header.time.s,
      },
    }
  }
  if (proof.engine !== 'embedded') return { fault: 'ENGINE_OTHER' }
  return verifyEmbedded(policy, proof, tip)
}

function verifyEmbedded(
  policy: EmbeddedPolicy,
  proof: EmbeddedProof,
  tip: Header,
): FinalityOutcome {
  const checkpoint = parseCheckpoint(proof.checkpoint)
  if (checkpoint === null) return { fault: 'CHECKPOINT_FORM' }
  if (checkpoint.origin !== checkpointOrigin(tip.chain)) return { fault: 'CHECKPOINT_ORIGIN' }
  if (checkpoint.size !== tip.height + 1) return { fault: 'CHECKPOINT_SIZE' }
  const root = rootOfPath({
    leafHash: headerLeaf(tip),
    index: tip.height,
    size: checkpoint.size,
    path: proof.path.map(fromHex),
  })
  if (root === null || !equalBytes(root, checkpoint.root)) return { fault: 'CHECKPOINT_ROOT' }
  const lines = openLines(policy, tip.chain, checkpoint)
  if (lines === null) return { fault: 'CHECKPOINT_LINE' }
  if (!lines.every(verifyLine)) return { fault: 'CHECKPOINT_SIGNATURE' }
  return judgeLines(policy, lines)
}

type Slot = {
  readonly role: 'operator' | 'witness'
  readonly keys: CheckpointKeys
  readonly algorithm: LineAlgorithm
}
type PlacedLine = Slot & { readonly line: OpenedLine }

/** Every line a policy allows, in the one order in which lines may stand. */
function slotsOf(policy: EmbeddedPolicy): Slot[] {
  const { operator, witnesses, suite } = policy
  const algorithms: readonly LineAlgorithm[] =
    suite === 'RS-GM-1' ? ['ed25519', 'sm2'] : ['ed25519']
  return [
    ...algorithms.map((algorithm): Slot => ({ role: 'operator', keys: operator, algorithm })),
    ...algorithms.flatMap((algorithm) =>
      witnesses.map((keys): Slot => ({ role: 'witness', keys, algorithm })),
    ),
  ]
}

/** Puts each line into its slot; null if a line is of no key of the policy, or out of order. */
function openLines(
  policy: EmbeddedPolicy,
  chain: string,
  { text: signed, lines }: Checkpoint,
): PlacedLine[] | null {
  const slots = slotsOf(policy)
  const placed: PlacedLine[] = []
  let next = 0
  for (const line of lines) {
    let opened: OpenedLine | null = null
    while (opened === null && next < slots.length) {
      opened = openInSlot(slots[next]!, line, chain, signed)
      if (opened !== null) placed.push({ ...slots[next]!, line: opened })
      next++
    }
    if (opened === null) return null
  }
  return placed
}

function openInSlot(
  { role, keys, algorithm }: Slot,
  line: SignatureLine,
  chain: string,
  signed: string,
): OpenedLine | null {
  const publicKey = rawKey(keys, algorithm)
  return role === 'operator'
    ? openOperatorLine(line, { chain, text: signed, algorithm, publicKey })
    : openWitnessLine(line, { chain, member: keys.member, text: signed, algorithm, publicKey })
}

function rawKey(keys: CheckpointKeys, algorithm: LineAlgorithm): Bytes {
  return fromBase64Url(algorithm === 'sm2' ? (keys.sm2 ?? '') : keys.ed25519)
}

function verifyLine({ keys, algorithm, line }: PlacedLine): boolean {
  try {
    const key = publicKeyOfRaw(algorithm, rawKey(keys, algorithm))
    return verify(key, line.message, line.value)
  } catch {
    // A policy may hold bytes that are no point of the curve; nothing verifies under them.
    return false
  }
}

/** Counts who signed with every line that the suite demands of them. */
function judgeLines(policy: EmbeddedPolicy, lines: readonly PlacedLine[]): FinalityOutcome {
  const linesEach = policy.suite === 'RS-GM-1' ? 2 : 1
  const operatorLines = lines.filter(({ role }) => role === 'operator')
  if (operatorLines.length !== linesEach) return { fault: 'CHECKPOINT_LINE' }
  const witnesses: { member: string; time: number }[] = []
  for (const { member } of policy.witnesses) {
    const own = lines.filter(({ role, keys }) => role === 'witness' && keys.member === member)
    if (own.length === 0) continue
    const times = new Set(own.map(({ line }) => line.time))
    if (own.length !== linesEach || times.size !== 1) return { fault: 'CHECKPOINT_LINE' }
    witnesses.push({ member, time: own[0]!.line.time! })
  }
  if (witnesses.length < policy.threshold) return { fault: 'CHECKPOINT_THRESHOLD' }
  return {
    signers: {
      engine: 'embedded',
      operator: policy.operator.member,
      witnesses,
      threshold: policy.threshold,
      of: policy.witnesses.length,
    },
  }
}

/** Outcome of {@link verifyWalk}: who signed the last tip, or which step fails and why. */
export type WalkOutcome =
  | { readonly signers: FinalitySigners; readonly firstPolicy: string }
  | {
      readonly fault: FinalityFault | 'WALK_CHAIN' | 'WALK_HEIGHT' | 'WALK_POLICY'
      readonly step: number
    }

/**
 * Follows changes of policy: each tip is final under its policy and names the next policy; the last
 * step is the proof of the newest tip. One step, if the policy never changed.
 *
 * @returns who signed the last tip and the hash of the first policy, which the reader must trust
 */
export function verifyWalk(steps: readonly FinalityProof[]): WalkOutcome {
  const first = steps[0]
  if (first === undefined) throw new RangeError('a walk has at least one step')
  let signers: FinalitySigners | null = null
  for (const [step, proof] of steps.entries()) {
    const before = steps[step - 1]?.tip
    if (before !== undefined) {
      if (proof.tip.chain !== before.chain) return { fault: 'WALK_CHAIN', step }
      if (proof.tip.height <= before.height) return { fault: 'WALK_HEIGHT', step }
      if (toHex(policyHash(proof.policy)) !== before.finality) return { fault: 'WALK_POLICY', step }
    }
    const outcome = verifyFinality(proof)
    if ('fault' in outcome) return { fault: outcome.fault, step }
    signers = outcome.signers
  }
  return { signers: signers!, firstPolicy: toHex(policyHash(first.policy)) }
}
