import {
  type Bytes,
  type Certificate,
  canonicalJson,
  checkCertificatePath,
  concatBytes,
  fromBase64Url,
  type JsonObject,
  JsonRefused,
  kindFitsKey,
  ledgerTag,
  parseCanonicalJson,
  parseCertificate,
  type SignatureKind,
  verify,
} from '@renshe/crypto'
import { isName } from '@renshe/kernel'
import { chainIdOf, genesisHash, type Policy, parsePolicy, ShapeRefused } from '@renshe/proof'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { LedgerFault } from './fault.ts'

/** Most bytes of a genesis document. */
const DOCUMENT_BYTES = 4 * 1024 * 1024
const closed = { additionalProperties: false }
const Text = Type.String({ maxLength: 256 })
const Instant = Type.Integer({ minimum: 0 })

const Member = Type.Object(
  {
    id: Text,
    name: Type.Object({ en: Text, zh: Text }, closed),
    roles: Type.Array(Text),
    voting: Type.Boolean(),
    authorities: Type.Array(Type.Object({ der: Type.String(), profile: Text }, closed)),
    certificates: Type.Array(
      Type.Object(
        {
          der: Type.String(),
          kind: Type.Union([Type.Literal('officer'), Type.Literal('system')]),
          name: Text,
          roles: Type.Array(Text),
          unit: Type.Union([Text, Type.Null()]),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** The genesis document as far as the ledger itself reads it. */
const GenesisDocument = Type.Object(
  {
    v: Type.Literal(1),
    name: Text,
    time: Instant,
    demonstration: Type.Boolean(),
    protocol: Type.Integer({ minimum: 1 }),
    suites: Type.Array(Text, { minItems: 1 }),
    members: Type.Array(Member, { minItems: 1 }),
    packages: Type.Array(Type.Object({ hash: Text, size: Instant }, closed)),
    parameters: Type.Array(Type.Object({ name: Text, value: Type.Unknown() }, closed)),
    governance: Type.Array(
      Type.Object(
        {
          subject: Text,
          threshold: Type.Tuple([Instant, Instant]),
          strict: Type.Boolean(),
          coolingOffMs: Instant,
          with: Type.Union([Text, Type.Null()]),
          without: Type.Union([Text, Type.Null()]),
        },
        closed,
      ),
    ),
    finality: Type.Object({}),
  },
  closed,
)

const GenesisFile = Type.Object(
  {
    document: GenesisDocument,
    signatures: Type.Array(
      Type.Object(
        {
          certificate: Text,
          kind: Type.Union([Type.Literal('p256'), Type.Literal('ed25519'), Type.Literal('sm2')]),
          member: Text,
          value: Text,
        },
        closed,
      ),
    ),
  },
  closed,
)

type Document = Static<typeof GenesisDocument>
type GenesisSignature = Static<typeof GenesisFile>['signatures'][number]

/** A genesis that was read and found in order. */
export interface Genesis {
  /** JCS bytes of the document: what is hashed and signed. */
  readonly bytes: Bytes
  readonly document: JsonObject
  readonly hash: Bytes
  /** `<name>-<8 hex>` */
  readonly chain: string
  /** UTC ms of block 0. */
  readonly time: number
  readonly protocol: number
  readonly isDemonstration: boolean
  readonly policy: Policy
  /** Hashes and sizes of the founding packages. */
  readonly packages: readonly { readonly hash: string; readonly size: number }[]
}

function refused(reason: string, facts: JsonObject = {}): LedgerFault {
  return new LedgerFault('GENESIS_REFUSED', { reason, ...facts })
}

/**
 * Reads a genesis document.
 *
 * @throws LedgerFault `GENESIS_REFUSED` with what is wrong
 */
export function readGenesisDocument(bytes: Bytes): Genesis {
  if (bytes.length > DOCUMENT_BYTES) throw refused('too long', { bytes: bytes.length })
  const document = readCanonical(bytes)
  if (!Value.Check(GenesisDocument, document)) throw wrongShape(GenesisDocument, document)
  const { name, demonstration } = document
  if (!isName(name)) throw refused('the name is no chain name', { name })
  if (demonstration !== name.startsWith('demo')) {
    throw refused('a demonstration is named demo…, and nothing else is', { name })
  }
  for (const list of ['members', 'packages', 'parameters', 'governance'] as const) {
    checkAscending(list, document)
  }
  const hash = genesisHash(bytes)
  return {
    bytes,
    document: document as unknown as JsonObject,
    hash,
    chain: chainIdOf(name, hash),
    time: document.time,
    protocol: document.protocol,
    isDemonstration: demonstration,
    policy: readPolicy(document.finality as JsonObject),
    packages: document.packages,
  }
}

/**
 * Reads a genesis file: the document and the signature of every founder.
 *
 * @throws LedgerFault `GENESIS_REFUSED` with what is wrong
 * @source ledger-bytes.md section 9
 */
export function readGenesisFile(bytes: Bytes): Genesis {
  const file = readCanonical(bytes)
  if (!Value.Check(GenesisFile, file)) throw wrongShape(GenesisFile, file)
  const genesis = readGenesisDocument(canonicalJson(file.document as unknown as JsonObject))
  const founders = file.document.members
  if (file.signatures.length !== founders.length) throw refused('not signed by every founder once')
  founders.forEach((founder, i) => {
    const signature = file.signatures[i]!
    if (signature.member !== founder.id) {
      throw refused('signatures are not one per founder, ascending', { member: founder.id })
    }
    checkSignature(genesis, founder, signature)
  })
  return genesis
}

/** Spells a genesis file from a document and its signatures. */
export function makeGenesisFile(
  document: JsonObject,
  signatures: readonly {
    readonly certificate: string
    readonly kind: string
    readonly member: string
    readonly value: string
  }[],
): Bytes {
  const ascending = [...signatures].sort((a, b) => (a.member < b.member ? -1 : 1))
  return canonicalJson({ document, signatures: ascending })
}

/** What a founder signs: `T(genesis) ‖ document`. */
export function genesisMessage(document: Bytes): Bytes {
  return concatBytes(ledgerTag('genesis'), document)
}

function readCanonical(bytes: Bytes): JsonObject {
  try {
    return parseCanonicalJson(bytes, { maxBytes: 2 * DOCUMENT_BYTES })
  } catch (error) {
    if (error instanceof JsonRefused) throw refused('not canonical JSON', { why: error.message })
    throw error
  }
}

function readPolicy(finality: JsonObject): Policy {
  try {
    return parsePolicy(canonicalJson(finality))
  } catch (error) {
    if (error instanceof ShapeRefused) {
      throw refused('no finality policy', {
        at: `/document/finality/${error.at}`,
        why: error.message,
      })
    }
    throw error
  }
}

function wrongShape(schema: Type.TSchema, value: unknown): LedgerFault {
  const first = Value.Errors(schema, value)[0]
  return refused('not the members of version 1', {
    at: first?.instancePath ?? '',
    why: first?.message ?? '',
  })
}

/** Each list ascends by its first member, so that one content has one spelling. */
function checkAscending(
  list: 'members' | 'packages' | 'parameters' | 'governance',
  document: Document,
): void {
  const first = { members: 'id', packages: 'hash', parameters: 'name', governance: 'subject' }[list]
  const names = document[list].map((entry) => String((entry as Record<string, unknown>)[first]))
  for (let i = 1; i < names.length; i++) {
    if (names[i - 1]! >= names[i]!)
      throw refused('a list is not ascending', { list, at: names[i]! })
  }
}

function checkSignature(
  genesis: Genesis,
  founder: Document['members'][number],
  signature: GenesisSignature,
): void {
  const facts = { member: founder.id, certificate: signature.certificate }
  const leaf = certificateOf(founder, signature.certificate)
  if (leaf === undefined) throw refused('signed with a certificate that is not in it', facts)
  if (!kindFitsKey(signature.kind as SignatureKind, leaf.publicKey.algorithm)) {
    throw refused('the kind of signature does not fit the key', facts)
  }
  if (!hasAuthority(genesis, founder, leaf)) {
    throw refused('the certificate comes from no authority of this founder', facts)
  }
  let value: Bytes
  try {
    value = fromBase64Url(signature.value)
  } catch {
    throw refused('a signature is not base64url', facts)
  }
  if (!verify(leaf.publicKey, genesisMessage(genesis.bytes), value)) {
    throw refused('a signature does not hold', facts)
  }
}

function certificateOf(
  founder: Document['members'][number],
  fingerprint: string,
): Certificate | undefined {
  return founder.certificates
    .map(({ der }) => readCertificate(der, founder.id))
    .find((certificate) => certificate.fingerprint === fingerprint)
}

function readCertificate(der: string, member: string): Certificate {
  try {
    return parseCertificate(fromBase64Url(der))
  } catch (error) {
    throw refused('a certificate cannot be read', { member, why: (error as Error).message })
  }
}

function hasAuthority(
  genesis: Genesis,
  founder: Document['members'][number],
  leaf: Certificate,
): boolean {
  return founder.authorities.some(({ der }) => {
    const { ok } = checkCertificatePath({
      leaf,
      authority: readCertificate(der, founder.id),
      member: founder.id,
      chainName: String(genesis.document.name),
      timeMs: genesis.time,
      profiles: ['application', 'officer'],
    })
    return ok
  })
}

/** A founding package by its hash; its bytes lie beside the genesis file. */
export type FoundingPackages = ReadonlyMap<string, Bytes>

/**
 * Checks that every founding package is there with its size. Its hash names it and is checked by the
 * catalogue, which alone knows how a package is hashed from its parts.
 */
export function checkPackages(genesis: Genesis, packages: FoundingPackages): void {
  for (const { hash, size } of genesis.packages) {
    const bytes = packages.get(hash)
    if (bytes === undefined) throw refused('a founding package is missing', { package: hash })
    if (bytes.length !== size)
      throw refused('a founding package has another size', { package: hash })
  }
}
