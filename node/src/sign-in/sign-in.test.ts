// Goal: whoever the issuer proved is signed in, in the browser that began, once; everything else is refused.
// Method: whole flows over real HTTP with a jar of cookies in place of a browser, against the embedded issuer;
// each attack changes one thing of a flow that works.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAccount } from '../api/accounts.ts'
import { ApiWorld, PASSWORD } from '../api/api-world.fixture.ts'
import { CookieJar } from '../api/cookie-jar.fixture.ts'
import { serve } from '../api/serve.ts'

let world: ApiWorld
let url: string

beforeAll(async () => {
  const content = { name: 'own/desk', member: 'club', officer: 'club-1' }
  const gone = { name: 'own/gone', member: 'club', officer: 'who-left' }
  world = await ApiWorld.create(1, [
    await makeAccount(content, PASSWORD, randomBytes(16)),
    await makeAccount(gone, PASSWORD, randomBytes(16)),
  ])
  url = world.served.url
}, 60_000)

afterAll(() => world?.close())

const isCallback = (address: string) => new URL(address).pathname.endsWith('/sign-in/callback')
const isHome = (address: string) => new URL(address).pathname === '/'
const begin = (query = '') => `${url}/api/v1/sign-in${query}`
const session = async (jar: CookieJar, slot = 'a') =>
  (await world.ask('/api/v1/session', { headers: { cookie: jar.header(), 'x-renshe-slot': slot } }))
    .json

/** Goes as far as the issuer's answer; gives its address. */
async function toCallback(jar: CookieJar, query = '?account=club/club-1'): Promise<URL> {
  const last = await jar.follow(begin(query), isCallback)
  return new URL(last.headers.get('location') ?? '', url)
}

/** Goes as far as the issuer's page; gives its address and text. */
async function toPage(jar: CookieJar, query = '', headers: Record<string, string> = {}) {
  const response = await jar.follow(begin(query), () => false, { headers })
  return { response, text: await response.text(), address: jar.trail.at(-1) ?? '' }
}

const post = (jar: CookieJar, address: string, form: Record<string, string>, origin = url) =>
  jar.follow(address, isHome, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
  })

describe('a sign-in with a named sample account', () => {
  it('asks nothing and leads back, by the issuer, with the cookies that it should', async () => {
    const jar = new CookieJar()
    const last = await jar.follow(begin('?account=school/school-1&return=/work%3Ftab=a'), (to) =>
      new URL(to).pathname.startsWith('/work'),
    )
    expect(last.headers.get('location')).toBe('/work?tab=a')
    const paths = jar.trail.map((address) => new URL(address).pathname.replace(/[\w-]{20,}/, '…'))
    expect(paths).toEqual([
      '/api/v1/sign-in',
      '/oidc/auth',
      '/oidc/interaction/…',
      '/oidc/auth/…',
      '/api/v1/sign-in/callback',
    ])
    const set = last.headers.getSetCookie()
    expect(set).toHaveLength(1)
    expect(set[0]).toMatch(
      /^__Host-renshe=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=28800$/,
    )
    expect(await session(jar)).toMatchObject({
      kind: 'officer',
      member: 'school',
      name: 'school-1',
      roles: ['clerk'],
      person: null,
    })
    const [asked] = jar.trail.filter((address) => address.includes('/oidc/auth?'))
    const query = new URL(asked ?? '').searchParams
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('redirect_uri')).toBe(`${url}/api/v1/sign-in/callback`)
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(query.get(name)).toMatch(/^[\w-]{43}$/)
    }
  })

  it('threat 26: ends the session that the browser had in that slot, and leaves the other', async () => {
    const jar = new CookieJar()
    await world.signIn('school/school-1', 'a', jar)
    await world.signIn('overseer/overseer-1', 'b', jar)
    const old = jar.header()
    await world.signIn('treasury/treasury-1', 'a', jar)
    expect(await session(jar, 'a')).toMatchObject({ member: 'treasury' })
    expect(await session(jar, 'b')).toMatchObject({ member: 'overseer' })
    const ended = await world.ask('/api/v1/session', { headers: { cookie: old } })
    expect(ended.status).toBe(401)
    const streams = ['', '?slot=b'].map(async (query) => {
      const ended = new AbortController()
      const { signal } = ended
      const path = `${url}/api/v1/events${query}`
      const { status } = await fetch(path, { headers: { cookie: jar.header() }, signal })
      ended.abort()
      return status
    })
    expect(await Promise.all(streams)).toEqual([200, 200])
    const none = await world.ask('/api/v1/events?slot=b', {
      headers: { cookie: old.replace('-b=', '-c=') },
    })
    expect(none.status).toBe(401)
  })

  it('that a foreign page links to chooses nobody', async () => {
    const { response, text } = await toPage(new CookieJar(), '?account=club/club-1', {
      'sec-fetch-site': 'cross-site',
    })
    expect(response.status).toBe(200)
    expect(text).toContain('<form')
  })

  it('never leads to another origin', async () => {
    for (const to of ['https://elsewhere.example/', '//elsewhere.example', '/api/v1/session']) {
      const came = await world.ask(`/api/v1/sign-in?return=${encodeURIComponent(to)}`)
      expect(came.json).toMatchObject({ code: 'INPUT_INVALID', facts: { path: '/return' } })
    }
  })
})

