import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  type Bytes,
  type Certificate,
  describeKeyFile,
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  type KeyFileContent,
  type PrivateKey,
  parseCertificate,
  type RandomSource,
  readKeyFile,
  type SuiteId,
  symmetricKeyId,
  writeKeyFile,
} from '@renshe/crypto'
import {
  algorithmOfKey,
  type CertifiedKeyName,
  type KeyName,
  kindOfKey,
  type SymmetricKeyName,
} from './key-names.ts'
import { PassphraseMissing, type PassphraseSource } from './passphrase.ts'

/** Why a key of this member cannot be used. */
export type KeyStoreRefusalCode =
  | 'KEY_FILE_MISSING'
  | 'KEY_FILE_EXISTS'
  | 'KEY_FILE_READABLE'
  | 'KEY_FILE_OTHER_KIND'
  | 'KEY_FILE_OTHER_SUITE'
  | 'KEY_FILE_OTHER_KEY'
  | 'CERTIFICATE_MISSING'
  | 'CERTIFICATE_OTHER_KEY'

/** A key file that is missing, open to others, or not what its name says. */
export class KeyStoreRefused extends Error {
  readonly code: KeyStoreRefusalCode
  readonly key: KeyName

  constructor(code: KeyStoreRefusalCode, key: KeyName) {
    super(`${code} ${key}`)
    this.name = 'KeyStoreRefused'
    this.code = code
    this.key = key
  }
}

/** Where the keys of one member lie and how they are opened. */
export interface KeyStoreSettings {
  readonly folder: string
  readonly suite: SuiteId
  /** Only on a chain that is itself a demonstration. */
  readonly demonstration: boolean
  readonly passphrases: PassphraseSource
  readonly random: RandomSource
  /** Arc of our certificate extensions; that of tests if left out. */
  readonly arc?: string
}

/** What a list shows of a key; nothing secret. */
export interface KeyDescription {
  readonly name: KeyName
  /** Fingerprint of the public key, or id of the symmetric one. */
  readonly keyId: string
  readonly demonstration: boolean
}

/**
 * The port to a member's keys. Files stand behind it now, a certified module may later: nothing above it
 * sees where a secret is kept.
 */
export interface KeyStore {
  list(): KeyDescription[]
  has(name: KeyName): boolean
  /** Makes a key pair. Throws `KEY_FILE_EXISTS`: a key is never overwritten. */
  createPair(name: CertifiedKeyName): Promise<PrivateKey>
  /** Makes V, K or R. */
  createSymmetric(name: SymmetricKeyName): Promise<Bytes>
  /**
   * Puts a new R or V in the place of the old one, which is kept as `<name>-<keyId>` until
   * {@link KeyStore.forget}: what it wrapped may not all be wrapped anew yet.
   */
  replaceSymmetric(name: SymmetricKeyName): Promise<{ readonly before: Bytes; readonly now: Bytes }>
  /** Keys of that name that were replaced and not yet forgotten. */
  replaced(name: SymmetricKeyName): Promise<readonly Bytes[]>
  forget(name: SymmetricKeyName, keyId: string): void
  privateKey(name: CertifiedKeyName): Promise<PrivateKey>
  symmetric(name: SymmetricKeyName): Promise<Bytes>
  certificate(name: CertifiedKeyName): Certificate
  putCertificate(name: CertifiedKeyName, certificate: Certificate): void
  /** Who opened which key in this process. */
  readonly openedBy: ReadonlyMap<KeyName, string>
}

const OTHERS_MAY = 0o077
const OLD_KEY = /^(vault|index|release)-([0-9a-f]{32})\.json$/

/** Opens the folder of a member's key files; makes it if there is none. No key is read yet. */
export function openKeyStore(settings: KeyStoreSettings): KeyStore {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  return new FileKeyStore(settings)
}

