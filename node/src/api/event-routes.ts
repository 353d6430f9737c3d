/* Events of the chain as they become final, as server-sent events that go on where they broke off. */
import { type JsonObject, parseCanonicalJson, toHex } from '@renshe/crypto'
import { transactionId } from '@renshe/proof'
import { Type } from 'typebox'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import { API_BASE, type ApiRoute, type Call, type Reply, sessionOf, signedIn } from './route.ts'

interface Place {
  readonly height: number
  readonly index: number
}

const PLACE = /^(0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,8})$/

/** After which event the stream goes on: the header of a browser that reconnects, else the query. */
function beginningOf(call: Call, finalHeight: number): Place {
  const text = call.headers['last-event-id'] ?? call.query.after
  if (text === undefined) return { height: finalHeight, index: Number.MAX_SAFE_INTEGER }
  const [, height, index] = PLACE.exec(text) ?? []
  if (height === undefined) {
    throw new ProblemThrown('INPUT_INVALID', { path: '/after', expected: 'height.index' })
  }
  return { height: Number(height), index: Number(index) }
}

/** Events of one block as frames of the stream; block 0 has no transactions that anyone signed. */
function* framesOf(call: Call, height: number, after: number): Generator<string> {
  const { copy } = sessionOf(call).member.ledger
  if (height === 0) return
  const results = copy.store.results(height)
  const { transactions } = copy.log.read(height)
  let index = 0
  for (const [at, { events }] of results.entries()) {
    const bodyBytes = transactions[at]?.bodyBytes ?? new Uint8Array()
    const txId = toHex(transactionId(Uint8Array.from(bodyBytes)))
    for (const bytes of events) {
      const { name, data } = parseCanonicalJson(Uint8Array.from(bytes)) as JsonObject
      const json = JSON.stringify({ height, index, txId, name, data })
      if (index > after) yield `id: ${height}.${index}\nevent: ${String(name)}\ndata: ${json}\n\n`
      index += 1
    }
  }
}

async function* stream(call: Call, begin: Place): AsyncGenerator<string> {
  const { parts, signal } = call
  const { ledger } = sessionOf(call).member
  let wake: () => void = () => undefined
  const stopListening = ledger.onFinal(() => wake())
  signal.addEventListener('abort', () => wake())
  parts.metrics.openStreams += 1
  try {
    let { height, index } = begin
    yield ': events of the chain\n\n'
    while (!signal.aborted && isStillIn(call)) {
      for (; height <= ledger.finalHeight; height += 1) {
        yield* framesOf(call, height, index)
        index = -1
      }
      await new Promise<void>((resolve) => {
        wake = resolve
        if (signal.aborted || height <= ledger.finalHeight) resolve()
        else setTimeout(resolve, API_LIMITS.eventHeartbeatMs).unref()
      })
      yield ': here\n\n'
    }
  } finally {
    stopListening()
    parts.metrics.openStreams -= 1
  }
}

/** A stream ends with its session; a system's stream was signed for and lasts while it is read. */
function isStillIn({ session, parts }: Call): boolean {
  if (session === null) return false
  return session.handle === null || parts.sessions.kept(session) !== undefined
}

function openStream(call: Call): Reply {
  const { ledger } = sessionOf(call).member
  const begin = beginningOf(call, ledger.finalHeight)
  if (call.parts.metrics.openStreams >= API_LIMITS.eventStreams) {
    throw new ProblemThrown('TOO_MANY', { limit: 'event streams' })
  }
  return { events: stream(call, begin) }
}

/** Routes of events. */
export const eventRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/events`,
    operationId: 'events.stream',
    summary: 'Streams events as they become final; goes on after `Last-Event-ID` (height.index).',
    access: 'session',
    mayRead: signedIn,
    query: Type.Object({
      after: Type.Optional(Type.String({ pattern: PLACE.source })),
      // A browser's EventSource sends no headers of ours.
      slot: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
    }),
    replies: { 200: 'text/event-stream' },
    run: openStream,
  },
]
