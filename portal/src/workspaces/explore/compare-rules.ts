/* Two versions of a rule, place by place: what was added, taken away, or is another. */
import type { Json, JsonObject } from '@renshe/crypto'

/** One place that differs. */
export interface RuleChange {
  /** For example `steps / units / rounding / places`. */
  readonly place: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: string | null
  readonly after: string | null
}

/** Compares two documents; lists of named things are compared by their names, not by their order. */
export function compareRules(older: JsonObject, newer: JsonObject): readonly RuleChange[] {
  const [before, after] = [placesOf(older), placesOf(newer)]
  const places = [...new Set([...before.keys(), ...after.keys()])].sort()
  return places.flatMap((place): RuleChange[] => {
    const [was, is] = [before.get(place) ?? null, after.get(place) ?? null]
    if (was === is) return []
    const kind = was === null ? 'added' : is === null ? 'removed' : 'changed'
    return [{ place, kind, before: was, after: is }]
  })
}

function placesOf(document: JsonObject): Map<string, string> {
  const places = new Map<string, string>()
  const walk = (value: Json, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) {
      places.set(path.join(' / '), String(value))
      return
    }
    const entries: [string, Json][] = Array.isArray(value)
      ? value.map((item: Json, at) => [nameOf(item) ?? String(at + 1), item])
      : Object.entries(value as JsonObject)
    for (const [name, own] of entries) walk(own, [...path, name])
  }
  walk(document, [])
  return places
}

function nameOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const { name } = item as JsonObject
  return typeof name === 'string' ? name : undefined
}
