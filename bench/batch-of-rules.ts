/* 100,000 questions to every determination through the command line, as an office would run them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { type Measured, median } from './measure.ts'
import { loadQuestions, type Questions } from './rule-questions.ts'

const RENSHE = fileURLToPath(new URL('../cli/bin/renshe.mjs', import.meta.url))
const TELL_USAGE = new URL('tell-usage.mjs', import.meta.url).href

const LINES = 100_000
/** Of the processor, all threads, so that other programs do not count; alone it is also what a person waits. */
const MOST_SECONDS = 5
/** What one process may hold, whatever the number of lines. */
const MOST_MEGABYTES = 400
/** Asked with ten times the lines, to show that memory does not grow with them. */
const LONG_RULE = 'pension.monthly-benefit'

/** One run of the real binary. */
interface Run {
  /** By the clock on the wall, and of the processor with every thread. */
  readonly seconds: number
  readonly processor: number
  readonly megabytes: number
}

/**
 * Seconds and peak memory of a batch of 100,000 questions for each determination, and of a million for
 * one; start of the program, reading and writing included.
 *
 * @param only  ids that begin so; all determinations if left out
 */
export async function measureBatchOfRules(only = ''): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-bench-'))
  try {
    const runs: [string, Run][] = []
    const all = loadQuestions().filter(({ id }) => id.startsWith(only))
    for (const questions of all) {
      const run = await runBatch(folder, questions, LINES)
      const told = [run.processor, run.seconds, run.megabytes].map((one) => one.toFixed(2))
      console.error(questions.id, ...told)
      runs.push([questions.id, run])
    }
    const measured = tell(runs)
    const long = all.find(({ id }) => id === LONG_RULE)
    if (long !== undefined) {
      const name = `${LONG_RULE}, 1,000,000 questions`
      const { seconds, megabytes } = await runBatch(folder, long, 10 * LINES)
      measured.push(
        { name, value: seconds, unit: 's' },
        {
          name: `${name}: memory`,
          value: megabytes,
          unit: 'MB',
          demanded: { most: MOST_MEGABYTES },
        },
      )
    }
    return measured
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function tell(runs: readonly (readonly [string, Run])[]): Measured[] {
  const what = `100,000 questions to each of ${runs.length} determinations`
  const of = (name: keyof Run, label: string, unit: string, most?: number): Measured[] => {
    const values = runs.map(([, run]) => run[name])
    const worst = Math.max(...values)
    const [id] = runs.find(([, run]) => run[name] === worst) ?? ['']
    const demanded = most === undefined ? {} : { demanded: { most } }
    return [
      {
        name: `${what}: ${label}, median`,
        value: median(values),
        unit,
        ...demanded,
        rounds: values,
      },
      { name: `${what}: ${label}, most, ${id}`, value: worst, unit, ...demanded },
    ]
  }
  return [
    ...of('processor', 'processor time', 's', MOST_SECONDS),
    ...of('seconds', 'clock on the wall', 's'),
    ...of('megabytes', 'memory', 'MB', MOST_MEGABYTES),
  ]
}

async function runBatch(folder: string, questions: Questions, count: number): Promise<Run> {
  const file = join(folder, 'lines.ndjson')
  writeLines(file, questions.lines, count)
  const begin = performance.now()
  const words = ['--import', TELL_USAGE, RENSHE, 'rules', 'evaluate', '--batch', file]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let told = ''
  child.stdio[3]?.on('data', (piece) => {
    told += String(piece)
  })
  let answers = 0
  let refused = 0
  for await (const piece of child.stdout?.setEncoding('utf8') ?? []) {
    const text = piece as string
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) answers += 1
    if (text.includes('"ok":false')) refused += 1
  }
  const [code] = (await ended) as [number]
  if (code !== 0 || answers !== count || refused > 0) {
    throw new Error(`${questions.id}: ended with ${code}, ${answers} answers, refused: ${refused}`)
  }
  const seconds = (performance.now() - begin) / 1000
  const usage = JSON.parse(told) as { kilobytes: number; microseconds: number }
  return { seconds, processor: usage.microseconds / 1e6, megabytes: usage.kilobytes / 1024 }
}

function writeLines(file: string, lines: readonly string[], count: number): void {
  const descriptor = openSync(file, 'w')
  const whole = `${lines.join('\n')}\n`
  let left = count
  for (; left >= lines.length; left -= lines.length) writeSync(descriptor, whole)
  for (const line of lines.slice(0, left)) writeSync(descriptor, `${line}\n`)
  closeSync(descriptor)
}
