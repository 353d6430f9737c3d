// Goal: both suites seal, store, wrap and open alike; nothing falls back from one to the other.
// Method: a vault of each suite with its own keys; a section of one suite is offered where the other is allowed.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createBatchKey,
  generateKeyPair,
  openSealed,
  openSection,
  type SuiteId,
  sectionCommitment,
  utf8,
} from '@renshe/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeyStore } from '../keys/key-store.ts'
import { demonstrationPassphrases } from '../keys/passphrase.ts'
import { grantKey, grantKeyBox } from './grant-keys.ts'
import { rotateReleaseKey } from './key-rotation.ts'
import { HalfReader, openOwn, registeredAt } from './own-sections.ts'
import { beginBatch, sealRecord } from './seal.ts'
import { headerHashOf } from './sealed-bytes.ts'
import { placesOfRoot } from './subledger-trees.ts'
import { openVault } from './vault.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const PURPOSE = { case: 'C', step: 's', expiresAt: 1 }
const SECTION = { name: 'fees', level: 2, entry: 'a'.repeat(64) } as const
const CONTENTS = ['一', '\u{20bb7}', '\ufa15'].map((text) => utf8(text))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-suite-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function opened(suite: SuiteId) {
  const keys = openKeyStore({
    folder: join(folder, suite, 'keys'),
    suite,
    demonstration: true,
    passphrases: demonstrationPassphrases('club'),
    random,
  })
  for (const name of ['vault', 'index', 'release'] as const) await keys.createSymmetric(name)
  const vault = await openVault({
    chain: 'demo-test-00000000',
    member: 'club',
    suite,
    folder: join(folder, suite, 'vault'),
    releaseFolder: join(folder, suite, 'release'),
    keys,
    random,
  })
  return { vault, keys }
}

describe.each<[SuiteId, 'p256' | 'sm2']>([
  ['RS-INTL-1', 'p256'],
  ['RS-GM-1', 'sm2'],
])('%s', (suite, algorithm) => {
  it('seals, rotates and opens; the header hash from bytes is that of the commitment', async () => {
    const { vault, keys } = await opened(suite)
    const sealer = beginBatch(vault, { ...PURPOSE, kind: 'batch', section: SECTION })
    const openings = sealer.add(CONTENTS.map((content) => ({ content })))
    const { root, n } = await sealer.finish()
    const content = utf8('note')
    await sealRecord(vault, { ...PURPOSE, sections: [{ ...SECTION, content, person: null }] })
    await rotateReleaseKey(vault, keys)
    const halves = new HalfReader(vault)
    const places = placesOfRoot(vault, root as string) ?? []
    expect(places.map((place) => openOwn(vault, place, halves)?.content)).toEqual(CONTENTS)
    openings.forEach((opening, row) => {
      const sealed = vault.store.row(n, row) as Uint8Array
      expect(headerHashOf(suite, sealed)).toBe(sectionCommitment(opening).headerHash)
    })
    await vault.close()
  })

  it('gives grant keys to keys of its own algorithm', async () => {
    const { vault } = await opened(suite)
    const { publicKey, privateKey } = generateKeyPair(algorithm, random)
    const holderKey = 'b'.repeat(64)
    const box = grantKeyBox(vault, { id: 'G' }, { holderKey, publicKey })
    const context = { use: 'grant', chain: vault.chain, grant: 'G', holderKey } as const
    expect(openSealed(suite, privateKey, context, box)).toEqual(grantKey(vault, 'G'))
    const other = generateKeyPair(algorithm === 'sm2' ? 'p256' : 'sm2', random).publicKey
    expect(() => grantKeyBox(vault, { id: 'H' }, { holderKey, publicKey: other })).toThrow(
      TypeError,
    )
    await vault.close()
  })

  it('opens nowhere as the other suite', async () => {
    const { vault } = await opened(suite)
    const sealer = beginBatch(vault, { ...PURPOSE, kind: 'batch', section: SECTION })
    sealer.add([{ content: CONTENTS[0] as Uint8Array }])
    const { root } = await sealer.finish()
    const [place] = placesOfRoot(vault, root as string) ?? []
    const halves = new HalfReader(vault)
    const sealed = vault.store.row(place?.sealing.n as number, 0) as Uint8Array
    const key = createBatchKey(suite, halves.batchHalf(place?.sealing as never))
    const other: SuiteId = suite === 'RS-GM-1' ? 'RS-INTL-1' : 'RS-GM-1'
    const open = (suites: SuiteId[]) =>
      openSection({
        sealed,
        halfA: key.rowHalf(headerHashOf(suite, sealed)),
        halfB: halves.halfB(place as never),
        registered: registeredAt(vault, place as never),
        suites,
      })
    expect(open([suite]).content).toEqual(CONTENTS[0])
    expect(() => open([other])).toThrow('SEAL_BROKEN')
    await vault.close()
  })
})
