/* Evidence that lies in a PDF: the statement carries its own file as an attachment. */

const [JSON_START, PDF_START] = ['{', '%PDF-']

/** What a chosen file turned out to be. */
export type ChosenFile =
  | { readonly kind: 'evidence'; readonly bytes: Uint8Array }
  | { readonly kind: 'pdf-without' | 'image' | 'other' }

/**
 * Finds the evidence in a file that somebody chose: the file itself, or the attachment of a PDF.
 *
 * A PDF keeps an attachment as one compressed stream of type EmbeddedFile (ISO 32000-1, 7.11.4); only
 * the file that names no other coding than deflate is looked into.
 */
export async function evidenceIn(file: Blob): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const start = latin1(bytes.subarray(0, 16)).trimStart()
  if (start.startsWith(JSON_START)) return { kind: 'evidence', bytes }
  if (start.startsWith(PDF_START)) return attachmentOf(bytes)
  if (file.type.startsWith('image/')) return { kind: 'image' }
  return { kind: 'other' }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}

async function attachmentOf(bytes: Uint8Array): Promise<ChosenFile> {
  const text = latin1(bytes)
  for (const { index } of text.matchAll(/\/Type\s*\/EmbeddedFile/g)) {
    const begin = text.indexOf('stream', index)
    const end = text.indexOf('endstream', begin)
    if (begin < 0 || end < 0) continue
    // "stream" is followed by one line break: CR LF, or LF.
    const from = begin + 6 + (text[begin + 6] === '\r' ? 2 : 1)
    const whole = await inflated(bytes.subarray(from, end))
    if (whole !== null && latin1(whole.subarray(0, 1)) === JSON_START) {
      return { kind: 'evidence', bytes: whole }
    }
  }
  return { kind: 'pdf-without' }
}

async function inflated(bytes: Uint8Array): Promise<Uint8Array | null> {
  const stream = new DecompressionStream('deflate')
  const writer = stream.writable.getWriter()
  // The line break before "endstream" is not part of the stream; what follows its end is ignored.
  writer.write(Uint8Array.from(bytes)).catch(() => undefined)
  writer.close().catch(() => undefined)
  const parts: Uint8Array[] = []
  const reader = stream.readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
    }
  } catch {
    if (parts.length === 0) return null
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