describe('the page of the issuer', () => {
  it('offers the sample accounts in the reader’s language, without a script', async () => {
    const zh = await toPage(new CookieJar(), '', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' })
    expect(zh.text).toContain('<html lang="zh-CN">')
    expect(zh.text).toContain('示例·school')
    const en = await toPage(new CookieJar(), '', { 'accept-language': 'en-GB,en;q=0.9' })
    expect(en.text).toContain('<html lang="en">')
    expect(en.text.match(/<button name="sample"/g)).toHaveLength(4)
    expect(en.text).not.toMatch(/<script|\son\w+=|https?:\/\//)
    const policy = en.response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/)
    expect(en.response.headers.get('cache-control')).toBe('no-store')
    expect(en.response.headers.get('referrer-policy')).toBe('same-origin')
    expect(en.response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('signs in who is chosen from it', async () => {
    const jar = new CookieJar()
    const { address } = await toPage(jar)
    await post(jar, address, { sample: 'overseer/overseer-1' })
    expect(await session(jar)).toMatchObject({ member: 'overseer' })
  })

  it('signs in with a password, and says alike what is wrong and what is nobody’s', async () => {
    const jar = new CookieJar()
    const { address } = await toPage(jar)
    const wrong = await post(jar, address, { account: 'own/desk', password: 'wrong' })
    const none = await post(jar, address, { account: 'own/nine', password: 'wrong' })
    expect([wrong.status, none.status]).toEqual([401, 401])
    const typed = async (response: Response) =>
      (await response.text()).replace(/value="own[^"]*"/, '')
    expect(await typed(wrong)).toBe(await typed(none))
    const unoffered = await post(jar, address, { sample: 'own/desk' })
    expect(unoffered.status).toBe(401)
    await post(jar, address, { account: 'own/desk', password: PASSWORD })
    expect(await session(jar)).toMatchObject({ member: 'club', name: 'club-1' })
  })

  it('pauses an account after five wrong passwords, right ones too', async () => {
    const jar = new CookieJar()
    const { address } = await toPage(jar)
    const status = async (account: string, password: string) =>
      (await post(jar, address, { account, password })).status
    for (let count = 0; count < 5; count++) expect(await status('own/gone', 'x')).toBe(401)
    expect(await status('own/gone', PASSWORD)).toBe(429)
  })

  it('threat 26: does not take a form from another origin, and lets people leave', async () => {
    const jar = new CookieJar()
    const { address } = await toPage(jar)
    const foreign = { sample: 'club/club-1' }
    const refused = await post(jar, address, foreign, 'https://elsewhere.example')
    expect(refused.status).toBe(400)
    const left = await post(jar, address, { leave: '1' })
    expect([left.status, left.headers.get('location')]).toEqual([302, '/'])
    expect(jar.names()).not.toContain('__Host-renshe')
  })

  it('is of the browser that began', async () => {
    const { address } = await toPage(new CookieJar())
    const other = await post(new CookieJar(), address, { sample: 'club/club-1' })
    expect(other.status).toBe(400)
  })
})

describe('an answer of the issuer', () => {
  const finish = async (jar: CookieJar, address: URL) => {
    const response = await jar.ask(address.href)
    return { status: response.status, json: await response.json() }
  }
  const refused = (reason: string) => ({
    status: 401,
    json: expect.objectContaining({ code: 'SIGN_IN_REFUSED', facts: { reason } }),
  })

  it('counts once', async () => {
    const jar = new CookieJar()
    const address = await toCallback(jar)
    expect((await jar.ask(address.href)).status).toBe(302)
    expect(await finish(jar, address)).toEqual(refused('STATE'))
  })

  it('threat 26: counts only in the browser that began', async () => {
    const address = await toCallback(new CookieJar())
    expect(await finish(new CookieJar(), address)).toEqual(refused('STATE'))
    const other = new CookieJar()
    await toCallback(other)
    expect(await finish(other, address)).toEqual(refused('STATE'))
  })

  it.each([
    ['another state', 'state', 'A'.repeat(43), 'STATE'],
    ['no state', 'state', null, 'STATE'],
    ['another issuer', 'iss', 'https://elsewhere.example', 'ISSUER'],
    ['no issuer', 'iss', null, 'ISSUER'],
    ['another code', 'code', 'A'.repeat(43), 'TOKEN'],
    ['no code', 'code', null, 'TOKEN'],
  ])('with %s is refused', async (_, name, value, reason) => {
    const jar = new CookieJar()
    const address = await toCallback(jar)
    if (value === null) address.searchParams.delete(name)
    else address.searchParams.set(name, value)
    expect(await finish(jar, address)).toEqual(refused(reason))
    expect(jar.names()).not.toContain('__Host-renshe')
  })

  it('whose code was begun by another sign-in is refused: verifier and nonce are another’s', async () => {
    const jar = new CookieJar()
    const [mine, theirs] = [await toCallback(jar), await toCallback(new CookieJar())]
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '')
    expect(await finish(jar, mine)).toEqual(refused('TOKEN'))
  })

  it('that comes after ten minutes is refused', async () => {
    const jar = new CookieJar()
    const address = await toCallback(jar)
    world.now += 10 * 60_000
    expect(await finish(jar, address)).toEqual(refused('STATE'))
  })

  it('for an officer who is not in office is refused, and a browser is told in words', async () => {
    const jar = new CookieJar()
    const { address } = await toPage(jar)
    world.now += 60_000
    const last = await jar.follow(address, isCallback, {
      method: 'POST',
      body: new URLSearchParams({ account: 'own/gone', password: PASSWORD }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    })
    const back = last.headers.get('location') ?? ''
    const told = await jar.ask(back, { headers: { accept: 'text/html', 'accept-language': 'en' } })
    expect(told.status).toBe(401)
    expect(await told.text()).toContain('Please sign in again')
    const line = world.log.findLast(({ event }) => event === 'sign-in-refused')
    expect(line).toMatchObject({ level: 'warn', code: 'ACCOUNT' })
  })

  it('leaves lines in the log that name members and no people', async () => {
    await world.signIn('school/school-1')
    const line = world.log.findLast(({ event }) => event === 'signed-in')
    expect(line).toMatchObject({ level: 'info', member: 'school' })
    const logged = JSON.stringify(world.log)
    for (const secret of ['school-1', 'own/desk', PASSWORD, 'code=', 'state=']) {
      expect(logged).not.toContain(secret)
    }
  })
})

describe('the issuer', () => {
  it('knows the exact redirect address and wants the challenge', async () => {
    const jar = new CookieJar()
    await toCallback(jar)
    const asked = new URL(jar.trail.find((each) => each.includes('/oidc/auth?')) ?? '')
    const status = async (change: (query: URLSearchParams) => void) => {
      const address = new URL(asked)
      change(address.searchParams)
      const response = await new CookieJar().ask(address.href)
      return [response.status, response.headers.get('location') ?? '']
    }
    for (const to of [`${url}/`, `${url}/api/v1/sign-in/callback/`, 'https://elsewhere.example/']) {
      expect(await status((query) => query.set('redirect_uri', to))).toEqual([400, ''])
    }
    expect(await status((query) => query.set('client_id', 'another'))).toEqual([400, ''])
    const [, without] = await status((query) => query.delete('code_challenge'))
    expect(without).toContain('error=invalid_request')
  })

  it('has nothing but what sign-in needs, and only where the loopback is', async () => {
    const metadata = await world.ask('/oidc/.well-known/openid-configuration')
    expect(metadata.json).toMatchObject({
      issuer: `${url}/oidc`,
      response_types_supported: ['code'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      authorization_response_iss_parameter_supported: true,
    })
    for (const name of ['userinfo', 'registration', 'end_session', 'introspection', 'revocation']) {
      expect(metadata.json).not.toHaveProperty(`${name}_endpoint`)
    }
    const token = await world.ask('/oidc/token', {
      body: new TextEncoder().encode('grant_type=authorization_code&client_id=renshe-node&code=x'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(token.json).toMatchObject({ error: expect.stringMatching(/invalid_(request|client)/) })
    const signal = AbortSignal.timeout(5_000)
    const outside = await askAs(
      'elsewhere.example',
      '/oidc/.well-known/openid-configuration',
      signal,
    )
    expect(outside).toContain('SIGN_IN_UNAVAILABLE')
  })
})

/** A request whose `Host` is another than where it goes. */
async function askAs(host: string, path: string, signal: AbortSignal): Promise<string> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const { port } = world.served
    request({ port, path, host: '127.0.0.1', headers: { host }, signal }, (response) => {
      let text = ''
      response.on('data', (part) => {
        text += String(part)
      })
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })
}

describe('settings of accounts', () => {
  it('that contradict themselves are refused at start', async () => {
    const sample = { name: 'abc', member: 'club', officer: 'club-1', isSample: true }
    const person = { plan: 'p', account: 'a' }
    const wrong = [
      [sample, sample],
      [{ ...sample, kind: 'person' as const }],
      [{ ...sample, person }],
      [{ name: 'abc', member: 'club', kind: 'person' as const, person }],
    ]
    for (const accounts of wrong) {
      await expect(serve(world.host, { port: 0, accounts })).rejects.toThrow(
        /account abc: expected/,
      )
    }
  })
})
