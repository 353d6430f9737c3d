/* Verification in this browser: the worker, what it is judged by, and heads that were kept. */
import type { PinnedChain, Reader, SavedHead } from '@renshe/proof'
import { useEffect } from 'react'
import type { Api } from '../../session/api.ts'
import { useRoute } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import type { VerifyOutcome, VerifyTask } from './verify-worker.ts'

let worker: Worker | null = null
let last = 0
const waiting = new Map<number, (outcome: VerifyOutcome) => void>()

/** Checks an evidence file in a worker. */
export function verify(bytes: Uint8Array, reader: Reader): Promise<VerifyOutcome> {
  worker ??= startWorker()
  last += 1
  const task: VerifyTask = { id: last, bytes, reader }
  return new Promise((resolve) => {
    waiting.set(task.id, resolve)
    worker?.postMessage(task)
  })
}

function startWorker(): Worker {
  const started = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<VerifyOutcome>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  })
  return started
}

/** The chain of this node: its genesis hash, founding policy, names of members. */
export function useTrust(): PinnedChain | undefined {
  return useRoute<PinnedChain>('/trust', { isFixed: true }).data
}

/** A head that this browser keeps, and when it was saved by the clock of this device, UTC ms. */
export type KeptHead = SavedHead & { readonly savedAt: number }

const KEY = 'renshe.heads'
const MOST = 200

/** Heads that this browser keeps, the newest first. */
export function keptHeads(): readonly KeptHead[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as KeptHead[]) : []
  } catch {
    return []
  }
}

/** Keeps a head. */
export function keepHead(head: SavedHead): readonly KeptHead[] {
  const others = keptHeads().filter(({ chain, size }) => chain !== head.chain || size !== head.size)
  const kept = [{ ...head, savedAt: Date.now() }, ...others].slice(0, MOST)
  localStorage.setItem(KEY, JSON.stringify(kept))
  return kept
}

/** The newest head of a chain that this browser keeps. */
export function keptHeadOf(chain: string): KeptHead | undefined {
  return keptHeads().find((head) => head.chain === chain)
}

/**
 * The head that today's evidence already continues: the log up to the newest block, as that block names it.
 * One with the newest block in it is continued by files only from the next block on.
 */
export async function headOfToday(api: Api, chain: string): Promise<SavedHead> {
  const { height } = await api.get<{ height: number }>('/head')
  const { header } = await api.get<{ header: { log: string } }>(`/blocks/${height}`)
  return { chain, size: height, root: header.log }
}

/** Keeps today's head of the chain if none is kept yet: from then on a rewritten history is seen. */
export function useFirstHead(): void {
  const { api, chain } = useSession()
  const name = chain.chain
  useEffect(() => {
    if (keptHeadOf(name) !== undefined) return
    // Without it everything works, and the sixth check says why it is grey.
    headOfToday(api, name).then(keepHead, () => undefined)
  }, [api, name])
}

/** Where the offline verifier is had that holds files against the head which this browser keeps. */
export function useVerifierAddress(): string {
  const { chain } = useSession()
  const since = keptHeadOf(chain.chain)?.size
  return `/api/v1/verifier.html${since === undefined ? '' : `?since=${since}`}`
}
