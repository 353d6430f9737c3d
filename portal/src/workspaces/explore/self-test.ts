/* Published examples of the standards, for the test in a reader's browser. */
import {
  fromHex,
  publicKeyOfRaw,
  sha256,
  sm2Identity,
  sm3,
  toHex,
  utf8,
  verify,
} from '@renshe/crypto'

/** One example: what the standard says, and what this browser computed. */
export interface SelfTest {
  readonly name: string
  readonly expected: string
  readonly came: string
}

const P256_KEY =
  '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299'
const P256_SAMPLE =
  'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8'
const ED25519_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
const ED25519_EMPTY =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
const SM2_KEY =
  '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const SM2_DIGEST =
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'

/** Runs every example; a signature with its last bit changed must not hold. */
export function runSelfTests(): readonly SelfTest[] {
  const signature = (algorithm: 'p256' | 'ed25519' | 'sm2', raw: string) => {
    const key = publicKeyOfRaw(algorithm, fromHex(raw))
    return (message: string, value: string) => String(verify(key, utf8(message), fromHex(value)))
  }
  const changed = (hex: string) =>
    `${hex.slice(0, -1)}${(Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16)}`
  const [p256, ed25519, sm2] = [
    signature('p256', P256_KEY),
    signature('ed25519', ED25519_KEY),
    signature('sm2', SM2_KEY),
  ]
  return [
    {
      name: 'SHA-256 “abc” (FIPS 180-4)',
      expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      came: toHex(sha256(utf8('abc'))),
    },
    {
      name: 'SM3 “abc” (GB/T 32905-2016)',
      expected: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
      came: toHex(sm3(utf8('abc'))),
    },
    {
      name: 'SM2 Z (GB/T 32918.5)',
      expected: 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
      came: toHex(sm2Identity(publicKeyOfRaw('sm2', fromHex(SM2_KEY)))),
    },
    { name: 'ECDSA P-256 (RFC 6979)', expected: 'true', came: p256('sample', P256_SAMPLE) },
    { name: 'ECDSA P-256, ±1 bit', expected: 'false', came: p256('sample', changed(P256_SAMPLE)) },
    { name: 'Ed25519 (RFC 8032)', expected: 'true', came: ed25519('', ED25519_EMPTY) },
    { name: 'Ed25519, ±1 bit', expected: 'false', came: ed25519('', changed(ED25519_EMPTY)) },
    { name: 'SM2 (GB/T 32918.5)', expected: 'true', came: sm2('message digest', SM2_DIGEST) },
    { name: 'SM2, ±1 bit', expected: 'false', came: sm2('message digest', changed(SM2_DIGEST)) },
  ]
}
