import { equalBytes, fromHex, toHex } from '@renshe/crypto'
import { checkpointOrigin, parseCheckpoint } from './checkpoint.ts'
import { openLines, type PlacedLine, signersOfLines, verifyLine } from './checkpoint-lines.ts'
import {
  type CometbftProof,
  type CommitFault,
  cometbftProofShape,
  verifyCommit,
} from './cometbft.ts'
import { type Header, headerHash, headerLeaf } from './header.ts'
import { type EmbeddedPolicy, type Policy, policyFault, policyHash } from './policy.ts'
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

/** Counts who signed with every line that the suite demands of them. */
function judgeLines(policy: EmbeddedPolicy, lines: readonly PlacedLine[]): FinalityOutcome {
  const signers = signersOfLines(policy, lines)
  if (signers === null || !signers.operator) return { fault: 'CHECKPOINT_LINE' }
  const { threshold, witnesses, operator } = policy
  if (signers.witnesses.length < threshold) return { fault: 'CHECKPOINT_THRESHOLD' }
  const times = new Map(
    lines.map(({ role, keys, line }) => [role === 'witness' ? keys.member : '', line.time]),
  )
  return {
    signers: {
      engine: 'embedded',
      operator: operator.member,
      witnesses: signers.witnesses.map((member) => ({ member, time: times.get(member) ?? 0 })),
      threshold,
      of: witnesses.length,
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
