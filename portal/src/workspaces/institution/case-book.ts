/*
 * Cases that lists speak of, asked for once each while their rows come into view. One subscription for a whole list:
 * a list of ten thousand rows scrolls smoothly only if a row asks nothing by itself.
 */
import { useMemo, useSyncExternalStore } from 'react'
import { loadPackage } from '../../package/load-package.ts'
import type { LoadedPackage } from '../../package/package-document.ts'
import { type PackageTexts, textsOf } from '../../package/package-texts.ts'
import type { CaseShown } from '../../patterns/step-clock/case-shown.ts'
import { type Ask, useSession } from '../../session/session.tsx'
import { useLocale } from '../../words/locale.tsx'
import type { Locale } from '../../words/words.ts'
import { titleOfCase } from './case-label.tsx'

/** A case with the package that runs it. */
interface Opened {
  readonly shown: CaseShown
  readonly loaded: LoadedPackage
}

/** What a list says of a case. */
export interface CaseInWords extends Opened {
  readonly title: string
  readonly texts: PackageTexts
}

class CaseBook {
  readonly #ask: Ask
  readonly #opened = new Map<string, Opened | null>()
  readonly #listeners = new Set<() => void>()
  #version = 0

  constructor(ask: Ask) {
    this.#ask = ask
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly version = (): number => this.#version

  /** The case if it is here; else it is asked for, and listeners hear when it came. */
  of(caseId: string): Opened | null {
    const known = this.#opened.get(caseId)
    if (known !== undefined) return known
    this.#opened.set(caseId, null)
    // What failed is asked for again when its row is drawn the next time.
    this.#open(caseId).catch(() => this.#opened.delete(caseId))
    return null
  }

  async #open(caseId: string): Promise<void> {
    const { data } = await this.#ask('cases.getCase', { case: caseId })
    const loaded = await loadPackage(this.#ask, data.case.package)
    this.#opened.set(caseId, { shown: data.case, loaded })
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

const books = new Map<string, CaseBook>()

function bookOf(key: string, ask: Ask): CaseBook {
  const known = books.get(key) ?? new CaseBook(ask)
  books.set(key, known)
  return known
}

/** Gives cases in words; null until one is here. A new function when more came. */
export function useCaseBook(): (caseId: string) => CaseInWords | null {
  const { ask, slot, account } = useSession()
  const { locale } = useLocale()
  const book = bookOf(`${slot}/${account}`, ask)
  const version = useSyncExternalStore(book.subscribe, book.version)
  return useMemo(() => {
    const words = new Map<string, CaseInWords>()
    const texts = new Map<string, PackageTexts>()
    // Named so that the memo is made anew when the book grew.
    void version
    return (caseId) => {
      const known = words.get(caseId)
      if (known !== undefined) return known
      const opened = book.of(caseId)
      if (opened === null) return null
      const said = inWords(opened, locale, texts)
      words.set(caseId, said)
      return said
    }
  }, [book, locale, version])
}

function inWords(opened: Opened, locale: Locale, texts: Map<string, PackageTexts>): CaseInWords {
  const { shown, loaded } = opened
  const own = texts.get(loaded.hash) ?? textsOf(loaded, locale)
  texts.set(loaded.hash, own)
  return { ...opened, texts: own, title: titleOfCase(shown, loaded, locale) }
}
