/* Where a sign-in may lead back to: a page of this node, and nowhere else. */

/** Longest path that a sign-in leads back to. */
export const MOST_PATH = 1_000

/**
 * A path of this node as a browser will understand it; undefined for anything that could lead elsewhere:
 * another origin in any spelling, the API, the issuer.
 *
 * @param text    as it was asked for
 * @param origin  of this node, for example `https://node.example`
 */
export function ownPath(text: string, origin: string): string | undefined {
  if (text.length > MOST_PATH || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(text)) return undefined
  if (text.startsWith('//') || !URL.canParse(text, origin)) return undefined
  const url = new URL(text, origin)
  if (url.origin !== origin) return undefined
  // What the browser makes of `/x/..//elsewhere` would begin with two slashes again.
  const path = url.pathname + url.search + url.hash
  if (path.startsWith('//') || /^\/(api|oidc)(\/|$)/i.test(url.pathname)) return undefined
  return path
}
