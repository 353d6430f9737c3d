/*
 * The node as a client of an issuer, its own or another: code flow with PKCE, state, nonce, the issuer's name
 * in the answer (RFC 9207), private_key_jwt. There is one code path for all issuers.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Configuration, CustomFetch } from 'openid-client'
import { IssuerUnreachable } from '../connectors/issuer/ask-issuer.ts'
import type { BegunSignIn } from './begun-sign-ins.ts'
import { SignInRefused } from './sign-in-refused.ts'

/** Longest life of an ID token (credentials-and-sign-in section 3). */
const ID_TOKEN_MOST_S = 300

/** Another issuer than the embedded one. */
export interface IssuerSettings {
  /** For example `https://id.example`; plain http only on the loopback. */
  readonly issuer: string
  readonly clientId: string
  /** PEM of the P-256 key that the issuer knows this node by (private_key_jwt). */
  readonly privateKey: string
  /** How the issuer calls that key. */
  readonly keyId?: string
  /** Claim whose value names an account of this node; `sub` unless told. */
  readonly subjectClaim?: string
  /** With which algorithm it signs ID tokens (JOSE); ES256 unless told. */
  readonly idTokenAlgorithm?: string
  /** Further hosts at which the issuer has its endpoints. */
  readonly hosts?: readonly string[]
  /** Ranges of a private network, as `10.1.0.0/16`, in which the issuer may lie. */
  readonly privateRanges?: readonly string[]
}

/** What a client is made of. */
export interface ClientTerms {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  readonly key: KeyObject
  readonly keyId?: string
  readonly subjectClaim: string
  readonly idTokenAlgorithm: string
  /** Every request to the issuer goes through here. */
  readonly ask: CustomFetch
}

/** Makes a key by which a client proves itself to the embedded issuer. */
export function makeClientKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

/**
 * Reads the key of a client from its PEM.
 *
 * @throws RangeError where it is no P-256 key
 */
export function readClientKey(pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new RangeError('signIn.privateKey must be a P-256 key in PEM; came none')
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new RangeError('signIn.privateKey must be a P-256 key; came another')
  }
  return key
}

/** The public half as the embedded issuer registers it. */
export function publicJwkOf(key: KeyObject) {
  return { ...createPublicKey(key).export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }
}

/** Whether a host is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** The library wraps what it met on its way to the issuer. */
function unreachableOf(error: unknown): IssuerUnreachable | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof IssuerUnreachable) return cause
  }
  return undefined
}

/** A client of one issuer with one redirect URI. */
export class OpenIdClient {
  readonly #terms: ClientTerms
  #configuration: Promise<Configuration> | undefined

  /** @throws RangeError for an issuer without TLS that is not on the loopback */
  constructor(terms: ClientTerms) {
    const { protocol, hostname } = new URL(terms.issuer)
    if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
      throw new RangeError(`signIn.issuer must be https, or http on the loopback; came ${protocol}`)
    }
    this.#terms = terms
  }

  /** Where the browser is sent to; `state`, `nonce` and `verifier` were drawn for this sign-in. */
  async addressOf(begun: {
    readonly state: string
    readonly nonce: string
    readonly verifier: string
    readonly hint: string | undefined
    readonly language: string | undefined
  }): Promise<URL> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
    const { state, nonce, verifier, hint, language } = begun
    return buildAuthorizationUrl(await this.#configured(), {
      redirect_uri: this.#terms.redirectUri,
      scope: 'openid',
      // A shared desk: who signs in proves it now, whoever sat there before.
      prompt: 'login',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(hint === undefined ? {} : { login_hint: hint }),
      ...(language === undefined ? {} : { ui_locales: language }),
    })
  }

  /**
   * Exchanges the code of an answer; gives whom the issuer proved.
   *
   * @param search  query of the answer as it came
   * @throws SignInRefused
   */
  async subjectOf(search: string, state: string, begun: BegunSignIn): Promise<string> {
    const { authorizationCodeGrant, ClientError, AuthorizationResponseError, ResponseBodyError } =
      await import('openid-client')
    const { redirectUri, subjectClaim, issuer } = this.#terms
    const { returnTo } = begun
    const query = new URLSearchParams(search)
    // Asked of every issuer, whether or not its metadata promise it.
    if (query.get('iss') !== issuer) throw new SignInRefused('ISSUER', returnTo)
    if (query.has('error')) throw new SignInRefused('DENIED', returnTo)
    try {
      const tokens = await authorizationCodeGrant(
        await this.#configured(),
        new URL(`${redirectUri}?${query}`),
        {
          expectedState: state,
          expectedNonce: begun.nonce,
          pkceCodeVerifier: begun.verifier,
          idTokenExpected: true,
        },
      )
      const claims = tokens.claims()
      const subject = claims?.[subjectClaim]
      if (claims === undefined || claims.exp - claims.iat > ID_TOKEN_MOST_S) {
        throw new SignInRefused('TOKEN', returnTo)
      }
      if (typeof subject !== 'string') throw new SignInRefused('ACCOUNT', returnTo)
      return subject
    } catch (error) {
      const away = unreachableOf(error)
      if (away !== undefined) throw away
      const isRefusal = [ClientError, AuthorizationResponseError, ResponseBodyError].some(
        (kind) => error instanceof kind,
      )
      throw isRefusal ? new SignInRefused('TOKEN', returnTo) : error
    }
  }

  #configured(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      // An issuer that was away is asked again by the next sign-in.
      this.#configuration = undefined
      throw unreachableOf(error) ?? new IssuerUnreachable('what it says of itself is not usable')
    })
    return this.#configuration
  }

  async #discover(): Promise<Configuration> {
    const library = await import('openid-client')
    const { issuer, clientId, key, keyId, idTokenAlgorithm, ask } = this.#terms
    const der = key.export({ type: 'pkcs8', format: 'der' })
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const signing = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
    const proof = library.PrivateKeyJwt(
      keyId === undefined ? signing : { key: signing, kid: keyId },
    )
    const isPlain = issuer.startsWith('http:')
    return library.discovery(
      new URL(issuer),
      clientId,
      { id_token_signed_response_alg: idTokenAlgorithm },
      proof,
      {
        [library.customFetch]: ask,
        timeout: 10,
        execute: [
          // The ID token's own signature is checked as well, not only the connection it came through.
          library.enableNonRepudiationChecks,
          ...(isPlain ? [library.allowInsecureRequests] : []),
        ],
      },
    )
  }
}
