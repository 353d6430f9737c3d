// Goal: the built pages are served where nothing else answers, and no path leads to another file.
// Method: a folder with an index, a hashed script in three codings and a secret beside it; raw requests, since a
// client's own library tidies `..` away.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiWorld } from './api-world.fixture.ts'
import { readPages } from './pages.ts'
import { API_BASE, everyone } from './route.ts'
import { type Served, serve } from './serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-pages-'))
const pages = join(folder, 'pages')
const SCRIPT = 'export const page = 1\n'
let world: ApiWorld
let served: Served

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>portal</title>')
  writeFileSync(join(pages, 'favicon.svg'), '<svg/>')
  const script = join(pages, 'assets', 'main-B4x_91Kq.js')
  writeFileSync(script, SCRIPT)
  writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT))
  writeFileSync(`${script}.gz`, gzipSync(SCRIPT))
  symlinkSync(join(folder, 'secret.txt'), join(pages, 'linked.txt'))
  world = await ApiWorld.create(1)
  served = await serve(world.host, {
    port: 0,
    pages,
    checksReplies: true,
    extraRoutes: [
      {
        method: 'GET',
        path: `${API_BASE}/demonstration/odd`,
        operationId: 'demonstration.odd',
        summary: 'Answers what it does not declare.',
        access: 'public',
        mayRead: everyone,
        replies: { 200: { type: 'string' } },
        run: () => ({ status: 200, json: 7 }),
      },
    ],
  })
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Came {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
}

function raw(path: string, headers: Record<string, string> = {}): Promise<Came> {
  return new Promise((resolve, reject) => {
    const { port } = served
    request({ port, host: '127.0.0.1', path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const { statusCode: status = 0, headers: came } = response
        resolve({ status, headers: came, bytes: Buffer.concat(parts) })
      })
    })
      .on('error', reject)
      .end()
  })
}

describe('pages', () => {
  it('are served at the root and at every address that the portal makes', async () => {
    for (const path of ['/', '/demo', '/desk/cases/01?asOf=3', '/apiary']) {
      const { status, headers, bytes } = await raw(path)
      expect([path, status, headers['content-type']]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ])
      expect(String(bytes)).toContain('portal')
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
          "font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; " +
          "base-uri 'none'; form-action 'self'",
      )
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    }
  })

  it('come in the coding that is asked for, and hashed ones stay for ever', async () => {
    const path = '/assets/main-B4x_91Kq.js'
    const coded = async (accepted: string) => {
      const { headers, bytes } = await raw(path, { 'accept-encoding': accepted })
      return [headers['content-encoding'], bytes.length]
    }
    expect(await coded('gzip, deflate, br')).toEqual(['br', brotliCompressSync(SCRIPT).length])
    expect(await coded('br;q=0, gzip')).toEqual(['gzip', gzipSync(SCRIPT).length])
    expect(await coded('')).toEqual([undefined, SCRIPT.length])
    const { headers } = await raw(path)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers.vary).toBe('accept-encoding')
    const again = await raw('/', { 'if-none-match': String((await raw('/')).headers.etag) })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    expect((await raw('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/linked.txt',
    '/assets/main-B4x_91Kq.js.br',
    '/assets',
    '/nothing.js',
    '/api',
    '/api/v1/nothing',
    '/healthz/x',
    '/oidc',
  ])('do not answer %s with a file that is none of theirs', async (path) => {
    const { status, bytes } = await raw(path)
    expect(String(bytes)).not.toContain('secret')
    if (path === '/assets') expect(String(bytes)).toContain('portal')
    else expect([status, String(bytes)]).toEqual([404, expect.stringContaining('NOT_FOUND')])
  })

  it('without an index, or of a type that is not served, are refused at start', () => {
    expect(() => readPages(join(pages, 'assets'))).toThrow('pages: expected index.html')
    writeFileSync(join(pages, 'page.php'), '')
    expect(() => readPages(pages)).toThrow('pages: no media type for /page.php')
  })
})

describe('routes beside those of the node', () => {
  it('are in the document, and an answer that does not fit it is a bug', async () => {
    const { paths } = JSON.parse(String((await raw(`${API_BASE}/openapi.json`)).bytes))
    expect(paths).toHaveProperty([`${API_BASE}/demonstration/odd`])
    const { status, bytes } = await raw(`${API_BASE}/demonstration/odd`)
    expect([status, JSON.parse(String(bytes)).code]).toEqual([500, 'NODE_FAULT'])
  })
})
