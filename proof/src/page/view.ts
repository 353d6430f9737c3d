import { beijingTime } from '../civil-time.ts'
import type { Words } from '../facts.ts'
import type { PinnedChain, VerifierPins } from './pins.ts'
import { type Language, TERMS } from './words.ts'

/** What every part of the page needs to write in the reader's language. */
export type View = {
  readonly language: Language
  readonly pins: VerifierPins
  /** The words in the reader's language; `{n}` is replaced. */
  say(words: Words, n?: string | number): string
  /** A member's name with its id, as far as the pins know it. */
  memberName(chain: string, member: string): string
  /** An instant as Beijing time, or a dash. */
  time(ms: number | null): string
  /** A code of the ledger in words where there are some, else the code itself. */
  term(code: string): string
}

/** Makes the view of a language. */
export function viewOf(language: Language, pins: VerifierPins): View {
  const say = (words: Words, n?: string | number): string =>
    n === undefined ? words[language] : words[language].replace('{n}', String(n))
  return {
    language,
    pins,
    say,
    memberName: (chain, member) => {
      const name = pinnedChain(pins, chain)?.members?.[member]
      if (name === undefined) return member
      return language === 'zh' ? `${say(name)}（${member}）` : `${say(name)} (${member})`
    },
    time: (ms) => (ms === null ? '—' : beijingTime(ms)),
    term: (code) => (Object.hasOwn(TERMS, code) ? say(TERMS[code]!) : code),
  }
}

function pinnedChain(pins: VerifierPins, chain: string): PinnedChain | undefined {
  return pins.chains.find((pinned) => pinned.chain === chain)
}
