import type { KeyAlgorithm, KeyFileKind, SuiteId } from '@renshe/crypto'

/**
 * Keys of a member, by the names of their files. The first three lines sign, the encryption key
 * receives, the last three are symmetric: V, K and R of sealed data.
 */
export type KeyName =
  | 'ca'
  | 'officer-ca'
  | 'system'
  | 'witness'
  | 'witness-sm2'
  | 'consensus'
  | 'tls'
  | `officer-${string}`
  | 'encryption'
  | 'vault'
  | 'index'
  | 'release'

/** Keys that a key certificate speaks of. */
export type CertifiedKeyName = Exclude<KeyName, SymmetricKeyName>

/** V (halves A), K (blind index of persons), R (halves B). */
export type SymmetricKeyName = 'vault' | 'index' | 'release'

const KINDS: Readonly<Record<string, KeyFileKind>> = {
  ca: 'ca',
  'officer-ca': 'ca',
  system: 'application',
  witness: 'witness',
  'witness-sm2': 'witness',
  consensus: 'consensus',
  tls: 'tls',
  encryption: 'encryption',
  vault: 'vault',
  index: 'vault',
  release: 'release',
}

/** What the key file of that name must say it is for. */
export function kindOfKey(name: KeyName): KeyFileKind {
  return KINDS[name] ?? 'signing'
}

/** Which algorithm the key of that name has under a suite. */
export function algorithmOfKey(name: CertifiedKeyName, suite: SuiteId): KeyAlgorithm {
  // Checkpoints are signed with Ed25519 under both suites, 国密 adds a line of its own (C2SP).
  if (name === 'witness' || name === 'consensus') return 'ed25519'
  if (name === 'witness-sm2') return 'sm2'
  // TLS of Node knows no SM2: 国密 TLS ends at a proxy in front of the node.
  if (name === 'tls') return 'p256'
  return suite === 'RS-GM-1' ? 'sm2' : 'p256'
}

/** The file of an officer's key: demonstrations only; a real officer's key is in a browser. */
export function officerKey(officer: string): KeyName {
  if (!/^[A-Za-z0-9._-]{1,48}$/.test(officer)) throw new RangeError('an officer number for a file')
  return `officer-${officer}`
}
