/**
 * Goal: whether a node still has a package in memory shows in nothing. Method: the reads of the
 * first and of the second load are counted, in a chain where a service uses a library in several
 * parts.
 */
import type { StateView } from '@renshe/kernel'
import { expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { getPackage, packageInForce } from './packages.ts'
import { changed, FINES, READING_ROOM } from './testing.ts'

function counted(view: StateView) {
  let reads = 0
  const state: StateView['state'] = (collection) => {
    const inner = view.state(collection)
    return {
      find: (key) => count(() => inner.find(key)),
      read: (key) => count(() => inner.read(key)),
      get: (key) => count(() => inner.get(key)),
      has: (key) => count(() => inner.has(key)),
      range: (range) => inner.range(range),
      index: (name, range) => inner.index(name, range),
    }
  }
  function count<Value>(read: () => Value): Value {
    reads += 1
    return read()
  }
  return {
    reads: () => reads,
    view: {
      state,
      refuse: (reason: { code: string }): never => {
        throw new Error(reason.code)
      },
    },
  }
}

it('costs as many reads from memory as from the state', () => {
  // A version that no other test has: the cache is one per process.
  const fines = changed(FINES, { '/version': '1.0.0-packages' })
  const texts = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [`help.page-${n}`, 'x'.repeat(900)]),
  )
  const room = changed(READING_ROOM, {
    '/version': '1.0.0-packages',
    '/texts/zh': { ...READING_ROOM.texts.zh, ...texts },
    '/texts/en': { ...READING_ROOM.texts.en, ...texts },
  })
  const members = [{ id: 'aaa', roles: ['LIB'] }]
  const { world } = new TestConsortium({ members, packages: [fines, room] })
  const hash = packageInForce(world, 'reading-room', '2026-09-01') as string
  const first = counted(world)
  const compiled = getPackage(first.view, hash)
  const second = counted(world)
  expect(getPackage(second.view, hash)).toBe(compiled)
  expect(first.reads()).toBe(second.reads())
  // Two records, one part of the library, six of the service.
  expect(first.reads()).toBe(9)
})

it('is refused for a package that nobody proposed', () => {
  const { world } = new TestConsortium({ members: [{ id: 'aaa', roles: ['LIB'] }] })
  expect(() => getPackage(counted(world).view, 'ab'.repeat(32))).toThrow('PACKAGE_NOT_FOUND')
})
