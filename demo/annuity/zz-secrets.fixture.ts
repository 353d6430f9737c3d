/* What must not lie in the clear: every value that was sealed, by the fields that hold it. */
import type { JsonObject } from '@renshe/crypto'
import type { Secret } from './search-bytes.fixture.ts'

/** A value that was sealed, with every field that holds it. */
export interface SealedValue extends Secret {
  /** For example `annuity-plan/paying-account-number.accountNo`. */
  readonly fields: readonly string[]
}

/** Content of one section, with the name of the section. */
export interface SealedContent {
  readonly section: string
  readonly content: JsonObject
}

/** Values that say nothing about anybody: codes and nothing at all. */
const SAYS_NOTHING = /^(NONE|JOINED|LEFT|0(\.0+)?)$/
/** Fields that hold ids drawn at random, or names of the contracts' own. */
const IDS: ReadonlySet<string> = new Set(['account', 'journal', 'lastEntry', 'chart', 'part'])

/** Collects the values of what was sealed, each once. */
export function sealedValues(contents: readonly SealedContent[]): SealedValue[] {
  const byValue = new Map<string, { field: string; fields: Set<string> }>()
  for (const { section, content } of contents) {
    for (const [top, field, value] of textsOf(content)) {
      if (IDS.has(field) || SAYS_NOTHING.test(value)) continue
      const known = byValue.get(value) ?? { field, fields: new Set<string>() }
      known.fields.add(`${section}.${top}`)
      byValue.set(value, known)
    }
  }
  return [...byValue].map(([value, { field, fields }], index) => ({
    name: `${index} ${value} ${[...fields].join(" ")}`,
    field,
    value,
    fields: [...fields],
  }))
}

/** Every text in a content: member of the content, member that holds it, value. */
function* textsOf(
  content: JsonObject,
  top?: string,
): Generator<[top: string, field: string, value: string]> {
  for (const [field, value] of Object.entries(content)) {
    if (typeof value === 'string') yield [top ?? field, field, value]
    for (const part of Array.isArray(value) ? value : []) {
      if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
        yield* textsOf(part, top ?? field)
      }
    }
  }
}
