// Goal: a file goes into a draft in pieces that survive a cut and a restart, the same file finds what it
// became, other bytes than announced become nothing; long work tells how far it is.
// Method: the fictional reading club over HTTP; a file of two pieces, cut after the first; the server is
// started anew in between; the client's own upload does the whole.
import { createHash } from 'node:crypto'
import { exportPrivateKey, type JsonObject, utf8 } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, webCryptoSigner } from '../../../client/src/index.ts'
import { UPLOAD_PIECE_BYTES } from '../drafts/uploads.ts'
import { feeRow } from '../testing/club-flows.fixture.ts'
import { sampleAccounts } from './accounts.ts'
import { ApiWorld, PASSWORD } from './api-world.fixture.ts'
import { serve } from './serve.ts'

const ROWS = 12_000
let world: ApiWorld
let file: Uint8Array

beforeAll(async () => {
  world = await ApiWorld.create()
  const heading = 'memberId,name,fee,books,joinedOn,change,remark'
  const names = heading.split(',')
  const lines = Array.from({ length: ROWS }, (_, at) => {
    // Remarks make the file one of two pieces; one row in the middle is wrong.
    const row: JsonObject = { ...feeRow(at), remark: 'a remark of no more than 40 characters' }
    const fee = at === 7_000 ? 'much' : String(row.fee)
    return names.map((name) => (name === 'fee' ? fee : String(row[name]))).join(',')
  })
  file = utf8([heading, ...lines, ''].join('\n'))
}, 60_000)

afterAll(() => world?.close())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const pathOf = (id: string) => `/api/v1/drafts/${id}/send/fees/uploads`
const octets = { 'content-type': 'application/octet-stream' }

async function begin(id: string, content = file, more: JsonObject = {}) {
  const body = { bytes: content.length, sha256: sha256(content), ...more }
  return world.ask(pathOf(id), { as: 'school', body })
}

function put(id: string, upload: unknown, piece: number, content: Uint8Array, as = 'school') {
  const path = `${pathOf(id)}/${String(upload)}/pieces/${piece}`
  return world.ask(path, { as, method: 'PUT', body: content, headers: octets })
}

const pieceOf = (piece: number) =>
  file.slice(piece * UPLOAD_PIECE_BYTES, (piece + 1) * UPLOAD_PIECE_BYTES)

async function clientOf(member: string): Promise<Client> {
  const { keys } = world.host.member(member)
  const pkcs8 = exportPrivateKey(await keys.privateKey('system'))
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, [
    'sign',
  ])
  const signer = webCryptoSigner(key, keys.certificate('system').fingerprint)
  return new Client({ url: world.served.url, chain: world.host.chain, signer })
}

