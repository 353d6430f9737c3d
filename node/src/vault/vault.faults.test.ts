// Goal: killed at any step of sealing, erasing or rotating R, a vault never has a sealed section without its half B,
// loses nothing that was stored, and keeps erased what was erased.
// Method: a real process kills itself with SIGKILL at each named point, or is killed at random moments; then its
// stores are opened here and everything in them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorkingVault, PROCESS_ROWS, sealSomething } from '../testing/vault-process.fixture.ts'
import type { CrashPoint } from './crash-points.ts'
import { rotateReleaseKey, rotateVaultKey } from './key-rotation.ts'
import { HalfReader, openOwn } from './own-sections.ts'
import { placesOfRoot } from './subledger-trees.ts'
import type { Vault } from './vault.ts'

const SCRIPT = fileURLToPath(new URL('../testing/vault-process.fixture.ts', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-vault-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(work: string, point = 'nowhere') {
  const node = ['--import', 'tsx', SCRIPT, folder, work, point]
  return spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function killed(work: string, point: CrashPoint): Promise<void> {
  const [, signal] = (await once(start(work, point), 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

/** Opens everything that the vault says it has; gives how many rows are erased. */
function openAll(vault: Vault): { batches: number; records: number; erased: number } {
  const counts = { batches: 0, records: 0, erased: 0 }
  const halves = new HalfReader(vault)
  for (const sealing of vault.store.unsettled()) {
    const places =
      sealing.root === null
        ? vault.store.leaves(sealing.n).map((leaf, row) => ({ sealing, row, leaf }))
        : (placesOfRoot(vault, sealing.root) ?? [])
    if (sealing.root === null) counts.records += 1
    else counts.batches += 1
    expect(places).toHaveLength(sealing.root === null ? 1 : PROCESS_ROWS)
    for (const place of places) if (openOwn(vault, place, halves) === null) counts.erased += 1
  }
  return counts
}

describe('a vault whose process is killed', () => {
  it.each<[CrashPoint, number, number]>([
    ['sealed', 0, 0],
    ['release-flushed', 0, 1],
    ['vault-flushed', 1, 1],
  ])(
    'at %s while sealing: %i batch that opens, %i that the release store waits for',
    async (point, batches, waiting) => {
      await killed('seal', point)
      const { vault } = await openWorkingVault(folder)
      expect(openAll(vault)).toEqual({ batches, records: 0, erased: 0 })
      expect(vault.release.waiting()).toHaveLength(waiting)
      await sealSomething(vault)
      expect(openAll(vault)).toEqual({ batches: batches + 1, records: 1, erased: 0 })
      await vault.close()
    },
  )

  it('at random moments under load: all that it stored opens, each time', async () => {
    let before = 0
    for (let run = 0; run < 6; run++) {
      const child = start('seal')
      await once(child.stdout, 'data')
      await sleep(50 + 130 * run)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const { vault } = await openWorkingVault(folder)
      const { batches, erased } = openAll(vault)
      expect(batches).toBeGreaterThanOrEqual(before)
      expect(erased).toBe(0)
      before = batches
      await vault.close()
    }
    expect(before).toBeGreaterThan(0)
  })

  it('threat 23: between the new page and the deletion of the old one: erased stays erased', async () => {
    const first = await openWorkingVault(folder)
    await sealSomething(first.vault)
    await first.vault.close()
    await killed('erase', 'page-written')
    const { vault, keys } = await openWorkingVault(folder)
    expect(openAll(vault).erased).toBe(2)
    await rotateReleaseKey(vault, keys)
    expect(openAll(vault)).toEqual({ batches: 1, records: 1, erased: 2 })
    await vault.close()
  })

  it.each<CrashPoint>(['rewrapped', 'renewal-copied', 'renewal-switched'])(
    'at %s: everything opens, and the next run ends with one V',
    async (point) => {
      const first = await openWorkingVault(folder)
      await sealSomething(first.vault)
      await first.vault.close()
      await killed('rewrap', point)
      const { vault, keys } = await openWorkingVault(folder)
      expect(openAll(vault)).toEqual({ batches: 1, records: 1, erased: 0 })
      await rotateVaultKey(vault, keys)
      expect(await keys.replaced('vault')).toEqual([])
      await vault.close()
      const again = await openWorkingVault(folder)
      expect(openAll(again.vault)).toEqual({ batches: 1, records: 1, erased: 0 })
      await again.vault.close()
    },
  )

  it.each<CrashPoint>(['rotation-copied', 'rotation-switched'])(
    'at %s: everything opens, and the next rotation ends with one key',
    async (point) => {
      const first = await openWorkingVault(folder)
      await sealSomething(first.vault)
      await first.vault.close()
      await killed('rotate', point)
      const { vault, keys } = await openWorkingVault(folder)
      expect(openAll(vault)).toEqual({ batches: 1, records: 1, erased: 0 })
      await rotateReleaseKey(vault, keys)
      expect(await keys.replaced('release')).toEqual([])
      await vault.close()
      const again = await openWorkingVault(folder)
      expect(openAll(again.vault)).toEqual({ batches: 1, records: 1, erased: 0 })
      await again.vault.close()
    },
  )
})
