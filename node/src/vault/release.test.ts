// Goal: half B leaves only against a committed, final, own read of this owner, in its window, to the holder's key,
// under a grant that is in force now; what comes opens only under that grant, read, record and batch (threats 3,
// 18 to 22).
// Method: the fictional club; each row of a table breaks one thing; parts of two answers are swapped.
import { grants, reads, tombstones } from '@renshe/contracts'
import { seeded } from '@renshe/contracts/testing'
import type { Bytes } from '@renshe/crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReleaseAnswer } from '../peer.ts'
import {
  contentsOf,
  feeRows,
  grantOf,
  opened,
  readNote,
  readRows,
  released,
  type SealedMonth,
  sendMonth,
} from '../testing/club-flows.fixture.ts'
import { ClubWorld, hexOf } from '../testing/club-world.fixture.ts'
import { readsToConfirm } from './confirmations.ts'
import { findRowCopies } from './copies.ts'
import { forgetGrant } from './grant-keys.ts'
import { openCommitted, readBatch } from './read-sections.ts'
import { releaseRead } from './release.ts'

const WITHIN = 600_000
const ROWS = feeRows(12)

let world: ClubWorld
let month: SealedMonth
let other: SealedMonth
beforeAll(async () => {
  world = await ClubWorld.create('release')
  month = await sendMonth(world, ROWS, '2026-01')
  other = await sendMonth(world, feeRows(12, 20), '2026-02')
})
afterAll(() => world.close())

describe('a committed read', () => {
  it('of rows opens exactly those rows', async () => {
    const read = await readRows(world, 'treasury', month, { from: 3, count: 5 })
    const { openings } = opened(world, 'treasury', read, released(world, 'treasury', read))
    expect(contentsOf(openings)).toEqual(ROWS.slice(3, 8))
  })

  it('of a section opens it', async () => {
    const read = await readNote(world, 'treasury', month)
    const { openings } = opened(world, 'treasury', read, released(world, 'treasury', read))
    expect(contentsOf(openings)).toEqual([{ noteText: 'for 𠮷野家' }])
  })

  it('gives the same answer again in its window, byte for byte', async () => {
    const read = await readRows(world, 'treasury', month)
    const first = released(world, 'treasury', read)
    world.consortium.world.advance(300_000)
    expect(released(world, 'treasury', read)).toEqual(first)
  })

  it('has its grant key drawn once, and again after it was forgotten', async () => {
    const [one, two] = [
      await readRows(world, 'treasury', month),
      await readRows(world, 'treasury', month),
    ]
    const [first, second] = [one, two].map((read) => released(world, 'treasury', read))
    expect(second?.grantKey).toEqual(first?.grantKey)
    expect(second?.batchHalf).toEqual(first?.batchHalf)
    expect(second?.halves).not.toEqual(first?.halves)
    forgetGrant(world.member('club').vault, grantOf(world, 'treasury', 'fees', month.case))
    expect(released(world, 'treasury', two).grantKey).not.toEqual(first?.grantKey)
  })

  it('is kept as a copy where the grant says STORE, and not where it says VIEW', async () => {
    const { reading, vault } = world.member('treasury')
    const rows = await readBatch(reading, month.batch.root as string)
    expect(contentsOf(rows)).toEqual(ROWS)
    expect(findRowCopies(vault, month.batch.root as string, 12)).toEqual(rows)
    const count = [...world.ledger.view().state(reads).range()].length
    expect(await readBatch(reading, month.batch.root as string)).toEqual(rows)
    expect([...world.ledger.view().state(reads).range()]).toHaveLength(count)
    await openCommitted(reading, await readNote(world, 'treasury', month))
    expect(vault.store.unlock('copy', month.note.sections[0]?.commitment as string)).toBeUndefined()
  })
})

