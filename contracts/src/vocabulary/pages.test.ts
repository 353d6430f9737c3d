/**
 * Goal: pages cover a list once, and a bad cursor is refused. Method: a list of ten things in pages
 * of three.
 */
import { toBase64Url, utf8 } from '@renshe/crypto'
import { collection, query } from '@renshe/kernel'
import { createTestWorld, testContracts, testReader } from '@renshe/kernel/testing'
import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { afterCursor, PageInput, page, pageOf, placed } from './pages.ts'

const Thing = Type.Object({ v: Type.Literal(1), n: Type.Integer() })
const things = collection('test/thing', { key: Type.String(), value: Thing })
const listThings = query({
  name: 'test.listThings',
  summary: 'Lists things.',
  input: Type.Object({ ...PageInput }),
  output: pageOf(Thing),
  mayRead: () => true,
  run: (view, { limit, cursor }) => {
    const walk = view.state(things).range(afterCursor(view, cursor))
    const found = placed(
      walk,
      (key) => [key],
      (thing) => thing,
    )
    return page(view, found, limit)
  },
})

const world = createTestWorld({
  contracts: testContracts({ queries: [listThings], collections: [things] }),
})
for (let n = 0; n < 10; n++) world.seed(things, `key ${n}`, { v: 1, n })

it('gives every item once, in order', () => {
  const seen: number[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 5; pages++) {
    const answer = world.ask(testReader(), listThings, { limit: 3, ...(cursor && { cursor }) })
    if (!answer.ok) throw new Error(answer.code)
    const { items, next } = answer.data as { items: { n: number }[]; next: string | null }
    seen.push(...items.map(({ n }) => n))
    if (next === null) break
    cursor = next
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

it.each(['!', '', toBase64Url(utf8('{"parts":[null]}')), toBase64Url(utf8('[]'))])(
  'refuses the cursor %j',
  (cursor) => {
    expect(world.ask(testReader(), listThings, { cursor })).toMatchObject({
      code: 'CURSOR_INVALID',
    })
  },
)
