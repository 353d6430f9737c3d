/**
 * Goal: bytes of ledger-bytes sections 3 and 4: ids, frames, bundles, strict bodies, inclusion order.
 * Method: published vectors; then a table where each row breaks one thing of a good transaction.
 * Threats 4, 5, 28 and 29 (replay, malleability, exhaustion, two readings of one text).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  type Bytes,
  canonicalJson,
  fromBase64Url,
  fromHex,
  generateKeyPair,
  importPublicKey,
  publicKeyOfRaw,
  toBase64Url,
  toHex,
  utf8,
} from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import type { Contracts } from './contracts.ts'
import { newIdOf } from './execution.ts'
import { cutTransaction, frameBundle, frameTransaction, splitBundle } from './framing.ts'
import { judgeInclusion } from './inclusion.ts'
import type { RegisteredKey, SignerResolution } from './signer.ts'
import { testContracts, testSigner } from './testing.ts'
import { makeBody, readTransaction, signBody, type Transaction } from './transaction.ts'

interface TransactionVector {
  readonly body: string
  readonly txId: string
  readonly signature: string
  readonly frameSha256: string
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
) as {
  transactions: TransactionVector[]
  bundle: { members: number[]; sha256: string; bytes: number }
  ids: { txId?: string; label?: string; id: string }[]
  signatures: {
    body: string
    txId: string
    ed25519: { publicKey: string; value: string }
    p256: { publicKey: string; value: string }
    sm2: { publicKey: string; value: string }
    webauthn: { publicKey: string; rpId: string; origin: string; objectJcs: string }
  }
}

function sha256Hex(bytes: Bytes): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('published transactions', () => {
  const frames = vectors.transactions.map(({ body, signature }) =>
    frameTransaction(utf8(body), utf8(signature)),
  )

  it.each(vectors.transactions.map((vector, i) => ({ ...vector, i })))('frame $i', (vector) => {
    expect(sha256Hex(frames[vector.i]!)).toBe(vector.frameSha256)
    const cut = cutTransaction(frames[vector.i]!, 0)!
    const read = readTransaction(cut)
    expect(read).toMatchObject({ txId: vector.txId, body: JSON.parse(vector.body) })
  })

  it('travel in the published bundle', () => {
    const bundle = frameBundle(vectors.bundle.members.map((i) => frames[i]!))
    expect(bundle.length).toBe(vectors.bundle.bytes)
    expect(sha256Hex(bundle)).toBe(vectors.bundle.sha256)
    const cut = splitBundle(bundle)!
    expect(cut.map(({ frame }) => toHex(frame))).toEqual(
      vectors.bundle.members.map((i) => toHex(frames[i]!)),
    )
    for (let length = 0; length < bundle.length; length++) {
      expect(splitBundle(bundle.subarray(0, length))).toBeUndefined()
    }
    expect(splitBundle(Uint8Array.of(...bundle, 0))).toBeUndefined()
  })

  it.each(vectors.ids.filter(({ txId }) => txId !== undefined))('id $label', (vector) => {
    expect(newIdOf(vector.txId!, vector.label!)).toBe(vector.id)
  })
})

const keys = generateKeyPair('p256', new Uint8Array(32).fill(7))
const chain = 'demo-library-12345678'
const time = 1_788_220_800_000
const signer = testSigner({ member: 'lib-0001' })
const good = {
  chain,
  action: 'library.issueCard',
  input: { holder: 'a' },
  signer: signer.certificate,
  nonce: new Uint8Array(16).fill(1),
  expiresAt: time + 1000,
}

function spkiKey(spki: Bytes): RegisteredKey {
  return { spki: toBase64Url(spki), publicKey: importPublicKey(spki) }
}

function judge(
  bodyBytes: Bytes,
  signatureBytes: Bytes,
  world: {
    at?: number
    resolution?: SignerResolution
    others?: Record<string, SignerResolution>
    spent?: boolean
    suites?: string[]
    chain?: string
  } = {},
): string {
  const read = readTransaction({ bodyBytes, signatureBytes })
  if ('code' in read) return read.code
  const resolution = world.resolution ?? {
    ok: true,
    signer,
    key: spkiKey(keys.publicKey.spki),
  }
  const contracts: Contracts = {
    ...testContracts({}),
    resolveSigner: (_view, fingerprint) => world.others?.[fingerprint] ?? resolution,
  }
  const outcome = judgeInclusion(read, {
    contracts,
    chain: world.chain ?? chain,
    time: world.at ?? time,
    parameters: {
      horizonMs: 1000,
      snapshotEvery: 1,
      snapshotDelay: 1,
      suites: world.suites ?? ['RS-INTL-1'],
    },
    view: { state: () => ({}) as never },
    isSpent: () => world.spent ?? false,
  })
  return outcome.included ? 'included' : outcome.code
}

describe('threats 4 and 5: inclusion', () => {
  const body = makeBody(good)
  const signature = signBody(body, keys.privateKey)
  const fault = (
    code: 'SIGNER_UNKNOWN' | 'SIGNER_NOT_YET' | 'SIGNER_EXPIRED' | 'SIGNER_REVOKED',
  ) => ({
    resolution: { ok: false, code } as const,
  })

  it('takes the good transaction', () => expect(judge(body, signature)).toBe('included'))

  it('takes the same body in another spelling, which is another transaction', () => {
    const spaced = utf8(` ${new TextDecoder().decode(body)} \n`)
    expect(judge(spaced, signBody(spaced, keys.privateKey))).toBe('included')
    expect(judge(spaced, signature)).toBe('SIGNATURE_INVALID')
  })

  it.each([
    ['another chain', { chain: 'demo-other-12345678' }, 'TX_CHAIN'],
    ['its last moment', { at: time + 999 }, 'included'],
    ['its end', { at: time + 1000 }, 'TX_EXPIRED'],
    ['after its end', { at: time + 1001 }, 'TX_EXPIRED'],
    ['beyond the horizon', { at: time - 1 }, 'TX_HORIZON'],
    ['a spent nonce', { spent: true }, 'NONCE_SPENT'],
    ['nobody', fault('SIGNER_UNKNOWN'), 'SIGNER_UNKNOWN'],
    ['too early', fault('SIGNER_NOT_YET'), 'SIGNER_NOT_YET'],
    ['too late', fault('SIGNER_EXPIRED'), 'SIGNER_EXPIRED'],
    ['revoked', fault('SIGNER_REVOKED'), 'SIGNER_REVOKED'],
    ['another suite', { suites: ['RS-GM-1'] }, 'SIGNATURE_KIND'],
  ] as const)('judges %s', (_name, world, expected) => {
    expect(
      judge(body, signature, {
        ...world,
        suites: [...('suites' in world ? world.suites : ['RS-INTL-1'])],
      }),
    ).toBe(expected)
  })

  it('tells the first reason that applies', () => {
    expect(judge(body, signature, { chain: 'demo-other-12345678', at: time + 2000 })).toBe(
      'TX_CHAIN',
    )
    expect(judge(body, signature, { spent: true, ...fault('SIGNER_UNKNOWN') })).toBe('NONCE_SPENT')
  })

  it.each([
    [
      'another key',
      { kind: 'p256', value: toBase64Url(new Uint8Array(64).fill(1)) },
      'SIGNATURE_INVALID',
    ],
    ['zero', { kind: 'p256', value: toBase64Url(new Uint8Array(64)) }, 'SIGNATURE_INVALID'],
    [
      'a kind of another key',
      { kind: 'ed25519', value: toBase64Url(new Uint8Array(64)) },
      'SIGNATURE_KIND',
    ],
    ['65 bytes', { kind: 'p256', value: toBase64Url(new Uint8Array(65)) }, 'TX_MALFORMED'],
    ['an unknown kind', { kind: 'rsa', value: toBase64Url(new Uint8Array(64)) }, 'TX_MALFORMED'],
    [
      'one member more',
      { kind: 'p256', value: toBase64Url(new Uint8Array(64)), x: 1 },
      'TX_MALFORMED',
    ],
    ['padding', { kind: 'p256', value: `${toBase64Url(new Uint8Array(64))}==` }, 'TX_MALFORMED'],
  ])('refuses a signature by %s', (_name, object, expected) => {
    expect(judge(body, canonicalJson(object))).toBe(expected)
  })

  it('refuses a signature object that is not its own canonical form', () => {
    expect(judge(body, utf8(` ${new TextDecoder().decode(signature)}`))).toBe('TX_MALFORMED')
  })

  it('keeps the txId when the same body is signed again', () => {
    const again = signBody(body, keys.privateKey)
    expect(toHex(again)).not.toBe(toHex(signature))
    const ids = [signature, again].map(
      (signatureBytes) => readTransaction({ bodyBytes: body, signatureBytes }).txId,
    )
    expect(ids[0]).toBe(ids[1])
  })
})

describe('threats 28 and 29: a body', () => {
  const text = (change: object) => {
    const spelled = { ...good, v: 1, nonce: toBase64Url(good.nonce), ...change }
    return utf8(JSON.stringify(spelled))
  }
  const read = (bodyBytes: Bytes) =>
    readTransaction({ bodyBytes, signatureBytes: signBody(bodyBytes, keys.privateKey) })

  it.each([
    ['another version', { v: 2 }, 'TX_VERSION'],
    ['a version that is no number', { v: '1' }, 'TX_MALFORMED'],
    ['one member more', { more: 1 }, 'TX_MALFORMED'],
    ['one member less', { nonce: undefined }, 'TX_MALFORMED'],
    ['a list as input', { input: [] }, 'TX_MALFORMED'],
    ['a short nonce', { nonce: 'AAAA' }, 'TX_MALFORMED'],
    ['a nonce with unused bits set', { nonce: `${'A'.repeat(21)}B` }, 'TX_MALFORMED'],
    ['upper-case hex', { signer: signer.certificate.toUpperCase() }, 'TX_MALFORMED'],
    ['a negative time', { expiresAt: -1 }, 'TX_MALFORMED'],
    ['a fraction', { expiresAt: 0.5 }, 'TX_MALFORMED'],
    ['an action without module', { action: 'issueCard' }, 'TX_MALFORMED'],
    ['a chain without hash', { chain: 'demo' }, 'TX_MALFORMED'],
    ['200,000 bytes', { input: { text: 'x'.repeat(200_000) } }, 'TX_MALFORMED'],
  ])('with %s is refused', (_name, change, code) => {
    expect(read(text(change))).toMatchObject({ code })
  })

  const withInput = (input: string) =>
    utf8(new TextDecoder().decode(makeBody(good)).replace('{"holder":"a"}', input))

  it('in the spelling of the table below is a body', () => {
    expect(read(withInput('{ "holder" : "𠮷" }'))).toMatchObject({
      body: { input: { holder: '𠮷' } },
    })
  })

  it.each([
    ['a name twice', '{"a":1,"a":1}'],
    ['a name twice after unescaping', '{"a":1,"\\u0061":1}'],
    ['__proto__', '{"__proto__":{}}'],
    ['minus zero', '{"a":-0}'],
    ['a fraction', '{"a":1.0}'],
    ['an exponent', '{"a":1e2}'],
    ['an infinite number', '{"a":1e400}'],
    ['an unsafe integer', '{"a":9007199254740993}'],
    ['a leading zero', '{"a":01}'],
    ['a lone surrogate, escaped', '{"a":"\\ud800"}'],
    ['a control character', '{"a":"\n"}'],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{/**/}'],
    ['depth 33', `${'{"a":'.repeat(32)}1${'}'.repeat(32)}`],
    ['1,025 members', `{${Array.from({ length: 1025 }, (_, i) => `"${i}":1`).join(',')}}`],
    ['10,001 elements', `{"a":[${'1,'.repeat(10_000)}1]}`],
  ])('with %s in it is refused, not repaired', (_name, input) => {
    expect(read(withInput(input))).toMatchObject({ code: 'TX_MALFORMED' })
  })

  it.each([
    ['a byte-order mark', (bytes: Bytes) => Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)],
    ['something behind it', (bytes: Bytes) => Uint8Array.of(...bytes, 0x31)],
    ['ill-formed UTF-8', (bytes: Bytes) => bytes.map((byte, i) => (i === 12 ? 0xff : byte))],
  ])('with %s is refused', (_name, change) => {
    expect(read(change(makeBody(good)))).toMatchObject({ code: 'TX_MALFORMED' })
  })

  it('whose input inherits nothing has no member that was not written', () => {
    const { body } = read(text({ input: {} })) as Transaction
    expect((body.input as { constructor?: unknown }).constructor).toBeUndefined()
  })
})

