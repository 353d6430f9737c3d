import { type Bytes, concatBytes, equalBytes, type RandomSource } from './bytes.ts'
import { aeadOpen, aeadSeal } from './cipher.ts'
import { hpkeOpen, hpkeSeal } from './hpke.ts'
import { drawScalar, type PrivateKey, scalarOf } from './keys.ts'
import type { PublicKey } from './public-key.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2-encryption.ts'
import { SealBroken, type SuiteId, sealedTag } from './suite.ts'
import { contextHash, type WrapContext } from './wrap.ts'

/** Which key algorithm a suite seals to. */
const ALGORITHM = { 'RS-INTL-1': 'p256', 'RS-GM-1': 'sm2' } as const

const POINT_BYTES = 65
const KEK_BYTES = 16
/** SM2 encryption of KEK ‖ ctx: 65 + 32 + 48 bytes. */
const SM2_BOX_BYTES = 145

function sealToSm2(recipient: Bytes, ctx: Bytes, secret: Bytes, random: RandomSource): Bytes {
  for (;;) {
    const kek = random(KEK_BYTES)
    const box = sm2Encrypt(recipient, drawScalar('sm2', random), concatBytes(kek, ctx))
    if (box !== undefined) return concatBytes(box, aeadSeal('RS-GM-1', kek, ctx, secret))
  }
}

/**
 * Seals a secret to a member's encryption key (sealed-data section 6).
 *
 * @param publicKey  P-256 for `RS-INTL-1` (HPKE), SM2 for `RS-GM-1`; from an encryption key
 *                   certificate, never from one for signing
 * @returns          81 bytes more than the secret for `RS-INTL-1`, 161 for `RS-GM-1`
 * @throws TypeError if the key does not fit the suite
 */
export function sealTo(
  suite: SuiteId,
  publicKey: PublicKey,
  context: WrapContext,
  secret: Bytes,
  random: RandomSource,
): Bytes {
  if (publicKey.algorithm !== ALGORITHM[suite]) throw new TypeError('key does not fit the suite')
  const ctx = contextHash(suite, context)
  if (suite === 'RS-GM-1') return sealToSm2(publicKey.raw, ctx, secret, random)
  const ephemeral = drawScalar('p256', random)
  const info = sealedTag('seal-to')
  const box = hpkeSeal('aes-256-gcm', publicKey.raw, ephemeral, info, ctx, secret)
  return concatBytes(box.enc, box.ciphertext)
}

function openSm2(privateKey: PrivateKey, ctx: Bytes, box: Bytes): Bytes | undefined {
  const opened = sm2Decrypt(scalarOf(privateKey), box.subarray(0, SM2_BOX_BYTES))
  if (opened === undefined || opened.length !== KEK_BYTES + ctx.length) return undefined
  // SM2 encryption has no additional data: the context travels inside and is compared here.
  if (!equalBytes(opened.subarray(KEK_BYTES), ctx)) return undefined
  return aeadOpen('RS-GM-1', opened.subarray(0, KEK_BYTES), ctx, box.subarray(SM2_BOX_BYTES))
}

function openHpke(privateKey: PrivateKey, ctx: Bytes, box: Bytes): Bytes | undefined {
  const recipient = { scalar: scalarOf(privateKey), point: privateKey.publicKey.raw }
  const parts = { enc: box.subarray(0, POINT_BYTES), ciphertext: box.subarray(POINT_BYTES) }
  return hpkeOpen('aes-256-gcm', recipient, sealedTag('seal-to'), ctx, parts)
}

/**
 * Opens what was sealed to a key.
 *
 * @throws SealBroken for another key, another context, or if one byte differs
 * @throws TypeError if the key does not fit the suite
 */
export function openSealed(
  suite: SuiteId,
  privateKey: PrivateKey,
  context: WrapContext,
  box: Bytes,
): Bytes {
  if (privateKey.algorithm !== ALGORITHM[suite]) throw new TypeError('key does not fit the suite')
  const ctx = contextHash(suite, context)
  const open = suite === 'RS-GM-1' ? openSm2 : openHpke
  const secret = open(privateKey, ctx, box)
  if (secret === undefined) throw new SealBroken('box')
  return secret
}
