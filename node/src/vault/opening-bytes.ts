import {
  type Bytes,
  concatBytes,
  headerBytes,
  parseSectionHeader,
  type SectionHeader,
  SectionRefused,
  u16,
  u32,
} from '@renshe/crypto'
import type { Opening } from '../peer.ts'

const SEED_BYTES = 32

/** A header and a seed, as hand-overs carry them: `u16(length) ‖ header ‖ seed`. */
export interface HeaderAndSeed {
  readonly header: SectionHeader
  readonly seed: Bytes
}

/** `u16(length) ‖ header ‖ seed` for each, in order (sealed-data section 6, `hand-over`). */
export function headersAndSeedsBytes(parts: readonly HeaderAndSeed[]): Bytes {
  return concatBytes(
    ...parts.flatMap(({ header, seed }) => {
      const bytes = headerBytes(header)
      return [u16(bytes.length), bytes, seed]
    }),
  )
}

/**
 * Reads them back.
 *
 * @throws SectionRefused for anything else
 */
export function headersAndSeedsOf(bytes: Bytes): HeaderAndSeed[] {
  const parts: HeaderAndSeed[] = []
  for (let at = 0; at < bytes.length; ) {
    const { header, seed, end } = readPart(bytes, at)
    parts.push({ header, seed })
    at = end
  }
  return parts
}

function readPart(bytes: Bytes, at: number): HeaderAndSeed & { readonly end: number } {
  const headerEnd = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
  const end = headerEnd + SEED_BYTES
  if (end > bytes.length) throw new SectionRefused('header', 'cut short')
  const header = parseSectionHeader(bytes.subarray(at + 2, headerEnd))
  return { header, seed: bytes.slice(headerEnd, end), end }
}

/** Openings as a vault keeps copies of them; `null` stands for an erased one. */
export function openingsBytes(openings: readonly (Opening | null)[]): Bytes {
  return concatBytes(
    ...openings.flatMap((opening) => {
      if (opening === null) return [u16(0)]
      return [headersAndSeedsBytes([opening]), u32(opening.content.length), opening.content]
    }),
  )
}

/**
 * Reads them back.
 *
 * @throws SectionRefused for anything else
 */
export function openingsOf(bytes: Bytes): (Opening | null)[] {
  const openings: (Opening | null)[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < bytes.length; ) {
    if (view.getUint16(at) === 0) {
      openings.push(null)
      at += 2
      continue
    }
    const { header, seed, end } = readPart(bytes, at)
    at = end + 4 + view.getUint32(end)
    if (at > bytes.length) throw new SectionRefused('content', 'cut short')
    openings.push({ header, seed, content: bytes.slice(end + 4, at) })
  }
  return openings
}
