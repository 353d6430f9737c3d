import { batchLeaf, canonicalJson, type Json, type JsonObject, toHex, utf8 } from '@renshe/crypto'
import { leafHash, treeRoot } from '@renshe/proof'
import { FeelNumber, formatPlaces, type Value } from '@renshe/rules'
import type { CompiledPackage } from '../../catalogue/compiled-package.ts'
import type { DeterminationRow } from '../determination.ts'
import { caseDigest } from '../digests.ts'
import { feel } from '../feel.ts'
import { toFeel } from '../field-values.ts'

/**
 * Seals what an example gives in clear, with commitments that follow from the example alone. The chain
 * cannot tell them from real ones: it never opens a section.
 */
export class ExampleVault {
  readonly #name: string
  readonly #rows = new Map<string, readonly DeterminationRow[]>()
  #drawn = 0

  constructor(name: string) {
    this.#name = name
  }

  /** Opened rows of a batch, by its root. */
  rowsOf(root: string): readonly DeterminationRow[] | undefined {
    return this.#rows.get(root)
  }

  /** Seals rows as a batch of a section, with its control totals. */
  sealBatch(code: CompiledPackage, section: string, rows: readonly JsonObject[]): JsonObject {
    const definition = code.findSection(section)?.definition
    const level = definition?.level ?? 2
    const sealed = rows.map((content) => ({
      record: this.#draw().slice(0, 32),
      seed: caseDigest('example', utf8(this.#draw())),
      content,
    }))
    const leaves = sealed.map(({ record, seed, content }) => {
      const commitment = toHex(caseDigest('example', seed, canonicalJson(content)))
      const sections = [{ name: section, level, commitment }]
      return leafHash('batch', batchLeaf({ record, version: 1, sections }))
    })
    const root = toHex(treeRoot(leaves))
    this.#rows.set(root, sealed)
    return { root, count: rows.length, totals: totalsOf(code, section, rows) }
  }

  /** Seals sections of one record. */
  sealRecord(
    code: CompiledPackage,
    contents: Readonly<Record<string, unknown>>,
  ): { record: string; sections: JsonObject[] } {
    const sections = Object.keys(contents)
      .sort()
      .map((name) => ({
        name,
        level: code.findSection(name)?.definition.level ?? 2,
        commitment: toHex(
          caseDigest('example', utf8(this.#draw()), canonicalJson(contents[name] as JsonObject)),
        ),
      }))
    return { record: this.#draw().slice(0, 32), sections }
  }

  /** 64 hex digits, each time others. */
  draw(): string {
    return this.#draw()
  }

  #draw(): string {
    this.#drawn += 1
    return toHex(caseDigest('example', utf8(`${this.#name} drawn ${this.#drawn}`)))
  }
}

/** Control totals as the signer's client computes them: exact sums of columns. */
function totalsOf(code: CompiledPackage, section: string, rows: readonly JsonObject[]): JsonObject {
  const compiled = code.findSection(section)
  const totals: JsonObject = {}
  for (const [name, total] of Object.entries(compiled?.definition.totals ?? {})) {
    const column = compiled?.row?.columns[total.sum]
    const values = rows.map((row) =>
      column === undefined ? null : toFeel(column, row[total.sum] as Json),
    )
    const sum = feel('sum(values)').evaluate(new Map<string, Value>([['values', values]]), {
      now: 0,
    }).value
    const spelled =
      sum instanceof FeelNumber
        ? formatPlaces(sum, total.type === 'money' ? 2 : (total.places ?? 0))
        : undefined
    if (spelled === undefined) totals[name] = '0'
    else totals[name] = total.type === 'integer' ? Number(spelled) : spelled
  }
  return totals
}
