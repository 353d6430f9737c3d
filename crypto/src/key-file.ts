import { scryptSync } from 'node:crypto'
import type { RandomSource } from './bytes.ts'
import { type Bytes, EncodingRefused, fromBase64Url, isHex, toBase64Url, utf8 } from './bytes.ts'
import { canonicalJson } from './canonical-json.ts'
import { KEY_BYTES, openAesGcm, openSm4Gcm, sealAesGcm, sealSm4Gcm } from './cipher.ts'
import { type JsonObject, JsonRefused, parseStrictJson } from './json.ts'
import { isSuiteId, type SuiteId } from './suite.ts'

/** What a key file's key is for: separate files and passphrases for each. */
export type KeyFileKind =
  | 'consensus'
  | 'tls'
  | 'signing'
  | 'encryption'
  | 'application'
  | 'witness'
  | 'vault'
  | 'release'
  | 'ca'

const KINDS: readonly string[] = [
  'consensus',
  'tls',
  'signing',
  'encryption',
  'application',
  'witness',
  'vault',
  'release',
  'ca',
] satisfies KeyFileKind[]

/** A key as it lies in a key file. */
export interface KeyFileContent {
  readonly kind: KeyFileKind
  readonly suite: SuiteId
  /** Fingerprint of a public key (64 hex digits), or id of a symmetric key (32 hex digits). */
  readonly keyId: string
  /** PKCS 8, or 32 bytes. */
  readonly secret: Bytes
  /** Marked as worthless; its passphrase is stretched cheaply. */
  readonly demonstration: boolean
}

/** Why a key file is not written or not read. */
export type KeyFileRefusalCode =
  | 'KEY_FILE_FORM'
  | 'KEY_FILE_KDF'
  | 'KEY_FILE_KDF_WEAK'
  | 'KEY_FILE_KDF_COSTLY'
  | 'KEY_FILE_DEMONSTRATION'
  | 'KEY_FILE_PASSPHRASE_SHORT'
  | 'KEY_FILE_PASSPHRASE_WRONG'

/** A key file that cannot be used. */
export class KeyFileRefused extends Error {
  readonly code: KeyFileRefusalCode

  constructor(code: KeyFileRefusalCode) {
    super(code)
    this.name = 'KeyFileRefused'
    this.code = code
  }
}

/** Cost of scrypt: about 0.4 s and 128 MiB per try. */
const SCRYPT_COST = 131_072
const SCRYPT_BLOCK = 8
const SCRYPT_PARALLEL = 1
/** Cost in demonstrations, whose keys protect nothing. */
const DEMONSTRATION_COST = 1024
/** Above this a file asks for more memory than any of ours does: 1 GiB. */
const COST_MOST = 1_048_576
const SALT_BYTES = 16
const NONCE_BYTES = 12
const FILE_BYTES = 65_536

interface Kdf {
  readonly cost: number
  readonly salt: Bytes
}

function deriveKey(suite: SuiteId, passphrase: string, { cost, salt }: Kdf): Bytes {
  return scryptSync(utf8(passphrase), salt, KEY_BYTES[suite], {
    N: cost,
    r: SCRYPT_BLOCK,
    p: SCRYPT_PARALLEL,
    // The platform refuses unless this exceeds 128·N·r.
    maxmem: 256 * cost * SCRYPT_BLOCK,
  })
}

/** At least 20 characters, or at least five words. */
function isLongEnough(passphrase: string): boolean {
  const words = passphrase.split(' ').filter((word) => word.length > 0)
  return Array.from(passphrase).length >= 20 || words.length >= 5
}

/**
 * Writes a key file: the secret under a passphrase, everything else authenticated beside it.
 *
 * @param random  draws salt and nonce
 * @returns       JCS; the caller stores it with mode 0600
 * @throws KeyFileRefused `KEY_FILE_PASSPHRASE_SHORT` below five words and 20 characters, except in
 *         demonstrations
 * @source threats section 7
 */
export function writeKeyFile(
  content: KeyFileContent,
  passphrase: string,
  random: RandomSource,
): Bytes {
  const { kind, suite, keyId, secret, demonstration } = content
  if (!demonstration && !isLongEnough(passphrase)) {
    throw new KeyFileRefused('KEY_FILE_PASSPHRASE_SHORT')
  }
  const cost = demonstration ? DEMONSTRATION_COST : SCRYPT_COST
  const salt = random(SALT_BYTES)
  const nonce = random(NONCE_BYTES)
  const kdf = { name: 'scrypt', N: cost, r: SCRYPT_BLOCK, p: SCRYPT_PARALLEL }
  const others = {
    v: 1,
    kind,
    suite,
    keyId,
    kdf: { ...kdf, salt: toBase64Url(salt) },
    nonce: toBase64Url(nonce),
    ...(demonstration ? { demonstration: true } : {}),
  }
  const key = deriveKey(suite, passphrase, { cost, salt })
  const additional = canonicalJson(others)
  const ct =
    suite === 'RS-INTL-1'
      ? sealAesGcm('aes-256-gcm', key, nonce, additional, secret)
      : sealSm4Gcm(key, nonce, additional, secret)
  return canonicalJson({ ...others, ct: toBase64Url(ct) })
}

