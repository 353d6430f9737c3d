/*
 * Requests that a system signs with its application key (RFC 9421): over method, authority, target and
 * digest of the content, with the time and a nonce, so that a request cannot be sent a second time.
 */
import { createHash } from 'node:crypto'
import { type Bytes, type PublicKey, utf8, verify } from '@renshe/crypto'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import { isSameText } from './session.ts'

/** What of a request is signed. */
export interface SignedParts {
  readonly method: string
  readonly authority: string
  /** Path and query as they were sent. */
  readonly target: string
  readonly content: Bytes
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Components in the one order that is taken. */
const COMPONENTS = '("@method" "@authority" "@request-target" "content-digest")'

const PARAMETERS = [
  'created=([0-9]{1,12})',
  'nonce="([A-Za-z0-9_-]{22,64})"',
  'keyid="([0-9a-f]{64})"',
  'alg="([a-z0-9-]{3,24})"',
]
const INPUT = new RegExp(
  `^sig1=(${COMPONENTS.replaceAll(/[()]/g, '\\$&')};${PARAMETERS.join(';')})$`,
)

const ALGORITHMS: Readonly<Record<string, string>> = {
  p256: 'ecdsa-p256-sha256',
  ed25519: 'ed25519',
  sm2: 'sm2-sm3',
}

/** What a signature says, read but not yet proved. */
export interface ReadSignature {
  readonly keyId: string
  readonly algorithm: string
  readonly nonce: string
  readonly createdMs: number
  readonly base: Bytes
  readonly value: Bytes
}

/** `sha-256=:…:` of RFC 9530. */
export function contentDigest(content: Bytes): string {
  return `sha-256=:${createHash('sha256').update(content).digest('base64')}:`
}

/** The text that is signed. */
export function signatureBase(parts: SignedParts, parameters: string): string {
  return [
    `"@method": ${parts.method}`,
    `"@authority": ${parts.authority}`,
    `"@request-target": ${parts.target}`,
    `"content-digest": ${contentDigest(parts.content)}`,
    `"@signature-params": ${parameters}`,
  ].join('\n')
}

/**
 * Reads the signature of a request.
 *
 * @throws ProblemThrown REQUEST_SIGNATURE naming what is wrong
 */
export function readSignature(parts: SignedParts): ReadSignature {
  const input = INPUT.exec(parts.headers['signature-input'] ?? '')
  if (input === null) throw refused('signature-input', `sig1=${COMPONENTS};created;nonce;keyid;alg`)
  const value = /^sig1=:([A-Za-z0-9+/]{86}==):$/.exec(parts.headers.signature ?? '')?.[1]
  if (value === undefined) throw refused('signature', 'sig1=: 64 bytes in base64 :')
  const digest = parts.headers['content-digest'] ?? ''
  if (!isSameText(digest, contentDigest(parts.content))) {
    throw refused('content-digest', 'sha-256 of the content')
  }
  const [, parameters = '', created, nonce = '', keyId = '', algorithm = ''] = input
  return {
    keyId,
    algorithm,
    nonce,
    createdMs: Number(created) * 1000,
    base: utf8(signatureBase(parts, parameters)),
    value: new Uint8Array(Buffer.from(value, 'base64')),
  }
}

function refused(header: string, expected: string): ProblemThrown {
  return new ProblemThrown('REQUEST_SIGNATURE', { header, expected })
}

/** Nonces that were seen, so that each signature counts once. */
export class SeenNonces {
  readonly #seen = new Map<string, number>()

  /**
   * Proves a signature under a key of the chain.
   *
   * @param nowMs  of a real clock
   * @throws ProblemThrown REQUEST_SIGNATURE, REQUEST_REPLAYED
   */
  prove(signature: ReadSignature, key: PublicKey, nowMs: number): void {
    const { keyId, algorithm, nonce, createdMs, base, value } = signature
    if (Math.abs(nowMs - createdMs) > API_LIMITS.signatureAgeMs) {
      throw refused('signature-input', `created at most ${API_LIMITS.signatureAgeMs} ms away`)
    }
    if (ALGORITHMS[key.algorithm] !== algorithm) {
      throw refused('signature-input', `alg ${ALGORITHMS[key.algorithm] ?? ''}`)
    }
    if (!verify(key, base, value)) throw refused('signature', 'a signature that holds')
    this.#remember(`${keyId}/${nonce}`, nowMs)
  }

  #remember(nonce: string, nowMs: number): void {
    for (const [old, at] of this.#seen) {
      if (nowMs - at <= 2 * API_LIMITS.signatureAgeMs) break
      this.#seen.delete(old)
    }
    if (this.#seen.has(nonce)) throw new ProblemThrown('REQUEST_REPLAYED')
    // One that forgets early would let a request through twice.
    if (this.#seen.size >= API_LIMITS.nonces)
      throw new ProblemThrown('TOO_MANY', { limit: 'nonces' })
    this.#seen.set(nonce, nowMs)
  }
}
