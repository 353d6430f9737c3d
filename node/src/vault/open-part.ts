/* The holder's side of a read that opens less than a section: every leaf, answer and signature is compared. */
import {
  type Answer,
  answerDigest,
  findGrant,
  findGrantChain,
  findQuestion,
  type Read,
  reads,
} from '@renshe/contracts'
import {
  type Bytes,
  type Disclosure,
  fromBase64Url,
  importPublicKey,
  type JsonObject,
  openSealed,
  type PersonName,
  SealBroken,
  type SuiteId,
  sealTo,
  toHex,
  verify,
  verifyDisclosure,
} from '@renshe/crypto'
import { certificates } from '@renshe/kernel'
import type { LedgerView } from '../ledger-port.ts'
import type { PartAnswer } from '../peer.ts'
import { encryptionKeyOf } from './encryption-key.ts'
import { answerBytes, frameOf, queryDigest, readFrame } from './part-frame.ts'
import { type Reading, ReadRefused } from './read-sections.ts'

/** Fields of one section, proven against its commitment on chain. */
export interface ShownFields {
  readonly commitment: string
  /** Leaves in their order, `["/name", value]`. */
  readonly leaves: Disclosure['leaves']
}

/** An answer as its owner signed it. */
export interface SignedAnswer {
  /** True, false, a band, or null for "unknown". */
  readonly answer: Answer
  /** What was signed, with the read's id. */
  readonly told: JsonObject
  readonly certificate: string
  /** base64url. */
  readonly signature: string
}

/**
 * Has a committed read of fields answered.
 *
 * @throws ReadRefused, PeerRefused; SealBroken where a leaf does not lead to the commitment on chain, or is
 *         not one that was asked for
 */
export async function openFields(reading: Reading, id: string): Promise<ShownFields[]> {
  const read = readOf(reading.ledger.view(), id)
  const opened = openBox(reading, read, await ask(reading, read, null))
  const sections = opened.sections as unknown as readonly {
    readonly commitment: string
    readonly suite: SuiteId
    readonly shown: Disclosure
  }[]
  if (sections?.length !== read.items.length) throw new SealBroken('sections')
  return sections.map(({ commitment, suite, shown }, at) => {
    const isAsked = commitment === read.items[at]?.commitment && reading.suites.includes(suite)
    if (!isAsked || !verifyDisclosure(suite, commitment, shown)) throw new SealBroken('disclosure')
    const isWithin = shown.leaves.every(({ value }) =>
      read.fields?.includes(String(value[0]).split('/')[1] ?? ''),
    )
    if (!isWithin) throw new SealBroken('fields')
    return { commitment, leaves: shown.leaves }
  })
}

/**
 * Has a committed read of a question answered.
 *
 * @throws ReadRefused, PeerRefused; SealBroken unless the owner signed this answer to this read
 */
export async function openAnswer(reading: Reading, id: string): Promise<SignedAnswer> {
  const view = reading.ledger.view()
  const read = readOf(view, id)
  const part = await ask(reading, read, null)
  const answer = openSigned(reading, read, openBox(reading, read, part))
  const {
    question,
    answer: said,
    salt,
  } = answer.told as {
    readonly question: string
    readonly answer: Answer
    readonly salt: string
  }
  if (question !== read.question) throw new SealBroken('question')
  if (answerDigest({ read: id, question, answer: said, salt }) !== part.digest) {
    throw new SealBroken('answer digest')
  }
  const grant = findGrant(view, read.grant)
  const asked = grant && findQuestion(findGrantChain(view, grant), question)
  const isFitting =
    said === null ||
    (asked?.bands == null ? typeof said === 'boolean' : asked.bands.includes(String(said)))
  if (!isFitting) throw new SealBroken('answer')
  return answer
}

/** Where a person is looked for. */
export interface Search {
  readonly grant: string
  readonly owner: string
  readonly case?: string
}

/**
 * Asks an owner whether it knows one person: commits the read, then sends who it is, sealed and as long for
 * everybody.
 *
 * @returns a reference drawn for this grant, or null; with the signature
 */
export async function findPerson(
  reading: Reading,
  { grant, owner, case: caseId }: Search,
  { idType, id }: PersonName,
): Promise<SignedAnswer> {
  const { vault, holderKey, ledger } = reading
  const query = { idType, id, salt: toHex(vault.random(32)) }
  const outcome = await reading.act('access.findPerson', {
    grant,
    holderKey,
    query: queryDigest(query),
    ...(caseId === undefined ? {} : { case: caseId }),
  })
  if (!outcome.included || outcome.code !== 'OK') throw new ReadRefused(outcome.code, {})
  const view = ledger.view()
  const read = readOf(view, (outcome.data as { read: string }).read)
  const key = encryptionKeyOf(view, owner)
  if (key === undefined) throw new ReadRefused('HOLDER_KEY_UNKNOWN', {})
  const context = { use: 'query', chain: vault.chain, read: read.read } as const
  const publicKey = importPublicKey(fromBase64Url(key.spki))
  const box = sealTo(vault.suite, publicKey, context, frameOf(query), vault.random)
  const answer = openSigned(reading, read, openBox(reading, read, await ask(reading, read, box)))
  if (answer.told.find !== read.find) throw new SealBroken('query')
  return answer
}

function readOf(view: LedgerView, id: string): Read {
  const read = view.state(reads).find(id)
  if (read === undefined) throw new ReadRefused('READ_NOT_FOUND', { read: id })
  return read
}

function ask({ peers, holderKey }: Reading, { read, owner }: Read, query: Bytes | null) {
  return peers(owner).releasePart({ read, holderKey, query })
}

function openBox({ vault, encryption, holderKey }: Reading, { read }: Read, { box }: PartAnswer) {
  const context = { use: 'answer', chain: vault.chain, read, holderKey } as const
  return readFrame(openSealed(vault.suite, encryption, context, box))
}

/** The owner's signature, by a certificate that the chain knows as its system's. */
function openSigned({ ledger, vault }: Reading, read: Read, opened: JsonObject): SignedAnswer {
  const { told, certificate, signature } = opened as unknown as Omit<SignedAnswer, 'answer'>
  const known = ledger.view().state(certificates).find(certificate)
  const isOwners = known?.member === read.owner && known.kind === 'system'
  const isOfRead = told?.read === read.read && told.chain === vault.chain
  if (known === undefined || !isOwners || known.revokedAt !== null || !isOfRead) {
    throw new SealBroken('answer signer')
  }
  const key = importPublicKey(fromBase64Url(known.spki))
  if (!verify(key, answerBytes(told), fromBase64Url(signature))) throw new SealBroken('signature')
  return { answer: told.answer as Answer, told, certificate, signature }
}
