/**
 * Goal: a pool of threads says of each signature what verifying it here says, keeps answers with
 * their questions, and still answers when its threads die.
 * Method: every third signature is forged; batches small and large; threads ended in mid-work.
 */
import { cutTransaction, readTransaction, type Transaction } from '@renshe/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import type { OpenSignature } from '../judge-bundle.ts'
import { createTestChain } from '../testing.ts'
import { SignaturePool } from './signature-pool.ts'

const chain = createTestChain()
const [first, second] = chain.members

function signatures(count: number): OpenSignature[] {
  return Array.from({ length: count }, (_, i) => {
    const frame = chain.transaction(first!, 'library.issueCard', { holder: `reader ${i}` })
    const transaction = readTransaction(cutTransaction(frame, 0)!) as Transaction
    const publicKey = (i % 3 === 0 ? second! : first!).key.publicKey
    const key = { publicKey, spki: Buffer.from(publicKey.spki).toString('base64url') }
    return { transaction, resolved: { key, countersigner: null } } as unknown as OpenSignature
  })
}

describe('a pool of threads', () => {
  let pool: SignaturePool
  afterEach(async () => pool.close())

  it.each([
    [1, 1, 0],
    [5, 1, 0],
    [200, 1, 1],
    [200, 2, 2],
    [200, 0, 0],
  ])('verifies %i signatures with %i threads', async (count, size, threads) => {
    pool = new SignaturePool(size)
    const holds = await Promise.all(signatures(count).map((each) => pool.verify(each)))
    expect(holds).toEqual(Array.from({ length: count }, (_, i) => i % 3 !== 0))
    expect(pool.threads).toBe(threads)
  })

  it('answers when its threads end', async () => {
    pool = new SignaturePool(1)
    const answers = Promise.all(signatures(100).map((each) => pool.verify(each)))
    await new Promise((resolve) => setImmediate(resolve))
    await pool.close()
    const holds = await answers
    expect(holds).toEqual(Array.from({ length: 100 }, (_, i) => i % 3 !== 0))
    expect(await pool.verify(signatures(1)[0]!)).toBe(false)
  })
})
