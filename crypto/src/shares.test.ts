// Goal: any m of n shares give the secret back, fewer tell nothing, a wrong one is refused before it counts; every
// context of sealed-data section 6 that stage 2 uses keeps its bytes.
// Method: properties over random secrets and choices; golden vectors of `vectors/shares-and-answers.json`, whose
// Shamir values were also computed by a table-driven second implementation here.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, type RandomSource, toHex } from './bytes.ts'
import {
  combineShares,
  generateKeyPair,
  openSealed,
  SealBroken,
  sealTo,
  shareCommitment,
  splitSecret,
  unwrap,
  type WrapContext,
  wrap,
} from './index.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/shares-and-answers.json', import.meta.url), 'utf8'),
)
const { inputs } = vectors
const random: RandomSource = (length) => new Uint8Array(randomBytes(length))
const subject = 'ab'.repeat(32)
const suite = 'RS-INTL-1'

function combined(shares: readonly Uint8Array[], chosen: readonly Uint8Array[], need: number) {
  const commitments = shares.map((share) => shareCommitment(suite, subject, share))
  return combineShares({ suite, subject, need, commitments, shares: chosen })
}

/** Logarithms to the generator 3, as other implementations have them. */
function valueByTables(polynomial: readonly number[], x: number): number {
  const exp: number[] = []
  for (let value = 1, power = 0; power < 255; power++) {
    exp.push(value)
    value ^= value << 1
    if (value > 255) value ^= 0x11b
  }
  const multiply = (a: number, b: number) =>
    a === 0 || b === 0 ? 0 : (exp[(exp.indexOf(a) + exp.indexOf(b)) % 255] as number)
  return polynomial.reduceRight((value, coefficient) => multiply(value, x) ^ coefficient, 0)
}

describe('shares', () => {
  test('any m of n give the secret back, m − 1 do not', () => {
    const terms = fc.integer({ min: 2, max: 12 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        need: fc.integer({ min: 2, max: count }),
        order: fc.shuffledSubarray(
          Array.from({ length: count }, (_, at) => at),
          { minLength: count, maxLength: count },
        ),
      }),
    )
    fc.assert(
      fc.property(terms, ({ count, need, order }) => {
        const secret = random(32)
        const shares = splitSecret(secret, { need, count }, random)
        const chosen = order.slice(0, need).map((at) => shares[at] as Uint8Array)
        expect(combined(shares, chosen, need)).toEqual(secret)
        expect(() => combined(shares, chosen.slice(1), need)).toThrow(SealBroken)
        // Without the check on their number: one share too few gives something else.
        if (need > 2) expect(combined(shares, chosen.slice(1), need - 1)).not.toEqual(secret)
      }),
      { numRuns: 60 },
    )
  })

  test('threat 16: a share that is not the one on chain is refused before it is combined', () => {
    const shares = splitSecret(random(32), { need: 3, count: 5 }, random)
    const [one, two, three] = shares as [Uint8Array, Uint8Array, Uint8Array]
    for (let at = 0; at < 33; at++) {
      const wrong = Uint8Array.from(three, (byte, index) => (index === at ? byte ^ 4 : byte))
      expect(() => combined(shares, [one, two, wrong], 3)).toThrow(SealBroken)
    }
    expect(() => combined(shares, [one, two, two], 3)).toThrow(SealBroken)
    expect(() => combined(shares, [one, two, three.subarray(1)], 3)).toThrow(SealBroken)
    expect(() => combined(shares, [one, two, new Uint8Array(33)], 3)).toThrow(SealBroken)
  })

  test.each([
    [1, 3],
    [4, 3],
    [2, 256],
    [2.5, 3],
  ])('%d of %d is refused', (need, count) => {
    expect(() => splitSecret(random(32), { need, count }, random)).toThrow(RangeError)
  })

  test('a polynomial of degree need − 1 through the secret at 0', () => {
    const drawn = fromHex(inputs.coefficients)
    const secret = fromHex(inputs.B)
    const shares = splitSecret(secret, { need: 3, count: 5 }, () => drawn)
    expect(shares.map(toHex)).toEqual(vectors.shares)
    shares.forEach((share, at) => {
      const expected = Array.from({ length: 32 }, (_, byte) =>
        valueByTables([secret[byte], drawn[byte], drawn[32 + byte]] as number[], at + 1),
      )
      expect([...share]).toEqual([...expected, at + 1])
    })
  })
})

describe.each(['RS-INTL-1', 'RS-GM-1'] as const)('golden vectors, %s', (name) => {
  const of = vectors[name]

  test('share commitments', () => {
    const { commitment, keyId } = inputs
    const made = (about: string) =>
      vectors.shares.map((share: string) => shareCommitment(name, about, fromHex(share)))
    expect(made(commitment)).toEqual(of.shareCommitments)
    expect(made(keyId)).toEqual(of.recoveryShareCommitments)
  })

  test.each(Object.keys(inputs.boxes))('sealTo %s', (use) => {
    const { context, secret } = inputs.boxes[use] as { context: WrapContext; secret: string }
    const algorithm = name === 'RS-INTL-1' ? 'p256' : 'sm2'
    const fixed: RandomSource = (length) =>
      fromHex(length === 16 ? inputs.KEK : inputs.ephemeralScalar)
    const { publicKey, privateKey } = generateKeyPair(algorithm, () =>
      fromHex(inputs.recipientScalar),
    )
    expect(toHex(sealTo(name, publicKey, context, fromHex(secret), fixed))).toBe(of.boxes[use])
    expect(toHex(openSealed(name, privateKey, context, fromHex(of.boxes[use])))).toBe(secret)
  })

  test('V under a recovery key', () => {
    const { context, secret } = inputs.recovery
    const key = fromHex(inputs.B)
    expect(toHex(wrap(name, key, context, fromHex(secret)))).toBe(of.recovery)
    expect(toHex(unwrap(name, key, context, fromHex(of.recovery)))).toBe(secret)
  })
})