describe('an upload', () => {
  it('goes on where it was cut, also after a restart, and the same file finds what it became', async () => {
    const id = await world.openMonth('2026-01')
    const { json } = await begin(id)
    expect(json).toMatchObject({ phase: 'upload', next: 0, pieces: 2 })
    const { upload } = json
    expect((await put(id, upload, 1, pieceOf(1))).json).toMatchObject({ code: 'PIECE_OUT_OF_TURN' })
    expect((await put(id, upload, 0, pieceOf(0))).json).toMatchObject({ next: 1 })
    const early = await world.ask(`${pathOf(id)}/${String(upload)}/read`, {
      as: 'school',
      method: 'POST',
    })
    expect(early.json).toMatchObject({ status: 409, code: 'UPLOAD_INCOMPLETE' })
    await world.served.stop()
    world.served = await serve(world.host, {
      port: 0,
      accounts: await sampleAccounts(world.host, PASSWORD),
      checksReplies: true,
      now: () => world.now,
    })
    const told: string[] = []
    const client = await clientOf('school')
    const place = { case: id, step: 'send', section: 'fees' }
    const onProgress = ({ phase, sent }: { phase: string; sent: number }) =>
      told.push(`${phase} ${sent}`)
    const done = await client.upload(place, file, { onProgress })
    expect(told[0]).toBe(`upload ${UPLOAD_PIECE_BYTES}`)
    expect(done.summary).toMatchObject({ rows: ROWS, bad: 1 })
    const again: string[] = []
    const found = await client.upload(place, file, {
      onProgress: ({ phase }) => again.push(phase),
    })
    expect(again).toEqual(['read'])
    expect(found.file).toEqual(done.file)
  })

  it('of other bytes than were announced becomes nothing', async () => {
    const id = await world.openMonth('2026-02')
    const { json } = await begin(id, utf8('memberId,name\n1,2\n'))
    const { upload } = json
    const other = utf8('memberId,name\n1,3\n')
    expect((await put(id, upload, 0, other.slice(1))).json).toMatchObject({ code: 'PIECE_SIZE' })
    expect((await put(id, upload, 0, other)).status).toBe(200)
    const path = `${pathOf(id)}/${String(upload)}`
    const read = await world.ask(`${path}/read`, { as: 'school', method: 'POST' })
    expect(read.json).toMatchObject({ status: 422, code: 'UPLOAD_HASH' })
    expect((await world.ask(path, { as: 'school' })).status).toBe(404)
    const draft = await world.ask(`/api/v1/drafts/${id}/send/fees`, { as: 'school' })
    expect(draft.json).toMatchObject({ rows: 0 })
  })

  it('is of nobody else and of no other draft; what is no number or too large is refused', async () => {
    const id = await world.openMonth('2026-03')
    const other = await world.openMonth('2026-04')
    const { upload } = (await begin(id)).json
    const none = await world.ask(`${pathOf(id)}/${'A'.repeat(22)}`, { as: 'school' })
    const foreign = [
      await world.ask(`${pathOf(id)}/${String(upload)}`, { as: 'treasury' }),
      await world.ask(`${pathOf(other)}/${String(upload)}`, { as: 'school' }),
      await put(id, upload, 0, pieceOf(0), 'club'),
    ]
    for (const came of foreign) expect([came.status, came.text]).toEqual([404, none.text])
    for (const more of [{ bytes: 0 }, { bytes: 60 * 1024 * 1024 }, { sha256: 'x' }]) {
      expect((await begin(id, file, more)).json).toMatchObject({ code: 'INPUT_INVALID' })
    }
    const large = new Uint8Array(UPLOAD_PIECE_BYTES + 1)
    expect((await put(id, upload, 0, large)).status).toBe(413)
  })
})

describe('a long preparation', () => {
  it('is answered with a ticket to who takes one, and tells how many rows are sealed', async () => {
    const id = await world.openMonth('2026-05')
    const client = await clientOf('school')
    const lines = new TextDecoder().decode(file).split('\n').slice(0, 2_001)
    const good = utf8(lines.join('\n'))
    await client.upload({ case: id, step: 'send', section: 'fees' }, good)
    const body = {
      input: { case: id, step: 'send', fields: { month: '2026-05', place: 'HALL' } },
      sealed: {
        sections: { note: { noteText: 'n' } },
        draft: { section: 'fees', onlyGood: false },
      },
    }
    const path = '/api/v1/actions/cases/act-on-step/prepare'
    const headers = { prefer: 'respond-async, wait=0' }
    const came = await world.ask(path, { as: 'school', body, headers })
    expect(came.status).toBe(202)
    expect(came.json).toMatchObject({ phase: 'seal', of: 2_000 })
    const own = `/api/v1/prepared/${String(came.json.preparedId)}`
    expect(came.headers.get('location')).toBe(`${own}/progress`)
    const progress = () => world.ask(`${own}/progress`, { as: 'school' })
    await expect.poll(async () => (await progress()).json.phase, { timeout: 30_000 }).toBe('ready')
    expect((await progress()).json).toMatchObject({ rows: 2_000, of: 2_000 })
    expect((await world.ask(`${own}/progress`, { as: 'club' })).status).toBe(404)
    const prepared = await world.ask(own, { as: 'school' })
    expect(prepared.json.batch).toMatchObject({ count: 2_000 })
  })
})