const MEMBERS = ['v', 'kind', 'suite', 'keyId', 'kdf', 'nonce', 'ct']

interface KeyFile extends Omit<KeyFileContent, 'secret'> {
  readonly kdf: Kdf
  readonly nonce: Bytes
  readonly ciphertext: Bytes
  readonly additional: Bytes
}

function readBytes(value: unknown, length?: number): Bytes {
  if (typeof value !== 'string') throw new KeyFileRefused('KEY_FILE_FORM')
  const bytes = fromBase64Url(value)
  if (length !== undefined && bytes.length !== length) throw new KeyFileRefused('KEY_FILE_FORM')
  return bytes
}

function readKdf(value: unknown): Kdf {
  if (typeof value !== 'object' || value === null) throw new KeyFileRefused('KEY_FILE_FORM')
  const { name, N, r, p, salt, ...rest } = value as JsonObject
  if (Object.keys(rest).length > 0) throw new KeyFileRefused('KEY_FILE_FORM')
  if (name !== 'scrypt' || typeof N !== 'number') throw new KeyFileRefused('KEY_FILE_KDF')
  if (r !== SCRYPT_BLOCK || p !== SCRYPT_PARALLEL) throw new KeyFileRefused('KEY_FILE_KDF')
  if (N > COST_MOST) throw new KeyFileRefused('KEY_FILE_KDF_COSTLY')
  if (N < DEMONSTRATION_COST || !Number.isInteger(Math.log2(N))) {
    throw new KeyFileRefused('KEY_FILE_KDF_WEAK')
  }
  return { cost: N, salt: readBytes(salt, SALT_BYTES) }
}

function readForm(object: JsonObject): KeyFile {
  const { ct, ...others } = object
  const { v, kind, suite, keyId, kdf, nonce, demonstration } = others
  const names = Object.keys(object).filter((name) => name !== 'demonstration')
  const isComplete =
    names.length === MEMBERS.length && MEMBERS.every((name) => names.includes(name))
  const isMarkRight = demonstration === undefined || demonstration === true
  if (!isComplete || !isMarkRight || v !== 1) throw new KeyFileRefused('KEY_FILE_FORM')
  if (typeof kind !== 'string' || !KINDS.includes(kind)) throw new KeyFileRefused('KEY_FILE_FORM')
  if (typeof suite !== 'string' || !isSuiteId(suite)) throw new KeyFileRefused('KEY_FILE_FORM')
  if (typeof keyId !== 'string' || !isHex(keyId)) throw new KeyFileRefused('KEY_FILE_FORM')
  return {
    kind: kind as KeyFileKind,
    suite,
    keyId,
    demonstration: demonstration === true,
    kdf: readKdf(kdf),
    nonce: readBytes(nonce, NONCE_BYTES),
    ciphertext: readBytes(ct),
    additional: canonicalJson(others),
  }
}

function parseKeyFile(bytes: Bytes): KeyFile {
  try {
    return readForm(parseStrictJson(bytes, { maxBytes: FILE_BYTES }))
  } catch (error) {
    if (error instanceof JsonRefused || error instanceof EncodingRefused) {
      throw new KeyFileRefused('KEY_FILE_FORM')
    }
    throw error
  }
}

/**
 * Opens a key file.
 *
 * @param acceptsDemonstration  true only where the chain itself is a demonstration: its keys are
 *                              worthless and their passphrases stretched cheaply
 * @throws KeyFileRefused for another form, a cheaper key derivation than ours (whoever made the file
 *         cheap wants the passphrase), a demonstration file elsewhere, or the wrong passphrase
 * @source threats section 7
 */
export function readKeyFile(
  file: Bytes,
  passphrase: string,
  acceptsDemonstration = false,
): KeyFileContent {
  const { kind, suite, keyId, demonstration, ...rest } = parseKeyFile(file)
  if (demonstration && !acceptsDemonstration) throw new KeyFileRefused('KEY_FILE_DEMONSTRATION')
  if (!demonstration && rest.kdf.cost < SCRYPT_COST) throw new KeyFileRefused('KEY_FILE_KDF_WEAK')
  const key = deriveKey(suite, passphrase, rest.kdf)
  const secret =
    suite === 'RS-INTL-1'
      ? openAesGcm('aes-256-gcm', key, rest.nonce, rest.additional, rest.ciphertext)
      : openSm4Gcm(key, rest.nonce, rest.additional, rest.ciphertext)
  if (secret === undefined) throw new KeyFileRefused('KEY_FILE_PASSPHRASE_WRONG')
  return { kind, suite, keyId, secret, demonstration }
}

/**
 * What a key file says about its key without being opened, for lists and `renshe doctor`.
 *
 * @throws KeyFileRefused `KEY_FILE_FORM`
 */
export function describeKeyFile(file: Bytes): Omit<KeyFileContent, 'secret'> {
  const { kind, suite, keyId, demonstration } = parseKeyFile(file)
  return { kind, suite, keyId, demonstration }
}
