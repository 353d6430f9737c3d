/** How long another node may take to say what time it is. */
const PATIENCE_MS = 5_000

/**
 * What time it is at another member's node, by the date of its answer to `/healthz`; whole seconds.
 *
 * @param url  of the node, as `node.json` of this operator names it; no redirect is followed
 * @returns    UTC ms; undefined if it told none
 * @throws TypeError, DOMException where nobody answers in five seconds
 */
export async function askClock(url: string): Promise<number | undefined> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const reply = await fetch(new URL('/healthz', url), { signal, redirect: 'error' })
  await reply.body?.cancel()
  const told = Date.parse(reply.headers.get('date') ?? '')
  return Number.isNaN(told) ? undefined : told
}