describe('threat 3: what is not released', () => {
  const asking = (caller: string, read: string, holderKey = world.member(caller).holderKey) =>
    releaseRead(world.member('club').vault, world.ledger.view(), caller, { read, holderKey })

  it('an unknown read', () => {
    const read = hexOf(seeded('unknown'), 32)
    expect(() => asking('treasury', read)).toThrow('READ_NOT_FOUND')
  })

  it('a read that the contract refused', async () => {
    const refused = await world.tries('stranger', 'access.readSections', {
      grant: grantOf(world, 'treasury', 'fees', month.case),
      holderKey: world.member('stranger').holderKey,
      batch: { root: month.batch.root as string, count: 12 },
      rows: { section: 'fees', from: 0, count: 12 },
    })
    expect(refused).toMatchObject({ included: true, code: 'GRANT_NOT_YOURS' })
    expect(() => asking('stranger', refused.txId as string)).toThrow('READ_NOT_FOUND')
  })

  it('a read of somebody else, even with its own key', async () => {
    const read = await readRows(world, 'treasury', month)
    expect(() => asking('stranger', read)).toThrow('READ_NOT_FOUND')
    expect(() => asking('stranger', read, world.member('treasury').holderKey)).toThrow(
      'READ_NOT_FOUND',
    )
  })

  it('a read whose owner is another member', async () => {
    const read = await readRows(world, 'treasury', month)
    const { vault } = world.member('school')
    const { holderKey } = world.member('treasury')
    const ask = () => releaseRead(vault, world.ledger.view(), 'treasury', { read, holderKey })
    expect(ask).toThrow('READ_NOT_FOUND')
  })

  it('a read whose block is not final', async () => {
    const read = await readRows(world, 'treasury', month)
    world.ledger.unfinalBlocks = 1
    expect(() => asking('treasury', read)).toThrow('READ_NOT_FINAL')
    world.ledger.unfinalBlocks = 0
    expect(asking('treasury', read).sections).toHaveLength(12)
  })

  it('a read older than its window by block time', async () => {
    const read = await readRows(world, 'treasury', month)
    world.consortium.world.advance(WITHIN)
    expect(asking('treasury', read).sections).toHaveLength(12)
    world.consortium.world.advance(1)
    expect(() => asking('treasury', read)).toThrow('READ_TOO_OLD')
  })

  it('another key than the read names', async () => {
    const read = await readRows(world, 'treasury', month)
    const ask = () => asking('treasury', read, world.member('school').holderKey)
    expect(ask).toThrow('HOLDER_KEY_OTHER')
  })
})

describe('threat 22: a grant that fell after the read', () => {
  it.each<[string, object, string]>([
    ['revoked', { revokedAt: 1 }, 'GRANT_REVOKED'],
    ['suspended', { suspendedAt: 1 }, 'GRANT_SUSPENDED'],
    ['ended', { notAfter: 1 }, 'GRANT_NOT_IN_FORCE'],
  ])('%s: nothing', async (_, change, code) => {
    const read = await readRows(world, 'treasury', month)
    const id = grantOf(world, 'treasury', 'fees', month.case)
    const grant = world.ledger.view().state(grants).get(id)
    world.consortium.world.seed(grants, id, { ...grant, ...change })
    try {
      expect(() => released(world, 'treasury', read)).toThrow(code)
    } finally {
      world.consortium.world.seed(grants, id, grant)
    }
    expect(released(world, 'treasury', read).sections).toHaveLength(12)
  })

  it('revoked on chain by its owner: reads are refused from there on', async () => {
    const grant = grantOf(world, 'school', 'fees', other.case)
    const read = await readRows(world, 'school', other)
    await world.does('club', 'access.revokeGrant', { grant })
    expect(() => released(world, 'school', read)).toThrow('GRANT_REVOKED')
    await expect(readRows(world, 'school', other)).rejects.toThrow('GRANT_REVOKED')
  })
})

describe('whatever the state of grant and read', () => {
  it('the service releases exactly where the grant is in force now and the read is in its window', async () => {
    const read = await readRows(world, 'treasury', month)
    const { vault } = world.member('club')
    const view = world.ledger.view()
    const id = grantOf(world, 'treasury', 'fees', month.case)
    const grant = view.state(grants).get(id)
    const { at, height } = view.state(reads).get(read)
    const { holderKey } = world.member('treasury')
    const instant = fc.integer({ min: -700_000, max: 700_000 })
    const state = fc.record({
      age: fc.integer({ min: 0, max: 700_000 }),
      notBefore: instant,
      notAfter: fc.option(instant),
      isRevoked: fc.boolean(),
      isSuspended: fc.boolean(),
      isFinal: fc.boolean(),
    })
    try {
      fc.assert(
        fc.property(state, ({ age, notBefore, notAfter, isRevoked, isSuspended, isFinal }) => {
          const now = at + age
          world.consortium.world.seed(grants, id, {
            ...grant,
            notBefore: Math.max(0, at + notBefore),
            notAfter: notAfter === null ? null : at + notAfter,
            revokedAt: isRevoked ? at : null,
            suspendedAt: isSuspended ? at : null,
          })
          const isDue =
            isFinal &&
            !isRevoked &&
            !isSuspended &&
            age <= WITHIN &&
            notBefore <= age &&
            (notAfter === null || age < notAfter)
          const then = {
            ...world.ledger.view(),
            time: now,
            finalHeight: isFinal ? height : height - 1,
          }
          const ask = () => releaseRead(vault, then, 'treasury', { read, holderKey })
          if (isDue) expect(ask().sections).toHaveLength(12)
          else expect(ask).toThrow()
        }),
        { numRuns: 400 },
      )
    } finally {
      world.consortium.world.seed(grants, id, grant)
    }
  })
})

