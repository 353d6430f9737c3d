import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

import type { FileLimits } from './limits.ts'
import { refuseFile } from './refusals.ts'

/** Where a table comes from: its bytes, a file, or a stream (an upload). */
export type TableSource = Uint8Array | { readonly path: string } | AsyncIterable<Uint8Array>

/** A source that can be read more than once: the encoding is found before the first row is told. */
export type OpenedSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string }

/**
 * Makes a source readable twice, within the limit on its size.
 *
 * A stream is gathered in memory rather than in a temporary file: the rows are personal, and what
 * is
 * never written need not be erased. `limits.fileBytes` bounds it.
 */
export async function openSource(source: TableSource, limits: FileLimits): Promise<OpenedSource> {
  if (source instanceof Uint8Array) {
    checkSize(source.byteLength, limits)
    return { kind: 'bytes', bytes: source }
  }
  if ('path' in source) {
    checkSize((await stat(source.path)).size, limits)
    return { kind: 'file', path: source.path }
  }
  const bytes = await gather(source, limits.fileBytes)
  checkSize(bytes.byteLength, limits)
  return { kind: 'bytes', bytes }
}

/** The bytes in pieces of at most 64 KiB, from the beginning, as often as asked. */
export async function* chunksOf(source: OpenedSource): AsyncGenerator<Uint8Array> {
  if (source.kind === 'file') {
    yield* createReadStream(source.path) as AsyncIterable<Uint8Array>
    return
  }
  for (let start = 0; start < source.bytes.byteLength; start += CHUNK_BYTES) {
    yield source.bytes.subarray(start, start + CHUNK_BYTES)
  }
}

/** The first bytes, for telling the format by content. */
export async function headOf(source: OpenedSource, length: number): Promise<Uint8Array> {
  for await (const chunk of chunksOf(source)) return chunk.subarray(0, length)
  return new Uint8Array()
}

const CHUNK_BYTES = 64 * 1024

function checkSize(size: number, limits: FileLimits): void {
  if (size === 0) refuseFile({ code: 'FILE_EMPTY' })
  if (size > limits.fileBytes) refuseFile({ code: 'FILE_TOO_LARGE', limitBytes: limits.fileBytes })
}

async function gather(chunks: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > limitBytes) refuseFile({ code: 'FILE_TOO_LARGE', limitBytes })
    parts.push(chunk)
  }
  return Buffer.concat(parts, size)
}
