/** A sentence in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** Language of help and messages; what `--json` prints is the same in both. */
export type Locale = keyof Words

/** The locales that may be asked for. */
export const LOCALES: readonly Locale[] = ['zh', 'en']

/** `--locale` if it was given, else what the environment says, else English. */
export function chooseLocale(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Locale {
  const found = LOCALES.find((locale) => locale === asked)
  if (found !== undefined) return found
  const told = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return told.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
