/* Long work: who asks with `Prefer: respond-async` is told where to ask again instead of being kept waiting. */
import { API_LIMITS } from './limits.ts'
import type { Call } from './route.ts'

/** Whether the asker takes a ticket (RFC 7240, section 4.1). */
export function asksForTicket({ headers }: Call): boolean {
  const preferences = (headers.prefer ?? '').split(',').map((each) => each.trim())
  return preferences.includes('respond-async')
}

/** `Prefer: wait=1` shortens the patience, and never lengthens it. */
function patienceOf({ headers }: Call): number {
  const seconds = /(?:^|,\s*)wait=([0-9]{1,3})(?:,|$)/.exec(headers.prefer ?? '')?.[1]
  const { patienceMs } = API_LIMITS
  return seconds === undefined ? patienceMs : Math.min(Number(seconds) * 1000, patienceMs)
}

/** What the work gives, or undefined if it takes longer than the asker is kept waiting. */
export async function quickOr<Result>(
  call: Call,
  work: Promise<Result>,
): Promise<Result | undefined> {
  // Whoever asks later is told of a failure.
  work.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceOf(call))
  })
  try {
    return await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}
