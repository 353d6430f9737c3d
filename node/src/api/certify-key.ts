/* The certificate of a browser's key: short-lived, issued by the member's online authority, put on chain once. */
import {
  type Bytes,
  fromBase64Url,
  importPublicKey,
  type PublicKey,
  PublicKeyRefused,
  toBase64Url,
} from '@renshe/crypto'
import { certifyOfficer } from '../keys/member-keys.ts'
import { ActRefused, type Member } from '../member.ts'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import { type Call, type Reply, sessionOf } from './route.ts'
import { type KeptSession, ownerOf } from './session.ts'

/** SPKI of a P-256 key, uncompressed: 26 bytes of algorithm and a point of 65. */
const SPKI_BYTES = 91

/**
 * Certifies the key of an officer's browser. A session signs with one key: the same key again gives the same
 * certificate while it is in force, another one takes its place and the old certificate is revoked.
 */
export async function certifyKey(call: Call): Promise<Reply> {
  const session = sessionOf(call)
  const kept = call.parts.sessions.kept(session)
  if (kept === undefined) throw new ProblemThrown('SIGN_IN_REQUIRED')
  const spki = String(call.body.spki)
  const publicKey = readKey(spki)
  // One after the other: two at once would both take the place of the same certificate.
  const turn = (turns.get(kept) ?? Promise.resolve()).then(() =>
    takePlace(call, kept, spki, publicKey),
  )
  turns.set(
    kept,
    turn.catch(() => undefined),
  )
  return turn
}

const turns = new WeakMap<KeptSession, Promise<unknown>>()

async function takePlace(
  call: Call,
  kept: KeptSession,
  spki: string,
  publicKey: PublicKey,
): Promise<Reply> {
  const { parts, requestId } = call
  const session = sessionOf(call)
  const { member } = session
  const before = kept.certified
  const isInForce = before !== null && before.notAfter > timeOf(member)
  if (isInForce && before.spki === spki) return told(before)
  refuseTooMany(call, kept)
  const certificate = await issue(parts.host.chain, member, session, publicKey)
  await member.act('membership.presentCertificate', { der: toBase64Url(certificate.der) })
  const { fingerprint, der, notAfter } = certificate
  kept.certified = { spki, fingerprint, der, notAfter }
  parts.tell({ event: 'key-certified', requestId, member: member.id })
  if (isInForce) await revoke(member, before.fingerprint)
  return told(kept.certified)
}

function told(certified: { fingerprint: string; der: Bytes; notAfter: number }): Reply {
  const { fingerprint, der, notAfter } = certified
  return { status: 201, json: { certificate: fingerprint, der: toBase64Url(der), notAfter } }
}

function readKey(spki: string): PublicKey {
  const expected = 'the SPKI of a P-256 key in base64url'
  try {
    const bytes = fromBase64Url(spki)
    const key = importPublicKey(bytes)
    if (bytes.length === SPKI_BYTES && key.algorithm === 'p256') return key
  } catch (error) {
    if (!(error instanceof PublicKeyRefused)) throw error
  }
  throw new ProblemThrown('INPUT_INVALID', { path: '/spki', expected })
}

function refuseTooMany({ parts, session }: Call, kept: KeptSession): void {
  if (kept.keysCertified >= API_LIMITS.keysOfSession) {
    throw new ProblemThrown('TOO_MANY', { limit: 'keys of a session' })
  }
  if (session !== null && !parts.keyRate.take(ownerOf(session))) {
    throw new ProblemThrown('TOO_MANY', { limit: 'keys of an officer' })
  }
  kept.keysCertified += 1
}

function issue(
  chain: string,
  member: Member,
  { name, unit }: { readonly name: string; readonly unit: string | null },
  publicKey: PublicKey,
) {
  const now = timeOf(member)
  return certifyOfficer(member.keys, {
    member: member.id,
    chainName: chain.slice(0, chain.lastIndexOf('-')),
    notBefore: Math.floor(now / 1000) * 1000,
    random: member.random,
    officer: name,
    unit,
    publicKey,
  })
}

/** By which certificates are judged: a scripted clock may be ahead of the last block, or behind it. */
function timeOf({ ledger, clock }: Member): number {
  return Math.max(ledger.view().time, clock.now())
}

/** A system that is no administrator cannot revoke: then the old certificate ends by its time. */
async function revoke(member: Member, certificate: string): Promise<void> {
  try {
    await member.act('membership.revokeCertificate', { certificate })
  } catch (error) {
    if (!(error instanceof ActRefused) || error.code !== 'ROLE_REQUIRED') throw error
  }
}
