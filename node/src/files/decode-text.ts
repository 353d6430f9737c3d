import { refuseFile } from './refusals.ts'

/** The encodings that offices send; ASCII is told as `utf-8`. */
export type TextEncoding = 'utf-8' | 'gb18030'

/** Bytes without valid text, counted from 1 as people do. */
type BadByte = { line: number; byteOfLine: number; offset: number }

/**
 * Lines of whole bytes: a line end byte (0x0A) is never part of a longer character in either
 * encoding.
 */
type Lines = { bytes: Uint8Array; line: number; offset: number }

/**
 * Finds out whether a file is UTF-8 or GB 18030, reading all of it.
 *
 * A file that is valid UTF-8 is UTF-8: text of GB 18030 beyond ASCII is practically never valid
 * UTF-8 by accident.
 *
 * @param chunks       the bytes from the beginning; called once per encoding tried
 * @param recordBytes  longest line accepted
 * @throws FileRefused ENCODING_UNSUPPORTED, RECORD_TOO_LONG, or BYTES_INVALID with the place in the
 * encoding that fits longer
 */
export async function findEncoding(
  chunks: () => AsyncIterable<Uint8Array>,
  recordBytes: number,
): Promise<TextEncoding> {
  const badInUtf8 = await firstBadByte('utf-8', chunks(), recordBytes)
  if (badInUtf8 === undefined) return 'utf-8'
  const badInGb18030 = await firstBadByte('gb18030', chunks(), recordBytes)
  if (badInGb18030 === undefined) return 'gb18030'
  return badInGb18030.offset > badInUtf8.offset
    ? refuseFile({ code: 'BYTES_INVALID', encoding: 'GB 18030', ...badInGb18030 })
    : refuseFile({ code: 'BYTES_INVALID', encoding: 'UTF-8', ...badInUtf8 })
}

/**
 * Decodes bytes whose encoding is known; a byte order mark is dropped.
 *
 * @source trap 38 of shared/engineering-facts.md: `TextDecoder` refuses bad bytes and maps as GB
 * 18030-2022, `iconv-lite` does neither
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let isBegun = false
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    // The decoder drops the mark of UTF-8 only; GB 18030 has one too (84 31 95 33).
    yield !isBegun && text.startsWith('\ufeff') ? text.slice(1) : text
    isBegun ||= text !== ''
  }
  yield decoder.decode()
}

async function firstBadByte(
  encoding: TextEncoding,
  chunks: AsyncIterable<Uint8Array>,
  recordBytes: number,
): Promise<BadByte | undefined> {
  for await (const lines of wholeLines(chunks, recordBytes)) {
    const bad = firstBadByteOf(lines, encoding)
    if (bad !== undefined) return bad
  }
  return undefined
}

async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  recordBytes: number,
): AsyncGenerator<Lines> {
  let carried: Uint8Array = new Uint8Array()
  let line = 1
  let offset = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1
    if (end > 0) {
      const bytes = Buffer.concat([carried, chunk.subarray(0, end)])
      yield { bytes, line, offset }
      line += countLineFeeds(bytes)
      offset += bytes.byteLength
      carried = new Uint8Array()
    }
    carried = Buffer.concat([carried, chunk.subarray(end)])
    if (carried.byteLength > recordBytes)
      refuseFile({ code: 'RECORD_TOO_LONG', line, limitBytes: recordBytes })
  }
  if (carried.byteLength > 0) yield { bytes: carried, line, offset }
}

function firstBadByteOf(lines: Lines, encoding: TextEncoding): BadByte | undefined {
  const text = decodeOrUndefined(lines.bytes, encoding)
  if (text !== undefined && !(encoding === 'gb18030' && text.includes('€'))) return undefined

  let { line, offset } = lines
  for (let start = 0; start < lines.bytes.byteLength; ) {
    const lineFeed = lines.bytes.indexOf(LINE_FEED, start)
    const end = lineFeed < 0 ? lines.bytes.byteLength : lineFeed + 1
    const bytes = lines.bytes.subarray(start, end)
    const place = firstBadByteOfLine(bytes, encoding)
    if (place !== undefined) return { line, byteOfLine: place + 1, offset: offset + place + 1 }
    line += 1
    offset += bytes.byteLength
    start = end
  }
  return undefined
}

function firstBadByteOfLine(bytes: Uint8Array, encoding: TextEncoding): number | undefined {
  const lone80 = encoding === 'gb18030' ? firstLone80(bytes) : undefined
  if (decodeOrUndefined(bytes, encoding) !== undefined) return lone80
  // The longest prefix that is the beginning of valid text: it grows and fails once, so halving
  // finds it.
  let good = 0
  let bad = bytes.byteLength + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isValidBeginning(bytes.subarray(0, middle), encoding)) good = middle
    else bad = middle
  }
  return lone80 === undefined ? good : Math.min(lone80, good)
}

/**
 * The web's decoder takes a lone byte 80 for the euro sign, as one vendor's code page did; in GB
 * 18030 no character begins with it.
 *
 * @source WHATWG Encoding Standard section 10.2.1 (GB 18030 decoder, step "byte 0x80")
 */
function firstLone80(bytes: Uint8Array): number | undefined {
  for (let place = 0; place < bytes.byteLength; ) {
    const lead = bytes[place] ?? 0
    if (lead === 0x80) return place
    const next = bytes[place + 1] ?? 0
    place += lead < 0x80 ? 1 : next >= 0x30 && next <= 0x39 ? 4 : 2
  }
  return undefined
}

function decodeOrUndefined(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isValidBeginning(bytes: Uint8Array, encoding: TextEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === LINE_FEED) count += 1
  return count
}

const LINE_FEED = 0x0a
