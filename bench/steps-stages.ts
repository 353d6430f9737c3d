/*
 * What one case step costs at each stage of the operator's way, in processor time of one thread and without
 * an engine around it: read and judged, its signature verified, executed, made durable. A block of a thousand
 * steps at a time.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import { type Bytes, fromUtf8, type KeyAlgorithm } from '@renshe/crypto'
import { frameBundle } from '@renshe/kernel'
import { type Ledger, openLedger } from '@renshe/ledger'
import { type Measured, median } from './measure.ts'
import { foundStepsChain, signDecision, signOpening, stepsContracts } from './steps-chain.ts'

const BLOCK_STEPS = 1_000

const STAGES = {
  judge: 'read and judged',
  verify: 'signature verified',
  execute: 'executed, roots and header made',
  commit: 'log with fdatasync, state store',
} as const
type Stage = keyof typeof STAGES

/** Measures the stages for one kind of key; the first two rounds warm up. */
export async function measureStages(
  algorithm: KeyAlgorithm,
  name: string,
  rounds: number,
): Promise<Measured[]> {
  const chain = foundStepsChain(algorithm)
  const folder = mkdtempSync(join(tmpdir(), 'renshe-stages-'))
  const { genesisFile, packages } = chain
  const open = await openLedger({ folder, genesisFile, packages, contracts: stepsContracts() })
  const all: Record<Stage, number>[] = []
  let number = 0
  try {
    for (let round = -2; round < rounds; round++) {
      const openings = Array.from({ length: BLOCK_STEPS }, () => signOpening(chain, number++))
      const { cases } = await throughStages(open.ledger, openings)
      const decisions = cases.map((id, at) => signDecision(chain, id, at))
      const { micros } = await throughStages(open.ledger, decisions)
      if (round >= 0) all.push(micros)
    }
  } finally {
    await open.close()
    rmSync(folder, { recursive: true })
  }
  return (Object.keys(STAGES) as Stage[]).map((stage) => {
    const values = all.map((each) => each[stage])
    const what = `steps, ${name}: ${STAGES[stage]}, one thread`
    return { name: what, value: median(values), unit: 'µs/step', rounds: values }
  })
}

/** One block: microseconds of each stage per transaction, and the cases that the results name. */
async function throughStages(
  ledger: Ledger,
  frames: readonly Bytes[],
): Promise<{ readonly micros: Record<Stage, number>; readonly cases: string[] }> {
  const bundles = frames.map((frame) => frameBundle([frame]))
  const lap = laps(frames.length)
  const judged = bundles.flatMap((bundle) => ledger.judge(bundle))
  const judge = lap()
  for (const { open } of judged) {
    if (open === null || !ledger.memo.holds(open.transaction, open.resolved)) {
      throw new Error('a transaction of the bench was not admitted')
    }
  }
  const verify = lap()
  const { results } = ledger.execute({
    engineHeight: BigInt(ledger.height + 1),
    timeMs: Date.now(),
    bundles,
    misbehaviour: [],
  })
  const execute = lap()
  await ledger.commit()
  return { micros: { judge, verify, execute, commit: lap() }, cases: results.map(caseOf) }
}

/** Gives the processor time since it was asked last, per transaction, µs. */
function laps(count: number): () => number {
  let before = cpuUsage()
  return () => {
    const { user, system } = cpuUsage(before)
    before = cpuUsage()
    return (user + system) / count
  }
}

function caseOf(result: Bytes): string {
  const { code, data } = JSON.parse(fromUtf8(result)) as { code: string; data: { case?: string } }
  if (code !== 'OK' || data.case === undefined) throw new Error(`refused: ${code}`)
  return data.case
}
