// Goal: nobody signs what they did not recompute: an owner or server that changes one thing gets no signature,
// and the refusal says which thing; what is signed is told in the package's words in both languages.
// Method: the fictional club; the owner's service is replaced by one that changes one part of one answer; a body
// is changed in one member.
import type { JsonObject } from '@renshe/crypto'
import { canonicalJson, parseCanonicalJson } from '@renshe/crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchReply, Opening, PeerService, SectionsReply } from '../peer.ts'
import { peerServiceOf } from '../peer-service.ts'
import { contentsOf, feeRows, openMonth, sumOf } from '../testing/club-flows.fixture.ts'
import { ClubWorld } from '../testing/club-world.fixture.ts'
import { openOwnBatch } from '../vault/read-sections.ts'
import { bodyOf, type PreparedAct, prepareAct, signBodyOf, submitAct } from './prepare-act.ts'
import { SigningRefused } from './signing-refused.ts'

let world: ClubWorld
let id: string
beforeAll(async () => {
  world = await ClubWorld.create('prepare')
  id = await openMonth(world, '2026-09')
})
afterAll(() => world.close())

const NOTE = { noteText: '致 𠮷野家' }

function actOf(rows: readonly JsonObject[] = feeRows(6), caseId = id) {
  return {
    action: 'cases.actOnStep' as const,
    input: { case: caseId, step: 'send', fields: { month: '2026-09', place: 'HALL' } },
    case: caseId,
    step: 'send',
    sections: { note: NOTE },
    batch: { section: 'fees', count: rows.length, rows },
  }
}

function prepared(act = actOf()): Promise<PreparedAct> {
  const { ledger, peers } = world.member('school')
  return prepareAct({ ledger, peers, suite: 'RS-INTL-1' }, act)
}

function signing() {
  const now = world.consortium.world.time
  const { signer } = world.member('school')
  return { signer, random: (length: number) => world.random(length), now, lifeMs: 600_000 }
}

/** Prepares at an owner whose answers are changed. */
async function preparedBy(changes: {
  sections?: (reply: SectionsReply) => SectionsReply
  batch?: (reply: BatchReply) => BatchReply
}): Promise<unknown> {
  const honest = peerServiceOf({ ...world.member('club'), suites: ['RS-INTL-1'] })
  const service: PeerService = {
    ...honest,
    prepareSections: async (caller, request) => {
      const reply = await honest.prepareSections(caller, request)
      return changes.sections?.(reply) ?? reply
    },
    async *prepareBatch(caller, request, pages) {
      for await (const reply of honest.prepareBatch(caller, request, pages)) {
        yield changes.batch?.(reply) ?? reply
      }
    },
  }
  world.services.set('club', service)
  try {
    return await prepared().then(
      () => 'signed',
      (error: unknown) => error,
    )
  } finally {
    world.services.delete('club')
  }
}

describe('an honest owner', () => {
  it('gives a body whose totals, roots and commitments the signer computed itself', async () => {
    const rows = feeRows(8)
    const act = await prepared(actOf(rows))
    const total = sumOf(rows.map(({ fee }) => fee as string))
    expect(act.input).toMatchObject({ batch: { count: 8, totals: { fee: total } } })
    expect(act.latestExpiresAt).toBeGreaterThan(world.consortium.world.time)
  })

  it('is told in both languages, with every public field, total and sealed text', async () => {
    const { words } = await prepared()
    expect(words.sentences.map(({ zh }) => zh)).toEqual([
      '提交 2026-09 会费,附言 大厅。',
      expect.stringMatching(/^会费明细: 6 行, 合计 books \d+; 会费 \d+\.\d\d$/),
      '附言 (封存): 附言内容 致 𠮷野家',
    ])
    expect(words.sentences.map(({ en }) => en)[0]).toBe('We send the fees of 2026-09 to the hall.')
    expect(words.unusual).toEqual([
      { text: '致 𠮷野家', codePoints: 'U+81F4 U+0020 U+20BB7 U+91CE U+5BB6' },
    ])
  })

  it('keeps every name as it was typed', async () => {
    const caseId = await openMonth(world, '2026-10')
    const names = ['\u{20bb7}野家', 'Ame\u0301lie', 'Am\u00e9lie', '\ufa15', '\u{2f804}', 'ﬁ']
    const rows = feeRows(names.length).map((row, at) => ({ ...row, name: names[at] as string }))
    const act = {
      ...actOf(rows, caseId),
      input: { case: caseId, step: 'send', fields: { month: '2026-10', place: 'HALL' } },
    }
    const { ledger } = world.member('school')
    const outcome = await submitAct(ledger, await prepared(act), signing())
    expect(outcome).toMatchObject({ included: true, code: 'OK' })
    const { batch } = act as never as { batch: { rows: JsonObject[] } }
    const root = (await rootOf(caseId)) as string
    expect(contentsOf(openOwnBatch(world.member('club').vault, { root }))).toEqual(batch.rows)
  })
})

