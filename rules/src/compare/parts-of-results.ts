import type { CompiledRule } from '../rule/compile-rule.ts'

/** Types of outputs that can be added up. */
const AMOUNTS: readonly string[] = ['money', 'decimal', 'int']

/**
 * Which amounts of a rule go into another of its amounts, by name: the parts of a pension go into its
 * total, so that somebody with a smaller part and a greater total does not lose.
 */
export function partsOfResults({ document, steps }: CompiledRule): ReadonlyMap<string, string> {
  const amounts = document.outputs.filter(({ type }) => AMOUNTS.includes(type))
  const names = new Set(amounts.map(({ name }) => name))
  const readBy = new Map(steps.map(({ step, names: read }) => [step.name, read]))
  const parts = new Map<string, string>()
  for (const { name: result } of amounts) {
    const seen = new Set<string>([result])
    // Steps read only those before them, so this ends.
    const visit = (step: string): void => {
      for (const read of readBy.get(step) ?? []) {
        if (seen.has(read)) continue
        seen.add(read)
        if (names.has(read)) parts.set(read, result)
        visit(read)
      }
    }
    visit(result)
  }
  return parts
}
