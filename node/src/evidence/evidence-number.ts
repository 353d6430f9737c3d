import { type Bytes, sha256, toHex } from '@renshe/crypto'

/** How an evidence file is called by people: it follows from every byte of the file. */
export interface EvidenceNumber {
  /** 16 hex digits in groups of four. */
  readonly number: string
  /** SHA-256 of the file, hex. */
  readonly fingerprint: string
}

/** The number of an evidence file. */
export function evidenceNumber(bytes: Bytes): EvidenceNumber {
  const fingerprint = toHex(sha256(bytes))
  const groups = [0, 4, 8, 12].map((at) => fingerprint.slice(at, at + 4))
  return { number: groups.join('-'), fingerprint }
}
