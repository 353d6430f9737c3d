/** Why a sign-in came to nothing; told in the log and, as one word, to the browser. */
export type SignInReason =
  /** No sign-in with this state was begun by this browser lately, or it was used before. */
  | 'STATE'
  /** The answer names no issuer, or another one (RFC 9207). */
  | 'ISSUER'
  /** The person gave up, or the issuer said no. */
  | 'DENIED'
  /** The issuer did not take the code, or what it gave does not hold: signature, nonce, times. */
  | 'TOKEN'
  /** The issuer knows somebody whom this node does not. */
  | 'ACCOUNT'

/** Ends a sign-in. */
export class SignInRefused extends Error {
  readonly reason: SignInReason
  /** Path to lead back to where the state was right; null otherwise. */
  readonly returnTo: string | null

  constructor(reason: SignInReason, returnTo: string | null = null) {
    super(reason)
    this.name = 'SignInRefused'
    this.reason = reason
    this.returnTo = returnTo
  }
}
