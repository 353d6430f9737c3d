import {
  type Bytes,
  canonicalJson,
  type JsonLike,
  type JsonObject,
  toBase64Url,
  toHex,
} from '@renshe/crypto'
import { statusSubject } from './check-status.ts'
import type {
  EvidenceAct,
  EvidenceConsistency,
  EvidenceFile,
  EvidenceHeader,
  EvidenceNeighbour,
  EvidenceRecord,
  EvidenceStatus,
} from './evidence-file.ts'
import type { FinalityProof } from './finality.ts'
import type { Header } from './header.ts'
import type { KeyPart } from './state-key.ts'
import type { Absence, Neighbour } from './state-tree.ts'
import { type SignatureObject, type TransactionResult, transactionId } from './transaction.ts'
import { consistencyPathFrom, inclusionPathFrom, type NodeReader, rootFrom } from './tree.ts'
import { type Check, verdictOf, verifyEvidence } from './verify-evidence.ts'

/** The header log as its keeper reads it. */
export type LogReader = {
  /** The header at a height. */
  header(height: number): Header
  /** Stored complete subtrees of the header log. */
  readonly node: NodeReader
}

/** What an evidence file is made of; headers, paths in the log and order are added. */
export type EvidenceParts = Pick<
  EvidenceFile,
  'kind' | 'acts' | 'opened' | 'records' | 'registry' | 'authorities'
> & {
  /** Finality of a tip above everything in the file. */
  readonly finality: FinalityProof
  /** Changes of policy before it, oldest first; the first policy is the reader's pinned one. */
  readonly walk: readonly FinalityProof[]
  /** Size of a head that the reader may have saved; null: the file proves no consistency. */
  readonly since: number | null
  /** Absence of an amendment at the snapshot that header `carrier` carries; null: no snapshot yet. */
  readonly status: (Absence & { readonly carrier: number }) | null
}

/** Parts that do not prove what the file would claim. */
export class EvidenceIncomplete extends Error {
  /** The checks, red or grey ones among them; empty if the file has no right form. */
  readonly checks: readonly Check[]

  constructor(message: string, checks: readonly Check[]) {
    super(message)
    this.name = 'EvidenceIncomplete'
    this.checks = checks
  }
}

/**
 * Makes an evidence file: adds the headers it needs with their paths, puts everything in order,
 * writes JCS and verifies the outcome as a reader who trusts the first policy would.
 *
 * @returns bytes of `*.renshe.json`
 * @throws EvidenceIncomplete if one of the first five checks is not green, or any is red
 */
export function makeEvidence(parts: EvidenceParts, log: LogReader): Bytes {
  const { finality, walk, since, status, ...rest } = parts
  const { tip, policy, proof } = finality
  const file: EvidenceFile = {
    v: 1,
    ...rest,
    headers: headersNeeded(parts, log).map((height) => headerProof(log, height, tip)),
    tip,
    finality: { policy, proof, walk },
    consistency: since === null ? null : consistencyProof(log, since, tip),
    status: status && statusProof(status, statusSubject(parts)),
  }
  // Openings hold interfaces of crypto, which the compiler does not see as plain JSON.
  const bytes = canonicalJson(file as unknown as JsonLike)
  const firstPolicy = walk[0]?.policy ?? policy
  const trusted = [{ chain: tip.chain, policies: [firstPolicy] }]
  const verification = verifyEvidence(bytes, { trusted })
  if (verdictOf(verification) !== 'trustworthy') {
    const { checks } = verification
    const wrong = checks.find(({ state }) => state === 'red') ?? checks.find(isOpen)
    const why =
      verification.file === 'not-evidence'
        ? verification.reason.en
        : `${wrong?.name}: ${wrong?.reason.en}`
    throw new EvidenceIncomplete(why, verification.checks)
  }
  return bytes
}

function isOpen({ state }: Check): boolean {
  return state !== 'green'
}

/** Heights below the tip whose headers the parts refer to, ascending. */
function headersNeeded(parts: EvidenceParts, log: LogReader): number[] {
  const { acts, records, registry, status, finality } = parts
  const heights = new Set([...acts, ...records, ...registry].map(({ height }) => height))
  if (status !== null) {
    heights.add(status.carrier)
    const carrier =
      status.carrier === finality.tip.height ? finality.tip : log.header(status.carrier)
    if (carrier.snapshot !== null) heights.add(carrier.snapshot.height)
  }
  return [...heights].filter((height) => height < finality.tip.height).sort((a, b) => a - b)
}

function headerProof(log: LogReader, height: number, tip: Header): EvidenceHeader {
  const path = inclusionPathFrom(log.node, height, tip.height)
  return { header: log.header(height), path: path.map(toHex) }
}

function consistencyProof(log: LogReader, size: number, tip: Header): EvidenceConsistency {
  return {
    size,
    root: toHex(rootFrom(log.node, size)),
    path: consistencyPathFrom(log.node, size, tip.height).map(toHex),
  }
}

function statusProof(
  { carrier, index, left, right }: Absence & { readonly carrier: number },
  subject: string | null,
): EvidenceStatus {
  if (subject === null) throw new EvidenceIncomplete('the records name no subject of a status', [])
  return { subject, carrier, index, left: neighbour(left), right: neighbour(right) }
}

function neighbour(side: Neighbour | null): EvidenceNeighbour | null {
  return (
    side && {
      key: toHex(side.key),
      valueHash: toHex(side.valueHash),
      path: side.path.map(toHex),
    }
  )
}

/** An act of an evidence file, from bytes as the ledger keeps them. */
export function evidenceAct(act: {
  readonly body: Bytes
  readonly signature: SignatureObject
  /** DER of the signer's certificate; SPKI of a passkey. */
  readonly certificate: Bytes
  readonly height: number
  readonly index: number
  readonly path: readonly Bytes[]
  readonly result: TransactionResult
  readonly resultPath: readonly Bytes[]
}): EvidenceAct {
  return {
    ...act,
    txId: toHex(transactionId(act.body)),
    body: toBase64Url(act.body),
    certificate: toBase64Url(act.certificate),
    path: act.path.map(toHex),
    resultPath: act.resultPath.map(toHex),
  }
}

/** A record of an evidence file: a write with its path in the block's writeRoot. */
export function evidenceRecord(record: {
  readonly collection: string
  readonly key: readonly KeyPart[]
  readonly value: JsonObject | null
  readonly height: number
  readonly index: number
  readonly path: readonly Bytes[]
}): EvidenceRecord {
  return { ...record, path: record.path.map(toHex) }
}
