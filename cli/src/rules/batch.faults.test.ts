/**
 * Goal: 100,000 lines are answered in bounded memory.
 * Method: the real binary with a heap that could not hold questions or answers of that many lines; the
 * answers are counted while they come, and the input is made while it is read.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { sampleRules } from '../testing/sample-rules.ts'

const binary = fileURLToPath(new URL('../../bin/renshe.mjs', import.meta.url))
const services = sampleRules()
afterAll(() => rmSync(services, { recursive: true }))

const LINES = 100_000
/** Megabytes; the lines alone are more than 40, and as objects many times that. */
const HEAP_MB = 96

function question(number: number): string {
  // Each line brings a text of its own: nothing can be shared between them.
  const facts = { arrears: `${number}.00`, daysLate: 1, place: '510000' }
  const padding = ' '.repeat(250)
  return `${JSON.stringify({ id: 'contribution.late-fee', on: '2026-08-31', facts })}${padding}${number % 10}`.trimEnd()
}

it('answers 100,000 lines in a heap of 96 MB, in order', async () => {
  const words = ['rules', 'evaluate', '--batch', '-', '--trace', '--services', services]
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, binary, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const feeding = feed(child.stdin)
  let count = 0
  let rest = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    const lines = (rest + (piece as string)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      count += 1
      if (!line.startsWith(`{"line":${count},"ok":`)) throw new Error(`line ${count}: ${line}`)
    }
  }
  await feeding
  const [code] = (await ended) as [number]
  expect({ code, count, rest }).toEqual({ code: 0, count: LINES, rest: '' })
})

async function feed(input: NodeJS.WritableStream): Promise<void> {
  for (let number = 1; number <= LINES; number++) {
    const text = question(number)
    // Padding makes it no JSON any more; every other line is a good question.
    const line = number % 2 === 0 ? text.slice(0, text.lastIndexOf('}') + 1) : text
    if (!input.write(`${line}\n`)) await once(input, 'drain')
  }
  input.end()
}
