import {
  type Bytes,
  concatBytes,
  fromBase64Url,
  fromHex,
  publicKeyOfRaw,
  sha256,
  utf8,
  verify,
} from '@renshe/crypto'
import type { CometbftPolicy } from './policy.ts'
import { bytesField, fixed64Field, integerField, messageField, varint } from './protobuf.ts'
import {
  base64Url,
  count,
  digest,
  hex,
  list,
  nullable,
  object,
  oneOf,
  type Shape,
  ShapeRefused,
  text,
} from './shape.ts'
import { treeRoot } from './tree.ts'

/** Seconds since 1970 and nanoseconds: Date would lose what the signatures cover. */
export type EngineTime = { readonly s: number; readonly n: number }

/** Hash of an engine block's parts. */
export type PartSet = { readonly total: number; readonly hash: string }

/**
 * Engine header: its 14 fields without app hash (the ledger header's hash) and validators hash (the
 * policy's set), which the verifier computes. Hashes are hex, empty where the engine has none.
 */
export type EngineHeader = {
  readonly version: { readonly block: number; readonly app: number }
  readonly chain: string
  readonly height: number
  readonly time: EngineTime
  readonly lastBlock: { readonly hash: string; readonly parts: PartSet }
  readonly lastCommitHash: string
  readonly dataHash: string
  readonly nextValidatorsHash: string
  readonly consensusHash: string
  readonly lastResultsHash: string
  readonly evidenceHash: string
  readonly proposer: string
}

/** A validator's precommit for the block; null: absent or for nothing. */
export type CommitSignature = { readonly time: EngineTime; readonly signature: string } | null

/** Commit of an engine header, signatures in validator order. */
export type EngineCommit = {
  readonly round: number
  readonly parts: PartSet
  readonly signatures: readonly CommitSignature[]
}

/** Finality proof of engine `cometbft`: the commit of an engine header with that app hash. */
export type CometbftProof = {
  readonly engine: 'cometbft'
  readonly header: EngineHeader
  readonly commit: EngineCommit
}

/** A hash that some fields of the engine's header may leave empty. */
const hashOrEmpty: Shape<string> = (value, at) => (value === '' ? '' : digest(value, at))
const engineTime = object<EngineTime>({
  s: count,
  n: (value, at) => {
    if (count(value, at) > 999_999_999) throw new ShapeRefused(at, 'nanoseconds below 10^9')
    return value as number
  },
})

/** Reads a finality proof of engine `cometbft`. */
export const cometbftProofShape: Shape<CometbftProof> = object<CometbftProof>({
  engine: oneOf('cometbft'),
  header: object<EngineHeader>({
    version: object({ block: count, app: count }),
    chain: text(50),
    height: count,
    time: engineTime,
    lastBlock: object({
      hash: hashOrEmpty,
      parts: object<PartSet>({ total: count, hash: hashOrEmpty }),
    }),
    lastCommitHash: hashOrEmpty,
    dataHash: hashOrEmpty,
    nextValidatorsHash: digest,
    consensusHash: digest,
    lastResultsHash: hashOrEmpty,
    evidenceHash: hashOrEmpty,
    proposer: hex(20),
  }),
  commit: object<EngineCommit>({
    round: count,
    parts: object<PartSet>({ total: count, hash: digest }),
    signatures: list(
      nullable(
        object<NonNullable<CommitSignature>>({ time: engineTime, signature: base64Url(64) }),
      ),
      64,
    ),
  }),
})

/** RFC 6962 tree of the engine: plain contents, no labels. */
function engineRoot(contents: readonly Bytes[]): Bytes {
  return treeRoot(contents.map((content) => sha256(Uint8Array.of(0), content)))
}

/** Hash of a validator set in the engine's order. */
export function validatorsHash(policy: CometbftPolicy): Bytes {
  return engineRoot(
    policy.validators.map(({ key, power }) =>
      concatBytes(
        messageField(1, bytesField(1, fromBase64Url(key))),
        integerField(2, BigInt(power)),
      ),
    ),
  )
}

