/*
 * A process that works on a vault until it is killed: `node vault-process <folder> <work> <point>`.
 * `seal` seals batch after batch, `rotate` gives the release store a new R, `rewrap` the vault a new V, `erase` erases rows 1 and 2 of
 * the first batch. At the named point it kills itself as a power cut would: no handler runs.
 */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { canonicalJson } from '@renshe/crypto'
import { type KeyStore, openKeyStore } from '../keys/key-store.ts'
import { demonstrationPassphrases } from '../keys/passphrase.ts'
import type { AtCrashPoint } from '../vault/crash-points.ts'
import { rotateReleaseKey, rotateVaultKey } from '../vault/key-rotation.ts'
import { beginBatch, sealRecord } from '../vault/seal.ts'
import { openVault, type Vault } from '../vault/vault.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const ENTRY = 'a'.repeat(64)
const FAR = 9_000_000_000_000
/** Rows of every batch: more than one page of halves. */
export const PROCESS_ROWS = 1500

/** Keys and vault in a folder, made if they are not there. */
export async function openWorkingVault(
  folder: string,
  atCrashPoint?: AtCrashPoint,
): Promise<{ readonly vault: Vault; readonly keys: KeyStore }> {
  const suite = 'RS-INTL-1'
  const keys = openKeyStore({
    folder: join(folder, 'keys'),
    suite,
    demonstration: true,
    passphrases: demonstrationPassphrases('club'),
    random,
  })
  for (const name of ['vault', 'index', 'release'] as const) {
    if (!keys.has(name)) await keys.createSymmetric(name)
  }
  const vault = await openVault({
    chain: 'demo-test-00000000',
    member: 'club',
    suite,
    folder: join(folder, 'vault'),
    releaseFolder: join(folder, 'release'),
    keys,
    random,
    ...(atCrashPoint === undefined ? {} : { atCrashPoint }),
  })
  return { vault, keys }
}

/** Seals one batch and one record; gives the root. */
export async function sealSomething(vault: Vault): Promise<string> {
  const purpose = { case: 'C', step: 's', expiresAt: FAR }
  const section = { name: 'fees', level: 2, entry: ENTRY } as const
  const sealer = beginBatch(vault, { ...purpose, kind: 'batch', section })
  for (let at = 0; at < PROCESS_ROWS; at += 500) {
    sealer.add(
      Array.from({ length: 500 }, (_, index) => ({
        content: canonicalJson({ row: at + index }),
        person: { idType: 'cn-id', id: `${at + index}` },
      })),
    )
  }
  const { root } = await sealer.finish()
  const content = canonicalJson({ text: root })
  await sealRecord(vault, {
    ...purpose,
    sections: [{ ...section, name: 'note', content, person: null }],
  })
  return root as string
}

async function work(folder: string, what: string, point: string): Promise<void> {
  const { vault, keys } = await openWorkingVault(folder, (at) => {
    if (at === point) process.kill(process.pid, 'SIGKILL')
  })
  writeSync(1, 'working\n')
  if (what === 'rotate') await rotateReleaseKey(vault, keys)
  if (what === 'rewrap') await rotateVaultKey(vault, keys)
  if (what === 'erase') {
    const [first] = vault.store.unsettled()
    await vault.release.eraseRows(first?.root as string, 'fees', [1, 2])
  }
  while (what === 'seal') await sealSomething(vault)
  await vault.close()
}

const [, script, folder, what, point] = process.argv
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  await work(folder as string, what as string, point as string)
}
