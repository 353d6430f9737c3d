/*
 * The owner's side of a read that opens less than a section: some fields with their leaves, salts and paths, a
 * signed answer to the grant's question, or whether one person is known. The key of a section never leaves.
 */
import {
  answerDigest,
  answerQuestion,
  calendarOf,
  findDigest,
  findQuestion,
  type Grant,
  type Read,
} from '@renshe/contracts'
import {
  type Bytes,
  canonicalJson,
  concatBytes,
  discloseFields,
  type JsonObject,
  openSealed,
  type PersonName,
  type PrivateKey,
  parseCanonicalJson,
  SealBroken,
  SectionRefused,
  sealTo,
  sha256,
  sign,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import type { TransactionSigner } from '../keys/member-keys.ts'
import type { LedgerView } from '../ledger-port.ts'
import { type PartAnswer, type PartRequest, PeerRefused } from '../peer.ts'
import { HalfReader, openOwn } from './own-sections.ts'
import { answerBytes, frameOf, queryDigest, readFrame } from './part-frame.ts'
import { type AdmittedRead, admitRelease, noteOf, type ReleaseNote } from './release.ts'
import type { Vault } from './vault.ts'

/** What answers are made from. */
export interface AnsweringOwner {
  readonly vault: Vault
  readonly encryption: PrivateKey
  readonly answerKey: () => Promise<TransactionSigner>
}

/** What goes into the box, and what is confirmed of it. */
interface Part {
  readonly told: JsonObject
  readonly digest: string | null
  /** Kept with the answer in one transaction. */
  readonly subjects?: readonly (readonly [string, Bytes])[]
}

/**
 * Answers a committed read of fields, of a question, or for a person. The same again within the window gives
 * the same.
 *
 * @throws PeerRefused as `releaseRead`; `READ_OF_SECTIONS` for a read of whole sections, `FIELDS_NOT_APART`
 *         for a section that was sealed whole, `QUERY_OTHER` for a query that is not the one on chain
 * @source security/sealed-data.md section 8, Read 4; section 9
 */
export async function releasePart(
  owner: AnsweringOwner,
  view: LedgerView,
  caller: string,
  request: PartRequest,
): Promise<PartAnswer> {
  const { vault } = owner
  const admitted = admitRelease(vault, view, caller, request)
  const { read, key } = admitted
  const boxName = `${read.read} part`
  const known = vault.store.unlock('release', boxName)
  const note = noteOf(vault, read.read)
  if (known !== undefined && note !== undefined) {
    return { read: read.read, box: known, digest: note.digest }
  }
  const { told, digest: own, subjects = [] } = await partOf(owner, view, admitted, request)
  const { chain, suite, random, store } = vault
  const context = { use: 'answer', chain, read: read.read, holderKey: key.holderKey } as const
  const box = sealTo(suite, key.publicKey, context, frameOf(told), random)
  const digest = own ?? findDigest({ read: read.read, answer: toHex(sha256(box)) })
  const released: ReleaseNote = { outcome: 'RELEASED', digest, erased: 0 }
  if (subjects.length > 0) store.lock('subject', subjects)
  store.lock('release', [
    [read.read, canonicalJson({ ...released })],
    [boxName, box],
  ])
  return { read: read.read, box, digest }
}

function partOf(
  owner: AnsweringOwner,
  view: LedgerView,
  admitted: AdmittedRead,
  { query }: PartRequest,
): Part | Promise<Part> {
  const { read } = admitted
  if (read.find !== null) return findFor(owner, admitted, read.find, query)
  if (read.question !== null) return answerFor(owner, view, admitted, read.question)
  if (read.fields !== null) return fieldsFor(owner.vault, admitted, read.fields)
  throw new PeerRefused('READ_OF_SECTIONS', { read: read.read })
}

function fieldsFor(vault: Vault, { read, places }: AdmittedRead, fields: readonly string[]): Part {
  const halves = new HalfReader(vault)
  const sections = places.places.map((place) => {
    const opening = openOwn(vault, place, halves)
    if (opening === null) throw new PeerRefused('SECTION_ERASED', { read: read.read })
    try {
      const shown = discloseFields(opening, fields) as unknown as JsonObject
      return { commitment: place.leaf.commitment, suite: opening.header.suite, shown }
    } catch (error) {
      if (!(error instanceof SectionRefused)) throw error
      throw new PeerRefused('FIELDS_NOT_APART', { read: read.read })
    }
  })
  const shownOf = sections.map(({ commitment }) => commitment)
  const { grant, holderKey } = read
  const given = { read: read.read, grant, holderKey, fields: [...fields], sections: shownOf }
  const bytes = concatBytes(utf8('renshe/release/1'), Uint8Array.of(0), canonicalJson(given))
  return { told: { sections }, digest: toHex(sha256(bytes)) }
}

async function answerFor(
  { vault, answerKey }: AnsweringOwner,
  view: LedgerView,
  { read, chain, places }: AdmittedRead,
  name: string,
): Promise<Part> {
  const question = findQuestion(chain, name)
  const [place, second] = places.places
  // A question is about one section of one person: over several it would be a statistic.
  if (question === undefined || place === undefined || second !== undefined) {
    throw new PeerRefused('QUESTION_NOT_COVERED', { read: read.read })
  }
  const opening = openOwn(vault, place, new HalfReader(vault))
  if (opening === null) throw new PeerRefused('SECTION_ERASED', { read: read.read })
  const content = allowedMembers(chain, parseCanonicalJson(opening.content))
  const answer = answerQuestion(question, content as never, read.at, calendarOf(view))
  const salt = toHex(vault.random(32))
  const told = { chain: vault.chain, read: read.read, question: name, answer, salt }
  return {
    told: await signed(answerKey, told),
    digest: answerDigest({ read: read.read, question: name, answer, salt }),
  }
}

/** Members of a content that every grant of the chain allows. */
function allowedMembers(chain: readonly Grant[], content: JsonObject): JsonObject {
  const entries = Object.entries(content).filter(([name]) =>
    chain.every(({ fields }) => fields === null || fields.includes(name)),
  )
  return Object.fromEntries(entries)
}

async function signed(answerKey: AnsweringOwner['answerKey'], told: JsonObject) {
  const { certificate, key } = await answerKey()
  return { told, certificate, signature: toBase64Url(sign(key, answerBytes(told))) }
}

/** Looks for one person by this vault's own K: the same steps, writes and lengths whether it is known or not. */
async function findFor(
  { vault, encryption, answerKey }: AnsweringOwner,
  { read, grant }: AdmittedRead,
  expected: string,
  box: Bytes | null,
): Promise<Part> {
  const query = openQuery(vault, encryption, read, box)
  if (queryDigest(query) !== expected) throw new PeerRefused('QUERY_OTHER', { read: read.read })
  const { idType, id } = query as unknown as PersonName
  const index = vault.indexOf({ idType, id })
  const isKnown = vault.store.placesOfPerson(index).some(({ sealing, row }) => {
    const found = vault.store.sealing(sealing)
    const section = found?.root === null ? found.sections[row]?.name : found?.section
    return found?.state === 'LIVE' && grant.sections.includes(section ?? '')
  })
  const before = vault.store.unlock('subject', `${grant.id} ${index}`)
  const drawn = toHex(vault.random(16))
  const reference = before === undefined ? drawn : Buffer.from(before).toString()
  const salt = toHex(vault.random(32))
  const answer = isKnown ? reference : null
  const told = { chain: vault.chain, read: read.read, find: expected, answer, salt }
  // Who is unknown is written too, under names that mean nobody: equal work.
  const names = isKnown ? [reference, `${grant.id} ${index}`] : [NOBODY, `${NOBODY} ${NOBODY}`]
  return {
    told: await signed(answerKey, told),
    digest: null,
    subjects: [
      [names[0] as string, utf8(index)],
      [names[1] as string, utf8(reference)],
    ],
  }
}

const NOBODY = '0'.repeat(32)

function openQuery(
  { chain, suite }: Vault,
  encryption: PrivateKey,
  { read }: Read,
  box: Bytes | null,
): JsonObject {
  try {
    return readFrame(openSealed(suite, encryption, { use: 'query', chain, read }, box ?? NOTHING))
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error
    throw new PeerRefused('QUERY_OTHER', { read })
  }
}

const NOTHING = new Uint8Array(0)
