import { fromHex, toHex } from '@renshe/crypto'
import { type Finding, green, grey, red } from './check.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { verifyWalk } from './finality.ts'
import { type Policy, policyHash } from './policy.ts'
import { verifyConsistency } from './tree.ts'
import type { Reader } from './trust.ts'

/**
 * `finality`: the walk and the proof of the tip hold, and the first policy is one that the reader
 * trusts for the tip's chain. Without a pinned policy: grey, yet a proof that does not hold is red.
 */
export function checkFinality(file: EvidenceFile, reader: Reader): Finding {
  const { policy, proof, walk } = file.finality
  const outcome = verifyWalk([...walk, { policy, proof, tip: file.tip }])
  if ('fault' in outcome) return red(outcome.fault, { step: outcome.step, of: walk.length + 1 })
  const { chain, height, time } = file.tip
  const facts = {
    ...outcome.signers,
    listed: listedMembers(policy),
    chain,
    height,
    tipTime: time,
    steps: walk.length + 1,
  }
  const pinned = reader.trusted.filter((trusted) => trusted.chain === chain)
  const hashes = pinned.flatMap(({ policies }) =>
    policies.map((known) => (typeof known === 'string' ? known : toHex(policyHash(known)))),
  )
  if (hashes.length === 0) return grey('POLICY_UNPINNED', { chain, policy: outcome.firstPolicy })
  if (!hashes.includes(outcome.firstPolicy)) {
    return red('POLICY_UNTRUSTED', { chain, policy: outcome.firstPolicy })
  }
  const isOperatorOnly =
    outcome.signers.engine === 'embedded' && outcome.signers.witnesses.length === 0
  return green(isOperatorOnly ? 'FINAL_BY_OPERATOR' : 'FINAL', facts)
}

/** Who may sign, whether they did or not. */
function listedMembers(policy: Policy): string[] {
  const listed = policy.engine === 'embedded' ? policy.witnesses : policy.validators
  return listed.map(({ member }) => member)
}

/**
 * `consistency`: the file's own proof from an older head holds, and no head that the reader saved
 * contradicts it. No proof, or nothing saved at its size: grey. Only the tip and the proof are read:
 * other headers belong to `inclusion`, on which this check does not depend.
 */
export function checkConsistency(file: EvidenceFile, reader: Reader): Finding {
  const { consistency, tip } = file
  const heads = (reader.savedHeads ?? []).filter(({ chain }) => chain === tip.chain)
  const atTip = heads.filter(({ size }) => size === tip.height)
  if (consistency !== null) {
    const { size, root, path } = consistency
    const holds = verifyConsistency({
      oldSize: size,
      oldRoot: fromHex(root),
      newSize: tip.height,
      newRoot: fromHex(tip.log),
      path: path.map(fromHex),
    })
    if (!holds) return red('CONSISTENCY_BROKEN', { size })
    if (heads.some((head) => head.size === size && head.root !== root)) {
      return red('HEAD_OTHER', { size })
    }
  }
  if (atTip.some(({ root }) => root !== tip.log)) return red('HEAD_OTHER', { size: tip.height })
  if (atTip.length > 0) return green('HEAD_SAME', { size: tip.height })
  if (consistency === null) return grey('CONSISTENCY_ABSENT', { saved: heads.length })
  const { size } = consistency
  const isSaved = heads.some((head) => head.size === size)
  return isSaved ? green('HEAD_EXTENDED', { size }) : grey('HEAD_UNSAVED', { size })
}
