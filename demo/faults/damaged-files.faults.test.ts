// Goal: a bit that flips and a file that is cut short, in every kind of file that a member keeps, at rest and while a
// host works on it, is told by name or changes nothing that anybody can see. Nobody is ever told something wrong.
// Method: one folder of a fair with every kind of file (a file of no kind fails the test); copies are damaged at
// places that follow from a seed, opened by a process of their own, and everything in them is read. Short form: 3
// flips and 1 cut of each kind at rest, 3 flips at work; long form (RENSHE_FAULTS=long): 60, 20 and 25.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statementFile, statusFile } from '../../node/src/connectors/bank/bank-files-for-tests.ts'
import { readMessage } from '../../node/src/connectors/bank/read-message.ts'
import { buildProgram } from '../simulate/build-program.fixture.ts'
import { chanceFrom, oneOf } from '../simulate/chance.fixture.ts'
import type { Examined } from './examine-process.fixture.ts'
import { filesByKind, KINDS, makeFairFolder } from './fair-folder.fixture.ts'

const isLong = process.env.RENSHE_FAULTS === 'long'
const [FLIPS, CUTS, FLIPS_AT_WORK] = isLong ? [60, 20, 25] : [3, 1, 3]
const SEED = Number(process.env.RENSHE_SEED ?? 20_261_124)
/** Files that a host goes on reading while it works. */
const READ_AT_WORK = ['log segment', 'state store', 'vault store', 'release store']

const folder = mkdtempSync(join(tmpdir(), 'renshe-damaged-'))
const good = join(folder, 'good')
const home = process.cwd()
let program = ''
let height = 0
let files: Map<string, string[]>
let goodDigest = ''

beforeAll(async () => {
  mkdirSync(good)
  program = await buildProgram({ entry: 'demo/faults/examine-process.fixture.ts', name: 'examine' })
  process.chdir(good)
  height = await makeFairFolder('.')
  process.chdir(home)
  files = filesByKind(good)
  cpSync(good, join(folder, 'sound'), { recursive: true })
  const [sound] = await examineAll([join(folder, 'sound')])
  goodDigest = (sound as { digest: string }).digest
  expect(goodDigest).toHaveLength(64)
}, 300_000)

afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true, force: true })
  rmSync(program, { force: true })
})

function start(folders: readonly string[], ...more: string[]): ChildProcess {
  return spawn(process.execPath, [program, String(height), ...folders, ...more], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

/** Looks at folders in a process; if that dies of one, in another one at the rest. */
async function examineAll(folders: readonly string[]): Promise<Examined[]> {
  const told: Examined[] = []
  while (told.length < folders.length) {
    const child = start(folders.slice(told.length))
    const before = told.length
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      told.push(JSON.parse(line) as Examined)
    }
    const isShort = told.length < folders.length
    // The database library may not survive such a page: that is no wrong answer either.
    if (isShort) told.push({ fault: 'the process died', name: 'died' })
    if (told.length === before) throw new Error('nothing was examined')
  }
  return told
}

/** Whether a damage was told by a name that says what is wrong, or changed nothing. */
function isHonest(outcome: Examined): boolean {
  if ('digest' in outcome) return outcome.digest === goodDigest
  return 'fault' in outcome && outcome.name !== 'TypeError' && outcome.name !== 'ReferenceError'
}

function damage(copy: string, path: string, how: 'flip' | 'cut', chance: () => number): string {
  const target = join(copy, path)
  const { size } = statSync(target)
  const at = Math.floor(chance() * size)
  if (how === 'cut') {
    truncateSync(target, at)
    return `${path} cut at ${at} of ${size}`
  }
  const bit = Math.floor(chance() * 8)
  const byte = readFileSync(target)[at] ?? 0
  // In place: a host at work has the file open, and mapped into its memory.
  const file = openSync(target, 'r+')
  writeSync(file, Uint8Array.of(byte ^ (1 << bit)), 0, 1, at)
  return `${path} bit ${bit} of byte ${at} of ${size}`
}

describe('a damaged file at rest', () => {
  it.each(Object.keys(KINDS))('%s: is told by name, or changes nothing', async (kind) => {
    const paths = files.get(kind)
    if (paths === undefined) throw new Error(`the fair keeps no ${kind}`)
    const chance = chanceFrom(SEED ^ kind.length)
    const copies: { copy: string; what: string }[] = []
    for (let i = 0; i < FLIPS + CUTS; i++) {
      const copy = join(folder, `copy-${i}`)
      cpSync(good, copy, { recursive: true })
      copies.push({
        copy,
        what: damage(copy, oneOf(chance, paths), i < FLIPS ? 'flip' : 'cut', chance),
      })
    }
    const outcomes = await examineAll(copies.map(({ copy }) => copy))
    const wrong = copies.flatMap(({ what }, i) => {
      const outcome = outcomes[i] as Examined
      return isHonest(outcome) ? [] : [{ what, outcome }]
    })
    for (const { copy } of copies) rmSync(copy, { recursive: true })
    expect(wrong).toEqual([])
  })
})

describe('a bit that flips under a host at work', () => {
  it.each(READ_AT_WORK)('%s: nobody is told anything wrong', async (kind) => {
    const chance = chanceFrom(SEED ^ (kind.length << 8))
    for (let i = 0; i < FLIPS_AT_WORK; i++) {
      const copy = join(folder, 'at-work')
      cpSync(good, copy, { recursive: true })
      const child = start([copy], '--at-work')
      let what = ''
      let outcome: Examined = { fault: 'the process died', name: 'died' }
      const ended = once(child, 'exit')
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        const told = JSON.parse(line) as Examined
        if (!('open' in told)) outcome = told
        else {
          what = damage(copy, oneOf(chance, files.get(kind) ?? []), 'flip', chance)
          child.stdin?.write('go on\n')
        }
      }
      await ended
      expect({ what, outcome, isHonest: isHonest(outcome) }).toMatchObject({ isHonest: true })
      rmSync(copy, { recursive: true })
    }
  })
})

describe('a damaged file of the bank', () => {
  it('is refused, or says the same amounts', () => {
    // ISO 20022 files carry counts and sums and no checksum: names and texts are only as good as their transport.
    const chance = chanceFrom(SEED)
    const entry = { fen: 1_234_567, bankReference: 'R-1', endToEndId: 'E-1' }
    const whole = [
      statementFile('s-1', '2026-01-05', 1, 0, [entry]),
      statusFile('p-1', 'M-1', 'ACSP'),
    ]
    const amountsOf = (bytes: Uint8Array): string =>
      JSON.stringify(readMessage(bytes))
        .match(/"amount":"[^"]*"/g)
        ?.join() ?? ''
    let refused = 0
    for (let i = 0; i < 400; i++) {
      const before = oneOf(chance, whole)
      const after = Uint8Array.from(before)
      const at = Math.floor(chance() * after.length)
      after[at] = (after[at] as number) ^ (1 << Math.floor(chance() * 8))
      try {
        expect([at, amountsOf(after)]).toEqual([at, amountsOf(before)])
      } catch (error) {
        expect((error as Error).name).toBe('BankFileRefused')
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(100)
  })
})
