/** Longer texts are parsed each time: one of them would take the place of hundreds. */
const LONGEST_TEXT = 32_768
const MOST_VALUES = 2_048

const shared = new Map<string, unknown>()

/**
 * The value that a canonical text spells, frozen, so that everyone may hold the same one. A pure cache:
 * a value depends on its text alone.
 */
export function sharedValue(text: string): unknown {
  const known = shared.get(text)
  if (known !== undefined) return known
  const value: unknown = deepFrozen(JSON.parse(text))
  if (text.length <= LONGEST_TEXT) {
    if (shared.size >= MOST_VALUES) shared.clear()
    shared.set(text, value)
  }
  return value
}

function deepFrozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) deepFrozen(member)
  return Object.freeze(value)
}
