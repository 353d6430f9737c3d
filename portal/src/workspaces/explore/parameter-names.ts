/* What packages call the numbers of the law: their texts, each package loaded once. */
import { useQuery } from '@tanstack/react-query'
import { loadPackage } from '../../package/load-package.ts'
import { useSession } from '../../session/session.tsx'
import { useLocale } from '../../words/locale.tsx'

/** Says what a parameter is called; undefined while it is not known or nobody said it. */
export type ParameterNames = (parameter: string) => string | undefined

/**
 * Names of parameters in the language shown.
 *
 * @param packages  hashes of the packages that publish them; may repeat
 */
export function useParameterNames(packages: readonly string[] | undefined): ParameterNames {
  const { ask, slot, account } = useSession()
  const { locale } = useLocale()
  const hashes = [...new Set(packages ?? [])].sort()
  const { data = [] } = useQuery({
    queryKey: ['fixed', slot, account, 'names', hashes],
    enabled: hashes.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const loaded = await Promise.all(hashes.map((hash) => loadPackage(ask, hash)))
      return loaded.map(({ document }) => document.texts)
    },
  })
  return (parameter) =>
    data.map((texts) => texts[locale][`parameter.${parameter}`]).find((name) => name !== undefined)
}
