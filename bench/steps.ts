/*
 * Signed, rule-checked case steps through the embedded engine, beside what verifying their signatures alone
 * allows. A real chain on disk: the operator here, with the engine's threads; a witness in a process of its
 * own, on the same cores. A step counts when its block is in the log (fdatasync) and in the state (LMDB) of
 * both, and final by the operator's and the witness's signature.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { cpuUsage } from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { type Bytes, fromUtf8, type KeyAlgorithm } from '@renshe/crypto'
import { frameBundle } from '@renshe/kernel'
import {
  EmbeddedEngine,
  type OpenLedger,
  type OpenSignature,
  openLedger,
  SignaturePool,
} from '@renshe/ledger'
import { type Measured, median } from './measure.ts'
import {
  foundStepsChain,
  type StepsChain,
  signDecision,
  signOpening,
  stepsContracts,
} from './steps-chain.ts'
import { measureStages } from './steps-stages.ts'
import { type ProcessWitness, startWitness } from './steps-witness.ts'

/** Steps of one round, and of the open-loop load: a second's worth each. */
interface Load {
  readonly algorithm: KeyAlgorithm
  readonly name: string
  readonly roundSteps: number
  readonly perSecond: number
  readonly seconds: number
}

const LOADS: readonly Load[] = [
  { algorithm: 'p256', name: 'P-256', roundSteps: 3_000, perSecond: 2_000, seconds: 4 },
  { algorithm: 'ed25519', name: 'Ed25519', roundSteps: 3_000, perSecond: 2_000, seconds: 4 },
  { algorithm: 'sm2', name: 'SM2', roundSteps: 1_500, perSecond: 500, seconds: 4 },
]

/** Most steps that wait for their blocks at once when the load saturates: two full blocks. */
const OUTSTANDING = 4_000
/** Cases that are opened with one bundle. */
const OPENED_AT_ONCE = 100

/** Measures the load with keys of each kind. */
export async function measureSteps(rounds: number): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const load of LOADS) measured.push(...(await measure(load, rounds)))
  return measured
}

async function measure(load: Load, rounds: number): Promise<Measured[]> {
  const bench = await StepsBench.open(foundStepsChain(load.algorithm))
  const name = (what: string): string => `steps, ${load.name}: ${what}`
  try {
    const all: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      const steps = await bench.prepare(load.roundSteps)
      const alone = await bench.verifyAlone(steps)
      const each = await bench.saturate(steps)
      // The first round warms up.
      if (round > 0) all.push({ ...each, alone, share: each.rate / alone })
    }
    const pick = (what: string, key: keyof Round, unit: string): Measured => {
      const values = all.map((round) => round[key])
      return { name: name(what), value: median(values), unit, rounds: values }
    }
    const isMain = load.algorithm === 'p256'
    const latencies = await bench.openLoop(
      await bench.prepare(load.perSecond * load.seconds),
      load.perSecond,
    )
    return [
      {
        ...pick('durable and final', 'rate', '/s'),
        ...(isMain ? { demanded: { least: 10_000 } } : {}),
      },
      pick('signatures alone, same threads', 'alone', '/s'),
      { ...pick('share of what signatures alone allow', 'share', '× '), demanded: { least: 0.5 } },
      pick('processor time of the operator', 'operator', 'µs/step'),
      pick('processor time of the witness', 'witness', 'µs/step'),
      pick('steps in a block', 'blockSteps', 'steps'),
      latency(name, load, latencies, 0.5),
      latency(name, load, latencies, 0.99),
      ...(await measureStages(load.algorithm, load.name, rounds)),
    ]
  } finally {
    await bench.close()
  }
}

function latency(
  name: (what: string) => string,
  { algorithm, perSecond }: Load,
  sorted: readonly number[],
  part: number,
): Measured {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  const what = name(`p${part * 100} to durable and final at ${perSecond.toLocaleString('en')}/s`)
  const isDemanded = part === 0.99 && algorithm === 'p256'
  return { name: what, value, unit: 'ms', ...(isDemanded ? { demanded: { most: 50 } } : {}) }
}

interface Round {
  readonly rate: number
  readonly alone: number
  readonly share: number
  /** Processor time per step, all threads of the process, µs. */
  readonly operator: number
  readonly witness: number
  readonly blockSteps: number
}

/** A chain at work, and cases that wait for their decision. */
class StepsBench {
  readonly #chain: StepsChain
  readonly #folder: string
  readonly #open: OpenLedger
  readonly #witness: ProcessWitness
  readonly #engine: EmbeddedEngine
  readonly #pool = new SignaturePool()
  #opened = 0
  #decided = 0

  private constructor(
    chain: StepsChain,
    folder: string,
    open: OpenLedger,
    witness: ProcessWitness,
    engine: EmbeddedEngine,
  ) {
    this.#chain = chain
    this.#folder = folder
    this.#open = open
    this.#witness = witness
    this.#engine = engine
  }

