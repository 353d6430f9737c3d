import {
  type Contracts,
  type KeyText,
  type OrderedMap,
  type SignerResolution,
  type StateSource,
  stateViewOf,
} from '@renshe/kernel'

/** Longer walks are walked in the store again: they are rare, and would fill the memory. */
const REMEMBERED_ENTRIES = 32

/**
 * A state that is read from the store once per block: every transaction asks for its signer's record and
 * for what is published, and the store answers in microseconds that add up. Short walks are remembered
 * too, as far as somebody walked them.
 */
export function readOnce(source: StateSource): StateSource {
  const read = new Map<KeyText, string | undefined>()
  const { values, indexes } = source
  return {
    indexes: { get: (key) => indexes.get(key), range: walkOnce(indexes) },
    values: {
      get(key) {
        const known = read.get(key)
        if (known !== undefined || read.has(key)) return known
        const text = values.get(key)
        read.set(key, text)
        return text
      },
      range: walkOnce(values),
    },
  }
}

type Entry = readonly [KeyText, string]

/** The beginning of a walk; all of it if `isWhole`. */
interface Walked {
  readonly met: readonly Entry[]
  readonly isWhole: boolean
}

function walkOnce(map: OrderedMap): OrderedMap['range'] {
  const walks = new Map<string, Walked>()
  return (from, end, isReverse) => {
    const name = `${isReverse ? '<' : '>'}${from.length} ${from}${end}`
    const walked = walks.get(name)
    if (walked?.isWhole) return walked.met
    return walkOn(map, { from, end, isReverse }, walked?.met ?? [], (next) => walks.set(name, next))
  }
}

/** Tells what was met before, then goes on in the store, and remembers how far somebody came. */
function* walkOn(
  map: OrderedMap,
  range: { readonly from: KeyText; readonly end: KeyText; readonly isReverse: boolean },
  met: readonly Entry[],
  remember: (walked: Walked) => void,
): IterableIterator<Entry> {
  yield* met
  const last = met.at(-1)?.[0]
  const { from, end, isReverse } = range
  const rest =
    last === undefined
      ? map.range(from, end, isReverse)
      : isReverse
        ? map.range(from, last, true)
        : map.range(`${last}\u0000`, end, false)
  const all = [...met]
  let isWhole = false
  try {
    for (const entry of rest) {
      if (all.length <= REMEMBERED_ENTRIES) all.push(entry)
      yield entry
    }
    isWhole = true
  } finally {
    if (all.length <= REMEMBERED_ENTRIES) remember({ met: all, isWhole })
  }
}

interface Remembered {
  readonly resolution: SignerResolution
  /** What was read to find it. */
  readonly reads: readonly (readonly [KeyText, string | undefined])[]
}

/**
 * Resolves signers within one block, at one time, and remembers the answers: one holds as long as every
 * value that was read for it is still what it was.
 */
export class SignerMemo {
  readonly #contracts: Contracts
  readonly #state: StateSource
  readonly #time: number
  readonly #remembered = new Map<string, Remembered>()

  /** @param state  follows the block: changes of its transactions are seen */
  constructor(contracts: Contracts, state: StateSource, time: number) {
    this.#contracts = contracts
    this.#state = state
    this.#time = time
  }

  resolve(fingerprint: string): SignerResolution {
    const { values } = this.#state
    const known = this.#remembered.get(fingerprint)
    if (known?.reads.every(([key, text]) => values.get(key) === text)) return known.resolution
    const recorder = new Recorder(this.#state)
    const view = stateViewOf(recorder)
    const resolution = this.#contracts.resolveSigner(view, fingerprint, this.#time)
    // What was found by a range could change by a key that nobody read.
    if (!recorder.hasRanged) {
      this.#remembered.set(fingerprint, { resolution, reads: [...recorder.reads] })
    }
    return resolution
  }
}

class Recorder implements StateSource {
  readonly values: OrderedMap
  readonly indexes: OrderedMap
  readonly reads = new Map<KeyText, string | undefined>()
  hasRanged = false

  constructor({ values, indexes }: StateSource) {
    const ranged = (map: OrderedMap): OrderedMap['range'] => {
      return (from, end, isReverse) => {
        this.hasRanged = true
        return map.range(from, end, isReverse)
      }
    }
    this.values = {
      get: (key) => {
        const text = values.get(key)
        this.reads.set(key, text)
        return text
      },
      range: ranged(values),
    }
    this.indexes = { get: (key) => indexes.get(key), range: ranged(indexes) }
  }
}
