import type { Grant } from '@renshe/contracts'
import { type Bytes, type PublicKey, sealTo } from '@renshe/crypto'
import type { Vault } from './vault.ts'

/** G of a grant: drawn when first asked for, kept locked under V. */
export function grantKey(vault: Vault, grant: string): Bytes {
  const known = vault.store.unlock('grant', grant)
  if (known !== undefined) return known
  const key = Uint8Array.from(vault.random(32))
  vault.store.lock('grant', [[grant, key]])
  return key
}

/** Where a grant's key is sealed to. */
export interface HolderKey {
  /** Hex SHA-256 of its SPKI. */
  readonly holderKey: string
  readonly publicKey: PublicKey
}

/** G sealed to a key of the grant's holder; made once for each of its keys. */
export function grantKeyBox(
  vault: Vault,
  grant: Pick<Grant, 'id'>,
  { holderKey, publicKey }: HolderKey,
): Bytes {
  const name = boxName(grant.id, holderKey)
  const known = vault.store.unlock('grant', name)
  if (known !== undefined) return known
  const { chain, suite, random } = vault
  const context = { use: 'grant', chain, grant: grant.id, holderKey } as const
  const box = sealTo(suite, publicKey, context, grantKey(vault, grant.id), random)
  vault.store.lock('grant', [[name, box]])
  return box
}

/** Forgets the key of a revoked grant: no wrap under it is ever made or given again. */
export function forgetGrant(vault: Vault, grant: string): void {
  vault.store.removeLocked('grant', vault.store.lockedIds('grant', grant))
}

function boxName(grant: string, holderKey: string): string {
  return `${grant} ${holderKey}`
}
