import { pipeline, Readable } from 'node:stream'

import { CsvError, parse } from 'csv-parse'

import { decodeText, findEncoding, type TextEncoding } from './decode-text.ts'
import type { FileLimits } from './limits.ts'
import { type RawRow, rawRowOf } from './raw-row.ts'
import { refuseFile } from './refusals.ts'
import { splitPlainCsv } from './split-plain-csv.ts'
import { chunksOf, type OpenedSource } from './table-source.ts'

/** Rows of a CSV file, some hundred at a time, and the encoding they were written in. */
export type CsvRows = {
  readonly encoding: TextEncoding
  readonly rows: AsyncIterable<readonly RawRow[]>
}

/**
 * Reads a CSV file: comma, double quotes, any line end, UTF-8 or GB 18030.
 *
 * All bytes are checked before the first row is told; after that rows are told as they are read.
 * Rows without any text are left out.
 *
 * @throws FileRefused  for bad bytes, broken quotes, and whatever exceeds a limit
 */
export async function readCsv(source: OpenedSource, limits: FileLimits): Promise<CsvRows> {
  let hasQuotes = false
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunksOf(source)) {
      hasQuotes ||= chunk.includes(QUOTE)
      yield chunk
    }
  }
  const encoding = await findEncoding(watched, limits.recordBytes)
  const text = decodeText(chunksOf(source), encoding)
  return { encoding, rows: hasQuotes ? parsedRows(text, limits) : splitPlainCsv(text, limits) }
}

/** In both encodings this byte is a quotation mark and never part of another character. */
const QUOTE = 0x22
const ROWS_AT_ONCE = 500

/** Rows as the parser finds them, for files with quotation marks. */
export async function* parsedRows(
  texts: AsyncIterable<string>,
  limits: FileLimits,
): AsyncGenerator<readonly RawRow[]> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.recordBytes,
  })
  const text = Readable.from(utf8Of(texts), { objectMode: false })
  pipeline(text, parser, () => {})
  let lastLine = 0
  let ready: RawRow[] = []
  try {
    for await (const record of parser as AsyncIterable<CsvRecord>) {
      const line = lastLine + 1
      lastLine = record.info.lines
      const row = rawRowOf(record.record, line, limits)
      if (row !== undefined) ready.push(row)
      if (ready.length < ROWS_AT_ONCE) continue
      yield ready
      ready = []
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines)
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      refuseFile({ code: 'RECORD_TOO_LONG', line, limitBytes: limits.recordBytes })
    refuseFile({ code: 'CSV_QUOTE_BROKEN', line })
  }
  if (ready.length > 0) yield ready
}

type CsvRecord = { readonly record: string[]; readonly info: { readonly lines: number } }

async function* utf8Of(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) if (text !== '') yield Buffer.from(text, 'utf8')
}