  static async open(chain: StepsChain): Promise<StepsBench> {
    const folder = mkdtempSync(join(tmpdir(), 'renshe-steps-'))
    const { genesisFile, packages, operatorKeys } = chain
    const open = await openLedger({
      folder: join(folder, 'operator'),
      genesisFile,
      packages,
      contracts: stepsContracts(),
    })
    const witness = await startWitness(chain, join(folder, 'witness'))
    // Delay, block size and threads are those of the node unless it is told otherwise.
    const engine = new EmbeddedEngine({ operatorKeys: [operatorKeys], witnesses: [witness] })
    await engine.start(open.ledger)
    return new StepsBench(chain, folder, open, witness, engine)
  }

  async close(): Promise<void> {
    await this.#engine.stop()
    await this.#pool.close()
    await this.#witness.close()
    await this.#open.close()
    rmSync(this.#folder, { recursive: true })
  }

  /** Opens cases and signs their decisions; none of it is measured. */
  async prepare(count: number): Promise<Bytes[]> {
    const cases: string[] = []
    while (cases.length < count) {
      const wave = Math.min(OUTSTANDING, count - cases.length)
      const bundles: Bytes[] = []
      for (let left = wave; left > 0; left -= OPENED_AT_ONCE) {
        const size = Math.min(OPENED_AT_ONCE, left)
        bundles.push(
          frameBundle(Array.from({ length: size }, () => signOpening(this.#chain, this.#opened++))),
        )
      }
      const outcomes = await Promise.all(bundles.map((each) => this.#engine.submitAndWait(each)))
      for (const outcome of outcomes.flat()) cases.push(String(okData(outcome).case))
    }
    return cases.map((id) => frameBundle([signDecision(this.#chain, id, this.#decided++)]))
  }

  /** Signatures a second that the engine's kind of pool verifies when nothing else is done. */
  async verifyAlone(bundles: readonly Bytes[]): Promise<number> {
    const { ledger } = this.#open
    const open = bundles.flatMap((bundle) =>
      // Copies, so that what is read and remembered here does not help the engine.
      ledger.judge(bundle.slice()).map((judged) => judged.open as OpenSignature),
    )
    const begin = performance.now()
    const holds = await Promise.all(open.map((each) => this.#pool.verify(each)))
    const seconds = (performance.now() - begin) / 1000
    if (!holds.every(Boolean)) throw new Error('a signature does not hold')
    return open.length / seconds
  }

  /** Steps a second when more always wait, and what they cost. */
  async saturate(bundles: readonly Bytes[]): Promise<Omit<Round, 'alone' | 'share'>> {
    const { ledger } = this.#open
    const [height, witnessBefore] = [ledger.height, await this.#witness.spentMicros()]
    const [begin, before] = [performance.now(), cpuUsage()]
    let next = 0
    const submitOn = async (): Promise<void> => {
      while (next < bundles.length) {
        const bundle = bundles[next++] as Bytes
        const [outcome] = await this.#engine.submitAndWait(bundle)
        if (outcome === undefined) throw new Error('no outcome')
        okData(outcome)
      }
    }
    await Promise.all(Array.from({ length: OUTSTANDING }, submitOn))
    const seconds = (performance.now() - begin) / 1000
    const { user, system } = cpuUsage(before)
    const witness = (await this.#witness.spentMicros()) - witnessBefore
    const count = bundles.length
    return {
      rate: count / seconds,
      operator: (user + system) / count,
      witness: witness / count,
      blockSteps: count / (ledger.height - height),
    }
  }

  /**
   * Submits at an even rate, whatever the answers do, and tells the milliseconds from when each was due to
   * when it was durable and final, ascending.
   */
  async openLoop(bundles: readonly Bytes[], perSecond: number): Promise<number[]> {
    const begin = performance.now()
    const latencies: Promise<number>[] = []
    for (const [at, bundle] of bundles.entries()) {
      const due = begin + (at * 1000) / perSecond
      while (performance.now() < due) await pause(1)
      latencies.push(
        this.#engine.submitAndWait(bundle).then(([outcome]) => {
          if (outcome === undefined) throw new Error('no outcome')
          okData(outcome)
          return performance.now() - due
        }),
      )
    }
    return (await Promise.all(latencies)).sort((a, b) => a - b)
  }
}

type Outcome = Awaited<ReturnType<EmbeddedEngine['submitAndWait']>>[number]

/** What an executed transaction returned; anything but `OK` ends the bench. */
function okData(outcome: Outcome): { readonly case?: string } {
  if (!outcome.included) throw new Error(`not included: ${outcome.code}`)
  const { code, data } = JSON.parse(fromUtf8(outcome.result)) as { code: string; data: object }
  if (code !== 'OK') throw new Error(`refused: ${code} ${JSON.stringify(data)}`)
  return data
}