class FileKeyStore implements KeyStore {
  readonly openedBy = new Map<KeyName, string>()
  readonly #settings: KeyStoreSettings
  readonly #pairs = new Map<string, PrivateKey>()
  readonly #symmetric = new Map<string, Bytes>()

  constructor(settings: KeyStoreSettings) {
    this.#settings = settings
  }

  list(): KeyDescription[] {
    const described: KeyDescription[] = []
    for (const file of readdirSync(this.#settings.folder).sort()) {
      if (!file.endsWith('.json') || OLD_KEY.test(file)) continue
      const { keyId, demonstration } = describeKeyFile(this.#bytesOf(pathIn(this.#settings, file)))
      described.push({ name: file.slice(0, -5) as KeyName, keyId, demonstration })
    }
    return described
  }

  has(name: KeyName): boolean {
    return existsSync(this.#path(name))
  }

  async createPair(name: CertifiedKeyName): Promise<PrivateKey> {
    const { suite, random } = this.#settings
    const { privateKey } = generateKeyPair(algorithmOfKey(name, suite), random)
    const secret = exportPrivateKey(privateKey)
    await this.#write(name, this.#path(name), secret, privateKey.publicKey.fingerprint)
    this.#pairs.set(name, privateKey)
    return privateKey
  }

  async createSymmetric(name: SymmetricKeyName): Promise<Bytes> {
    const key = Uint8Array.from(this.#settings.random(32))
    await this.#write(name, this.#path(name), key, symmetricKeyId(this.#settings.suite, key))
    this.#symmetric.set(name, key)
    return key
  }

  async replaceSymmetric(name: SymmetricKeyName) {
    const before = await this.symmetric(name)
    const { suite, folder, random } = this.#settings
    const now = Uint8Array.from(random(32))
    const keyId = symmetricKeyId(suite, before)
    // The new file is complete before the old one gets its other name: a crash between leaves both.
    const next = join(folder, `${name}.next`)
    if (existsSync(next)) unlinkSync(next)
    await this.#write(name, next, now, symmetricKeyId(suite, now))
    renameSync(this.#path(name), join(folder, `${name}-${keyId}.json`))
    renameSync(next, this.#path(name))
    syncFolder(folder)
    this.#symmetric.set(name, now)
    return { before, now }
  }

  async replaced(name: SymmetricKeyName): Promise<readonly Bytes[]> {
    const keys: Bytes[] = []
    for (const file of readdirSync(this.#settings.folder).sort()) {
      if (OLD_KEY.exec(file)?.[1] === name) {
        keys.push((await this.#open(name, pathIn(this.#settings, file))).secret)
      }
    }
    return keys
  }

  forget(name: SymmetricKeyName, keyId: string): void {
    const path = join(this.#settings.folder, `${name}-${keyId}.json`)
    if (existsSync(path)) unlinkSync(path)
    syncFolder(this.#settings.folder)
  }

  async privateKey(name: CertifiedKeyName): Promise<PrivateKey> {
    const known = this.#pairs.get(name)
    if (known !== undefined) return known
    const { secret, keyId } = await this.#open(name, this.#path(name))
    const key = importPrivateKey(secret)
    if (key.publicKey.fingerprint !== keyId) throw new KeyStoreRefused('KEY_FILE_OTHER_KEY', name)
    this.#pairs.set(name, key)
    return key
  }

  async symmetric(name: SymmetricKeyName): Promise<Bytes> {
    const known = this.#symmetric.get(name)
    if (known !== undefined) return known
    this.#finishReplacement(name)
    const { secret, keyId } = await this.#open(name, this.#path(name))
    if (symmetricKeyId(this.#settings.suite, secret) !== keyId) {
      throw new KeyStoreRefused('KEY_FILE_OTHER_KEY', name)
    }
    this.#symmetric.set(name, secret)
    return secret
  }

  certificate(name: CertifiedKeyName): Certificate {
    const path = pathIn(this.#settings, `${name}.cer`)
    if (!existsSync(path)) throw new KeyStoreRefused('CERTIFICATE_MISSING', name)
    const certificate = parseCertificate(new Uint8Array(readFileSync(path)), this.#settings.arc)
    if (this.has(name) && certificate.publicKey.fingerprint !== this.#keyIdOf(name)) {
      throw new KeyStoreRefused('CERTIFICATE_OTHER_KEY', name)
    }
    return certificate
  }

  putCertificate(name: CertifiedKeyName, certificate: Certificate): void {
    if (certificate.publicKey.fingerprint !== this.#keyIdOf(name)) {
      throw new KeyStoreRefused('CERTIFICATE_OTHER_KEY', name)
    }
    const path = pathIn(this.#settings, `${name}.cer`)
    writeDurably(`${path}.new`, certificate.der, 0o644)
    renameSync(`${path}.new`, path)
    syncFolder(this.#settings.folder)
  }

  #path(name: KeyName): string {
    return pathIn(this.#settings, `${name}.json`)
  }

  /** A crash between the two renames of a replacement left no current key: the next one is it. */
  #finishReplacement(name: SymmetricKeyName): void {
    const next = join(this.#settings.folder, `${name}.next`)
    if (existsSync(next) && !this.has(name)) renameSync(next, this.#path(name))
  }

  #keyIdOf(name: CertifiedKeyName): string {
    if (!this.has(name)) throw new KeyStoreRefused('KEY_FILE_MISSING', name)
    return describeKeyFile(this.#bytesOf(this.#path(name))).keyId
  }

  #bytesOf(path: string): Bytes {
    return new Uint8Array(readFileSync(path))
  }

  async #open(name: KeyName, path: string): Promise<KeyFileContent> {
    if (!existsSync(path)) throw new KeyStoreRefused('KEY_FILE_MISSING', name)
    if ((statSync(path).mode & OTHERS_MAY) !== 0) {
      throw new KeyStoreRefused('KEY_FILE_READABLE', name)
    }
    const { passphrases, demonstration, suite } = this.#settings
    const { text, givenBy } = await passphrases(name)
    const content = readKeyFile(this.#bytesOf(path), text, demonstration)
    if (content.kind !== kindOfKey(name)) throw new KeyStoreRefused('KEY_FILE_OTHER_KIND', name)
    if (content.suite !== suite) throw new KeyStoreRefused('KEY_FILE_OTHER_SUITE', name)
    this.openedBy.set(name, givenBy)
    return content
  }

  async #write(name: KeyName, path: string, secret: Bytes, keyId: string): Promise<void> {
    if (existsSync(path)) throw new KeyStoreRefused('KEY_FILE_EXISTS', name)
    const { passphrases, demonstration, suite, random, folder } = this.#settings
    const { text } = await passphrases(name)
    if (text.length === 0) throw new PassphraseMissing(name, 'it is empty')
    const content = { kind: kindOfKey(name), suite, keyId, secret, demonstration }
    const bytes = writeKeyFile(content, text, random)
    writeDurably(`${path}.new`, bytes, 0o600)
    renameSync(`${path}.new`, path)
    syncFolder(folder)
  }
}

function pathIn({ folder }: KeyStoreSettings, file: string): string {
  return join(folder, file)
}

function writeDurably(path: string, bytes: Bytes, mode: number): void {
  const file = openSync(path, 'w', mode)
  try {
    // The mode of `open` is cut by the process's mask, and says nothing about a file that was there.
    chmodSync(path, mode)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** A rename is durable when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Whether one person opened both V and R: nobody should be able to read what the owner sealed alone.
 *
 * @returns who, or undefined
 * @source threats section 7
 */
export function findSharedAdministrator({ openedBy }: KeyStore): string | undefined {
  const vault = openedBy.get('vault')
  return vault !== undefined && vault === openedBy.get('release') ? vault : undefined
}
