import type { Bytes } from './bytes.ts'

/** What falls out of a shift by four bits, folded back: multiples of the polynomial (SP 800-38D). */
const FOLD = Uint16Array.of(
  0x0000,
  0x1c20,
  0x3840,
  0x2460,
  0x7080,
  0x6ca0,
  0x48c0,
  0x54e0,
  0xe100,
  0xfd20,
  0xd940,
  0xc560,
  0x9180,
  0x8da0,
  0xa9c0,
  0xb5e0,
)

/** Multiples of the hash key by every four-bit polynomial: 16 entries of four 32-bit words. */
function tableOf(key: Bytes): Uint32Array {
  const table = new Uint32Array(64)
  const view = new DataView(key.buffer, key.byteOffset, 16)
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ]
  // Bit order is reflected: entry 8 is the key itself, 4, 2 and 1 are it times x, x², x³.
  for (let entry = 8; entry > 0; entry >>= 1) {
    table.set([a, b, c, d], entry * 4)
    const carry = d & 1
    d = (d >>> 1) | (c << 31)
    c = (c >>> 1) | (b << 31)
    b = (b >>> 1) | (a << 31)
    a = (a >>> 1) ^ (carry === 0 ? 0 : 0xe1000000)
  }
  for (let high = 2; high <= 8; high *= 2) {
    for (let low = 1; low < high; low++) {
      for (let word = 0; word < 4; word++) {
        table[(high + low) * 4 + word] =
          (table[high * 4 + word] as number) ^ (table[low * 4 + word] as number)
      }
    }
  }
  return table
}

/** Multiplies the 16 bytes by the key of the table, in place. */
function multiply(state: Uint8Array, table: Uint32Array): void {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 15; i >= 0; i--) {
    const byte = state[i] as number
    for (let half = 0; half < 2; half++) {
      const rest = d & 15
      d = (d >>> 4) | (c << 28)
      c = (c >>> 4) | (b << 28)
      b = (b >>> 4) | (a << 28)
      a = (a >>> 4) ^ ((FOLD[rest] as number) << 16)
      const entry = (half === 0 ? byte & 15 : byte >>> 4) * 4
      a ^= table[entry] as number
      b ^= table[entry + 1] as number
      c ^= table[entry + 2] as number
      d ^= table[entry + 3] as number
    }
  }
  const view = new DataView(state.buffer, state.byteOffset, 16)
  view.setUint32(0, a)
  view.setUint32(4, b)
  view.setUint32(8, c)
  view.setUint32(12, d)
}

function absorb(state: Uint8Array, table: Uint32Array, data: Bytes): void {
  for (let at = 0; at < data.length; at += 16) {
    const end = Math.min(16, data.length - at)
    for (let i = 0; i < end; i++) state[i] = (state[i] as number) ^ (data[at + i] as number)
    multiply(state, table)
  }
}

/**
 * GHASH of GCM (NIST SP 800-38D section 6.4) over additional data and ciphertext, each zero-padded to
 * blocks, then both lengths in bits.
 *
 * @param key  16 bytes: the block cipher of sixteen zero bytes
 */
export function ghash(key: Bytes, additional: Bytes, ciphertext: Bytes): Bytes {
  const table = tableOf(key)
  const state = new Uint8Array(16)
  absorb(state, table, additional)
  absorb(state, table, ciphertext)
  const lengths = new Uint8Array(16)
  const view = new DataView(lengths.buffer)
  view.setBigUint64(0, BigInt(additional.length) * 8n)
  view.setBigUint64(8, BigInt(ciphertext.length) * 8n)
  absorb(state, table, lengths)
  return state
}
