// Goal: a member's keys lie in files of their own under passphrases of their own, are never overwritten, never used
// for another purpose, and a demonstration's keys open nowhere else (threats section 7).
// Method: real key files in a temporary folder, with the demonstration's cheap stretching; each row breaks one thing.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '@renshe/contracts/testing'
import {
  checkAuthorityPath,
  checkCertificatePath,
  generateKeyPair,
  openSealed,
  sealTo,
  sign,
  verify,
} from '@renshe/crypto'
import { makeBody, readTransaction, splitBundle } from '@renshe/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { algorithmOfKey, type KeyName, officerKey } from './key-names.ts'
import { findSharedAdministrator, type KeyStore, openKeyStore } from './key-store.ts'
import {
  certifyDemonstrationOfficer,
  certifyOfficer,
  createMemberKeys,
  MEMBER_KEYS,
  signedBundle,
  transactionSigner,
} from './member-keys.ts'
import {
  demonstrationPassphrases,
  firstPassphrase,
  PassphraseMissing,
  type PassphraseSource,
  passphrasesOfCredentials,
  passphrasesOfDescriptors,
} from './passphrase.ts'

const START = 1_788_220_800_000
const random = seeded('keys')
const TERMS = {
  member: 'club',
  chainName: 'demo-test',
  notBefore: START,
  random,
  dnsNames: ['node.club.example'],
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function opened(
  passphrases: PassphraseSource = demonstrationPassphrases('club'),
  settings: { suite?: 'RS-INTL-1' | 'RS-GM-1'; demonstration?: boolean } = {},
): KeyStore {
  return openKeyStore({
    folder: join(folder, 'keys'),
    suite: 'RS-INTL-1',
    demonstration: true,
    passphrases,
    random,
    ...settings,
  })
}

describe('the keys of a member', () => {
  it('are made once, certified by its own authorities, and the same after a restart', async () => {
    const keys = opened()
    await createMemberKeys(keys, TERMS, ['tls'])
    const before = keys.list()
    expect(before.map(({ name }) => name)).toEqual(
      [...MEMBER_KEYS, 'index', 'release', 'tls', 'vault'].sort(),
    )
    expect(before.every(({ demonstration }) => demonstration)).toBe(true)
    await createMemberKeys(opened(), TERMS, ['tls'])
    expect(opened().list()).toEqual(before)
    const expected = { member: 'club', chainName: 'demo-test', timeMs: START + 1 }
    const authority = keys.certificate('ca')
    expect(checkAuthorityPath({ authority, profiles: ['member-ca'], ...expected })).toEqual({
      ok: true,
    })
    for (const [name, profile] of [
      ['system', 'application'],
      ['encryption', 'encryption'],
      ['witness', 'witness'],
      ['tls', 'tls'],
    ] as const) {
      const leaf = keys.certificate(name)
      const path = checkCertificatePath({ leaf, authority, profiles: [profile], ...expected })
      expect([name, path]).toEqual([name, { ok: true }])
    }
  })

  it('work: the system signs, the encryption key opens what was sealed to it', async () => {
    const keys = opened()
    await createMemberKeys(keys, TERMS)
    const system = await opened().privateKey('system')
    const message = new TextEncoder().encode('signed')
    expect(verify(keys.certificate('system').publicKey, message, sign(system, message))).toBe(true)
    const context = { use: 'grant', chain: 'c', grant: 'g', holderKey: 'k' } as const
    const key = keys.certificate('encryption').publicKey
    const box = sealTo('RS-INTL-1', key, context, message, random)
    const encryption = await opened().privateKey('encryption')
    expect(openSealed('RS-INTL-1', encryption, context, box)).toEqual(message)
  })

  it('are 国密 keys under the 国密 suite, except where its own tools have none', async () => {
    const keys = opened(undefined, { suite: 'RS-GM-1' })
    await createMemberKeys(keys, TERMS)
    expect((await keys.privateKey('system')).algorithm).toBe('sm2')
    expect((await keys.privateKey('witness')).algorithm).toBe('ed25519')
    expect(algorithmOfKey('tls', 'RS-GM-1')).toBe('p256')
    expect(algorithmOfKey('witness-sm2', 'RS-GM-1')).toBe('sm2')
  })

  it('certify officers for at most 12 hours, under their own authority', async () => {
    const keys = opened()
    await createMemberKeys(keys, TERMS)
    const { publicKey } = generateKeyPair('p256', random)
    const officer = { ...TERMS, officer: 'O-7', unit: 'fees', publicKey }
    const leaf = await certifyOfficer(keys, officer)
    const authority = keys.certificate('officer-ca')
    const expected = { member: 'club', chainName: 'demo-test', timeMs: START + 1 }
    const path = { leaf, authority, profiles: ['officer' as const], ...expected }
    expect(checkCertificatePath(path)).toEqual({ ok: true })
    expect(leaf.subject).toMatchObject({ name: 'O-7', unit: 'fees' })
    const tooLong = { ...officer, notAfter: START + 12 * 3_600_000 + 1000 }
    await expect(certifyOfficer(keys, tooLong)).rejects.toThrow('12 hours')
  })

  it('sign transactions only where they may', async () => {
    const keys = opened()
    await createMemberKeys(keys, TERMS)
    await certifyDemonstrationOfficer(keys, { ...TERMS, officer: 'O-7', unit: null })
    const signer = await transactionSigner(keys, officerKey('O-7'))
    const body = makeBody({
      chain: 'demo-test-00000000',
      action: 'cases.openCase',
      input: {},
      signer: signer.certificate,
      nonce: random(16),
      expiresAt: START + 1000,
    })
    const [framed] = splitBundle(signedBundle(body, signer)) ?? []
    expect(readTransaction(framed as never)).toMatchObject({ body: { signer: signer.certificate } })
    for (const name of ['ca', 'officer-ca', 'witness', 'encryption', 'vault'] as const) {
      await expect(transactionSigner(keys, name)).rejects.toThrow('does not sign transactions')
    }
    expect(() => officerKey('../ca')).toThrow(RangeError)
  })

  it('renewed for the same officer, the key stays', async () => {
    const keys = opened()
    await createMemberKeys(keys, TERMS)
    const first = await certifyDemonstrationOfficer(keys, { ...TERMS, officer: 'O-7', unit: null })
    const later = { ...TERMS, notBefore: START + 3_600_000, officer: 'O-7', unit: null }
    const second = await certifyDemonstrationOfficer(opened(), later)
    expect(second.publicKey.fingerprint).toBe(first.publicKey.fingerprint)
    expect(second.fingerprint).not.toBe(first.fingerprint)
  })
})

describe('threat 9: a key file', () => {
  const path = (name: string) => join(folder, 'keys', `${name}.json`)
  beforeEach(async () => {
    await createMemberKeys(opened(), TERMS)
  })

  it('is readable by its owner alone', () => {
    expect(statSync(path('vault')).mode & 0o777).toBe(0o600)
  })

  it('is never overwritten', async () => {
    await expect(opened().createPair('system')).rejects.toMatchObject({ code: 'KEY_FILE_EXISTS' })
    await expect(opened().createSymmetric('vault')).rejects.toMatchObject({
      code: 'KEY_FILE_EXISTS',
    })
  })

  it.each<[string, () => void, KeyName, string]>([
    ['that others may read', () => chmodSync(path('vault'), 0o640), 'vault', 'KEY_FILE_READABLE'],
    ['that is missing', () => rmSync(path('vault')), 'vault', 'KEY_FILE_MISSING'],
    [
      'of another purpose',
      () => copyFileSync(path('release'), path('vault')),
      'vault',
      'PASSPHRASE_WRONG',
    ],
    ['with one byte changed', () => flip(path('vault')), 'vault', 'KEY_FILE'],
  ])('%s is refused', async (_, break_, name, code) => {
    break_()
    await expect(opened().symmetric(name as 'vault')).rejects.toThrow(code)
  })

  it('of another purpose is refused even under one passphrase for all', async () => {
    const same: PassphraseSource = async () => ({ text: 'one for all', givenBy: 'x' })
    rmSync(join(folder, 'keys'), { recursive: true })
    await createMemberKeys(opened(same), TERMS)
    copyFileSync(path('release'), path('vault'))
    await expect(opened(same).symmetric('vault')).rejects.toMatchObject({
      code: 'KEY_FILE_OTHER_KIND',
    })
    copyFileSync(path('system'), path('witness'))
    await expect(opened(same).privateKey('witness')).rejects.toMatchObject({
      code: 'KEY_FILE_OTHER_KIND',
    })
  })

  it('of a demonstration opens on no other chain', async () => {
    const keys = opened(undefined, { demonstration: false })
    await expect(keys.symmetric('vault')).rejects.toThrow('KEY_FILE_DEMONSTRATION')
  })

  it('of another suite is refused', async () => {
    const keys = opened(undefined, { suite: 'RS-GM-1' })
    await expect(keys.symmetric('vault')).rejects.toMatchObject({ code: 'KEY_FILE_OTHER_SUITE' })
  })

  it('has the certificate of its own key, or none', async () => {
    copyFileSync(join(folder, 'keys', 'witness.cer'), join(folder, 'keys', 'system.cer'))
    expect(() => opened().certificate('system')).toThrow('CERTIFICATE_OTHER_KEY')
    const keys = opened()
    expect(() => keys.putCertificate('system', keys.certificate('ca'))).toThrow(
      'CERTIFICATE_OTHER_KEY',
    )
  })

  it('holds neither passphrase nor key in clear', async () => {
    const bytes = readFileSync(path('vault'))
    expect(bytes.includes(Buffer.from(await opened().symmetric('vault')))).toBe(false)
    expect(bytes.includes('demonstration club vault')).toBe(false)
  })

  function flip(file: string): void {
    const bytes = readFileSync(file)
    const at = bytes.indexOf('"ct":"') + 10
    bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41
    writeFileSync(file, bytes)
    chmodSync(file, 0o600)
  }
})

describe('replacing R', () => {
  it('keeps the old one until it is forgotten', async () => {
    const keys = opened()
    const first = await keys.createSymmetric('release')
    const { before, now } = await keys.replaceSymmetric('release')
    expect(before).toEqual(first)
    const again = opened()
    expect(await again.symmetric('release')).toEqual(now)
    expect(await again.replaced('release')).toEqual([first])
    expect(again.list().map(({ name }) => name)).toEqual(['release'])
    const old = before
    const { symmetricKeyId } = await import('@renshe/crypto')
    again.forget('release', symmetricKeyId('RS-INTL-1', old))
    expect(await again.replaced('release')).toEqual([])
  })

  it('killed between its two renames, the new one is it', async () => {
    const keys = opened()
    await keys.createSymmetric('release')
    const { now } = await keys.replaceSymmetric('release')
    // As the disk looks between the renames: the old one has its other name, the new one not yet its own.
    const current = join(folder, 'keys', 'release.json')
    copyFileSync(current, join(folder, 'keys', 'release.next'))
    chmodSync(join(folder, 'keys', 'release.next'), 0o600)
    rmSync(current)
    expect(await opened().symmetric('release')).toEqual(now)
    expect(existsSync(current)).toBe(true)
  })
})

describe('passphrases', () => {
  it('come from credentials and descriptors without their line end', async () => {
    writeFileSync(join(folder, 'renshe-vault'), 'correct horse battery staple\n')
    const credentials = passphrasesOfCredentials(folder)
    expect(await credentials('vault')).toEqual({
      text: 'correct horse battery staple',
      givenBy: 'credential renshe-vault',
    })
    await expect(credentials('release')).rejects.toBeInstanceOf(PassphraseMissing)
    writeFileSync(join(folder, 'fd'), 'from a descriptor\r\n')
    const descriptor = openSync(join(folder, 'fd'), 'r')
    const descriptors = passphrasesOfDescriptors({ vault: descriptor, index: descriptor })
    expect((await descriptors('vault')).text).toBe('from a descriptor')
    expect((await descriptors('index')).text).toBe('from a descriptor')
    await expect(descriptors('release')).rejects.toBeInstanceOf(PassphraseMissing)
    const either = firstPassphrase(credentials, demonstrationPassphrases('club'))
    expect((await either('release')).text).toBe('demonstration club release')
  })

  it('of real keys are long', async () => {
    const short: PassphraseSource = async () => ({ text: 'short', givenBy: 'x' })
    const keys = opened(short, { demonstration: false })
    await expect(keys.createSymmetric('vault')).rejects.toThrow('KEY_FILE_PASSPHRASE_SHORT')
    expect(existsSync(join(folder, 'keys', 'vault.json'))).toBe(false)
  })

  it('given by one person for V and R are told', async () => {
    const one: PassphraseSource = async (key) => ({ text: `all ${key}`, givenBy: 'Zhang' })
    const keys = opened(one)
    await keys.createSymmetric('vault')
    await keys.createSymmetric('release')
    const again = opened(one)
    await again.symmetric('vault')
    expect(findSharedAdministrator(again)).toBeUndefined()
    await again.symmetric('release')
    expect(findSharedAdministrator(again)).toBe('Zhang')
    const two = opened(async (key) => ({ text: `all ${key}`, givenBy: key }))
    await two.symmetric('vault')
    await two.symmetric('release')
    expect(findSharedAdministrator(two)).toBeUndefined()
  })
})
