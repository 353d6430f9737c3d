/* One request to the node of this page, and its problem documents. */
import type { JsonObject } from '@renshe/crypto'

/** Which of two sessions asks: the page's own, or the second pane of a comparison. */
export type Slot = 'a' | 'b'

/** A problem document (RFC 9457) of the node, or no answer at all (`status` 0). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly facts: JsonObject
  /** What to name when asking for help. */
  readonly reference: string | null

  constructor(status: number, document: JsonObject, reference: string | null) {
    super(String(document.detail ?? document.title ?? document.code ?? 'no answer'))
    this.name = 'Problem'
    this.status = status
    this.code = String(document.code ?? 'NO_ANSWER')
    this.facts = (document.facts ?? {}) as JsonObject
    this.reference = reference
  }
}

/** Calls the node in the name of one slot. */
export interface Api {
  readonly slot: Slot
  /** As `fetch`, with the slot named; for the client library. */
  readonly fetch: typeof fetch
  readonly get: <Answer = JsonObject>(path: string) => Promise<Answer>
  readonly post: <Answer = JsonObject>(
    path: string,
    body: JsonObject,
    more?: { readonly key?: string },
  ) => Promise<Answer>
  readonly put: <Answer = JsonObject>(path: string, body: JsonObject) => Promise<Answer>
  readonly remove: (path: string) => Promise<void>
  /** Bytes of a file, and the name it goes by. */
  readonly download: (
    path: string,
    body?: JsonObject,
  ) => Promise<{ readonly bytes: Uint8Array; readonly type: string }>
  /** Sends a file as it is. */
  readonly upload: <Answer = JsonObject>(path: string, file: Blob, type: string) => Promise<Answer>
}

const BASE = '/api/v1'

/**
 * Makes the caller of a slot.
 *
 * @param token  of the session, told by the node when it is asked who is asking; null before
 */
export function makeApi(slot: Slot, token: () => string | null): Api {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (slot === 'b') headers.set('x-renshe-slot', 'b')
    const known = token()
    if (known !== null && init.method !== 'GET') headers.set('x-renshe-token', known)
    return fetch(path, { ...init, headers, credentials: 'same-origin', redirect: 'error' })
  }
  const answered = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await ask(`${BASE}${path}`, init).catch((error: unknown) => {
      throw new Problem(0, { code: 'NO_ANSWER', detail: String(error) }, null)
    })
    if (response.ok) return response
    const document = (await response.json().catch(() => ({}))) as JsonObject
    throw new Problem(response.status, document, response.headers.get('x-request-id'))
  }
  const json = async <Answer>(path: string, init: RequestInit): Promise<Answer> =>
    (await answered(path, init)).json() as Promise<Answer>
  const withBody = (method: string, body: JsonObject, key?: string): RequestInit => ({
    method,
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  })
  return {
    slot,
    fetch: (input, init = {}) => ask(input instanceof Request ? input.url : String(input), init),
    get: (path) => json(path, { method: 'GET' }),
    post: (path, body, more = {}) => json(path, withBody('POST', body, more.key)),
    put: (path, body) => json(path, withBody('PUT', body)),
    remove: async (path) => {
      await answered(path, { method: 'DELETE' })
    },
    download: async (path, body) => {
      const init = body === undefined ? { method: 'GET' } : withBody('POST', body)
      const response = await answered(path, init)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { bytes, type: response.headers.get('content-type') ?? '' }
    },
    upload: (path, file, type) =>
      json(path, { method: 'POST', body: file, headers: { 'content-type': type } }),
  }
}
