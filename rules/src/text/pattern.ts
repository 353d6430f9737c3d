import { LimitExceeded } from '../value/limits.ts'
import { type PatternFlags, type PatternTree, parsePattern } from './pattern-tree.ts'
import type { PointSet } from './point-set.ts'

/**
 * One instruction of a matching machine. Several threads run over the text side by side and share
 * its places, so that
 * no pattern takes longer than its length times the text's (R. Cox, "Regular Expression Matching:
 * the Virtual Machine
 * Approach", 2009).
 */
type Instruction =
  | { kind: 'set'; set: PointSet }
  | { kind: 'start' | 'end' | 'match' }
  | { kind: 'jump'; to: number }
  | { kind: 'split'; first: number; second: number }
  | { kind: 'save'; slot: number }

/** Where groups begin and end: places 2n and 2n+1 of group n, -1 when it took no part. */
export type Captures = readonly number[]

/** A pattern ready to search. */
export interface Pattern {
  readonly groups: number
  /**
   * The leftmost match at or after `from`, by the preferences of the pattern.
   *
   * @param spend  told how many thread steps were used, to be charged to the evaluation
   */
  find(
    points: readonly number[],
    from: number,
    spend: (steps: number) => void,
  ): Captures | undefined
}

/** Instructions of one machine: repetitions with counts are written out. */
const GREATEST_PROGRAM = 5_000

/**
 * Makes a pattern ready.
 *
 * @throws PatternError when the text is no pattern
 * @throws LimitExceeded `patternSize` when its repetitions are too many
 */
export function compilePattern(text: string, flags: PatternFlags): Pattern {
  const { tree, groups } = parsePattern(text, flags)
  const program: Instruction[] = []
  emit(program, { kind: 'save', slot: 0 })
  compileTree(program, tree)
  emit(program, { kind: 'save', slot: 1 })
  emit(program, { kind: 'match' })
  return {
    groups,
    find: (points, from, spend) => search(program, groups, flags.isMultiline, points, from, spend),
  }
}

function emit(program: Instruction[], instruction: Instruction): number {
  if (program.length >= GREATEST_PROGRAM) throw new LimitExceeded('patternSize', GREATEST_PROGRAM)
  program.push(instruction)
  return program.length - 1
}

function compileTree(program: Instruction[], tree: PatternTree): void {
  switch (tree.kind) {
    case 'set':
    case 'start':
    case 'end':
      emit(program, tree)
      return
    case 'sequence':
      for (const part of tree.parts) compileTree(program, part)
      return
    case 'choice':
      compileChoice(program, tree.options)
      return
    case 'group':
      emit(program, { kind: 'save', slot: tree.index * 2 })
      compileTree(program, tree.part)
      emit(program, { kind: 'save', slot: tree.index * 2 + 1 })
      return
    case 'repeat':
      compileRepeat(program, tree)
  }
}

function compileChoice(program: Instruction[], options: readonly PatternTree[]): void {
  const jumps: number[] = []
  options.forEach((option, at) => {
    if (at === options.length - 1) {
      compileTree(program, option)
      return
    }
    const split = emit(program, { kind: 'split', first: program.length + 1, second: 0 })
    compileTree(program, option)
    jumps.push(emit(program, { kind: 'jump', to: 0 }))
    program[split] = { kind: 'split', first: split + 1, second: program.length }
  })
  for (const jump of jumps) program[jump] = { kind: 'jump', to: program.length }
}

function compileRepeat(program: Instruction[], tree: PatternTree & { kind: 'repeat' }): void {
  const { part, least, most, isGreedy } = tree
  for (let count = 0; count < least; count += 1) compileTree(program, part)
  const splits: number[] = []
  if (most === Number.POSITIVE_INFINITY) {
    splits.push(emit(program, { kind: 'split', first: 0, second: 0 }))
    compileTree(program, part)
    emit(program, { kind: 'jump', to: splits[0] as number })
  } else {
    for (let count = least; count < most; count += 1) {
      splits.push(emit(program, { kind: 'split', first: 0, second: 0 }))
      compileTree(program, part)
    }
  }
  const end = program.length
  for (const split of splits) {
    const [first, second] = isGreedy ? [split + 1, end] : [end, split + 1]
    program[split] = { kind: 'split', first, second }
  }
}

interface Thread {
  readonly at: number
  readonly captures: Captures
}

function search(
  program: readonly Instruction[],
  groups: number,
  isMultiline: boolean,
  points: readonly number[],
  from: number,
  spend: (steps: number) => void,
): Captures | undefined {
  const seen = new Int32Array(program.length).fill(-1)
  const unset: Captures = new Array<number>((groups + 1) * 2).fill(-1)
  let threads: Thread[] = []
  let found: Captures | undefined
  for (let place = from; place <= points.length; place += 1) {
    const started = found === undefined ? [...threads, { at: 0, captures: unset }] : threads
    const live = follow(program, started, seen, place, points, isMultiline, spend)
    threads = []
    for (const thread of live) {
      const instruction = program[thread.at] as Instruction
      if (instruction.kind === 'match') {
        // Threads behind this one are less preferred.
        found = thread.captures
        break
      }
      if (
        place < points.length &&
        instruction.kind === 'set' &&
        instruction.set(points[place] as number)
      ) {
        threads.push({ at: thread.at + 1, captures: thread.captures })
      }
    }
    if (found !== undefined && threads.length === 0) break
  }
  return found
}

/**
 * Moves threads to where they test a point or match, in their order of preference, each place once.
 */
function follow(
  program: readonly Instruction[],
  threads: readonly Thread[],
  seen: Int32Array,
  place: number,
  points: readonly number[],
  isMultiline: boolean,
  spend: (steps: number) => void,
): Thread[] {
  const live: Thread[] = []
  const stack = threads.toReversed()
  let visited = 1
  while (true) {
    const thread = stack.pop()
    if (thread === undefined) break
    visited += 1
    if (seen[thread.at] === place) continue
    seen[thread.at] = place
    const instruction = program[thread.at] as Instruction
    const { captures } = thread
    switch (instruction.kind) {
      case 'set':
      case 'match':
        live.push(thread)
        break
      case 'jump':
        stack.push({ at: instruction.to, captures })
        break
      case 'split':
        stack.push({ at: instruction.second, captures }, { at: instruction.first, captures })
        break
      case 'save':
        stack.push({ at: thread.at + 1, captures: captures.with(instruction.slot, place) })
        break
      default:
        if (isAnchor(instruction.kind, place, points, isMultiline)) {
          stack.push({ at: thread.at + 1, captures })
        }
    }
  }
  spend(visited)
  return live
}

function isAnchor(
  kind: 'start' | 'end',
  place: number,
  points: readonly number[],
  isMultiline: boolean,
): boolean {
  if (kind === 'start') return place === 0 || (isMultiline && points[place - 1] === 10)
  return place === points.length || (isMultiline && points[place] === 10)
}
