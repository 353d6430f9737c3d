/* A million simple expressions through the command line, as anyone would run them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Measured } from './measure.ts'

const RENSHE = fileURLToPath(new URL('../cli/bin/renshe.mjs', import.meta.url))

/** Seconds for `lines` lines of `rules feel --batch`, start of the program and both files included. */
export async function measureBatch(lines: number, rounds: number): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-bench-'))
  try {
    const file = join(folder, 'lines.ndjson')
    writeFileSync(file, linesOf(lines))
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1) seconds.push(await runOnce(file, lines))
    const sorted = [...seconds].sort((a, b) => a - b)
    return [
      {
        name: `${lines.toLocaleString('en')} simple evaluations through rules feel --batch`,
        value: sorted[sorted.length >> 1] ?? 0,
        unit: 's',
        demanded: { most: 30 },
        rounds: seconds,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Ten expressions, each line with a context of its own. */
function linesOf(count: number): string {
  const expressions = [
    'wage * 0.08',
    'wage * 0.16 + extra',
    'if wage > 3000 then "high" else "low"',
    'round half up(wage / 12, 2)',
    'max(wage, extra, 100)',
    'wage >= 60 and extra < 10',
    'born + duration("P60Y")',
    'string length(name) = 3',
    'extra in [1..5]',
    'sum([wage, extra, 1.5])',
  ]
  let text = ''
  for (let at = 0; at < count; at += 1) {
    const expression = expressions[at % expressions.length]
    const born = `date("19${60 + (at % 40)}-0${1 + (at % 9)}-15")`
    const context = `{wage: ${3000 + (at % 7000)}.50, extra: ${at % 10}, born: ${born}, name: "张三丰"}`
    text += `${JSON.stringify({ expression, context })}\n`
  }
  return text
}

async function runOnce(file: string, lines: number): Promise<number> {
  const begin = performance.now()
  const child = spawn(process.execPath, [RENSHE, 'rules', 'feel', '--batch', '-'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  createReadStream(file).pipe(child.stdin)
  const ended = once(child, 'exit')
  let answers = 0
  let refused = 0
  for await (const piece of child.stdout.setEncoding('utf8')) {
    const text = piece as string
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) answers += 1
    if (text.includes('"ok":false')) refused += 1
  }
  const [code] = (await ended) as [number]
  if (code !== 0 || answers !== lines || refused > 0) {
    throw new Error(`the batch ended with ${code}, ${answers} answers, refused: ${refused > 0}`)
  }
  return (performance.now() - begin) / 1000
}
