import { type Bytes, toHex } from '@renshe/crypto'
import { type FinalityProof, policyHash, rootFrom } from '@renshe/proof'
import { encodeBlock } from '../block-format.ts'
import type { Ledger } from '../ledger.ts'
import { type CheckpointSigner, operatorNote } from './checkpoint-keys.ts'
import { pause } from './pause.ts'
import type { CosignAnswer, Witness } from './witness.ts'

/** Most blocks, and bytes of blocks, in one request. */
const REQUEST_BLOCKS = 64
const REQUEST_BYTES = 8 * 1024 * 1024

/** An operator's side of one witness: knows how far it is and sends it what it lacks. */
export class WitnessLink {
  readonly witness: Witness
  readonly #ledger: Ledger
  #size: number | undefined
  #last: Promise<unknown> = Promise.resolve()
  #untold: FinalityProof | undefined
  #isFollowing = false

  constructor(witness: Witness, ledger: Ledger) {
    this.witness = witness
    this.#ledger = ledger
  }

  /** Asks how far the witness is. */
  async readSize(): Promise<number> {
    this.#size = (await this.witness.head()).size
    return this.#size
  }

  /**
   * Brings the witness up to a height and gets its lines for the checkpoint there. Requests to one
   * witness go one after the other.
   */
  cosign(height: number, signer: CheckpointSigner, signal: AbortSignal): Promise<CosignAnswer> {
    const answer = this.#last.then(() => this.#cosign(height, signer, signal))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  /**
   * Brings the witness up to a final block, if it was too slow to cosign it, and tells it the proof.
   * Goes on by itself until that is done; a newer proof takes the place of an older one.
   */
  follow(
    proof: FinalityProof,
    signer: CheckpointSigner,
    retryMs: number,
    signal: AbortSignal,
  ): void {
    this.#untold = proof
    if (this.#isFollowing) return
    this.#isFollowing = true
    this.#follow(signer, retryMs, signal).finally(() => {
      this.#isFollowing = false
    })
  }

  async #follow(signer: CheckpointSigner, retryMs: number, signal: AbortSignal): Promise<void> {
    while (this.#untold !== undefined && !signal.aborted) {
      const proof = this.#untold
      const { height } = proof.tip
      try {
        if ((this.#size ?? 0) <= height) await this.cosign(height, signer, signal)
        if ((this.#size ?? 0) > height) {
          await this.witness.learn(proof)
          if (this.#untold === proof) this.#untold = undefined
          continue
        }
      } catch {
        // Told again below; the reason was heard by whoever asked for the cosignature.
      }
      await pause(retryMs, signal)
    }
  }

  async #cosign(
    height: number,
    signer: CheckpointSigner,
    signal: AbortSignal,
  ): Promise<CosignAnswer> {
    for (;;) {
      if (signal.aborted) return { ok: false, code: 'UNAVAILABLE', size: 0, detail: 'too late' }
      const from = this.#size ?? (await this.readSize())
      const { blocks, size } = this.#blocksFrom(from, height)
      const checkpoint = operatorNote(this.#ledger.chain, this.#headOf(size), signer)
      const answer = await inTime(this.witness.cosign({ checkpoint, blocks }))
      if (answer.ok) {
        this.#size = Math.max(from, size)
        if (size > height) return answer
      } else {
        // What it has is asked anew: it may have stored some blocks before it refused.
        this.#size = undefined
        if (answer.code !== 'BEHIND' || answer.size === from) return answer
      }
    }
  }

  /** Blocks that the witness lacks, and the size of the log with them. */
  #blocksFrom(from: number, height: number): { blocks: Bytes[]; size: number } {
    const blocks: Bytes[] = []
    let bytes = 0
    let next = from
    while (next <= height && blocks.length < REQUEST_BLOCKS && bytes < REQUEST_BYTES) {
      const { header, headerBytes, transactions } = this.#ledger.log.read(next)
      const payload = encodeBlock(
        headerBytes,
        transactions.map(({ frame }) => frame),
      )
      blocks.push(payload)
      bytes += payload.length
      next += 1
      // A witness knows the policy behind a change only when it has stored the block that names it.
      if (header.finality !== toHex(policyHash(this.#ledger.finality.policyOf(header.height))))
        break
    }
    return { blocks, size: next }
  }

  #headOf(size: number): { size: number; root: Bytes } {
    const read = (level: number, index: number): Bytes => this.#ledger.store.node(level, index)
    return { size, root: rootFrom(read, size) }
  }
}

/** A witness that says nothing for this long counts as unavailable. */
const ANSWER_MS = 30_000

function inTime(answer: Promise<CosignAnswer>): Promise<CosignAnswer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<CosignAnswer>((resolve) => {
    const detail = `no answer in ${ANSWER_MS / 1000} s`
    timer = setTimeout(
      () => resolve({ ok: false, code: 'UNAVAILABLE', size: 0, detail }),
      ANSWER_MS,
    )
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
