// Goal: the Java and the Python example of the integrators' page make the txId of the published vectors, and
// a real node takes what they sign: the request and the transaction.
// Method: run both as their pages say, with the key of a system of the fictional reading club.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportPrivateKey, utf8 } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld } from '../../node/src/api/api-world.fixture.ts'

const integrate = (name: string) =>
  fileURLToPath(new URL(`../../docs/integrate/${name}`, import.meta.url))
const vectors = JSON.parse(readFileSync(integrate('signing-vectors.json'), 'utf8')) as {
  readonly transactions: readonly { readonly body: string; readonly txId: string }[]
}

let world: ApiWorld

beforeAll(async () => {
  world = await ApiWorld.create()
  const key = exportPrivateKey(await world.host.member('school').keys.privateKey('system'))
  writeFileSync(join(world.folder, 'key.pkcs8'), key)
  const text = Buffer.from(key).toString('base64')
  const pem = `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`
  writeFileSync(join(world.folder, 'key.pem'), pem)
}, 60_000)

afterAll(() => world?.close())

const examples: readonly (readonly [string, string[], string])[] = [
  ['Python', ['python3', integrate('sign_transaction.py')], 'key.pem'],
  ['Java', ['java', integrate('SignTransaction.java')], 'key.pkcs8'],
]

function run([command = '', ...first]: string[], keyFile: string, body: string): string[] {
  const keyId = world.host.member('school').keys.certificate('system').fingerprint
  const authority = new URL(world.served.url).host
  const created = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('base64url')
  const request = ['POST', authority, '/api/v1/transactions', created, nonce, keyId]
  const given = [...first, join(world.folder, keyFile), body, ...request]
  return execFileSync(command, given, { encoding: 'utf8' }).trimEnd().split('\n')
}

describe.each(examples)('the example in %s', (name, command, keyFile) => {
  it('makes the txIds of the vectors', () => {
    expect(vectors.transactions.length).toBeGreaterThan(1)
    for (const { body, txId } of vectors.transactions) {
      expect(run(command, keyFile, body)[0]).toBe(txId)
    }
  })

  it('signs a transaction and a request that a node takes', async () => {
    const month = name === 'Java' ? '2026-01' : '2026-02'
    const input = { service: 'club-fees', fields: { number: 'C-1', month } }
    const prepared = await world.ask('/api/v1/actions/cases/open-case/prepare', {
      as: 'school',
      body: { input },
    })
    const body = String(prepared.json.body)
    const [txId, value, digest, signatureInput, signature] = run(command, keyFile, body)
    world.now = Date.now()
    const came = await world.ask('/api/v1/transactions', {
      method: 'POST',
      body: utf8(JSON.stringify({ body, signature: { kind: 'p256', value } })),
      headers: {
        'content-digest': digest ?? '',
        'signature-input': signatureInput ?? '',
        signature: signature ?? '',
      },
    })
    expect(came.json).toMatchObject({ items: [{ txId, code: 'OK' }] })
  })
})
