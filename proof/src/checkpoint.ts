import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  sha256,
  toBase64Url,
  u64,
  utf8,
} from '@renshe/crypto'

/** Algorithm of a signature line. */
export type LineAlgorithm = 'ed25519' | 'sm2'

/** Signs a message with a key held elsewhere: Ed25519, or SM2/SM3 with the standard user id. */
export type SignMessage = (message: Bytes) => Bytes

/** A head of the header log: how many headers, and their root. */
export type LogHead = { readonly size: number; readonly root: Bytes }

/** One signature line of a checkpoint, not yet verified. */
export type SignatureLine = {
  readonly name: string
  readonly keyId: Bytes
  readonly signature: Bytes
}

/** A checkpoint note, split. */
export type Checkpoint = LogHead & {
  readonly origin: string
  /** The three lines that are signed. */
  readonly text: string
  readonly lines: readonly SignatureLine[]
}

/**
 * Key types of signature lines. Ed25519 ones are those of C2SP signed-note and tlog-cosignature;
 * SM2 has none there, hence the free type FF with a name of ours.
 */
const KEY_TYPE = {
  operator: { ed25519: Uint8Array.of(0x01), sm2: ownType('renshe/sm2/1') },
  witness: { ed25519: Uint8Array.of(0x04), sm2: ownType('renshe/sm2-cosignature/1') },
} as const

function ownType(name: string): Bytes {
  return concatBytes(Uint8Array.of(0xff), utf8(name))
}

/** Origin line of a chain's checkpoints, also the key name of its operator. */
export function checkpointOrigin(chain: string): string {
  return `renshe/${chain}`
}

/** Key name of a witness. */
export function witnessName(chain: string, member: string): string {
  return `renshe/${chain}/${member}`
}

/** First 4 bytes of SHA-256(name ‖ 0A ‖ type ‖ key). @source ledger-bytes.md section 7 */
export function lineKeyId(
  role: 'operator' | 'witness',
  algorithm: LineAlgorithm,
  name: string,
  publicKey: Bytes,
): Bytes {
  const type = KEY_TYPE[role][algorithm]
  return sha256(utf8(name), Uint8Array.of(0x0a), type, publicKey).slice(0, 4)
}

/** The signed text: origin, size, root, one line each, no extension lines. */
export function checkpointText(chain: string, head: LogHead): string {
  return `${checkpointOrigin(chain)}\n${head.size}\n${toBase64(head.root)}\n`
}

/** What a witness signs: the cosignature/v1 header with its time (UTC seconds), then the text. */
export function cosignatureMessage(text: string, time: number): Bytes {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`)
}

/** The key a line is made with. */
export type LineKey = { readonly algorithm: LineAlgorithm; readonly publicKey: Bytes }

/** Makes the operator's signature line; `sign` gets the checkpoint text. */
export function makeOperatorLine(
  options: LineKey & { readonly chain: string; readonly text: string; readonly sign: SignMessage },
): string {
  const name = checkpointOrigin(options.chain)
  const keyId = lineKeyId('operator', options.algorithm, name, options.publicKey)
  return signatureLine(name, concatBytes(keyId, options.sign(utf8(options.text))))
}

/** Makes a witness's line; `time` is UTC seconds, `sign` gets {@link cosignatureMessage}. */
export function makeWitnessLine(
  options: LineKey & {
    readonly chain: string
    readonly member: string
    readonly text: string
    readonly time: number
    readonly sign: SignMessage
  },
): string {
  const name = witnessName(options.chain, options.member)
  const keyId = lineKeyId('witness', options.algorithm, name, options.publicKey)
  const value = options.sign(cosignatureMessage(options.text, options.time))
  return signatureLine(name, concatBytes(keyId, u64(options.time), value))
}

function signatureLine(name: string, payload: Bytes): string {
  return `— ${name} ${toBase64(payload)}\n`
}

/**
 * A checkpoint note: the text, an empty line, signature lines in the order of the policy: operator
 * (Ed25519, SM2), then witnesses with Ed25519 in policy order, then witnesses with SM2.
 */
export function checkpointNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.join('')}`
}

/**
 * Splits a checkpoint note.
 *
 * @returns null unless it is spelled in the one right way: three text lines, canonical base64 and
 *          numbers, at least one signature line, nothing after the last newline
 */
export function parseCheckpoint(note: string): Checkpoint | null {
  const parts = note.split('\n')
  if (parts.length < 6 || parts[3] !== '' || parts.at(-1) !== '') return null
  const [origin, sizeText, rootText] = parts as [string, string, string]
  const size = Number(sizeText)
  if (!Number.isSafeInteger(size) || size < 1 || String(size) !== sizeText) return null
  const root = fromBase64(rootText)
  if (root === null || root.length !== 32) return null
  const lines: SignatureLine[] = []
  for (const part of parts.slice(4, -1)) {
    const line = parseLine(part)
    if (line === null) return null
    lines.push(line)
  }
  return { origin, size, root, text: `${origin}\n${sizeText}\n${rootText}\n`, lines }
}

function parseLine(part: string): SignatureLine | null {
  const [dash, name, payloadText, ...more] = part.split(' ')
  if (dash !== '—' || !name || payloadText === undefined || more.length > 0) return null
  const payload = fromBase64(payloadText)
  if (payload === null || payload.length < 5) return null
  return { name, keyId: payload.slice(0, 4), signature: payload.slice(4) }
}

/** A line that was found where the policy wants it, split into what is verified. */
export type OpenedLine = {
  readonly message: Bytes
  readonly value: Bytes
  readonly time: number | null
}

/** The operator's line as signed message and value, or null if name or key id are others. */
export function openOperatorLine(
  line: SignatureLine,
  options: LineKey & { readonly chain: string; readonly text: string },
): OpenedLine | null {
  const name = checkpointOrigin(options.chain)
  const keyId = lineKeyId('operator', options.algorithm, name, options.publicKey)
  if (line.name !== name || !equalBytes(line.keyId, keyId)) return null
  if (line.signature.length !== 64) return null
  return { message: utf8(options.text), value: line.signature, time: null }
}

/** A witness's line as signed message, value and time, or null if name or key id are others. */
export function openWitnessLine(
  line: SignatureLine,
  options: LineKey & { readonly chain: string; readonly member: string; readonly text: string },
): OpenedLine | null {
  const name = witnessName(options.chain, options.member)
  const keyId = lineKeyId('witness', options.algorithm, name, options.publicKey)
  if (line.name !== name || !equalBytes(line.keyId, keyId)) return null
  if (line.signature.length !== 72) return null
  const { buffer, byteOffset } = line.signature
  const time = Number(new DataView(buffer, byteOffset, 8).getBigUint64(0))
  if (!Number.isSafeInteger(time)) return null
  return {
    message: cosignatureMessage(options.text, time),
    value: line.signature.slice(8),
    time,
  }
}

/** Standard base64 with padding, as checkpoints use it. */
function toBase64(bytes: Bytes): string {
  const text = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** Canonical standard base64 only: one spelling for one value. */
function fromBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return null
  const bare = text.endsWith('==')
    ? text.slice(0, -2)
    : text.endsWith('=')
      ? text.slice(0, -1)
      : text
  try {
    const bytes = fromBase64Url(bare.replaceAll('+', '-').replaceAll('/', '_'))
    return toBase64(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
