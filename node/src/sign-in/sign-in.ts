/* Sign-in of people: begun here, proved by an issuer, finished here with the account that it names. */
import type { CustomFetch } from 'openid-client'
import type { Account } from '../api/accounts.ts'
import { issuerRequests } from '../connectors/issuer/ask-issuer.ts'
import { BegunSignIns, type Slot } from './begun-sign-ins.ts'
import { EmbeddedIssuer, ISSUER_PATH, OWN_CLIENT } from './embedded-issuer.ts'
import type { OfferedAccount } from './issuer-page.ts'
import { PasswordJudge } from './judge-password.ts'
import {
  type IssuerSettings,
  makeClientKey,
  OpenIdClient,
  publicJwkOf,
  readClientKey,
} from './open-id-client.ts'
import { SignInRefused } from './sign-in-refused.ts'

/** Path at which every issuer answers. */
export const CALLBACK_PATH = '/api/v1/sign-in/callback'

/** Origins that may be served at one time; more are other spellings of the loopback. */
const MOST_ORIGINS = 8

/** What sign-in is made of. */
export interface SignInTerms {
  readonly accounts: readonly Account[]
  readonly isDemonstration: boolean
  /** Another issuer; the embedded one if left out. */
  readonly issuer?: IssuerSettings
  readonly nameOf: (member: string) => OfferedAccount['memberName']
  /** Requests to the embedded issuer; they never leave this process. */
  readonly askOwnIssuer: CustomFetch
  /** UTC ms of a real clock. */
  readonly now: () => number
}

/** How a browser begins. */
export interface SignInAsked {
  readonly origin: string
  /** Id in the browser's own cookie. */
  readonly browserId: string
  readonly hint: string | undefined
  readonly returnTo: string
  readonly slot: Slot
  /** As the browser asks for it. */
  readonly language: string | undefined
}

/** A sign-in that came to its end. */
export interface SignInDone {
  readonly account: Account
  readonly slot: Slot
  readonly returnTo: string
}

interface Place {
  readonly client: OpenIdClient
  readonly issuer: EmbeddedIssuer | null
}

/** Sign-in at a node. */
export class SignIn {
  readonly #terms: SignInTerms
  readonly #begun: BegunSignIns
  readonly #judge: PasswordJudge
  readonly #places = new Map<string, Promise<Place>>()

  /** @throws RangeError where the settings of another issuer are none */
  constructor(terms: SignInTerms) {
    this.#terms = terms
    this.#begun = new BegunSignIns(terms.now)
    this.#judge = new PasswordJudge(terms.now)
    // Told at start, not at the first sign-in.
    if (terms.issuer !== undefined) this.#clientOf('https://node.invalid', terms.issuer)
  }

  /** Accounts that a demonstration offers to everyone. */
  offered(): readonly Account[] {
    const { isDemonstration, accounts } = this.#terms
    return isDemonstration ? accounts.filter(({ isSample }) => isSample === true) : []
  }

  /** Begins a sign-in: where the browser goes now. */
  async begin(asked: SignInAsked): Promise<URL> {
    const { randomNonce, randomPKCECodeVerifier, randomState } = await import('openid-client')
    const { origin, browserId, hint, returnTo, slot, language } = asked
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
    const { client } = await this.#placeOf(origin)
    const address = await client.addressOf({ state, nonce, verifier, hint, language })
    this.#begun.put(state, { origin, slot, returnTo, verifier, nonce }, browserId)
    return address
  }

  /**
   * Finishes a sign-in.
   *
   * @param search     query of the issuer's answer as it came
   * @param browserId  id in the browser's own cookie
   * @throws SignInRefused
   */
  async finish(origin: string, search: string, browserId: string): Promise<SignInDone> {
    const state = new URLSearchParams(search).get('state') ?? ''
    const begun = this.#begun.take(state, browserId)
    if (begun === undefined || begun.origin !== origin) throw new SignInRefused('STATE')
    const { client } = await this.#placeOf(origin)
    const subject = await client.subjectOf(search, state, begun)
    const account = this.#terms.accounts.find(({ name }) => name === subject)
    if (account === undefined) throw new SignInRefused('ACCOUNT', begun.returnTo)
    return { account, slot: begun.slot, returnTo: begun.returnTo }
  }

  /** The embedded issuer of an origin; null where another issuer is configured. */
  async issuerOf(origin: string): Promise<EmbeddedIssuer | null> {
    return this.#terms.issuer === undefined ? (await this.#placeOf(origin)).issuer : null
  }

  #placeOf(origin: string): Promise<Place> {
    const found = this.#places.get(origin)
    if (found !== undefined) return found
    if (this.#places.size >= MOST_ORIGINS) {
      this.#places.delete(this.#places.keys().next().value as string)
    }
    const { issuer } = this.#terms
    const made =
      issuer === undefined
        ? this.#openOwn(origin)
        : Promise.resolve({ client: this.#clientOf(origin, issuer), issuer: null })
    this.#places.set(origin, made)
    return made
  }

  async #openOwn(origin: string): Promise<Place> {
    const { askOwnIssuer: ask } = this.#terms
    const key = makeClientKey()
    const redirectUri = origin + CALLBACK_PATH
    const issuer = await EmbeddedIssuer.open({
      origin,
      redirectUri,
      clientJwk: publicJwkOf(key),
      accounts: {
        offered: () => this.offered().map((account) => this.shown(account)),
        isOffered: (name) => this.offered().some((account) => account.name === name),
        judge: (name, password) => this.#judge.judge(this.#withPassword(name), name, password),
      },
    })
    const client = new OpenIdClient({
      issuer: origin + ISSUER_PATH,
      clientId: OWN_CLIENT,
      redirectUri,
      key,
      subjectClaim: 'sub',
      idTokenAlgorithm: 'ES256',
      ask,
    })
    return { client, issuer }
  }

  #withPassword(name: string): Account | undefined {
    return this.#terms.accounts.find((account) => account.name === name)
  }

  #clientOf(origin: string, settings: IssuerSettings): OpenIdClient {
    const { issuer, clientId, privateKey, keyId, subjectClaim = 'sub' } = settings
    const { idTokenAlgorithm = 'ES256' } = settings
    return new OpenIdClient({
      issuer,
      clientId,
      redirectUri: origin + CALLBACK_PATH,
      key: readClientKey(privateKey),
      ...(keyId === undefined ? {} : { keyId }),
      subjectClaim,
      idTokenAlgorithm,
      ask: issuerRequests(settings),
    })
  }

  /** An account as a list shows it. */
  shown({ name, member, officer, label }: Account): OfferedAccount {
    const memberName = this.#terms.nameOf(member)
    const titled = { zh: `${memberName.zh} ${officer}`, en: `${memberName.en} ${officer}` }
    return { name, memberName, label: label ?? titled }
  }
}