describe('rows that are erased', () => {
  it('come as 32 zero bytes and are counted, the others open', async () => {
    const erased = await sendMonth(world, feeRows(6, 40), '2026-05')
    const { release } = world.member('club').vault
    const before = released(world, 'treasury', await readRows(world, 'treasury', erased))
    await release.eraseRows(erased.batch.root as string, 'fees', [1, 4])
    const read = await readRows(world, 'treasury', erased)
    const answer = released(world, 'treasury', read)
    const { openings } = opened(world, 'treasury', read, answer)
    expect(openings.map((opening) => opening === null)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ])
    expect(answer.sections[1]?.sealed).toHaveLength(0)
    expect(answer.digest).not.toBe(before.digest)
    const confirmations = readsToConfirm(world.member('club').vault, world.ledger.view(), WITHIN)
    expect(confirmations.find((one) => one.read === read)).toEqual({
      read,
      outcome: 'RELEASED',
      digest: answer.digest,
      erased: 2,
    })
  })

  it('come as zeros although a release service has not deleted them yet', async () => {
    const erased = await sendMonth(world, feeRows(6, 60), '2026-07')
    const read = await readRows(world, 'treasury', erased)
    const root = erased.batch.root as string
    const [at, height] = [world.consortium.world.time, world.consortium.world.height]
    const record = erased.openings[3]?.header.record as string
    const place = { owner: 'club', record, batch: root, index: 3 }
    const erasure = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    const stone = { v: 1 as const, ...place, state: 'ERASED' as const, erasure, at, height }
    world.consortium.world.seed(tombstones, ['club', record], stone)
    const { openings } = opened(world, 'treasury', read, released(world, 'treasury', read))
    expect(openings.map((opening) => opening === null)).toEqual([0, 0, 0, 1, 0, 0].map(Boolean))
  })

  it('an erased section gives nothing', async () => {
    const erased = await sendMonth(world, feeRows(6, 50), '2026-06')
    await world
      .member('club')
      .vault.release.eraseHalf(erased.note.sections[0]?.commitment as string)
    const read = await readNote(world, 'treasury', erased)
    const { openings } = opened(world, 'treasury', read, released(world, 'treasury', read))
    expect(openings).toEqual([null])
  })
})

describe('confirmations', () => {
  it('name what was released, refused for good, and never asked for; confirmed ones are done', async () => {
    const { vault } = world.member('club')
    const asked = await readRows(world, 'treasury', month)
    const { digest } = released(world, 'treasury', asked)
    const silent = await readRows(world, 'treasury', month)
    const due = () => readsToConfirm(vault, world.ledger.view(), WITHIN)
    expect(due().some(({ read }) => read === silent)).toBe(false)
    world.consortium.world.advance(WITHIN + 1)
    expect(due()).toContainEqual({ read: asked, outcome: 'RELEASED', digest, erased: 0 })
    expect(due()).toContainEqual(expect.objectContaining({ read: silent, outcome: 'REFUSED' }))
    for (const reads_ = due(); reads_.length > 0; reads_.length = 0) {
      await world.does('club', 'access.confirmReads', { reads: reads_ as never })
    }
    expect(due().some(({ read }) => read === asked || read === silent)).toBe(false)
  })
})

