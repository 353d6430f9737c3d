import type { JsonObject } from '@renshe/crypto'

/** Rows as a batch is prepared from: how many, and one after the other. */
export function batchOf(rows: readonly object[]): {
  readonly count: number
  readonly rows: AsyncIterable<JsonObject>
} {
  async function* each(): AsyncGenerator<JsonObject> {
    for (const row of rows) yield { ...row } as JsonObject
  }
  return { count: rows.length, rows: each() }
}
