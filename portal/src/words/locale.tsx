/* Which language is shown: kept in this browser, changed on every page. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Locale, type Say, sayIn, type Words } from './words.ts'

interface LocaleChoice {
  readonly locale: Locale
  readonly choose: (locale: Locale) => void
}

const KEY = 'renshe-locale'
const Choice = createContext<LocaleChoice>({ locale: 'zh', choose: () => undefined })

function firstLocale(): Locale {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY)
  return asked === 'en' ? 'en' : 'zh'
}

/** Gives the pages below it their language. */
export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale)
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
    localStorage.setItem(KEY, locale)
  }, [locale])
  const choice = useMemo(() => ({ locale, choose: setLocale }), [locale])
  return <Choice value={choice}>{children}</Choice>
}

/** The language and how to change it. */
export function useLocale(): LocaleChoice {
  return useContext(Choice)
}

/** Says texts in the language shown. */
export function useWords<Key extends string>(texts: Words<Key>): Say<Key> {
  const { locale } = useLocale()
  return useMemo(() => sayIn(texts, locale), [texts, locale])
}

/** One of two texts that came from a package or the node. */
export function useBilingual(): (text: { readonly zh: string; readonly en: string }) => string {
  const { locale } = useLocale()
  return (text) => text[locale]
}
