// Goal: a passkey's assertion counts only if every rule of ledger-bytes section 3 holds.
// Method: the vector holds; then one thing is broken per row, signed anew so that nothing but the rule
// can refuse it; in Node and in the browser build.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromBase64Url, fromHex, toBase64Url, utf8 } from './bytes.ts'
import * as browser from './index.browser.ts'
import * as node from './index.ts'

const { signatures } = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
)
const { webauthn } = signatures

const vector: node.WebauthnAssertion = {
  publicKey: node.publicKeyOfRaw('p256', fromHex(webauthn.publicKey)),
  txId: fromHex(signatures.txId),
  rpId: webauthn.rpId,
  origins: ['https://other.example', webauthn.origin],
  authenticatorData: fromBase64Url(webauthn.object.authenticatorData),
  clientDataJSON: fromBase64Url(webauthn.object.clientDataJSON),
  value: fromBase64Url(webauthn.object.value),
}

const passkey = node.generateKeyPair('p256', node.sha256(utf8('passkey')))

const client = {
  type: 'webauthn.get',
  challenge: toBase64Url(vector.txId),
  origin: webauthn.origin as string,
  crossOrigin: false,
}

interface Made {
  readonly clientDataJSON?: string
  readonly flags?: number
  readonly rpId?: string
  readonly dataLength?: number
}

/** An assertion by our own passkey that is right except for what is given. */
function assertion(made: Made): node.WebauthnAssertion {
  const { clientDataJSON = JSON.stringify(client), flags = 5, rpId = vector.rpId } = made
  const head = concatBytes(node.sha256(utf8(rpId)), Uint8Array.of(flags, 0, 0, 0, 1))
  const authenticatorData = head.subarray(0, made.dataLength ?? 37)
  const clientBytes = new TextEncoder().encode(clientDataJSON)
  const signed = concatBytes(authenticatorData, node.sha256(clientBytes))
  const value = node.sign(passkey.privateKey, signed)
  const { publicKey } = passkey
  return { ...vector, publicKey, authenticatorData, clientDataJSON: clientBytes, value }
}

const withClient = (change: object) =>
  assertion({ clientDataJSON: JSON.stringify({ ...client, ...change }) })

describe.each([
  ['Node', node],
  ['browser', browser],
] as const)('%s', (_, { verifyWebauthn }) => {
  test('the vector holds', () => {
    expect(verifyWebauthn(vector)).toBe(true)
    expect(node.toHex(node.ledgerHash('passkey', vector.publicKey.spki))).toBe(webauthn.signer)
  })

  test.each<[string, node.WebauthnAssertion]>([
    ['what our own passkey made', assertion({})],
    ['crossOrigin left out', withClient({ crossOrigin: undefined })],
    ['other members', withClient({ other_keys_can_be_added_here: 'do not compare', topOrigin: 1 })],
    ['backup flags', assertion({ flags: 0x1d })],
  ])('accepts %s', (_name, made) => {
    expect(verifyWebauthn(made)).toBe(true)
  })

  test.each<[string, node.WebauthnAssertion]>([
    ['another txId', { ...vector, txId: node.sha256(utf8('other')) }],
    ['another rpId', { ...vector, rpId: 'portal.example.org' }],
    ['an origin that is not registered', { ...vector, origins: ['https://portal.example.org'] }],
    ['no origins', { ...vector, origins: [] }],
    ['another key', { ...vector, publicKey: passkey.publicKey }],
    [
      'an Ed25519 key',
      { ...vector, publicKey: node.generateKeyPair('ed25519', node.sha256()).publicKey },
    ],
    ['another value', { ...vector, value: new Uint8Array(64).fill(1) }],
    ['type create', withClient({ type: 'webauthn.create' })],
    ['challenge with padding', withClient({ challenge: `${client.challenge}=` })],
    ['origin with a slash', withClient({ origin: `${client.origin}/` })],
    ['origin in upper case', withClient({ origin: 'https://PORTAL.example' })],
    ['origin that is no text', withClient({ origin: [client.origin] })],
    ['crossOrigin', withClient({ crossOrigin: true })],
    ['crossOrigin null', withClient({ crossOrigin: null })],
    ['challenge missing', withClient({ challenge: undefined })],
    ['client data twice', assertion({ clientDataJSON: JSON.stringify(client).repeat(2) })],
    [
      'a member twice',
      assertion({ clientDataJSON: JSON.stringify(client).replace('{', '{"type":"webauthn.get",') }),
    ],
    ['client data above 4 KiB', withClient({ more: 'x'.repeat(4096) })],
    ['no user presence', assertion({ flags: 4 })],
    ['no user verification', assertion({ flags: 1 })],
    ['hash of another rpId', assertion({ rpId: 'evil.example' })],
    ['authenticator data cut short', assertion({ dataLength: 36 })],
  ])('refuses %s', (_name, made) => {
    expect(verifyWebauthn(made)).toBe(false)
  })
})
