/* Rotation of V and R (sealed-data section 8, Rotate): what was deleted goes for good with the old key and file. */
import type { KeyStore } from '../keys/key-store.ts'
import type { Vault } from './vault.ts'
import { wrappingKey } from './wrapping-key.ts'

/** R lives a week; it is destroyed with its file when its successor is in place, long before 35 days. */
export const RELEASE_KEY_WEEK_MS: number = 7 * 86_400_000

/**
 * Gives the release store a new R: weekly, so that what was erased is gone for good 35 days later at the
 * latest. A run that was cut short is finished by the next.
 *
 * @param at  now, UTC ms
 */
export async function rotateReleaseKey(vault: Vault, keys: KeyStore, at = 0): Promise<void> {
  const { suite } = vault
  const waiting = await keys.replaced('release')
  if (waiting.length === 0) await keys.replaceSymmetric('release')
  const older = await keys.replaced('release')
  await vault.release.rotate(wrappingKey(suite, await keys.symmetric('release'), older), at)
  for (const key of older) keys.forget('release', wrappingKey(suite, key).keyId)
}

/**
 * Gives the vault a new V: every A, A\* and everything locked is wrapped anew, then the store is written
 * anew, then the old V is destroyed. A run that was cut short is finished by the next.
 *
 * @returns how many wraps were made anew
 */
export async function rotateVaultKey(vault: Vault, keys: KeyStore): Promise<number> {
  const { suite, store } = vault
  const waiting = await keys.replaced('vault')
  if (waiting.length === 0) await keys.replaceSymmetric('vault')
  const older = await keys.replaced('vault')
  const made = await store.rewrap(wrappingKey(suite, await keys.symmetric('vault'), older))
  await store.renew()
  for (const key of older) keys.forget('vault', wrappingKey(suite, key).keyId)
  return made
}

/**
 * What is due each week: a new R in a fresh file, and the vault's file written anew, so that copies and boxes
 * that were deleted lie in no free page of it. Where nobody noted the last time, the week begins now.
 *
 * @returns whether it was due
 */
export async function rotateWeekly(vault: Vault, keys: KeyStore, now: number): Promise<boolean> {
  const turned = vault.release.turnedAt()
  if (turned === undefined) {
    await vault.release.noteTurn(now)
    return false
  }
  if (now - turned < RELEASE_KEY_WEEK_MS) return false
  // First the vault: a crash between leaves the release store's note old, and both are done again.
  await vault.store.renew()
  await rotateReleaseKey(vault, keys, now)
  return true
}