describe('threats 19 to 21: parts of two answers swapped', () => {
  let one: { read: string; answer: ReleaseAnswer }
  let two: { read: string; answer: ReleaseAnswer }
  let note: { read: string; answer: ReleaseAnswer }
  beforeAll(async () => {
    const answered = async (read: string) => ({ read, answer: released(world, 'treasury', read) })
    one = await answered(await readRows(world, 'treasury', month))
    two = await answered(await readRows(world, 'treasury', other))
    note = await answered(await readNote(world, 'treasury', month))
  })
  const open = (read: string, answer: ReleaseAnswer) => opened(world, 'treasury', read, answer)
  const sectionsWith = (answer: ReleaseAnswer, change: object): ReleaseAnswer => ({
    ...answer,
    sections: answer.sections.map((section, at) =>
      at === 2 ? { ...section, ...change } : section,
    ),
  })

  it('unswapped, all three open', () => {
    for (const { read, answer } of [one, two, note]) expect(() => open(read, answer)).not.toThrow()
  })

  it.each<[string, () => ReleaseAnswer]>([
    ['the key of grant 2', () => ({ ...one.answer, grantKey: two.answer.grantKey })],
    ['the wrap of grant 2', () => ({ ...one.answer, batchHalf: two.answer.batchHalf })],
    ['the release of read 2', () => ({ ...one.answer, halves: two.answer.halves })],
    ['no wrap of A*', () => ({ ...one.answer, batchHalf: null })],
    ['the sections of batch 2', () => ({ ...one.answer, sections: two.answer.sections })],
    [
      'row 3 under row 2',
      () => sectionsWith(one.answer, { sealed: one.answer.sections[3]?.sealed }),
    ],
    ['a row of batch 2', () => sectionsWith(one.answer, two.answer.sections[2] as object)],
    ['another record', () => sectionsWith(one.answer, { record: '0'.repeat(32) })],
    ['another version', () => sectionsWith(one.answer, { version: 2 })],
    ['another commitment', () => sectionsWith(one.answer, { commitment: '0'.repeat(64) })],
    ['the proof of batch 2', () => ({ ...one.answer, rangeProof: [new Uint8Array(32)] })],
    ['a row less', () => ({ ...one.answer, sections: one.answer.sections.slice(1) })],
  ])('%s: SEAL_BROKEN', (_, answer) => {
    expect(() => open(one.read, answer())).toThrow('SEAL_BROKEN')
  })

  it('the section of a record under another read: SEAL_BROKEN', async () => {
    const otherNote = await readNote(world, 'treasury', other)
    const answer = released(world, 'treasury', otherNote)
    expect(() => open(otherNote, { ...answer, sections: note.answer.sections })).toThrow(
      'SEAL_BROKEN',
    )
    expect(() => open(note.read, answer)).toThrow('SEAL_BROKEN')
  })

  it('at another member, with everything but its key: SEAL_BROKEN', () => {
    expect(() => opened(world, 'school', one.read, one.answer)).toThrow('SEAL_BROKEN')
  })

  it('any one bit of what is sealed, wrapped or boxed: SEAL_BROKEN', () => {
    const parts = ['grantKey', 'halves', 'batchHalf'] as const
    const flip = (bytes: Bytes, at: number) =>
      bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << (at % 8)) : byte))
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(...parts, 'sealed' as const), (at, part) => {
        const answer =
          part === 'sealed'
            ? sectionsWith(one.answer, {
                sealed: flip(one.answer.sections[2]?.sealed as Bytes, at),
              })
            : { ...one.answer, [part]: flip(one.answer[part] as Bytes, at) }
        expect(() => open(one.read, answer)).toThrow('SEAL_BROKEN')
      }),
      { numRuns: 100 },
    )
  })
})

describe('no grant', () => {
  it('nothing opens, whatever is asked of the owner in whatever name', async () => {
    const known = [...world.ledger.view().state(reads).range()].map(([read]) => read)
    const names = ['club', 'school', 'stranger', 'treasury']
    await fc.assert(
      fc.property(
        fc.constantFrom(...known, hexOf(seeded('none'), 32)),
        fc.constantFrom(...names),
        (read, keyOf) => {
          const { holderKey } = world.member(keyOf)
          const ask = () =>
            releaseRead(world.member('club').vault, world.ledger.view(), 'stranger', {
              read,
              holderKey,
            })
          expect(ask).toThrow('READ_NOT_FOUND')
        },
      ),
      { numRuns: 60 },
    )
  })
})
