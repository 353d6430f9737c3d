import { type EmbeddedPolicy, type FinalityProof, verifyFinality } from '@renshe/proof'
import type { CheckpointSigner } from './checkpoint-keys.ts'
import { pause } from './pause.ts'
import type { CosignAnswer } from './witness.ts'
import type { WitnessLink } from './witness-link.ts'

/** Lines of witnesses, by member. */
export type Cosignatures = ReadonlyMap<string, readonly string[]>

/** What is to be cosigned, and by whom. */
export interface Cosigning {
  readonly links: readonly WitnessLink[]
  readonly policy: EmbeddedPolicy
  readonly height: number
  readonly signer: CheckpointSigner
  readonly retryMs: number
  /** How long to wait for further witnesses when enough have cosigned. */
  readonly graceMs: number
  readonly signal: AbortSignal
  /** Whether the lines of a member are right. */
  holds(member: string, lines: readonly string[]): boolean
  /** Hears why a block is not final yet. */
  onWaiting(text: string): void
}

/**
 * Asks the witnesses of a policy at the same time, again and again those that fail, until enough of
 * them have cosigned.
 *
 * @returns lines by member; undefined if it was stopped before
 */
export async function collectCosignatures(cosigning: Cosigning): Promise<Cosignatures | undefined> {
  const { links, policy, signal, graceMs } = cosigning
  const members = new Set(policy.witnesses.map(({ member }) => member))
  const asked = links.filter(({ witness }) => members.has(witness.member))
  if (asked.length < policy.threshold) {
    cosigning.onWaiting(`only ${asked.length} of ${policy.threshold} witnesses are set up`)
  }
  const lines = new Map<string, readonly string[]>()
  const done = new AbortController()
  const stop = (): void => done.abort()
  signal.addEventListener('abort', stop, { once: true })
  let settle: () => void = () => undefined
  const enough = new Promise<void>((resolve) => {
    settle = resolve
  })
  done.signal.addEventListener('abort', settle, { once: true })
  if (policy.threshold === 0) settle()
  const all = Promise.all(
    asked.map(async (link) => {
      const own = await askUntilCosigned(cosigning, link, done.signal, () => lines.size)
      if (own !== undefined && !done.signal.aborted) lines.set(link.witness.member, own)
      if (lines.size >= policy.threshold) settle()
    }),
  )
  await enough
  await Promise.race([all, pause(graceMs, done.signal)])
  signal.removeEventListener('abort', stop)
  const isStopped = done.signal.aborted
  done.abort()
  return isStopped ? undefined : lines
}

async function askUntilCosigned(
  { height, signer, holds, onWaiting, retryMs, policy }: Cosigning,
  link: WitnessLink,
  signal: AbortSignal,
  collected: () => number,
): Promise<readonly string[] | undefined> {
  const { member } = link.witness
  while (!signal.aborted) {
    const answer = await link.cosign(height, signer, signal).catch(unavailable)
    if (answer.ok && holds(member, answer.lines)) return answer.lines
    if (signal.aborted) return undefined
    const why = answer.ok ? 'it signed with another key' : `${answer.code}, ${answer.detail}`
    if (collected() < policy.threshold) {
      onWaiting(`witness ${member} does not cosign block ${height}: ${why}`)
    }
    await pause(retryMs, signal)
  }
  return undefined
}

function unavailable(error: unknown): CosignAnswer {
  return { ok: false, code: 'UNAVAILABLE', size: 0, detail: (error as Error).message }
}

/** Whether the lines of one witness in a proof are right: judged as if it alone had to sign. */
export function cosignatureHolds(proof: FinalityProof, member: string): boolean {
  const { policy } = proof
  if (policy.engine !== 'embedded') return false
  const witnesses = policy.witnesses.filter((each) => each.member === member)
  return 'signers' in verifyFinality({ ...proof, policy: { ...policy, witnesses, threshold: 1 } })
}
