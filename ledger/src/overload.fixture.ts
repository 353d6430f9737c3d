/*
 * A consortium in a process of its own that is offered ten times what it takes, by one member, while another one sends
 * now and then: `overload <folder> <seconds>`. Its witnesses are far away, so that it is they, and not this machine, who
 * say how much it takes. Prints one line of JSON.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { type Bytes, sha256, utf8 } from '@renshe/crypto'
import { frameBundle } from '@renshe/kernel'
import { EmbeddedEngine } from './embedded/engine.ts'
import { ReplicaWitness } from './embedded/replica-witness.ts'
import { openLedger } from './open-ledger.ts'
import { createTestChain, libraryContracts, TEST_CHAIN_TIME } from './testing.ts'

/** What the process tells at its end; times in ms, rates per second. */
export interface Overload {
  readonly capacity: number
  readonly offered: number
  readonly included: number
  /** Answers to offers, by code. */
  readonly answers: Readonly<Record<string, number>>
  readonly calmBefore: readonly number[]
  readonly calmDuring: readonly number[]
  /** What the calm member was answered, by code. */
  readonly calmAnswers: Readonly<Record<string, number>>
  /** Memory of objects in use, in MiB, once a second. */
  readonly heapMiB: readonly number[]
}

const CALM_EVERY_MS = 100
const TICK_MS = 10
const IN_FLIGHT = 1_000
/** Way to a witness and back, in ms. */
const FAR_MS = 200
const OVERLOAD = 10
/** Bundles of one member that find room here: fewer than usual, so that it is soon full. */
const ROOM = 512
const OFFERS_A_TURN = 8
/** Of the offers, so many times the capacity are new; the rest come again, as clients do that were refused. */
const FRESH = 1.3

const chain = createTestChain()
const [flooder, calm] = chain.members
let count = 0

function card(member: (typeof chain.members)[number], label: string): Bytes {
  count += 1
  const nonce = sha256(utf8(`${label} ${count}`)).slice(0, 16)
  const input = { holder: `${label} ${count} ${'x'.repeat(60)}` }
  return frameBundle([chain.transaction(member, 'library.issueCard', input, { nonce })])
}

function more(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}

/** Sends one transaction after the other, with pauses, until told; gives how long each took until it was final. */
async function sendCalmly(
  engine: EmbeddedEngine,
  answers: Record<string, number>,
  isOver: () => boolean,
): Promise<number[]> {
  const took: number[] = []
  while (!isOver()) {
    const began = performance.now()
    const [outcome] = await engine.submitAndWait(card(calm!, 'calm'))
    more(answers, outcome?.included === true ? 'OK' : (outcome?.code ?? ''))
    took.push(performance.now() - began)
    await sleep(CALM_EVERY_MS)
  }
  return took
}

/** How many a second are final when as many wait as it likes. */
async function measureCapacity(engine: EmbeddedEngine, forMs: number): Promise<number> {
  const end = performance.now() + forMs
  let done = 0
  const lines = Array.from({ length: IN_FLIGHT }, async () => {
    while (performance.now() < end) {
      await engine.submitAndWait(card(flooder!, 'first'))
      done += 1
    }
  })
  await Promise.all(lines)
  return (1000 * done) / forMs
}

async function flood(
  engine: EmbeddedEngine,
  capacity: number,
  answers: Record<string, number>,
  isOver: () => boolean,
): Promise<number> {
  const refused: Bytes[] = []
  let offered = 0
  let freshOwed = 0
  let owed = 0
  let last = performance.now()
  while (!isOver()) {
    const now = performance.now()
    owed = Math.min(owed + (OVERLOAD * capacity * (now - last)) / 1000, capacity)
    freshOwed = Math.min(freshOwed + (FRESH * capacity * (now - last)) / 1000, capacity)
    last = now
    for (; owed >= 1; owed -= 1) {
      const isFresh = freshOwed >= 1
      const bundle = isFresh ? card(flooder!, 'flood') : refused.shift()
      if (bundle === undefined) break
      if (isFresh) freshOwed -= 1
      offered += 1
      // Who offers is not the engine: between a few offers everybody else has a turn.
      if (offered % OFFERS_A_TURN === 0) await turn()
      void engine.submit(bundle).then(([admission]) => {
        const code = admission?.code ?? ''
        more(answers, code)
        if (code === 'ENGINE_BUSY' && refused.length < capacity) refused.push(bundle)
      })
    }
    await sleep(TICK_MS)
  }
  return offered
}

function farAway(witness: ReplicaWitness): ReplicaWitness {
  const cosign = witness.cosign.bind(witness)
  witness.cosign = async (request) => {
    await sleep(FAR_MS)
    return cosign(request)
  }
  return witness
}

async function overload(folder: string, forMs: number): Promise<void> {
  const clock = (): number => TEST_CHAIN_TIME + Math.floor(performance.now())
  const settings = {
    contracts: new Map([[1, libraryContracts()]]),
    genesisFile: chain.genesisFile,
    clock,
  }
  const witnesses = await Promise.all(
    chain.members.slice(0, 2).map(async ({ id, witness }) => {
      const own = { ...settings, folder: join(folder, id), member: id, keys: witness }
      return farAway(await ReplicaWitness.open(own))
    }),
  )
  const open = await openLedger({ ...settings, folder: join(folder, 'operator') })
  const engine = new EmbeddedEngine({
    operatorKeys: [chain.operator],
    witnesses,
    clock,
    memberBundles: ROOM,
  })
  await engine.start(open.ledger)
  const calmAnswers: Record<string, number> = {}
  let isOver = false
  const until = async <Result>(ms: number, work: Promise<Result>): Promise<Result> => {
    await sleep(ms)
    isOver = true
    const result = await work
    isOver = false
    return result
  }
  const calmBefore = await until(
    3_000,
    sendCalmly(engine, calmAnswers, () => isOver),
  )
  const capacity = await measureCapacity(engine, 4_000)
  const answers: Record<string, number> = {}
  const heapMiB: number[] = []
  const before = engine.status().height
  const watching = setInterval(() => {
    globalThis.gc?.()
    heapMiB.push(Math.round(process.memoryUsage().heapUsed / 2 ** 20))
  }, 1_000)
  const work = Promise.all([
    flood(engine, capacity, answers, () => isOver),
    sendCalmly(engine, calmAnswers, () => isOver),
  ])
  const [offered, calmDuring] = await until(forMs, work)
  clearInterval(watching)
  let included = 0
  for (let height = before + 1; height <= engine.status().finalHeight; height++) {
    included += open.ledger.header(height).txCount
  }
  const told: Overload = {
    ...{ capacity, offered, included, answers, calmBefore, calmDuring, calmAnswers, heapMiB },
  }
  writeSync(1, `${JSON.stringify(told)}\n`)
  process.exit(0)
}

const [, , folder = '', seconds = '30'] = process.argv
await overload(folder, Number(seconds) * 1000)
