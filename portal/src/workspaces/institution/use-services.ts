/* Services in force on this chain, with their documents. */
import { useQueries } from '@tanstack/react-query'
import { loadPackage } from '../../package/load-package.ts'
import type { LoadedPackage } from '../../package/package-document.ts'
import { useAsk } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'

/** Loads every service in force; those whose bytes are not there yet are missing. */
export function useServices(): readonly LoadedPackage[] {
  const { ask, slot } = useSession()
  const packages = useAsk('catalogue.listPackages', { status: 'PUBLISHED', limit: 100 })
  const services = (packages.data?.data.items ?? []).filter(
    ({ kind, inForceFrom }) => kind === 'service' && inForceFrom !== null,
  )
  const loaded = useQueries({
    queries: services.map(({ hash }) => ({
      queryKey: ['package', slot, hash],
      queryFn: () => loadPackage(ask, hash),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  return loaded.flatMap(({ data }) => (data === undefined ? [] : [data]))
}
