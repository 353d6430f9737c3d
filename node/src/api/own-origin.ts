/* Under which origin a browser sees this node. */
import { isLoopback } from '../sign-in/open-id-client.ts'
import { ProblemThrown } from './problem.ts'
import type { ApiParts } from './route.ts'

/**
 * The origin of a request: the one that was configured; without one, the loopback as the browser spells it. A
 * `Host` that is neither is nobody's, and no address is ever made from it.
 *
 * @throws ProblemThrown SIGN_IN_UNAVAILABLE
 */
export function originOf(asked: {
  readonly parts: Pick<ApiParts, 'publicOrigin' | 'isTls'>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}): string {
  const { parts, headers } = asked
  if (parts.publicOrigin !== null) return parts.publicOrigin
  const address = `${parts.isTls ? 'https' : 'http'}://${String(headers.host ?? '')}`
  if (URL.canParse(address)) {
    const { origin, hostname } = new URL(address)
    if (origin === address.toLowerCase() && isLoopback(hostname)) return origin
  }
  throw new ProblemThrown('SIGN_IN_UNAVAILABLE', { expected: 'publicUrl in the settings' })
}
