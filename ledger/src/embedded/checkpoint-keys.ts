import {
  fromBase64Url,
  type PrivateKey,
  publicKeyOfRaw,
  sign,
  toBase64Url,
  toHex,
  utf8,
  verify,
} from '@renshe/crypto'
import {
  type CheckpointKeys,
  checkpointNote,
  checkpointOrigin,
  checkpointText,
  type EmbeddedPolicy,
  type LogHead,
  lineKeyId,
  makeOperatorLine,
  makeWitnessLine,
  parseCheckpoint,
} from '@renshe/proof'

/** Private keys with which a member signs checkpoints; SM2 in RS-GM-1 and only there. */
export interface CheckpointSigner {
  readonly ed25519: PrivateKey
  readonly sm2: PrivateKey | null
}

/** The public keys as a policy names them. */
export function publicKeysOf(member: string, { ed25519, sm2 }: CheckpointSigner): CheckpointKeys {
  return {
    member,
    ed25519: toBase64Url(ed25519.publicKey.raw),
    sm2: sm2 && toBase64Url(sm2.publicKey.raw),
  }
}

/** Whether the private keys are those that a policy names. */
export function keysFit(signer: CheckpointSigner, named: CheckpointKeys): boolean {
  const isSame = (key: PrivateKey | null, text: string | null): boolean =>
    key === null || text === null
      ? key === null && text === null
      : toHex(key.publicKey.raw) === toHex(fromBase64Url(text))
  return isSame(signer.ed25519, named.ed25519) && isSame(signer.sm2, named.sm2)
}

/** The operator's note: text, and its lines in the order of ledger-bytes section 7. */
export function operatorNote(chain: string, head: LogHead, signer: CheckpointSigner): string {
  const text = checkpointText(chain, head)
  const lines = keysOf(signer).map(({ algorithm, key }) =>
    makeOperatorLine({
      chain,
      text,
      algorithm,
      publicKey: key.publicKey.raw,
      sign: (message) => sign(key, message),
    }),
  )
  return checkpointNote(text, lines)
}

/** Whether a note carries every line that the operator's keys owe it, and each holds. */
export function isOperatorNote(note: string, chain: string, operator: CheckpointKeys): boolean {
  const checkpoint = parseCheckpoint(note)
  if (checkpoint === null || checkpoint.origin !== checkpointOrigin(chain)) return false
  const { origin, text, lines } = checkpoint
  const keys = [['ed25519', operator.ed25519] as const, ['sm2', operator.sm2] as const]
  return keys.every(([algorithm, named]) => {
    if (named === null) return true
    const publicKey = publicKeyOfRaw(algorithm, fromBase64Url(named))
    const keyId = toHex(lineKeyId('operator', algorithm, origin, publicKey.raw))
    const line = lines.find((each) => each.name === origin && toHex(each.keyId) === keyId)
    return line !== undefined && verify(publicKey, utf8(text), line.signature)
  })
}

/** A witness's lines over the text of a note; `time` is UTC seconds. */
export function witnessLines(request: {
  readonly chain: string
  readonly member: string
  readonly text: string
  readonly time: number
  readonly signer: CheckpointSigner
}): string[] {
  return keysOf(request.signer).map(({ algorithm, key }) =>
    makeWitnessLine({
      ...request,
      algorithm,
      publicKey: key.publicKey.raw,
      sign: (message) => sign(key, message),
    }),
  )
}

/** Adds the lines of witnesses to an operator's note, in the order of the policy. */
export function withCosignatures(
  note: string,
  policy: EmbeddedPolicy,
  linesOf: ReadonlyMap<string, readonly string[]>,
): string {
  const lines: string[] = []
  for (const i of [0, 1]) {
    for (const { member } of policy.witnesses) {
      const line = linesOf.get(member)?.[i]
      if (line !== undefined) lines.push(line)
    }
  }
  return note + lines.join('')
}

function keysOf({ ed25519, sm2 }: CheckpointSigner) {
  const keys: { algorithm: 'ed25519' | 'sm2'; key: PrivateKey }[] = [
    { algorithm: 'ed25519', key: ed25519 },
  ]
  if (sm2 !== null) keys.push({ algorithm: 'sm2', key: sm2 })
  return keys
}
