/* What a browser does during a sign-in, without one: keeps cookies by path, follows redirects, posts forms. */

interface Kept {
  readonly value: string
  readonly path: string
}

/** Cookies of one browser at one node. */
export class CookieJar {
  readonly #cookies = new Map<string, Kept>()
  /** Addresses that were asked for, in order. */
  readonly trail: string[] = []
  /** Lines of `Set-Cookie` that came, in order. */
  readonly lines: string[] = []
  readonly #proxy: readonly [string, string] | undefined

  /** @param proxy  an origin that browsers know, and where it is really served */
  constructor(proxy?: readonly [string, string]) {
    this.#proxy = proxy
  }

  /** The `Cookie` header for a path. */
  header(path = '/api/v1/session'): string {
    const sent = [...this.#cookies].filter(([, kept]) => path.startsWith(kept.path))
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ')
  }

  /** Names of the cookies that are kept. */
  names(): string[] {
    return [...this.#cookies.keys()].sort()
  }

  /** Asks once, without following. */
  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    this.trail.push(address)
    const { pathname } = new URL(address)
    const headers = { ...(init.headers as Record<string, string>), cookie: this.header(pathname) }
    const [known, served] = this.#proxy ?? ['', '']
    const target = address.startsWith(known) ? served + address.slice(known.length) : address
    const response = await fetch(target, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#take(line)
    return response
  }

  /** Follows redirects until one is `isEnd`, or there is none; gives the last answer. */
  async follow(
    address: string,
    isEnd: (address: string) => boolean,
    init: RequestInit = {},
  ): Promise<Response> {
    let response = await this.ask(address, init)
    let here = address
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get('location')
      if (location === null) return response
      here = new URL(location, here).href
      if (isEnd(here)) return response
      response = await this.ask(here)
    }
    throw new Error(`too many redirects: ${this.trail.join(' ')}`)
  }

  #take(line: string): void {
    this.lines.push(line)
    const [pair = '', ...attributes] = line.split(/; */)
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/'
    const isGone = attributes.some((each) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(each))
    if (isGone || value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}
