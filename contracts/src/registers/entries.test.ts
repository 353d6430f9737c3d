/**
 * Goal: an entry keeps every version, is never given twice, and its amendments can be found.
 * Method: a contract of the test that calls the module's functions, as cases do.
 */
import { action, amendments, type Context } from '@renshe/kernel'
import { createTestWorld, testContracts, testReader, testSigner } from '@renshe/kernel/testing'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import {
  amendEntry,
  closeEntry,
  entryVersionSubject,
  findEntry,
  moveEntry,
  recordEntry,
} from './entries.ts'
import { entries, entryVersions } from './records.ts'
import { registersBook } from './rule-book.ts'

const CASE = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const OTHER_CASE = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
const PLACE = { register: 'reading-card', key: 'B/7' }
const REASON = {
  name: 'reason',
  level: 2,
  commitment: 'ab'.repeat(32),
  record: 'cd'.repeat(16),
  version: 1,
}
const PHOTO = { ...REASON, name: 'photo', commitment: 'ef'.repeat(32) }

function verb(name: string, run: (ctx: Context) => unknown) {
  return action({
    name: `test.${name}`,
    summary: 'Calls the module as a case does.',
    input: Type.Object({}),
    run: (ctx: Context) => {
      run(ctx)
      return null
    },
  })
}

const record = verb('record', (ctx) =>
  recordEntry(ctx, {
    ...PLACE,
    owner: 'lib-0001',
    fields: { kind: 'CHILD', issuedOn: '2026-09-01' },
    sections: [REASON, PHOTO],
    caseId: CASE,
  }),
)
const amend = verb('amend', (ctx) =>
  amendEntry(ctx, {
    ...PLACE,
    fields: { kind: 'ADULT' },
    sections: [{ ...REASON, version: 2, commitment: '12'.repeat(32) }],
    caseId: OTHER_CASE,
  }),
)
const close = verb('close', (ctx) => closeEntry(ctx, { ...PLACE, caseId: CASE }))
const move = verb('move', (ctx) => moveEntry(ctx, { ...PLACE, owner: 'lib-0002' }))

function given() {
  const world = createTestWorld({
    contracts: testContracts({
      actions: [record, amend, close, move],
      queries: [...registersBook.queries],
      collections: [...registersBook.collections, amendments],
    }),
  })
  return { world, signer: testSigner({ member: 'lib-0001' }) }
}

describe('registers', () => {
  it('keep every version, and say which transaction and case made it', () => {
    const { world, signer } = given()
    const made = world.run(signer, record, {})
    expect(made.events).toMatchObject([{ name: 'EntryRecorded', data: { version: 1, case: CASE } }])
    const changed = world.run(signer, amend, {})
    expect(findEntry(world, 'reading-card', 'B/7')).toMatchObject({
      version: 2,
      fields: { kind: 'ADULT', issuedOn: '2026-09-01' },
      sections: [
        { name: 'photo', version: 1 },
        { name: 'reason', version: 2 },
      ],
      case: OTHER_CASE,
    })
    const versions = world.stored(entryVersions).map(({ value }) => value)
    expect(versions).toMatchObject([
      { version: 1, kind: 'RECORDED', by: made.txId, fields: { kind: 'CHILD' } },
      { version: 2, kind: 'AMENDED', by: changed.txId },
    ])
    expect(world.stored(entries)).toMatchSnapshot()
  })

  it('leave an amendment of the version before, none of the newest', () => {
    const { world, signer } = given()
    world.does(signer, record, {})
    const { txId } = world.run(signer, amend, {})
    const subject = (version: number) => entryVersionSubject('reading-card', 'B/7', version)
    expect(world.state(amendments).find(subject(1))).toMatchObject({ by: txId, kind: 'amended' })
    expect(world.state(amendments).has(subject(2))).toBe(false)
  })

  it('never give a key twice, and change nothing that is closed', () => {
    const { world, signer } = given()
    for (const verbOfNothing of [amend, close, move]) {
      expect(world.refuses(signer, verbOfNothing, {})).toEqual({
        code: 'ENTRY_NOT_FOUND',
        ...PLACE,
      })
    }
    world.does(signer, record, {})
    expect(world.refuses(signer, record, {})).toEqual({ code: 'ENTRY_EXISTS', ...PLACE })
    world.does(signer, close, {})
    for (const late of [amend, close, move]) {
      expect(world.refuses(signer, late, {})).toEqual({ code: 'ENTRY_CLOSED', ...PLACE })
    }
    expect(world.refuses(signer, record, {}).code).toBe('ENTRY_EXISTS')
  })

  it('move to another owner with their history', () => {
    const { world, signer } = given()
    world.does(signer, record, {})
    world.does(signer, move, {})
    expect(findEntry(world, 'reading-card', 'B/7')).toMatchObject({
      owner: 'lib-0002',
      version: 2,
      case: CASE,
    })
  })

  it('are read by every member of the chain, and by nobody else', () => {
    const { world, signer } = given()
    world.does(signer, record, {})
    world.does(signer, amend, {})
    const ask = (name: string, input: object, member: string | null) => {
      const answer = world.ask(testReader({ member }), `registers.${name}`, input)
      return answer.ok ? answer.data : answer
    }
    expect(ask('findEntry', PLACE, 'any-0001')).toMatchObject({ entry: { version: 2 } })
    expect(ask('findEntry', PLACE, null)).toEqual({ entry: null })
    expect(ask('findEntry', { ...PLACE, key: 'B/8' }, 'any-0001')).toEqual({ entry: null })
    const listed = { items: [{ key: 'B/7' }], next: null }
    expect(ask('listEntries', { register: 'reading-card' }, 'any-0001')).toMatchObject(listed)
    const owned = { register: 'reading-card', owner: 'lib-0001' }
    expect(ask('listEntries', owned, 'any-0001')).toMatchObject(listed)
    expect(ask('listEntries', { ...owned, owner: 'lib-0002' }, 'any-0001')).toMatchObject({
      items: [],
    })
    expect(ask('listVersions', PLACE, 'any-0001')).toMatchObject({
      items: [{ version: 1 }, { version: 2 }],
    })
    expect(ask('listVersions', PLACE, null)).toMatchObject({ items: [] })
  })
})
