/* The built pages of the portal, read once at start: a path that is not among them leads to no file. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { absent } from './problem.ts'
import { sendProblem } from './serve-route.ts'

const MOST_FILES = 2_000
const MOST_BYTES = 128 * 1024 * 1024

/** Policy of every page: nothing from elsewhere, nothing inline. */
export const PORTAL_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
}

interface PageFile {
  readonly type: string
  readonly tag: string
  readonly isImmutable: boolean
  /** By content coding; `identity` is always there. */
  readonly codings: ReadonlyMap<string, Buffer>
}

/** Pages by path, which begins with a slash. */
export type Pages = ReadonlyMap<string, PageFile>

/** Bundlers put a hash of the content before the ending: such a name never has another content. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/

/**
 * Reads a folder of built pages, with `.br` and `.gz` files beside those that they spell.
 *
 * @throws RangeError without an `index.html`, for a type that is not served, or over a limit
 */
export function readPages(folder: string): Pages {
  const files = new Map<string, Buffer>()
  let bytes = 0
  for (const path of walk(folder, '')) {
    const content = readFileSync(join(folder, path))
    bytes += content.length
    if (files.size >= MOST_FILES || bytes > MOST_BYTES) {
      throw new RangeError(`pages: expected at most ${MOST_FILES} files of ${MOST_BYTES} bytes`)
    }
    files.set(path, content)
  }
  if (!files.has('/index.html')) throw new RangeError(`pages: expected index.html in ${folder}`)
  const pages = new Map<string, PageFile>()
  for (const [path, content] of files) {
    if (/\.(br|gz)$/.test(path)) continue
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
    if (type === undefined) throw new RangeError(`pages: no media type for ${path}`)
    const codings = new Map([['identity', content]])
    for (const [coding, ending] of [
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const) {
      const coded = files.get(path + ending)
      if (coded !== undefined) codings.set(coding, coded)
    }
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
    pages.set(path, { type, tag, isImmutable: HASHED.test(path), codings })
  }
  return pages
}

/** Regular files only: a link could lead out of the folder. */
function* walk(folder: string, below: string): Generator<string> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = `${below}/${entry.name}`
    if (entry.isDirectory()) yield* walk(folder, path)
    else if (entry.isFile()) yield path
  }
}

/** Serves pages wherever nothing else answers. */
export function servePages(app: FastifyInstance, pages: Pages): void {
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const page = findPage(pages, request.url)
    if (page === undefined) {
      sendProblem(reply, absent())
      return reply
    }
    reply.header('content-security-policy', PORTAL_POLICY)
    reply.header('vary', 'accept-encoding')
    const forEver = 'public, max-age=31536000, immutable'
    reply.header('cache-control', page.isImmutable ? forEver : 'no-cache')
    reply.header('etag', page.tag)
    if (request.headers['if-none-match'] === page.tag) return reply.status(304).send()
    const [coding, content] = codingOf(page, String(request.headers['accept-encoding'] ?? ''))
    if (coding !== 'identity') reply.header('content-encoding', coding)
    return reply.type(page.type).send(content)
  }
  app.get('/', answer)
  app.get('/*', answer)
}

/** What machines ask for is never answered with a page. */
const NO_PAGE = /^\/(api|oidc|healthz|metrics)(\/|$)/

function findPage(pages: Pages, target: string): PageFile | undefined {
  const [path = '/'] = target.split('?')
  if (NO_PAGE.test(path)) return undefined
  const found = pages.get(path)
  if (found !== undefined) return found
  // An address that the portal made: its own script reads it. A name with a dot is a file's.
  return /[.%\\]/.test(path) ? undefined : pages.get('/index.html')
}

function codingOf({ codings }: PageFile, accepted: string): readonly [string, Buffer] {
  const taken = new Set(
    accepted.split(',').flatMap((part) => {
      const [name = '', quality = ''] = part.trim().split(';')
      return /q=0(\.0*)?$/.test(quality.trim()) ? [] : [name.trim()]
    }),
  )
  for (const coding of ['br', 'gzip']) {
    const content = codings.get(coding)
    if (content !== undefined && taken.has(coding)) return [coding, content]
  }
  return ['identity', codings.get('identity') ?? Buffer.alloc(0)]
}
