/*
 * Transactions as the explorer shows them. The public sees who did what when, and of a body only what is
 * wholly public; a member of the chain sees what lies on its own disk.
 */

import {
  fromHex,
  type Json,
  type JsonObject,
  ledgerHash,
  parseCanonicalJson,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import {
  CHECKPOINT_ACTION,
  readTransaction,
  certificates as signingKeys,
  type Transaction,
} from '@renshe/kernel'
import { evidenceOf } from '@renshe/ledger'
import { Type } from 'typebox'
import type { LedgerView } from '../ledger-port.ts'
import type { MemberLedger } from '../real-ledger.ts'
import { actAbout, Bilingual, type MemberNames, memberNames } from './act-about.ts'
import { absent } from './problem.ts'
import { AnyObject, Base64Url, type Call, HexDigest, readingMember } from './route.ts'

/** Where a transaction lies. */
export interface Placed {
  readonly height: number
  readonly index: number
}

/**
 * Actions whose whole input any query tells the public too: parts and packages are public by nature, and
 * so are the keys that evidence is verified with.
 */
const PUBLIC_ACTIONS: ReadonlySet<string> = new Set([
  CHECKPOINT_ACTION,
  'catalogue.putPart',
  'catalogue.proposePackage',
  'membership.presentCertificate',
])

const About = Type.Object({
  service: Type.String(),
  title: Bilingual,
  /** Null for the opening of a case. */
  step: Type.Union([Type.String(), Type.Null()]),
  stepTitle: Type.Union([Bilingual, Type.Null()]),
  /** Party of the case that the signer's member is; null if it is none. */
  party: Type.Union([Type.String(), Type.Null()]),
  case: Type.Optional(Type.String()),
  outcome: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

const Line = {
  txId: HexDigest,
  index: Type.Integer(),
  action: Type.String(),
  member: Type.String(),
  memberName: Type.Union([Bilingual, Type.Null()]),
  code: Type.String(),
  about: Type.Union([About, Type.Null()]),
  /** Whether the body is shown to everyone. */
  isPublic: Type.Boolean(),
  /** What was said, and what came of it; for the public only where the body is public. */
  input: Type.Optional(AnyObject),
  data: Type.Optional(AnyObject),
}

/** One line of a block. */
export const TransactionLine = Type.Object(Line)

const Proof = Type.Object({
  /** `H(signature, …)`: the leaf is txId and this. */
  signatureHash: HexDigest,
  index: Type.Integer(),
  size: Type.Integer(),
  path: Type.Array(HexDigest),
  header: AnyObject,
  headerPath: Type.Array(HexDigest),
  /** Policy, checkpoint and tip: who signed the head that the path leads to. */
  finality: AnyObject,
})

/** Everything that is told of a final transaction. */
export const FinalTransaction = {
  ...Line,
  height: Type.Integer(),
  time: Type.Integer(),
  signer: Type.Object({
    certificate: HexDigest,
    kind: Type.String(),
    member: Type.String(),
    name: Type.String(),
    roles: Type.Optional(Type.Array(Type.String())),
    unit: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
  /** The key certificate as the chain has it, and whether it was in force at that block. */
  authority: Type.Union([
    Type.Object({
      issuer: Type.Union([Type.String(), Type.Null()]),
      notBefore: Type.Integer(),
      notAfter: Type.Integer(),
      revokedAt: Type.Union([Type.Integer(), Type.Null()]),
      wasInForce: Type.Boolean(),
    }),
    Type.Null(),
  ]),
  events: Type.Array(Type.Object({ name: Type.String(), data: Type.Optional(AnyObject) })),
  proof: Proof,
  body: Type.Optional(Base64Url),
  signature: Type.Optional(AnyObject),
}

interface ReadAct {
  readonly transaction: Transaction
  readonly result: JsonObject
  readonly events: readonly JsonObject[]
  readonly signatureBytes: Uint8Array
}

/** A block with its results, read once for all its transactions. */
interface ReadBlock {
  readonly height: number
  readonly stored: ReturnType<MemberLedger['copy']['log']['read']>['transactions']
  readonly results: ReturnType<MemberLedger['copy']['store']['results']>
}

/** What one request is answered from: a view, names, and the block that was read last. */
export interface Showing {
  readonly ledger: MemberLedger
  readonly view: LedgerView
  readonly names: MemberNames
  /** Whether who asks is of the chain. */
  readonly isMember: boolean
}

/** Begins to answer a request. */
export function showingOf(call: Call): Showing {
  const member = readingMember(call)
  const { ledger } = member
  const isMember = call.session !== null
  return { ledger, view: ledger.view(), names: memberNames(member), isMember }
}

function readBlock({ copy }: MemberLedger, height: number): ReadBlock {
  return {
    height,
    stored: copy.log.read(height).transactions,
    results: copy.store.results(height),
  }
}

function readAct({ stored, results }: ReadBlock, index: number): ReadAct {
  const own = stored[index]
  const made = results[index]
  if (own === undefined || made === undefined) throw new Error('an index without its act')
  const bodyBytes = Uint8Array.from(own.bodyBytes)
  const signatureBytes = Uint8Array.from(own.signatureBytes)
  const transaction = readTransaction({ bodyBytes, signatureBytes })
  if ('code' in transaction) throw new Error('a block with bytes that are no transaction')
  const parsed = (bytes: Uint8Array) => parseCanonicalJson(Uint8Array.from(bytes)) as JsonObject
  const { result, events } = made
  return { transaction, result: parsed(result), events: events.map(parsed), signatureBytes }
}

/** Whether the whole body of a transaction is public. */
export function isPublicAct(call: Call, { height, index }: Placed): boolean {
  const { ledger } = readingMember(call)
  const { transaction } = readAct(readBlock(ledger, height), index)
  return PUBLIC_ACTIONS.has(transaction.body.action)
}

/** Lines of all transactions of a block. */
export function blockLines(showing: Showing, height: number): JsonObject[] {
  const block = readBlock(showing.ledger, height)
  return block.stored.map((_, index) => lineOf(showing, index, readAct(block, index)))
}

function lineOf({ view, names, isMember }: Showing, index: number, act: ReadAct): JsonObject {
  const { transaction, result } = act
  const { action, input } = transaction.body
  const { member } = result.signer as { readonly member: string }
  const isPublic = PUBLIC_ACTIONS.has(action)
  return {
    txId: transaction.txId,
    index,
    action,
    member,
    memberName: names.get(member) ?? null,
    code: result.code ?? '',
    about: actAbout(view, { action, input, result, member, isMember }),
    isPublic,
    ...(isMember || isPublic ? { input, data: dataOf(result) } : {}),
  }
}

function dataOf({ data }: JsonObject): JsonObject {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
}

/** A final transaction with its signer, events and the path to a signed head. */
export function transactionShown(call: Call, { height, index }: Placed): JsonObject {
  const showing = showingOf(call)
  const { ledger, isMember } = showing
  const act = readAct(readBlock(ledger, height), index)
  const { transaction, result, events } = act
  const line = lineOf(showing, index, act)
  const { time } = ledger.copy.header(height)
  const signer = result.signer as JsonObject
  const { certificate, kind, member, name, roles, unit } = signer
  const shown = {
    ...line,
    status: 'final',
    height,
    time,
    signer: {
      certificate: certificate ?? '',
      kind: kind ?? '',
      member: member ?? '',
      name: name ?? '',
      ...(isMember ? { roles: roles ?? [], unit: unit ?? null } : {}),
    },
    authority: authorityOf(showing, String(certificate), time),
    events: events.map(({ name: event, data }) => ({
      name: event ?? '',
      ...(isMember ? { data: data ?? {} } : {}),
    })),
    proof: proofOf(showing, transaction.txId, act.signatureBytes),
  }
  if (!isMember && line.isPublic !== true) return shown
  const signature = { ...transaction.signature } as unknown as JsonObject
  return { ...shown, body: toBase64Url(transaction.bodyBytes), signature }
}

function authorityOf({ view }: Showing, certificate: string, time: number): Json {
  const record = view.state(signingKeys).find(certificate)
  if (record === undefined) return null
  const { issuer, notBefore, notAfter, revokedAt } = record
  const wasInForce =
    notBefore <= time && time < notAfter && (revokedAt === null || time < revokedAt)
  return { issuer, notBefore, notAfter, revokedAt, wasInForce }
}

/** From the transaction to its block, and from the block to a head that witnesses signed. */
function proofOf({ ledger }: Showing, txId: string, signatureBytes: Uint8Array): Json {
  const { copy } = ledger
  const source = evidenceOf(copy)
  const proven = source.act(txId)
  const finality = source.finality()
  if (proven === undefined || finality === undefined) throw absent()
  const { height, index, path } = proven
  const header = source.header(height)
  const size = copy.log.read(height).transactions.length
  // A header below the tip lies in the log that the tip names; the tip itself is what was signed.
  const tip = finality.tip.height
  const headerPath = height < tip ? source.headerPath(height, tip) : []
  return JSON.parse(
    JSON.stringify({
      signatureHash: toHex(ledgerHash('signature', signatureBytes)),
      index,
      size,
      path: path.map(toHex),
      header,
      headerPath: headerPath.map(toHex),
      finality,
    }),
  ) as Json
}

/** Where a final transaction lies; undefined if no final block has it. */
export function findPlace(call: Call, txId: string): Placed | undefined {
  const { ledger } = readingMember(call)
  const place = ledger.copy.store.placeOf(fromHex(txId))
  return place === undefined || place.height > ledger.finalHeight ? undefined : place
}
