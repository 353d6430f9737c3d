/* The folder of an exit kit: files in open formats, each durable, each with its checksum. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Bytes, canonicalText, type Json, type JsonObject } from '@renshe/crypto'
import type { ColumnSpec } from '../files/column-spec.ts'
import { writeCsv } from '../files/write-csv.ts'
import { syncPath } from './backup-files.ts'

/** One line of a table: names and values, nested ones too. */
export type KitRow = JsonObject

/** Writes the files of a kit. */
export class KitFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
    mkdirSync(path, { recursive: true, mode: 0o700 })
  }

  /** Writes one file. */
  put(name: string, content: string | Bytes, mode = 0o600): void {
    const path = this.#placeOf(name)
    writeFileSync(path, content, { mode })
    syncPath(path)
  }

  /** Writes one JSON value a line. */
  lines(name: string, rows: Iterable<Json>): number {
    const path = this.#placeOf(name)
    const file = openSync(path, 'w', 0o600)
    let count = 0
    try {
      for (const row of rows) {
        writeSync(file, `${canonicalText(row)}\n`)
        count += 1
      }
    } finally {
      closeSync(file)
    }
    syncPath(path)
    return count
  }

  /**
   * Writes a table twice: `<name>.jsonl` with everything, and `<name>.csv` for spreadsheets, in which a
   * nested value stands as JSON.
   */
  async table(name: string, rows: readonly KitRow[]): Promise<void> {
    this.lines(`${name}.jsonl`, rows)
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const columns = names.map((column): ColumnSpec => {
      return { name: column, title: { zh: column, en: column }, type: 'text', required: false }
    })
    const pieces: Uint8Array[] = []
    const texts = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellOf(value)])),
    )
    for await (const piece of writeCsv(columns, texts, { heading: 'name' })) pieces.push(piece)
    this.put(`${name}.csv`, new Uint8Array(Buffer.concat(pieces)))
  }

  #placeOf(name: string): string {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    return path
  }
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? canonicalText(value) : String(value)
}
