/*
 * Evidence of a step: made by a node from its copy of the chain, verified in Node, and in Chromium by the very
 * verifier of the offline page. The chain has two witnesses, blocks of a hundred steps and a carried snapshot.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Bytes, toHex } from '@renshe/crypto'
import { type Reader, rootFrom, verifyEvidence } from '@renshe/proof'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { pinOf } from '../node/src/evidence/save-evidence.ts'
import { makeStepEvidence } from '../node/src/evidence/step-evidence.ts'
import { type Host, openHost } from '../node/src/host.ts'
import { CHAIN_TIME, foundLibrary, StepMaker } from './library-chain.ts'
import { type Measured, median } from './measure.ts'

const BLOCKS = 30
const BLOCK_STEPS = 100
/** Files of one round: acts spread over the chain. */
const FILES = 20

/** Measures making and verifying; every file must be green in all seven checks. */
export async function measureEvidence(rounds: number): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-bench-evidence-'))
  const chain = await foundLibrary(folder)
  const host = await openHost({ dataFolder: folder, blockDelayMs: 0, runsRelays: false })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  try {
    const acts = await steps(host, new StepMaker(chain, 'evidence'))
    await host.snapshot()
    const { copy } = host.member('overseer').ledger
    const since = Math.floor(copy.height / 2)
    const root = toHex(rootFrom((level, index) => copy.store.node(level, index), since))
    const reader: Reader = {
      trusted: [pinOf(host.report.genesis)],
      savedHeads: [{ chain: host.chain, size: since, root }],
    }
    const make = (n: number): Bytes =>
      makeStepEvidence(copy, acts[(n * 149) % acts.length] ?? '', null, since).bytes
    const files = Array.from({ length: FILES }, (_, n) => make(n))
    for (const file of files) requireGreen(verifyEvidence(file, reader))
    const made = timed(rounds, (n) => make(n))
    const verified = timed(rounds, (n) => verifyEvidence(files[n] as Bytes, reader))
    const pages = await inChromium(browser, rounds, files, reader)
    const bytes = files.map(({ length }) => length)
    return [
      {
        ...row(
          'made by the node',
          made.map(({ cpu }) => cpu),
        ),
        demanded: { most: 5 },
      },
      row(
        'made by the node, by the clock',
        made.map(({ wall }) => wall),
      ),
      {
        ...row(
          'verified in Node',
          verified.map(({ cpu }) => cpu),
        ),
        demanded: { most: 10 },
      },
      row(
        'verified in Node, by the clock',
        verified.map(({ wall }) => wall),
      ),
      {
        ...row(
          'verified in Chromium',
          pages.map(({ cpu }) => cpu),
        ),
        demanded: { most: 30 },
      },
      row(
        'verified in Chromium, by the clock',
        pages.map(({ wall }) => wall),
      ),
      row(
        'verified in Chromium, the first file of a new page',
        pages.map(({ first }) => first),
      ),
      { name: 'evidence: bytes of a file', value: median(bytes), unit: 'bytes' },
    ]
  } finally {
    await browser.close()
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function row(name: string, rounds: readonly number[]): Measured {
  return { name: `evidence: ${name}`, value: median(rounds), unit: 'ms', rounds }
}

/** Blocks of steps through the engine; gives the ids of the acts. */
async function steps(host: Host, maker: StepMaker): Promise<string[]> {
  const acts: string[] = []
  for (let block = 0; block < BLOCKS; block++) {
    const outcomes = await host
      .member('school')
      .ledger.submit(maker.bundle(BLOCK_STEPS, CHAIN_TIME))
    for (const { txId, code } of outcomes) {
      if (code !== 'OK' || txId === null) throw new Error(`a step was refused: ${code}`)
      acts.push(txId)
    }
  }
  return acts
}

function requireGreen({
  checks,
}: {
  readonly checks: readonly { name: string; state: string }[]
}): void {
  const other = checks.find(({ state }) => state !== 'green')
  if (checks.length !== 7 || other !== undefined) throw new Error(`${other?.name} is not green`)
}

/** Rounds of all files after one that warms up; milliseconds of one file. */
function timed(rounds: number, work: (n: number) => void): { cpu: number; wall: number }[] {
  return Array.from({ length: rounds + 1 }, () => {
    const [wall, cpu] = [performance.now(), cpuUsage()]
    for (let n = 0; n < FILES; n++) work(n)
    const { user, system } = cpuUsage(cpu)
    return { cpu: (user + system) / 1e3 / FILES, wall: (performance.now() - wall) / FILES }
  }).slice(1)
}

/** A new page each round, with the verifier bundled as the offline page has it. */
async function inChromium(
  browser: Browser,
  rounds: number,
  files: readonly Bytes[],
  reader: Reader,
) {
  const script = await bundledVerifier()
  const texts = files.map((file) => Buffer.from(file).toString('utf8'))
  const told: { cpu: number; wall: number; first: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const page = await browser.newPage()
    await page.addScriptTag({ content: script })
    const devtools = await page.context().newCDPSession(page)
    // Time of the thread, so that other programs of the machine do not count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const threadMs = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics')
      return 1e3 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
    }
    const [first] = await page.evaluate(verifyAll, { texts: texts.slice(0, 1), reader })
    await page.evaluate(verifyAll, { texts, reader })
    const before = await threadMs()
    const walls = await page.evaluate(verifyAll, { texts, reader })
    const cpu = ((await threadMs()) - before) / FILES
    if (round > 0) told.push({ cpu, wall: median(walls), first: first ?? Number.NaN })
    await page.close()
  }
  return told
}

/** Runs inside the page: how long each file took, in ms. */
function verifyAll({ texts, reader }: { texts: readonly string[]; reader: Reader }): number[] {
  const { verifier } = globalThis as unknown as {
    verifier: { verifyEvidence: typeof verifyEvidence }
  }
  return texts.map((text) => {
    const bytes = new TextEncoder().encode(text)
    const began = performance.now()
    const { checks } = verifier.verifyEvidence(bytes, reader)
    const ms = performance.now() - began
    if (checks.some(({ state }) => state !== 'green')) throw new Error('a check is not green')
    return ms
  })
}

async function bundledVerifier(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../proof/src/verify-evidence.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'verifier',
    target: 'es2022',
    charset: 'utf8',
    conditions: ['browser'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
