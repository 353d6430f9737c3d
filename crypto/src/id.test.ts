// Goal: ids have one spelling; only the edge repairs what people type.
// Method: the vectors of ledger-bytes section 17, a table of typed texts, a property.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EncodingRefused, fromHex, utf8 } from './bytes.ts'
import { idFromBytes, isId, repairId } from './id.ts'
import { ledgerHash } from './in-node.ts'

const { ids } = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
) as { ids: { txId?: string; label?: string; raw?: string; id: string }[] }

describe('ledger-bytes vectors', () => {
  test.each(ids)('$id', ({ txId, label, raw, id }) => {
    const bytes =
      raw === undefined
        ? ledgerHash('id', fromHex(txId as string), utf8(label as string)).subarray(0, 16)
        : fromHex(raw)
    expect(idFromBytes(bytes)).toBe(id)
    expect(isId(id)).toBe(true)
  })
})

test('different bytes give different ids in the same order', () => {
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(sixteen, sixteen, (a, b) => {
      const [first, second] = [idFromBytes(a), idFromBytes(b)]
      const order = first < second ? -1 : first > second ? 1 : 0
      expect(order).toBe(Buffer.compare(a, b))
    }),
  )
})

test.each([15, 17, 0])('refuses %d bytes', (length) => {
  expect(() => idFromBytes(new Uint8Array(length))).toThrow(EncodingRefused)
})

test.each([
  '',
  '5KF9PQF6B435KP1DQ46QS07N1',
  '5KF9PQF6B435KP1DQ46QS07N199',
  '8KF9PQF6B435KP1DQ46QS07N19',
  '5kf9pqf6b435kp1dq46qs07n19',
  '5KF9PQF6B435KP1DQ46QS07NI9',
  '5KF9PQF6B435KP1DQ46QS07NU9',
  '5KF9PQF6B435KP1DQ46QS07N1-',
])('%j is not an id', (text) => {
  expect(isId(text)).toBe(false)
})

test.each([
  ['5kf9pqf6b435kp1dq46qs07n19', '5KF9PQF6B435KP1DQ46QS07N19'],
  ['5KF9P-QF6B4-35KP1-DQ46Q-S07N1-9', '5KF9PQF6B435KP1DQ46QS07N19'],
  ['5KF9 PQF6 B435 KPiD Q46Q SO7N L9', '5KF9PQF6B435KP1DQ46QS07N19'],
  ['5KF9PQF6B435KP1DQ46QS07NU9', undefined],
  ['5KF9PQF6B435KP1DQ46QS07N1', undefined],
  ['9KF9PQF6B435KP1DQ46QS07N19', undefined],
  ['5KF9PQF6B435KP1DQ46QS07N19'.repeat(1000), undefined],
])('typed %j is repaired to %j', (typed, id) => {
  expect(repairId(typed)).toBe(id)
})
