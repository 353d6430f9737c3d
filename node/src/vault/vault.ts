import type { Bytes, PersonName, RandomSource, SuiteId } from '@renshe/crypto'
import { personIndex } from '@renshe/crypto'
import type { KeyStore } from '../keys/key-store.ts'
import { type AtCrashPoint, NO_CRASH } from './crash-points.ts'
import { ReleaseStore } from './release-store.ts'
import { VaultStore } from './vault-store.ts'
import { wrappingKey } from './wrapping-key.ts'

/** A member's vault: two stores, and what every seal and release needs. */
export interface Vault {
  readonly chain: string
  readonly member: string
  /** The suite that this member seals with: the first that the chain allows. */
  readonly suite: SuiteId
  readonly store: VaultStore
  readonly release: ReleaseStore
  readonly random: RandomSource
  readonly atCrashPoint: AtCrashPoint
  /** K, for threads that make the blind indexes of a batch. */
  readonly indexKey: Bytes
  /** Blind index of a person under K, for this vault alone. */
  indexOf(person: PersonName): string
  close(): Promise<void>
}

/** How a vault is opened. */
export interface VaultSettings {
  readonly chain: string
  readonly member: string
  readonly suite: SuiteId
  /** `vault/` and `release/` of the member, two folders that two people may keep apart. */
  readonly folder: string
  readonly releaseFolder: string
  readonly keys: KeyStore
  readonly random: RandomSource
  readonly atCrashPoint?: AtCrashPoint
}

/** Opens both stores with V, K and R of the member's key files. */
export async function openVault(settings: VaultSettings): Promise<Vault> {
  const { chain, member, suite, folder, releaseFolder, keys, random } = settings
  const atCrashPoint = settings.atCrashPoint ?? NO_CRASH
  const [vaultKey, releaseKey] = await Promise.all([
    wrappingKeyOf(keys, 'vault', suite),
    wrappingKeyOf(keys, 'release', suite),
  ])
  const indexKey: Bytes = await keys.symmetric('index')
  const store = new VaultStore({ folder, chain, key: vaultKey, random, atCrashPoint })
  const release = ReleaseStore.open({
    folder: releaseFolder,
    chain,
    key: releaseKey,
    random,
    atCrashPoint,
  })
  return {
    chain,
    member,
    suite,
    store,
    release,
    random,
    atCrashPoint,
    indexKey,
    indexOf: (person) => personIndex(suite, indexKey, person),
    close: async () => {
      await store.close()
      await release.close()
    },
  }
}

async function wrappingKeyOf(keys: KeyStore, name: 'vault' | 'release', suite: SuiteId) {
  return wrappingKey(suite, await keys.symmetric(name), await keys.replaced(name))
}
