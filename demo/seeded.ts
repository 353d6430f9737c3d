/**
 * A number that looks random and is always the same for the same question.
 *
 * Sample data is asked for person by person and month by month, in any order: a function of the
 * question, unlike a generator with a state, gives the same answer each time.
 *
 * @param seed      whole number, at most 32 bits
 * @param question  whole numbers that say what is asked: who, which month, which field
 * @returns         whole number from 0 to 2³² − 1
 * @source          finaliser of MurmurHash3 (public domain); not for secrets
 */
export function seeded(seed: number, ...question: readonly number[]): number {
  let state = mix(seed ^ 0x9e3779b9)
  for (const one of question) state = mix(Math.imul(state, 31) ^ mix(one | 0))
  return state
}

/** The same, below a limit (at most 2²⁴, so that the bias is below one in 256). */
export function seededBelow(limit: number, seed: number, ...question: readonly number[]): number {
  return seeded(seed, ...question) % limit
}

function mix(value: number): number {
  let state = value | 0
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
