import { type Bytes, toHex } from '@renshe/crypto'
import { headerLeaf, parseCheckpoint } from '@renshe/proof'
import { type Block, decodeBlock } from '../block-format.ts'
import type { Ledger } from '../ledger.ts'
import { type CheckpointSigner, isOperatorNote, publicKeysOf } from './checkpoint-keys.ts'
import { pause } from './pause.ts'
import type { WitnessLink } from './witness-link.ts'

/** Blocks asked for at once. */
const FETCHED_BLOCKS = 64
/** Rounds in which every witness is waited for, before those that matter are enough. */
const PATIENT_ROUNDS = 5

/** An operator that starts, and the witnesses that may know more than its folder. */
export interface CatchUp {
  readonly ledger: Ledger
  readonly links: readonly WitnessLink[]
  readonly operatorKeys: readonly CheckpointSigner[]
  readonly retryMs: number
  readonly signal: AbortSignal
  readonly onNotice: (text: string) => void
}

/**
 * Before its first block an operator must know what it signed before: a height that a witness has and
 * this folder lost must never be made a second time. Asks every witness for its size and fetches
 * what is missing here.
 */
export async function catchUpWithWitnesses(work: CatchUp): Promise<void> {
  const { ledger, links, signal } = work
  const policy = ledger.finality.policyOf(ledger.height)
  const threshold = policy.engine === 'embedded' ? policy.threshold : 0
  // A block that became final is known to one of any so many: the rest were too few for it.
  const needed = threshold === 0 ? 0 : Math.max(0, links.length - threshold + 1)
  const silent = new Set(links)
  for (let round = 1; !signal.aborted; round++) {
    for (const link of silent) {
      try {
        const size = await link.readSize()
        if (size > ledger.height + 1) await fetchBlocks(work, link, size)
        silent.delete(link)
      } catch (error) {
        work.onNotice(`witness ${link.witness.member}: ${(error as Error).message}`)
      }
    }
    if (silent.size === 0) return
    if (round >= PATIENT_ROUNDS && links.length - silent.size >= needed) return
    await pause(work.retryMs, signal)
  }
}

async function fetchBlocks(work: CatchUp, { witness }: WitnessLink, size: number): Promise<void> {
  const { ledger } = work
  const first = ledger.height + 1
  work.onNotice(`fetching blocks ${first} to ${size - 1} from witness ${witness.member}`)
  const { checkpoint } = await witness.head()
  const payloads: Bytes[] = []
  while (first + payloads.length < size) {
    const next = await witness.blocks(first + payloads.length, FETCHED_BLOCKS)
    if (next.length === 0) throw new Error('it has fewer blocks than it says')
    payloads.push(...next)
  }
  const blocks = payloads.map(readBlock)
  if (!isSignedHere(work, blocks, checkpoint ?? '')) {
    throw new Error('it has blocks that this operator did not sign')
  }
  for (const block of blocks) {
    ledger.replay(block)
    await ledger.commit()
  }
}

function readBlock(payload: Bytes): Block {
  const block = decodeBlock(payload)
  if (block === undefined) throw new Error('it sent something that is no block')
  return block
}

/** Whether the checkpoint is this operator's own, of exactly the log with these blocks on top. */
function isSignedHere(work: CatchUp, blocks: readonly Block[], checkpoint: string): boolean {
  const { ledger, operatorKeys } = work
  const frontier = ledger.frontier.clone()
  for (const { headerBytes } of blocks) frontier.append(headerLeaf(headerBytes))
  const note = parseCheckpoint(checkpoint)
  if (note?.size !== frontier.size || toHex(note.root) !== toHex(frontier.root())) return false
  return operatorKeys.some((keys) =>
    isOperatorNote(checkpoint, ledger.chain, publicKeysOf('operator', keys)),
  )
}
