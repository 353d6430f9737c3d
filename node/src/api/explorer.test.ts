// Goal: the explorer shows everyone who did what, and nobody outside the chain what was said; every place is
// recomputed up to a signed head, and one changed thing is noticed.
// Method: the fictional reading club served on the loopback, asked by the public and by a member; places are
// recomputed by the client's own check.
import { fromBase64Url, type JsonObject, toHex } from '@renshe/crypto'
import { transactionId, verdictOf, verifyEvidence } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPlace, type PlaceProof, PlaceRefused } from '../../../client/src/check-place.ts'
import { sendFees } from '../found/club-consortium.fixture.ts'
import { feeRows } from '../testing/club-flows.fixture.ts'
import { ApiWorld } from './api-world.fixture.ts'

let world: ApiWorld
let month: { readonly case: string; readonly txId: string }

beforeAll(async () => {
  world = await ApiWorld.create()
  month = await sendFees(world.host, '2026-01', feeRows(5))
}, 60_000)

afterAll(() => world?.close())

const get = (path: string, as?: string) =>
  world.ask(`/api/v1${path}`, as === undefined ? {} : { as })

describe('blocks', () => {
  it('come newest first in pages, with the head that makes them final and who signed it', async () => {
    const { json } = await get('/blocks?limit=2')
    const { json: head } = await get('/head')
    expect(json.head).toEqual(head)
    const signedBy = head.signedBy as unknown as { witnesses: unknown[]; operator: JsonObject }
    expect(signedBy.operator.member).toBe('overseer')
    expect(signedBy.witnesses.length).toBeGreaterThan(0)
    const [first, second] = json.items as unknown as [{ height: number }, { height: number }]
    expect([first.height, second.height]).toEqual([head.height, Number(head.height) - 1])
    const more = await get(`/blocks?limit=2&before=${String(json.next)}`)
    expect((more.json.items as unknown as [{ height: number }])[0].height).toBe(second.height - 1)
    const last = await get('/blocks?before=2')
    expect(last.json).toMatchObject({ next: null })
    expect((last.json.items as unknown as { height: number }[]).at(-1)?.height).toBe(0)
  })

  it('tell the public party and step, and a member also case and content', async () => {
    const { json } = await get(`/transactions/${month.txId}`)
    expect(json.about).toEqual({
      service: 'club-fees',
      title: { zh: '示例', en: 'Example' },
      step: 'send',
      stepTitle: { zh: '提交会费', en: 'Send the fees' },
      party: 'school',
    })
    expect(json.memberName).toEqual({ zh: '示例·school', en: 'Sample school' })
    const text = JSON.stringify(json)
    for (const hidden of ['body', 'input', 'data', 'roles']) {
      expect(text).not.toContain(`"${hidden}":`)
    }
    expect(text).not.toContain(month.case)
    const { json: member } = await get(`/transactions/${month.txId}`, 'club')
    expect(member.about).toMatchObject({ case: month.case })
    expect(member.input).toMatchObject({ fields: { month: '2026-01' } })
    const body = fromBase64Url(String(member.body))
    expect(toHex(transactionId(body))).toBe(month.txId)
  })

  it('refuse what is no number; nothing is written', async () => {
    const { height } = world.host.engine.status()
    for (const query of ['before=x', 'limit=-1', 'other=1']) {
      expect((await get(`/blocks?${query}`)).json).toMatchObject({ code: 'INPUT_INVALID' })
    }
    expect(world.host.engine.status().height).toBe(height)
  })
})

describe('a place', () => {
  const proofOf = async () => {
    const { json } = await get(`/transactions/${month.txId}`)
    return json.proof as unknown as PlaceProof
  }

  it('is recomputed by the public up to a head that witnesses signed', async () => {
    const place = checkPlace(world.host.chain, month.txId, await proofOf())
    expect(place.signedBy).toMatchObject({ engine: 'embedded', operator: 'overseer' })
    const { json } = await get('/head')
    expect(place.tip.height).toBe(json.height)
  })

  const other = 'a'.repeat(64)
  const lies: readonly (readonly [string, string, (proof: PlaceProof) => PlaceProof])[] = [
    ['another signature', 'block', (proof) => ({ ...proof, signatureHash: other })],
    [
      'another block',
      'block',
      (proof) => ({ ...proof, header: { ...proof.header, txRoot: other } }),
    ],
    ['another time', 'log', (proof) => ({ ...proof, header: { ...proof.header, time: 1 } })],
    ['another way', 'log', (proof) => ({ ...proof, headerPath: [other] })],
    [
      'another checkpoint',
      'head',
      (proof) => {
        const { proof: own } = proof.finality as { proof: JsonObject }
        const checkpoint = String(own.checkpoint).replace(/.{4}\n$/, 'AAAA\n')
        return { ...proof, finality: { ...proof.finality, proof: { ...own, checkpoint } } }
      },
    ],
  ]

  it.each(lies)('of %s is refused', async (_what, part, change) => {
    // The newest block is no example: its header is the tip itself.
    await world.openMonth(
      `2027-${String(lies.findIndex(([name]) => name === _what) + 1).padStart(2, '0')}`,
    )
    const proof = change(await proofOf())
    const refused = (() => {
      try {
        return checkPlace(world.host.chain, month.txId, proof)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(PlaceRefused)
    expect(refused).toMatchObject({ part })
  })
})

describe('evidence', () => {
  it('is given to everyone of an act that is wholly public, and of no other', async () => {
    const { json } = await get('/blocks?before=40')
    const lines = (json.items as unknown as { transactions: JsonObject[] }[]).flatMap(
      ({ transactions }) => transactions,
    )
    const open = lines.find(({ action }) => action === 'membership.presentCertificate')
    expect(open).toMatchObject({ isPublic: true })
    const came = await get(`/transactions/${String(open?.txId)}/evidence`)
    expect(came.status).toBe(200)
    const { policy } = world.host.member('club').ledger.copy
    const trusted = [{ chain: world.host.chain, policies: [policy] }]
    const verification = verifyEvidence(new TextEncoder().encode(came.text), {
      trusted: trusted as never,
    })
    expect(verdictOf(verification)).toBe('trustworthy')
    const closed = await get(`/transactions/${month.txId}/evidence`)
    const none = await get(`/transactions/${'f'.repeat(64)}/evidence`)
    expect([closed.status, closed.text]).toEqual([404, none.text])
    expect((await get(`/transactions/${month.txId}/evidence`, 'club')).status).toBe(200)
  })

  it('comes with a page that trusts this chain and opens no connection', async () => {
    const came = await get('/verifier.html')
    expect(came.type).toContain('text/html')
    expect(came.text.includes(`"chain":"${world.host.chain}"`)).toBe(true)
    expect(came.text.slice(0, 400)).toContain("default-src 'none'")
    expect(came.headers.get('content-disposition')).toContain('attachment')
  })
})

describe('the catalogue', () => {
  it('answers the public as it answers a member', async () => {
    const queries = [
      'catalogue/list-packages',
      'catalogue/list-rules',
      'catalogue/list-parameters',
      'catalogue/list-clauses',
      'catalogue/list-data-sets',
      'governance/list-settings',
      'governance/list-quorums',
      'membership/list-members',
    ]
    for (const name of queries) {
      const path = `/api/v1/queries/${name}`
      const open = await world.ask(path, { body: { input: {} } })
      const member = await world.ask(path, { body: { input: {} }, as: 'club' })
      expect([name, open.status, open.json.data]).toEqual([name, 200, member.json.data])
    }
  })
})
