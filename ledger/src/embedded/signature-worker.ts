/** Thread that verifies batches of signatures: bytes in, one byte per signature out. */
import { parentPort } from 'node:worker_threads'
import { jobHolds, type SignatureJob } from './signature-job.ts'

parentPort?.on('message', ({ batch, jobs }: { batch: number; jobs: SignatureJob[] }) => {
  parentPort?.postMessage({ batch, holds: Uint8Array.from(jobs, (job) => (jobHolds(job) ? 1 : 0)) })
})