async function rootOf(caseId: string): Promise<string | undefined> {
  const reader = { member: 'club', name: null, roles: [], unit: null }
  const answer = world.ledger.query('cases.getCase', { case: caseId }, reader)
  if (!answer.ok) throw new Error(answer.code)
  const { case: found } = answer.data as never as { case: { batches: { fees: { root: string } } } }
  return found.batches.fees.root
}

const withHeader =
  (change: object) =>
  (opening: Opening): Opening => ({ ...opening, header: { ...opening.header, ...change } })
const flipped = (text: string) => (text[0] === '0' ? '1' : '0') + text.slice(1)
const firstOf =
  (change: (opening: Opening) => Opening) =>
  (openings: readonly Opening[]): Opening[] =>
    openings.map((opening, at) => (at === 0 ? change(opening) : opening))
const ofBatch =
  (change: (openings: readonly Opening[]) => Opening[]) =>
  (reply: BatchReply): BatchReply =>
    reply.kind === 'openings' ? { ...reply, openings: change(reply.openings) } : reply

describe('threat 31: an owner that changes one thing of a batch', () => {
  const text = (opening: Opening) => new TextDecoder().decode(opening.content)
  const bytes = (content: string) => new TextEncoder().encode(content)
  const rows: [string, (reply: BatchReply) => BatchReply, string, string][] = [
    [
      'a character of a row',
      ofBatch(
        firstOf((o) => ({
          ...o,
          content: bytes(text(o).replace('JOINED', 'NONE').replace('王', '玉')),
        })),
      ),
      'content',
      'fees/0',
    ],
    [
      'the chain',
      ofBatch(firstOf(withHeader({ chain: 'other-00000000' }))),
      'header',
      'fees/0/header.chain',
    ],
    [
      'the owner',
      ofBatch(firstOf(withHeader({ owner: 'stranger' }))),
      'header',
      'fees/0/header.owner',
    ],
    [
      'the section',
      ofBatch(firstOf(withHeader({ section: 'note' }))),
      'header',
      'fees/0/header.section',
    ],
    ['the level', ofBatch(firstOf(withHeader({ level: 3 }))), 'header', 'fees/0/header.level'],
    [
      'the catalogue entry',
      ofBatch(firstOf(withHeader({ entryHash: '0'.repeat(64) }))),
      'header',
      'fees/0/header.entryHash',
    ],
    [
      'the version',
      ofBatch(firstOf(withHeader({ version: 2 }))),
      'header',
      'fees/0/header.version',
    ],
    [
      'the suite',
      ofBatch(firstOf(withHeader({ suite: 'RS-GM-1' }))),
      'header',
      'fees/0/header.suite',
    ],
    [
      'a member too many in a header',
      ofBatch(firstOf(withHeader({ more: 1 }))),
      'header',
      'fees/0/header',
    ],
    [
      'the salt',
      ofBatch(firstOf((o) => withHeader({ salt: flipped(o.header.salt) })(o))),
      'root',
      'fees/root',
    ],
    [
      'the record',
      ofBatch(firstOf((o) => withHeader({ record: flipped(o.header.record) })(o))),
      'root',
      'fees/root',
    ],
    [
      'the seed',
      ofBatch(firstOf((o) => ({ ...o, seed: o.seed.map((b, i) => (i === 9 ? b ^ 4 : b)) }))),
      'root',
      'fees/root',
    ],
    [
      'two rows under one record',
      ofBatch((all) => all.map((o) => withHeader({ record: all[0]?.header.record })(o))),
      'header',
      'fees/1/header.record',
    ],
    ['the order of rows', ofBatch((all) => [...all].reverse()), 'content', 'fees/0'],
    ['a row less', ofBatch((all) => all.slice(0, -1)), 'count', 'fees/count'],
    [
      'the root',
      (reply) => (reply.kind === 'sealed' ? { ...reply, root: flipped(reply.root) } : reply),
      'root',
      'fees/root',
    ],
    [
      'the count',
      (reply) => (reply.kind === 'sealed' ? { ...reply, count: 7 } : reply),
      'count',
      'fees/count',
    ],
  ]

  it.each(rows)('%s: not signed, and it says so', async (_, batch, part, place) => {
    const refused = await preparedBy({ batch })
    expect(refused).toBeInstanceOf(SigningRefused)
    expect(refused).toMatchObject({ part, place })
  })
})