/** Hash of an engine header with this app hash and validator set: the id of the engine block. */
export function engineHeaderHash(header: EngineHeader, appHash: Bytes, validators: Bytes): Bytes {
  const hashField = (hash: string): Bytes => bytesField(1, fromHex(hash))
  return engineRoot([
    concatBytes(
      integerField(1, BigInt(header.version.block)),
      integerField(2, BigInt(header.version.app)),
    ),
    bytesField(1, utf8(header.chain)),
    integerField(1, BigInt(header.height)),
    timestamp(header.time),
    blockId(header.lastBlock.hash, header.lastBlock.parts),
    hashField(header.lastCommitHash),
    hashField(header.dataHash),
    bytesField(1, validators),
    hashField(header.nextValidatorsHash),
    hashField(header.consensusHash),
    bytesField(1, appHash),
    hashField(header.lastResultsHash),
    hashField(header.evidenceHash),
    hashField(header.proposer),
  ])
}

function timestamp({ s, n }: EngineTime): Bytes {
  return concatBytes(integerField(1, BigInt(s)), integerField(2, BigInt(n)))
}

/** Block id; the part set header is written also when empty. */
function blockId(hash: string, parts: PartSet): Bytes {
  const partSet = concatBytes(
    integerField(1, BigInt(parts.total)),
    bytesField(2, fromHex(parts.hash)),
  )
  return concatBytes(bytesField(1, fromHex(hash)), messageField(2, partSet))
}

const PRECOMMIT = 2n

/**
 * Bytes that a validator signed: length ‖ CanonicalVote.
 *
 * @source engine-cometbft.md section 6, item 3
 */
export function voteSignBytes(
  header: EngineHeader,
  commit: EngineCommit,
  blockHash: Bytes,
  time: EngineTime,
): Bytes {
  const partSet = concatBytes(
    integerField(1, BigInt(commit.parts.total)),
    bytesField(2, fromHex(commit.parts.hash)),
  )
  const vote = concatBytes(
    integerField(1, PRECOMMIT),
    fixed64Field(2, BigInt(header.height)),
    fixed64Field(3, BigInt(commit.round)),
    messageField(4, concatBytes(bytesField(1, blockHash), messageField(2, partSet))),
    messageField(5, timestamp(time)),
    bytesField(6, utf8(header.chain)),
  )
  return concatBytes(varint(BigInt(vote.length)), vote)
}

/** What is wrong with a commit. */
export type CommitFault = 'ENGINE_CHAIN' | 'COMMIT_LENGTH' | 'COMMIT_SIGNATURE' | 'COMMIT_POWER'

/**
 * Verifies the commit of an engine header that carries `appHash`: one place per validator, every
 * signature valid, power × 3 > total × 2.
 *
 * @returns the signing members, or what is wrong
 */
export function verifyCommit(
  policy: CometbftPolicy,
  { header, commit }: CometbftProof,
  appHash: Bytes,
): { readonly signers: readonly string[] } | { readonly fault: CommitFault } {
  if (header.chain !== policy.chain) return { fault: 'ENGINE_CHAIN' }
  if (commit.signatures.length !== policy.validators.length) return { fault: 'COMMIT_LENGTH' }
  const blockHash = engineHeaderHash(header, appHash, validatorsHash(policy))
  const signers: string[] = []
  let power = 0n
  let total = 0n
  for (const [i, { key, member, power: own }] of policy.validators.entries()) {
    total += BigInt(own)
    const vote = commit.signatures[i]
    if (!vote) continue
    const message = voteSignBytes(header, commit, blockHash, vote.time)
    if (!verifyRaw(key, message, vote.signature)) return { fault: 'COMMIT_SIGNATURE' }
    power += BigInt(own)
    signers.push(member)
  }
  return power * 3n > total * 2n ? { signers } : { fault: 'COMMIT_POWER' }
}

function verifyRaw(key: string, message: Bytes, signature: string): boolean {
  try {
    const publicKey = publicKeyOfRaw('ed25519', fromBase64Url(key))
    return verify(publicKey, message, fromBase64Url(signature))
  } catch {
    // A policy may hold bytes that are no point of the curve; nothing verifies under them.
    return false
  }
}
