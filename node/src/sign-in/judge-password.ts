/* Passwords of accounts: same work whether or not there is such an account, a pause after some failures. */
import { type Account, isPassword } from '../api/accounts.ts'
import { API_LIMITS } from '../api/limits.ts'

interface Failed {
  readonly count: number
  /** UTC ms. */
  readonly until: number
}

const MOST_NAMES = 10_000

/** Judges passwords; remembers lately failed names, also those that are nobody's. */
export class PasswordJudge {
  readonly #failed = new Map<string, Failed>()
  readonly #now: () => number
  #atWork = 0

  /** @param now  UTC ms of a real clock */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Judges one; each judgement costs 32 MiB and a tenth of a second, so few run at one time. */
  async judge(
    account: Account | undefined,
    name: string,
    password: string,
  ): Promise<'RIGHT' | 'REFUSED' | 'PAUSED'> {
    const failed = this.#failed.get(name)
    const isPaused =
      failed !== undefined && failed.count >= API_LIMITS.signInTries && failed.until > this.#now()
    if (isPaused || this.#atWork >= API_LIMITS.passwordsAtWork) return 'PAUSED'
    this.#atWork += 1
    try {
      const isRight = await isPassword(account, password)
      if (isRight) this.#failed.delete(name)
      else this.#noteFailure(name)
      return isRight ? 'RIGHT' : 'REFUSED'
    } finally {
      this.#atWork -= 1
    }
  }

  #noteFailure(name: string): void {
    const now = this.#now()
    const before = this.#failed.get(name)
    const count = before !== undefined && before.until > now ? before.count + 1 : 1
    this.#failed.delete(name)
    if (this.#failed.size >= MOST_NAMES) {
      this.#failed.delete(this.#failed.keys().next().value as string)
    }
    this.#failed.set(name, { count, until: now + API_LIMITS.signInPauseMs })
  }
}
