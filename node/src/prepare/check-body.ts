import {
  type Bytes,
  canonicalJson,
  canonicalText,
  type Json,
  type JsonObject,
  toBase64Url,
} from '@renshe/crypto'
import { readTransaction, type TransactionBody } from '@renshe/kernel'
import { SigningRefused } from './signing-refused.ts'

/** What a body must say, from what the person did and from what was recomputed. */
export interface ExpectedBody {
  readonly chain: string
  readonly action: string
  readonly signer: string
  readonly input: JsonObject
  /** What was sealed is kept no longer than this, UTC ms; null where nothing was. */
  readonly latestExpiresAt: number | null
}

/** A signature of the right form, so that the kernel's own reader judges the body. */
const BLANK_SIGNATURE = canonicalJson({ kind: 'p256', value: toBase64Url(new Uint8Array(64)) })

/**
 * Reads a body strictly and compares every member; the bytes that pass are the bytes to be signed.
 *
 * @throws SigningRefused naming the first difference
 */
export function checkBody(bodyBytes: Bytes, expected: ExpectedBody): void {
  const body = read(bodyBytes)
  compare('chain', 'chain', expected.chain, body.chain)
  compare('action', 'action', expected.action, body.action)
  compare('signer', 'signer', expected.signer, body.signer)
  compare('input', 'input', expected.input, body.input)
  const { latestExpiresAt } = expected
  const { expiresAt } = body
  if (latestExpiresAt !== null && expiresAt > latestExpiresAt) {
    throw new SigningRefused('expiresAt', 'expiresAt', latestExpiresAt, expiresAt)
  }
}

function read(bodyBytes: Bytes): TransactionBody {
  const judged = readTransaction({ bodyBytes, signatureBytes: BLANK_SIGNATURE })
  if ('code' in judged) throw new SigningRefused('body', judged.code)
  return judged.body
}

function compare(
  part: 'chain' | 'action' | 'signer' | 'input',
  place: string,
  expected: Json,
  came: Json | undefined,
): void {
  const found = findDifference(place, expected, came ?? null)
  if (found !== undefined) throw new SigningRefused(part, found.place, found.expected, found.came)
}

interface Difference {
  readonly place: string
  readonly expected: Json
  readonly came: Json
}

/** The first place where two JSON values differ, members in order of name. */
function findDifference(place: string, expected: Json, came: Json): Difference | undefined {
  if (canonicalText(expected) === canonicalText(came)) return undefined
  if (isObject(expected) && isObject(came)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(came)])
    for (const name of [...names].sort()) {
      const inner = findDifference(`${place}.${name}`, expected[name] ?? null, came[name] ?? null)
      if (inner !== undefined) return inner
    }
  }
  return { place, expected, came }
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
