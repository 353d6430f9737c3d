import type { Bytes } from './bytes.ts'

/** Starting value of GB/T 32905 section 4.1. */
const START = Uint32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600,
  0xa96f30bc,
  0x163138aa,
  0xe38dee4d,
  0xb0fb0e4e,
)

const BLOCK_BYTES = 64

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** T_j of section 4.2, already rotated by j as section 5.3.3 uses it. */
const ROUND_CONSTANTS = Int32Array.from({ length: 64 }, (_, j) =>
  rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32),
)

/** Message expansion of section 5.3.2 into 68 words. */
function expand(words: Int32Array, view: DataView, at: number): void {
  for (let j = 0; j < 16; j++) words[j] = view.getInt32(at + 4 * j)
  for (let j = 16; j < 68; j++) {
    const mixed =
      (words[j - 16] as number) ^ (words[j - 9] as number) ^ rotate(words[j - 3] as number, 15)
    const spread = mixed ^ rotate(mixed, 15) ^ rotate(mixed, 23)
    words[j] = spread ^ rotate(words[j - 13] as number, 7) ^ (words[j - 6] as number)
  }
}

/** Compression of section 5.3.3. */
function compress(state: Uint32Array, words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let j = 0; j < 64; j++) {
    const turned = rotate(a, 12)
    const ss1 = rotate((turned + e + (ROUND_CONSTANTS[j] as number)) | 0, 7)
    const ss2 = ss1 ^ turned
    const isEarly = j < 16
    const ff = isEarly ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = isEarly ? e ^ f ^ g : (e & f) | (~e & g)
    const word = words[j] as number
    const tt1 = (ff + d + ss2 + (word ^ (words[j + 4] as number))) | 0
    const tt2 = (gg + h + ss1 + word) | 0
    d = c
    c = rotate(b, 9)
    b = a
    a = tt1
    h = g
    g = rotate(f, 19)
    f = e
    e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17)
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = (state[i] as number) ^ (next[i] as number)
}

/** Padding of section 5.2: a one bit, zeros, the length in bits as 64 bits. */
function padded(message: Bytes): Uint8Array {
  const blocks = Math.floor((message.length + 8) / BLOCK_BYTES) + 1
  const bytes = new Uint8Array(blocks * BLOCK_BYTES)
  bytes.set(message)
  bytes[message.length] = 0x80
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(message.length) * 8n)
  return bytes
}

/** SM3 (GB/T 32905) in plain JavaScript, for browsers: WebCrypto has none. 32 bytes. */
export function sm3OfMessage(message: Bytes): Bytes {
  const bytes = padded(message)
  const view = new DataView(bytes.buffer)
  const state = Uint32Array.from(START)
  const words = new Int32Array(68)
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    expand(words, view, at)
    compress(state, words)
  }
  const digest = new Uint8Array(32)
  const output = new DataView(digest.buffer)
  for (let i = 0; i < 8; i++) output.setUint32(4 * i, state[i] as number)
  return digest
}
