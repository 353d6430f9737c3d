/* What every kind of evidence file has in common: proven acts, their signers, finality, status. */
import { type Bytes, fromBase64Url, toBase64Url } from '@renshe/crypto'
import { type EvidenceSource, evidenceOf, type Ledger, type ProvenAct } from '@renshe/ledger'
import {
  type EvidenceAct,
  type EvidenceKind,
  type EvidenceParts,
  type EvidenceRecord,
  evidenceAct,
  evidenceRecord,
  makeEvidence,
  type Opened,
  parseBody,
  statusSubject,
} from '@renshe/proof'
import { certificateBytes } from './certificate-bytes.ts'
import { EvidenceRefused } from './evidence-refused.ts'

/** What one kind of evidence brings. */
export interface EvidenceContent {
  readonly kind: EvidenceKind
  /** Ids of transactions, in the order of the kind. */
  readonly acts: readonly string[]
  readonly opened: readonly Opened[]
  readonly records: readonly EvidenceRecord[]
}

/** An evidence file that verified before it was handed out. */
export interface MadeEvidence {
  /** Bytes of `*.renshe.json`. */
  readonly bytes: Bytes
  readonly kind: EvidenceKind
  /** What corrected or replaced the matter, if something did: the file then proves no status. */
  readonly isAmended: boolean
}

/**
 * Assembles a file and verifies it as a reader who trusts the founding policy would.
 *
 * @param since  size of a head that the reader may have saved; null: no proof that nothing was rewritten
 * @throws EvidenceRefused, and EvidenceIncomplete of proof if a part does not hold
 */
export function assembleEvidence(
  copy: Ledger,
  content: EvidenceContent,
  since: number | null = null,
): MadeEvidence {
  const source = evidenceOf(copy)
  const finality = source.finality()
  if (finality === undefined) throw new EvidenceRefused('NOTHING_FINAL')
  const proven = content.acts.map((txId) => provenAct(source, txId))
  const signers = proven.map((act) => provenSigner(copy, source, act))
  const acts = proven.map((act, index) => spelledAct(act, signers[index] as ProvenSigner))
  const { kind, opened, records } = content
  const { status, isAmended } = statusOf(source, { kind, acts, records })
  const parts: EvidenceParts = {
    kind,
    acts,
    opened,
    records,
    registry: distinct(signers.flatMap(({ registry }) => registry)),
    authorities: [...new Set(signers.map(({ authority }) => authority))],
    finality,
    walk: source.walk(),
    since: since === null ? null : Math.min(since, finality.tip.height),
    status,
  }
  return { bytes: makeEvidence(parts, source), kind, isAmended }
}

/** A transaction with its place; refuses `ACT_UNKNOWN`. */
export function provenAct(source: EvidenceSource, txId: string): ProvenAct {
  const act = source.act(txId)
  if (act === undefined) throw new EvidenceRefused('ACT_UNKNOWN', { txId })
  return act
}

function spelledAct(act: ProvenAct, { certificate }: ProvenSigner): EvidenceAct {
  return evidenceAct({ ...act, certificate })
}

interface ProvenSigner {
  readonly certificate: Bytes
  /** Writes that registered the certificate and its authority. */
  readonly registry: readonly EvidenceRecord[]
  /** DER of the authority, base64url. */
  readonly authority: string
}

function provenSigner(copy: Ledger, source: EvidenceSource, act: ProvenAct): ProvenSigner {
  const { signer } = parseBody(act.body)
  const unknown = (): never => {
    throw new EvidenceRefused('CERTIFICATE_UNKNOWN', { certificate: signer })
  }
  const certificate = source.newestWrite(act.height, 'membership/certificate', [signer])
  const issuer = certificate?.value?.issuer
  if (certificate === undefined || typeof issuer !== 'string') return unknown()
  const authority = source.newestWrite(act.height, 'membership/authority', [issuer])
  const document = source.newestWrite(act.height, 'membership/authority-document', [issuer])
  const der = document?.value?.der
  if (authority === undefined || typeof der !== 'string') return unknown()
  return {
    certificate: certificateBytes(copy, signer, certificate.height),
    registry: [evidenceRecord(certificate), evidenceRecord(authority)],
    authority: toBase64Url(fromBase64Url(der)),
  }
}

function distinct(records: readonly EvidenceRecord[]): EvidenceRecord[] {
  const byPlace = new Map<string, EvidenceRecord>()
  for (const record of records) {
    byPlace.set(JSON.stringify([record.collection, record.key, record.height]), record)
  }
  return [...byPlace.values()]
}

/** Absence of an amendment at the newest snapshot; none where the matter was amended. */
function statusOf(
  source: EvidenceSource,
  parts: Parameters<typeof statusSubject>[0],
): { readonly status: EvidenceParts['status']; readonly isAmended: boolean } {
  const subject = statusSubject(parts)
  const tip = source.finality()?.tip.height ?? -1
  const proven = subject === null ? undefined : source.status('ledger/amendment', [subject])
  const amendment =
    subject === null ? undefined : source.newestWrite(tip, 'ledger/amendment', [subject])
  const isAmended = amendment !== undefined && amendment.value !== null
  if (proven === undefined || 'presence' in proven || proven.carrier > tip) {
    return { status: null, isAmended }
  }
  return { status: { ...proven.absence, carrier: proven.carrier }, isAmended }
}
