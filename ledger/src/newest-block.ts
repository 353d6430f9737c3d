import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBlock } from './block-format.ts'
import { listSegments } from './log-scan.ts'
import {
  decodeRecord,
  RECORD_BLOCK,
  RECORD_HEAD_BYTES,
  SEGMENT_HEAD_BYTES,
  segmentName,
} from './segment.ts'

/** The newest whole block of a log. */
export interface NewestBlock {
  readonly height: number
  /** Block time, UTC ms. */
  readonly time: number
}

/**
 * Looks at the end of a ledger's log without opening the ledger; a process may be at work there. Only the
 * heads of records are read, and the newest block.
 *
 * @returns undefined where there is no whole block
 */
export function newestBlock(ledgerFolder: string): NewestBlock | undefined {
  const folder = join(ledgerFolder, 'log')
  if (!existsSync(folder)) return undefined
  for (const firstHeight of listSegments(folder).reverse()) {
    const found = newestIn(join(folder, segmentName(firstHeight)))
    if (found !== undefined) return found
  }
  return undefined
}

function newestIn(path: string): NewestBlock | undefined {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const head = new Uint8Array(RECORD_HEAD_BYTES)
    const view = new DataView(head.buffer)
    let place: { readonly at: number; readonly bytes: number } | undefined
    for (let at = SEGMENT_HEAD_BYTES; at + RECORD_HEAD_BYTES <= size; ) {
      readSync(file, head, 0, head.length, at)
      const bytes = 8 + view.getUint32(0)
      if (bytes < RECORD_HEAD_BYTES || at + bytes > size) break
      if (head[8] === RECORD_BLOCK) place = { at, bytes }
      at += bytes
    }
    if (place === undefined) return undefined
    const record = new Uint8Array(place.bytes)
    readSync(file, record, 0, place.bytes, place.at)
    const payload = decodeRecord(record, 0)?.payload
    const header = payload && decodeBlock(payload)?.header
    return header && { height: header.height, time: header.time }
  } finally {
    closeSync(file)
  }
}
