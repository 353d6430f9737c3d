/* The chain registers a certificate's key; its bytes stand where it was presented. */
import {
  type Bytes,
  fromBase64Url,
  type Json,
  type JsonObject,
  sha256,
  toHex,
} from '@renshe/crypto'
import type { Ledger } from '@renshe/ledger'
import { EvidenceRefused } from './evidence-refused.ts'

/** A certificate in base64url is longer than this; shorter texts are not decoded. */
const LEAST_CHARACTERS = 200

/**
 * DER of a certificate, from the transaction or genesis document that put it on chain.
 *
 * @param height  block that registered it; if it only executed a vote, earlier blocks are searched
 * @throws EvidenceRefused `CERTIFICATE_UNKNOWN`
 */
export function certificateBytes(copy: Ledger, fingerprint: string, height: number): Bytes {
  const known = knownOf(copy)
  const bytes = known.get(fingerprint) ?? searched(copy, fingerprint, height)
  if (known.size < MOST_KNOWN) known.set(fingerprint, bytes)
  return bytes
}

/** Certificates that were found once: many files are signed by few. */
const found = new WeakMap<Ledger, Map<string, Bytes>>()
const MOST_KNOWN = 1_000

function knownOf(copy: Ledger): Map<string, Bytes> {
  const known = found.get(copy) ?? new Map<string, Bytes>()
  found.set(copy, known)
  return known
}

function searched(copy: Ledger, fingerprint: string, height: number): Bytes {
  for (let at = height; at > 0; at--) {
    for (const { bodyBytes } of copy.log.read(at).transactions) {
      const found = findIn(JSON.parse(Buffer.from(bodyBytes).toString('utf8')), fingerprint)
      if (found !== undefined) return found
    }
  }
  const founded = findIn(copy.genesisInfo.document as JsonObject, fingerprint)
  if (founded !== undefined) return founded
  throw new EvidenceRefused('CERTIFICATE_UNKNOWN', { certificate: fingerprint })
}

function findIn(value: Json, fingerprint: string): Bytes | undefined {
  if (typeof value === 'string') return matching(value, fingerprint)
  if (typeof value !== 'object' || value === null) return undefined
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    const found = findIn(part, fingerprint)
    if (found !== undefined) return found
  }
  return undefined
}

function matching(text: string, fingerprint: string): Bytes | undefined {
  if (text.length < LEAST_CHARACTERS || !text.startsWith('MI')) return undefined
  try {
    const bytes = fromBase64Url(text)
    return toHex(sha256(bytes)) === fingerprint ? bytes : undefined
  } catch {
    return undefined
  }
}
