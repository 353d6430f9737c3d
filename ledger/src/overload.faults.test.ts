/**
 * Goal: offered ten times what it takes by one member, a consortium refuses that member by name and takes what it
 * can; another member is never refused and waits for about the blocks ahead of it; memory does not grow with offers.
 * Method: a process of its own with witnesses that are far away, one member that floods and tries again what was
 * refused, one that sends now and then. 30 seconds; in the long form (RENSHE_FAULTS=long) five minutes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import type { Overload } from './overload.fixture.ts'

const SECONDS = process.env.RENSHE_FAULTS === 'long' ? 300 : 30
const PROGRAM = fileURLToPath(new URL('./overload.fixture.ts', import.meta.url))
/** What a transaction that was included may leave in memory: its nonce, until it ends. */
const LEFT_MIB = 4 / 1024
const ROOM_MIB = 48

const folder = mkdtempSync(join(tmpdir(), 'renshe-overload-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function within(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0
}

it(`refuses by name, keeps memory and other members' turns for ${SECONDS} s`, async () => {
  const words = ['--expose-gc', '--import', 'tsx', PROGRAM, folder, String(SECONDS)]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += String(chunk)
  })
  expect(await once(child, 'close')).toEqual([0, null])
  const told = JSON.parse(text) as Overload
  const { OK: taken = 0, ENGINE_BUSY: refused = 0, ...others } = told.answers
  expect(others).toEqual({})
  // A few were under way when it ended.
  expect(told.offered - taken - refused).toBeLessThanOrEqual(600)
  // Ten times what it takes is offered as long as this machine can make so much.
  expect(refused).toBeGreaterThan(taken)
  expect(told.included).toBeGreaterThan(0)
  // Nothing of the one who sends now and then is refused, and nothing waits behind the flood.
  expect(Object.keys(told.calmAnswers)).toEqual(['OK'])
  const [before, during] = [told.calmBefore, told.calmDuring].map((took) => within(took, 0.9))
  expect({ before, during, isFair: (during ?? 0) <= 8 * (before ?? 0) }).toMatchObject({
    isFair: true,
  })
  const [first = 0] = told.heapMiB.slice(2)
  const last = told.heapMiB.at(-1) ?? 0
  const most = first + ROOM_MIB + told.included * LEFT_MIB
  expect({ heapMiB: told.heapMiB, isFlat: last <= most }).toMatchObject({ isFlat: true })
}, 600_000)