describe('threat 31: an owner that changes one thing of a section', () => {
  const opening =
    (change: (opening: Opening) => Opening) =>
    (reply: SectionsReply): SectionsReply => ({ ...reply, openings: reply.openings.map(change) })
  const rows: [string, (reply: SectionsReply) => SectionsReply, string, string][] = [
    [
      'the text',
      opening((o) => ({ ...o, content: canonicalJson({ noteText: '致 吉野家' }) })),
      'content',
      'note',
    ],
    ['the seed', opening((o) => ({ ...o, seed: o.seed.map((b) => b ^ 1) })), 'commitment', 'note'],
    [
      'the record of the header',
      opening(withHeader({ record: '0'.repeat(32) })),
      'header',
      'note/header.record',
    ],
    [
      'the commitment',
      (reply) => ({
        ...reply,
        sections: reply.sections.map((s) => ({ ...s, commitment: flipped(s.commitment) })),
      }),
      'commitment',
      'note',
    ],
    ['no opening', (reply) => ({ ...reply, openings: [] }), 'count', 'sections'],
  ]

  it.each(rows)('%s: not signed, and it says so', async (_, sections, part, place) => {
    expect(await preparedBy({ sections })).toMatchObject({ name: 'SigningRefused', part, place })
  })

  it('any one byte of an opening: not signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const change = opening((o) => {
          const content = Uint8Array.from(o.content)
          content[at % content.length] = (content[at % content.length] as number) ^ mask
          return { ...o, content }
        })
        expect(await preparedBy({ sections: change })).toBeInstanceOf(SigningRefused)
      }),
      { numRuns: 15 },
    )
  })
})

