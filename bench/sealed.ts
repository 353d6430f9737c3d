/* Sealed data: single sections sealed and opened, and 100,000 of them erased from both stores. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import {
  canonicalJson,
  openSection,
  pagedRandom,
  type SectionHeader,
  sealSection,
  toHex,
} from '@renshe/crypto'
import { openKeyStore } from '../node/src/keys/key-store.ts'
import { demonstrationPassphrases } from '../node/src/keys/passphrase.ts'
import { beginBatch, sealRecord } from '../node/src/vault/seal.ts'
import type { Sealing } from '../node/src/vault/sealing.ts'
import { openVault, type Vault } from '../node/src/vault/vault.ts'
import { type Measured, median, ratePerSecond } from './measure.ts'

const SUITE = 'RS-INTL-1'
const random = (length: number) => new Uint8Array(randomBytes(length))
const CORES = 2
const ERASED = 100_000

/** Seals, opens and erases. Rates are twice those of one core's processor time: two cores were not measured. */
export async function measureSealed(rounds: number, seconds: number): Promise<Measured[]> {
  const { seal, open } = sealingWork()
  const seals = Array.from({ length: rounds }, () => CORES * ratePerSecond(seal, seconds))
  const opens = Array.from({ length: rounds }, () => CORES * ratePerSecond(open, seconds))
  const rows = await measureErasing(eraseBatch)
  const sections = await measureErasing(eraseRecords)
  return [
    rate('sections of 400 bytes sealed, one core times two', seals),
    rate('sections of 400 bytes opened, one core times two', opens),
    erasing('rows of one batch', rows),
    erasing('sections in 1,000 records', sections),
  ]
}

function erasing(what: string, value: number): Measured {
  const name = `100,000 ${what} erased: B, sealed bytes, whose it was`
  return { name, value, unit: 's', demanded: { most: 10 } }
}

function rate(name: string, rounds: readonly number[]): Measured {
  return { name, value: median(rounds), unit: '/s', demanded: { least: 30_000 }, rounds }
}

function sealingWork() {
  const draw = pagedRandom(random)
  const content = canonicalJson({ text: 'a'.repeat(389) })
  const header = (): SectionHeader => ({
    chain: 'demo-bench-00000000',
    entryHash: 'a'.repeat(64),
    kind: 'whole',
    level: 2,
    owner: 'club',
    record: toHex(draw(16)),
    salt: toHex(draw(32)),
    section: 'note',
    suite: SUITE,
    v: 1,
    version: 1,
  })
  const make = () => {
    const [seed, halfA, halfB] = [draw(32).slice(), draw(32).slice(), draw(32).slice()] as const
    const given = { header: header(), seed, content, halfA, halfB }
    return { ...given, ...sealSection(given) }
  }
  const made = Array.from({ length: 256 }, make)
  return {
    seal: () => {
      make()
    },
    open: (round: number) => {
      const one = made[round % made.length] as (typeof made)[number]
      const { sealed, halfA, halfB, commitment } = one
      const { chain, owner, record, version, section, level, entryHash } = one.header
      const place = { chain, owner, record, version, section, level, entryHash }
      openSection({ sealed, halfA, halfB, registered: { ...place, commitment }, suites: [SUITE] })
    },
  }
}

const SECTION = { name: 'fees', level: 2, entry: 'a'.repeat(64) } as const
const PURPOSE = { case: 'C', step: 's', expiresAt: 9e12 }

/** Seconds until everything that was sealed is gone from both stores, flushed. */
async function measureErasing(prepare: (vault: Vault) => Promise<() => Promise<number>>) {
  const folder = mkdtempSync(join(tmpdir(), 'renshe-bench-sealed-'))
  const vault = await vaultIn(folder)
  try {
    const erase = await prepare(vault)
    const begin = performance.now()
    const erased = await erase()
    await vault.store.forgetPersons(() => true)
    if (erased !== ERASED) throw new Error(`${erased} erased`)
    return (performance.now() - begin) / 1000
  } finally {
    await vault.close()
    rmSync(folder, { recursive: true })
  }
}

async function eraseBatch(vault: Vault): Promise<() => Promise<number>> {
  const sealer = beginBatch(vault, { ...PURPOSE, kind: 'batch', section: SECTION })
  for (let at = 0; at < ERASED; at += 1000) {
    sealer.add(
      Array.from({ length: 1000 }, (_, row) => ({
        content: canonicalJson({ row: at + row, text: 'a'.repeat(370) }),
        person: { idType: 'cn-id' as const, id: `${at + row}` },
      })),
    )
  }
  const sealing = await sealer.finish()
  const rows = Array.from({ length: ERASED }, (_, row) => row)
  return async () => {
    await vault.release.eraseRows(sealing.root as string, SECTION.name, rows)
    return vault.store.eraseRows([{ sealing, rows, isLast: true }])
  }
}

async function eraseRecords(vault: Vault): Promise<() => Promise<number>> {
  const sections = Array.from({ length: 100 }, (_, at) => ({
    ...SECTION,
    name: `part-${String(at).padStart(3, '0')}`,
    content: canonicalJson({ text: 'a'.repeat(389) }),
    person: { idType: 'cn-id' as const, id: `${at}` },
  }))
  const sealings: Sealing[] = []
  while (sealings.length < ERASED / sections.length) {
    sealings.push((await sealRecord(vault, { ...PURPOSE, sections })).sealing)
  }
  const rows = sections.map((_, row) => row)
  return async () => {
    await vault.release.eraseHalves(
      sealings.flatMap((sealing) => sealing.sections.map(({ commitment }) => commitment)),
    )
    return vault.store.eraseRows(sealings.map((sealing) => ({ sealing, rows, isLast: true })))
  }
}

async function vaultIn(folder: string): Promise<Vault> {
  const keys = openKeyStore({
    folder: join(folder, 'keys'),
    suite: SUITE,
    demonstration: true,
    passphrases: demonstrationPassphrases('club'),
    random,
  })
  for (const name of ['vault', 'index', 'release'] as const) await keys.createSymmetric(name)
  return openVault({
    chain: 'demo-bench-00000000',
    member: 'club',
    suite: SUITE,
    folder: join(folder, 'vault'),
    releaseFolder: join(folder, 'release'),
    keys,
    random,
  })
}