describe('published signatures', () => {
  const { body, webauthn } = vectors.signatures
  const bodyBytes = utf8(body)
  const {
    chain: vectorChain,
    expiresAt,
    signer: named,
  } = JSON.parse(body) as {
    chain: string
    expiresAt: number
    signer: string
  }
  const world = (key: RegisteredKey) => ({
    chain: vectorChain,
    at: expiresAt - 1,
    suites: ['RS-INTL-1', 'RS-GM-1'],
    resolution: { ok: true, signer: { ...signer, certificate: named }, key } as const,
  })

  it.each(['p256', 'ed25519', 'sm2'] as const)('%s', (kind) => {
    const { publicKey, value } = vectors.signatures[kind]
    const raw = publicKeyOfRaw(kind, fromHex(publicKey))
    const key = { spki: toBase64Url(raw.spki), publicKey: raw }
    const signature = { kind, value }
    expect(judge(bodyBytes, canonicalJson(signature), world(key))).toBe('included')
    const other = Uint8Array.from(fromBase64Url(value))
    other[40]! ^= 1
    const forged = canonicalJson({ kind, value: toBase64Url(other) })
    expect(judge(bodyBytes, forged, world(key))).toBe('SIGNATURE_INVALID')
  })

  it('passkey with the SM2 signature of its member', () => {
    const raw = publicKeyOfRaw('p256', fromHex(webauthn.publicKey))
    const passkey = { rpId: webauthn.rpId, origins: [webauthn.origin] }
    const key = { spki: toBase64Url(raw.spki), publicKey: raw, passkey }
    const object = JSON.parse(webauthn.objectJcs) as { sm2: { certificate: string } }
    const sm2Raw = publicKeyOfRaw('sm2', fromHex(vectors.signatures.sm2.publicKey))
    const countersigner = (member: string): Record<string, SignerResolution> => ({
      [object.sm2.certificate]: {
        ok: true,
        signer: testSigner({ member }),
        key: { spki: '', publicKey: sm2Raw },
      },
    })
    const signature = utf8(webauthn.objectJcs)
    const own = { ...world(key), others: countersigner('lib-0001') }
    expect(judge(bodyBytes, signature, own)).toBe('included')
    expect(judge(bodyBytes, signature, { ...own, others: countersigner('lib-0002') })).toBe(
      'SIGNATURE_INVALID',
    )
    expect(judge(bodyBytes, signature, { ...own, suites: ['RS-INTL-1'] })).toBe('SIGNATURE_KIND')
    const { sm2: _sm2, ...alone } = object
    expect(judge(bodyBytes, canonicalJson(alone as never), own)).toBe('SIGNATURE_KIND')
    const plain = { kind: 'p256', value: (object as unknown as { value: string }).value }
    expect(judge(bodyBytes, canonicalJson(plain), own)).toBe('SIGNATURE_KIND')
  })
})
