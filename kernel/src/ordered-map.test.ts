/**
 * Goal: layers over layers read as one map, in both directions, also while they change.
 * Method: random changes against a plain sorted array; enough keys that chunks split.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_MAP, LayeredMap } from './ordered-map.ts'
import { SortedKeys } from './sorted-keys.ts'

const key = fc.integer({ min: 0, max: 40 }).map((n) => String.fromCharCode(100 + n))
const change = fc.record({ key, value: fc.option(fc.string({ maxLength: 2 })), layer: fc.nat(2) })

describe('layers', () => {
  it('read as one map', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), key, key, (changes, from, end) => {
        const layers: LayeredMap[] = []
        const model = new Map<string, string>()
        for (let depth = 0; depth < 3; depth++) {
          const layer = new LayeredMap(layers.at(-1) ?? EMPTY_MAP)
          layers.push(layer)
          for (const step of changes.filter(({ layer: at }) => at === depth)) {
            if (step.value === null) {
              layer.remove(step.key)
              model.delete(step.key)
            } else {
              layer.set(step.key, step.value)
              model.set(step.key, step.value)
            }
          }
        }
        const top = layers.at(-1)!
        const expected = [...model]
          .filter(([k]) => k >= from && k < end)
          .sort(([a], [b]) => (a < b ? -1 : 1))
        expect([...top.range(from, end, false)]).toEqual(expected)
        expect([...top.range(from, end, true)]).toEqual(expected.reverse())
        for (const [k, v] of model) expect(top.get(k)).toBe(v)
      }),
    )
  })

  it('can change while they are walked', () => {
    const base = new LayeredMap(EMPTY_MAP)
    for (const k of ['a', 'c', 'e']) base.set(k, 'base')
    const top = new LayeredMap(base)
    const seen: string[] = []
    for (const [k] of top.range('a', 'z', false)) {
      seen.push(k)
      if (k === 'a') {
        top.set('b', 'new')
        top.remove('c')
      }
      if (k === 'e') top.set('d', 'behind')
    }
    expect(seen).toEqual(['a', 'b', 'e'])
  })
})

describe('sorted keys', () => {
  it('stay sorted when chunks split', () => {
    const keys = new SortedKeys()
    const all = Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 3000}`.padStart(4, '0'))
    for (const k of all) keys.add(k)
    keys.add('0007')
    const walked: string[] = []
    for (let k = keys.firstFrom(''); k !== undefined; k = keys.firstFrom(`${k}\0`)) walked.push(k)
    expect(walked).toEqual([...all].sort())
    const back: string[] = []
    for (let k = keys.lastBelow('9'); k !== undefined; k = keys.lastBelow(k)) back.push(k)
    expect(back).toEqual([...all].sort().reverse())
  })
})
