/* Packages as React state. What a hash names never changes: asked for once and kept. */
import type { Queries } from '@renshe/client'
import type { JsonObject } from '@renshe/crypto'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsk } from '../session/asking.ts'
import { useSession } from '../session/session.tsx'
import { useLocale } from '../words/locale.tsx'
import { loadPackage } from './load-package.ts'
import type { LoadedPackage } from './package-document.ts'
import { type PackageTexts, textsOf } from './package-texts.ts'

/** A case as the chain keeps it. */
export type CaseShown = Queries['cases.getCase']['output']['case']

/** A step of a case as the chain keeps it. */
export type StepShown = Queries['cases.getCase']['output']['steps'][number]

/** The package of a hash; nothing is asked while it is null. */
export function usePackage(hash: string | null): UseQueryResult<LoadedPackage> {
  const { ask, slot } = useSession()
  return useQuery({
    queryKey: ['package', slot, hash],
    enabled: hash !== null,
    queryFn: () => loadPackage(ask, hash as string),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

/** The package that runs a case: the version that its lock names, whatever is in force now. */
export function usePackageOfCase(
  found: Pick<CaseShown, 'package'> | null,
): UseQueryResult<LoadedPackage> {
  return usePackage(found?.package ?? null)
}

/** The version of a service that a new case would open under. */
export function usePackageInForce(service: string): UseQueryResult<LoadedPackage> {
  const inForce = useAsk('catalogue.getPackageInForce', { name: service })
  const loaded = usePackage(inForce.data?.data.hash ?? null)
  return (inForce.error === null ? loaded : inForce) as UseQueryResult<LoadedPackage>
}

/** Texts of a package in the language shown. */
export function usePackageTexts(loaded: LoadedPackage): PackageTexts {
  const { locale } = useLocale()
  return useMemo(() => textsOf(loaded, locale), [loaded, locale])
}

/** Parties of a case, each with its members: none while it is not bound. */
export function partiesOf(
  found: Pick<CaseShown, 'parties'>,
): readonly { readonly party: string; readonly members: readonly string[] }[] {
  return Object.entries(found.parties).map(([party, bound]) => ({
    party,
    members: bound === null ? [] : typeof bound === 'string' ? [bound] : bound,
  }))
}

/** Public fields and computed values of everything done, the latest of a name, as the package sees them. */
export function valuesOfCase(
  found: Pick<CaseShown, 'values'>,
  steps: readonly StepShown[],
): JsonObject {
  const done = steps.filter(({ status }) => status === 'done')
  const inOrder = [...done].sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
  return Object.assign({}, found.values, ...inOrder.map(({ values }) => values)) as JsonObject
}