describe('threat 31: a body that a server made', () => {
  const rows: [string, (body: JsonObject) => JsonObject, string, string][] = [
    ['another chain', (b) => ({ ...b, chain: 'demo-test-11111111' }), 'chain', 'chain'],
    ['another action', (b) => ({ ...b, action: 'cases.withdrawCase' }), 'action', 'action'],
    ['another signer', (b) => ({ ...b, signer: '0'.repeat(64) }), 'signer', 'signer'],
    [
      'another field',
      (b) => change(b, { fields: { month: '2026-09', place: 'YARD' } }),
      'input',
      'input.fields.place',
    ],
    ['a member too many', (b) => change(b, { outcome: 'sent' }), 'input', 'input.outcome'],
    [
      'another root',
      (b) =>
        change(b, {
          batch: { ...(b.input as never as { batch: JsonObject }).batch, root: '0'.repeat(64) },
        }),
      'input',
      'input.batch.root',
    ],
    [
      'another total',
      (b) =>
        change(b, {
          batch: {
            ...(b.input as never as { batch: JsonObject }).batch,
            totals: { fee: '1.00', books: 0 },
          },
        }),
      'input',
      'input.batch.totals.books',
    ],
    [
      'a commitment that is in no opening',
      (b) => change(b, { sections: [{ name: 'note', level: 2, commitment: '0'.repeat(64) }] }),
      'input',
      'input.sections',
    ],
    [
      'a later end than the seal lives',
      (b) => ({ ...b, expiresAt: Number.MAX_SAFE_INTEGER }),
      'expiresAt',
      'expiresAt',
    ],
    ['another version', (b) => ({ ...b, v: 2 }), 'body', 'TX_VERSION'],
    ['a member of no meaning', (b) => ({ ...b, memo: 1 }), 'body', 'TX_MALFORMED'],
  ]
  function change(body: JsonObject, input: JsonObject): JsonObject {
    return { ...body, input: { ...(body.input as JsonObject), ...input } }
  }

  let act: PreparedAct
  beforeAll(async () => {
    act = await prepared()
  })

  it.each(rows)('%s: not signed, and it says so', (_, changed, part, place) => {
    const { chain } = world.ledger
    const body = parseCanonicalJson(bodyOf(chain, act, signing()))
    const bytes = canonicalJson(changed(body))
    const { signer } = world.member('school')
    try {
      signBodyOf(chain, act, bytes, signer)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ name: 'SigningRefused', part, place })
    }
  })

  it('with a member twice: not signed', () => {
    const { chain } = world.ledger
    const text = new TextDecoder().decode(bodyOf(chain, act, signing()))
    const twice = new TextEncoder().encode(text.replace('{', '{"v":1,'))
    expect(() => signBodyOf(chain, act, twice, world.member('school').signer)).toThrow(
      'TX_MALFORMED',
    )
  })
})

describe('who has nothing to do here', () => {
  const ask = (member: string, request: object = {}) =>
    world
      .member(member)
      .peers('club')
      .prepareSections({
        case: id,
        step: 'send',
        sections: [{ name: 'note', content: canonicalJson(NOTE) }],
        ...request,
      })

  it.each<[string, string, object, string]>([
    ['a stranger', 'stranger', {}, 'STEP_NOT_YOURS'],
    ['a member that reads but does not write', 'treasury', {}, 'STEP_NOT_YOURS'],
    ['another step', 'school', { step: 'close' }, 'STEP_NOT_YOURS'],
    ['an unknown case', 'school', { case: '0'.repeat(26) }, 'CASE_NOT_FOUND'],
    [
      'a section of no form',
      'school',
      { sections: [{ name: 'answer', content: canonicalJson({}) }] },
      'SECTION_UNEXPECTED',
    ],
    ['no section', 'school', { sections: [] }, 'SECTIONS_COUNT'],
    [
      'a field that is none',
      'school',
      { sections: [{ name: 'note', content: canonicalJson({ other: 'x' }) }] },
      'CONTENT_INVALID',
    ],
    [
      'a text that is too long',
      'school',
      { sections: [{ name: 'note', content: canonicalJson({ noteText: 'x'.repeat(201) }) }] },
      'CONTENT_INVALID',
    ],
    [
      'content that is not canonical',
      'school',
      { sections: [{ name: 'note', content: new TextEncoder().encode('{ "noteText":"x"}') }] },
      'CONTENT_INVALID',
    ],
  ])('%s: nothing is sealed', async (_, member, request, code) => {
    const before = world.member('club').vault.store.unsettled().length
    await expect(ask(member, request)).rejects.toMatchObject({ code })
    expect(world.member('club').vault.store.unsettled()).toHaveLength(before)
  })
})
