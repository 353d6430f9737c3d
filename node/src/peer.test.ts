// Goal: what passes between members is plain data and nothing else: no shared object, no neighbouring memory, no code.
// Method: a service that keeps what it got and changes what it gave; values that no message can hold.
import { parseCanonicalJson, utf8 } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { copyPlain, type PeerService, peersInProcess } from './peer.ts'

describe('a copy for another member', () => {
  it('shares no memory, also not that around a view of a larger buffer', () => {
    const whole = utf8('secret of a neighbour')
    const view = whole.subarray(0, 6)
    const copy = copyPlain({ view, list: [{ text: '\ufa15' }], none: null, absent: undefined })
    expect(copy).toEqual({ view, list: [{ text: '\ufa15' }], none: null, absent: undefined })
    expect(copy.view.buffer.byteLength).toBe(6)
    whole.fill(0)
    expect(copy.view).toEqual(utf8('secret'))
  })

  it('takes objects of the strict parser', () => {
    expect(copyPlain(parseCanonicalJson(utf8('{"a":[1,{"b":"c"}]}')))).toEqual({
      a: [1, { b: 'c' }],
    })
  })

  it.each([
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['an object with behaviour', new (class Thing {})()],
    ['a symbol', Symbol('x')],
    ['a large number', 1n],
  ])('refuses %s', (_, value) => {
    expect(() => copyPlain({ deep: [value] })).toThrow(TypeError)
  })
})

describe('peers in one process', () => {
  const kept: unknown[] = []
  const service: Partial<PeerService> = {
    release: async (caller, request) => {
      kept.push(caller, request)
      return { read: request.read, halves: new Uint8Array(2) } as never
    },
    async *prepareBatch(caller, request, pages) {
      for await (const page of pages) kept.push(caller, request, page)
      yield { kind: 'sealed', root: 'r', count: 1, expiresAt: 1 }
    },
  }
  const peers = peersInProcess('school', (member) =>
    member === 'club' ? (service as PeerService) : undefined,
  )

  it('are told who calls, and get copies', async () => {
    const request = { read: 'r', holderKey: 'k' }
    const answer = await peers('club').release(request)
    expect(kept).toEqual(['school', request])
    expect(kept[1]).not.toBe(request)
    expect(answer.halves).toHaveLength(2)
  })

  it('copy every page of a stream', async () => {
    const content = utf8('row')
    async function* pages() {
      yield [content]
    }
    const request = { case: 'c', step: 's', section: 'x', count: 1 }
    const replies = []
    for await (const reply of peers('club').prepareBatch(request, pages())) replies.push(reply)
    expect(replies).toEqual([{ kind: 'sealed', root: 'r', count: 1, expiresAt: 1 }])
    expect((kept.at(-1) as Uint8Array[])[0]).toEqual(content)
    expect((kept.at(-1) as Uint8Array[])[0]).not.toBe(content)
  })

  it('say that a member is unknown', async () => {
    await expect(peers('nobody').release({ read: 'r', holderKey: 'k' })).rejects.toMatchObject({
      code: 'PEER_UNKNOWN',
    })
  })
})
