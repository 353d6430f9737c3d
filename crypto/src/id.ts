import { type Bytes, EncodingRefused } from './bytes.ts'

/** Crockford's alphabet in upper case: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ID_LENGTH = 26

/**
 * Spells 16 bytes as an id: 26 characters of Crockford base32, the first of them 0–7.
 *
 * @throws EncodingRefused unless there are exactly 16 bytes
 */
export function idFromBytes(bytes: Bytes): string {
  if (bytes.length !== 16) throw new EncodingRefused('id', 'an id is made of 16 bytes')
  // 26 characters hold 130 bits: two zero bits lead, hence the first character stays below 8.
  let text = ''
  let held = 0
  let bits = 2
  for (let i = 0; i < 16; i++) {
    held = ((held << 8) | (bytes[i] as number)) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(held >> bits) & 31]
    }
  }
  return text
}

function isAlphabetCode(code: number): boolean {
  if (code >= 48 && code <= 57) return true
  // Between A and Z without I (73), L (76), O (79), U (85).
  return code >= 65 && code <= 90 && code !== 73 && code !== 76 && code !== 79 && code !== 85
}

/** Whether the text is an id as the ledger spells it; nothing is repaired. */
export function isId(text: string): boolean {
  if (text.length !== ID_LENGTH || text.charCodeAt(0) > 55) return false
  for (let i = 0; i < ID_LENGTH; i++) if (!isAlphabetCode(text.charCodeAt(i))) return false
  return true
}

function repairedCharacter(code: number): string {
  const upper = code >= 97 && code <= 122 ? code - 32 : code
  if (upper === 79) return '0'
  if (upper === 73 || upper === 76) return '1'
  return String.fromCharCode(upper)
}

/**
 * Repairs an id that a person typed: case, O for 0, I and L for 1, hyphens and spaces. Only the edge
 * of the system calls this; contracts take ids exactly as they are.
 *
 * @returns the id, or undefined if no repair makes one
 */
export function repairId(typed: string): string | undefined {
  let text = ''
  for (let i = 0; i < typed.length; i++) {
    const code = typed.charCodeAt(i)
    if (code !== 45 && code !== 32) text += repairedCharacter(code)
    if (text.length > ID_LENGTH) return undefined
  }
  return isId(text) ? text : undefined
}
