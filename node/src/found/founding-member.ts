/* One member's part of a founding: its keys, and the file that it hands to whoever assembles the genesis. */
import {
  type Bytes,
  canonicalJson,
  type JsonObject,
  parseCanonicalJson,
  parseCertificate,
  toBase64Url,
} from '@renshe/crypto'
import { type CheckpointSigner, publicKeysOf } from '@renshe/ledger'
import type { CheckpointKeys } from '@renshe/proof'
import { algorithmOfKey, type CertifiedKeyName } from '../keys/key-names.ts'
import type { KeyStore } from '../keys/key-store.ts'
import {
  type CertifyingTerms,
  certifyDemonstrationOfficer,
  createMemberKeys,
} from '../keys/member-keys.ts'

/** An officer with whom a member begins. */
export interface FoundingOfficer {
  /** Officer number; never a person's name. */
  readonly number: string
  readonly roles: readonly string[]
  readonly unit: string | null
  /**
   * Certificate that the member's officer authority issued for the key in the officer's browser; left out
   * in a demonstration, whose node keeps the key.
   */
  readonly certificate?: Bytes
}

/** A member as it founds a consortium. */
export interface FoundingMember {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly roles: readonly string[]
  readonly voting: boolean
  readonly officers: readonly FoundingOfficer[]
  /** Roles of its system; by default it registers officers, votes and confirms reads. */
  readonly systemRoles?: readonly string[]
}

/** What one founder hands over: everything public, nothing secret. */
export interface FoundingFile {
  readonly v: 1
  /** Name of the chain that it was made for. */
  readonly chainName: string
  /** The member as it stands in `members` of the genesis document. */
  readonly member: JsonObject
  /** Keys with which it cosigns blocks. */
  readonly witness: CheckpointKeys
  /** Keys with which it orders blocks, if it is to. */
  readonly operator: CheckpointKeys | null
}

const SYSTEM_ROLES = ['administrator', 'data-steward', 'governance']

/** How a founding file is made. */
export interface FoundingTerms extends CertifyingTerms {
  readonly keys: KeyStore
  readonly suite: 'RS-INTL-1' | 'RS-GM-1'
  /** Whether this member is to order the blocks. */
  readonly isOperator: boolean
}

/**
 * Makes the keys of a founder that are not there yet, and its founding file. Running it again gives the
 * same file, but for certificates of officers, which live for twelve hours.
 */
export async function makeFoundingFile(
  member: FoundingMember,
  terms: FoundingTerms,
): Promise<FoundingFile> {
  const { keys, suite, isOperator, chainName } = terms
  await createMemberKeys(keys, terms, isOperator ? ['consensus'] : [])
  if (suite === 'RS-GM-1' && !keys.has('witness-sm2')) await keys.createPair('witness-sm2')
  const certificates: JsonObject[] = [
    {
      der: toBase64Url(keys.certificate('system').der),
      kind: 'system',
      name: keys.certificate('system').subject.name,
      roles: [...(member.systemRoles ?? SYSTEM_ROLES)].sort(),
      unit: null,
    },
  ]
  for (const officer of member.officers) certificates.push(await officerEntry(officer, terms))
  return {
    v: 1,
    chainName,
    member: {
      id: member.id,
      name: { ...member.name },
      roles: [...member.roles].sort(),
      voting: member.voting,
      authorities: (['ca', 'officer-ca'] as const).map((name) => ({
        der: toBase64Url(keys.certificate(name).der),
        profile: name === 'ca' ? 'member-ca' : 'officer-ca',
      })),
      certificates,
    },
    witness: publicKeysOf(member.id, await witnessSigner(keys, suite)),
    operator: isOperator ? publicKeysOf(member.id, await operatorSigner(keys, suite)) : null,
  }
}

async function officerEntry(
  { number, roles, unit, certificate }: FoundingOfficer,
  terms: FoundingTerms,
): Promise<JsonObject> {
  const { keys } = terms
  const { der } =
    certificate === undefined
      ? await certifyDemonstrationOfficer(keys, { ...terms, officer: number, unit })
      : parseCertificate(certificate, terms.arc)
  return {
    der: toBase64Url(der),
    kind: 'officer',
    name: number,
    roles: [...roles].sort(),
    unit,
  }
}

/** The keys with which a member cosigns blocks. */
export async function witnessSigner(
  keys: KeyStore,
  suite: FoundingTerms['suite'],
): Promise<CheckpointSigner> {
  return checkpointSigner(keys, 'witness', suite)
}

/** The keys with which the operator signs checkpoints. */
export async function operatorSigner(
  keys: KeyStore,
  suite: FoundingTerms['suite'],
): Promise<CheckpointSigner> {
  return checkpointSigner(keys, 'consensus', suite)
}

async function checkpointSigner(
  keys: KeyStore,
  name: 'witness' | 'consensus',
  suite: FoundingTerms['suite'],
): Promise<CheckpointSigner> {
  const sm2Name: CertifiedKeyName = 'witness-sm2'
  if (algorithmOfKey(name, suite) !== 'ed25519') throw new RangeError('checkpoints are Ed25519')
  return {
    ed25519: await keys.privateKey(name),
    // The operator witnesses nothing, so its SM2 key for checkpoints is free to order blocks.
    sm2: suite === 'RS-GM-1' ? await keys.privateKey(sm2Name) : null,
  }
}

/** Spells a founding file. */
export function foundingFileBytes(file: FoundingFile): Bytes {
  return canonicalJson(file as unknown as JsonObject)
}

/** Why a founding file or a genesis is not accepted; `facts` say where. */
export class FoundingRefused extends Error {
  readonly facts: Readonly<Record<string, string>>

  constructor(reason: string, facts: Readonly<Record<string, string>> = {}) {
    const places = Object.entries(facts).map(([name, fact]) => `${name} ${fact}`)
    super([reason, ...places].join(', '))
    this.name = 'FoundingRefused'
    this.facts = facts
  }
}

/**
 * Reads a founding file that another member sent.
 *
 * @throws FoundingRefused, JsonRefused
 */
export function readFoundingFile(bytes: Bytes): FoundingFile {
  const file = parseCanonicalJson(bytes, { maxBytes: 1_048_576 })
  const { v, chainName, member, witness, operator, ...others } = file
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw new FoundingRefused('an unknown member', { member: stranger })
  if (v !== 1) throw new FoundingRefused('not a founding file of version 1')
  const isComplete =
    typeof chainName === 'string' &&
    isObject(member) &&
    isObject(witness) &&
    (operator === null || isObject(operator))
  if (!isComplete) throw new FoundingRefused('not a founding file')
  const named = [member.id, witness.member, ...(operator === null ? [] : [operator.member])]
  if (new Set(named).size !== 1 || typeof member.id !== 'string') {
    throw new FoundingRefused('a founding file speaks of one member')
  }
  return file as unknown as FoundingFile
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
