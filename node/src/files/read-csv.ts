import { pipeline, Readable } from 'node:stream'

import { CsvError, parse } from 'csv-parse'

import type { RawCell } from './column-spec.ts'
import { decodeText, findEncoding, type TextEncoding } from './decode-text.ts'
import type { FileLimits } from './limits.ts'
import { refuseFile } from './refusals.ts'
import { chunksOf, type OpenedSource } from './table-source.ts'

/** A row before its columns are known. */
export type RawRow = { readonly line: number; readonly cells: readonly RawCell[] }

/** Rows of a CSV file and the encoding they were written in. */
export type CsvRows = { readonly encoding: TextEncoding; readonly rows: AsyncIterable<RawRow> }

/**
 * Reads a CSV file: comma, double quotes, any line end, UTF-8 or GB 18030.
 *
 * All bytes are checked before the first row is told; after that rows are told as they are read.
 * Rows without any text are left out.
 *
 * @throws FileRefused  for bad bytes, broken quotes, and whatever exceeds a limit
 */
export async function readCsv(source: OpenedSource, limits: FileLimits): Promise<CsvRows> {
  const encoding = await findEncoding(() => chunksOf(source), limits.recordBytes)
  return { encoding, rows: rowsOf(source, encoding, limits) }
}

async function* rowsOf(
  source: OpenedSource,
  encoding: TextEncoding,
  limits: FileLimits,
): AsyncGenerator<RawRow> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.recordBytes,
  })
  const text = Readable.from(utf8Of(decodeText(chunksOf(source), encoding)), { objectMode: false })
  pipeline(text, parser, () => {})
  let lastLine = 0
  try {
    for await (const record of parser as AsyncIterable<CsvRecord>) {
      const line = lastLine + 1
      lastLine = record.info.lines
      if (record.record.length > limits.columns)
        refuseFile({ code: 'TOO_MANY_COLUMNS', line, limit: limits.columns })
      if (record.record.every((text) => text === '')) continue
      yield { line, cells: record.record.map((text) => cellOf(text, line, limits)) }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines)
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      refuseFile({ code: 'RECORD_TOO_LONG', line, limitBytes: limits.recordBytes })
    refuseFile({ code: 'CSV_QUOTE_BROKEN', line })
  }
}

type CsvRecord = { readonly record: string[]; readonly info: { readonly lines: number } }

async function* utf8Of(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) if (text !== '') yield Buffer.from(text, 'utf8')
}

/**
 * The mark `'` that `writeCsv` puts before texts which a spreadsheet would execute is taken off
 * again.
 *
 * @source shared/security/threats.md section 4
 */
function cellOf(text: string, line: number, limits: FileLimits): RawCell {
  if (text.length > limits.cellLength)
    refuseFile({ code: 'RECORD_TOO_LONG', line, limitBytes: limits.cellLength })
  return { kind: 'text', text: MARKED.test(text) ? text.slice(1) : text }
}

const MARKED = /^'+[=+\-@\t\r]/
