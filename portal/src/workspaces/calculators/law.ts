/* Rules as published on this chain, at the version of the day or of the address, with words and numbers. */
import type { Queries } from '@renshe/client'
import { useQuery } from '@tanstack/react-query'
import { loadPackage } from '../../package/load-package.ts'
import { useAskAll } from '../../session/asking.ts'
import { type Ask, useSession } from '../../session/session.tsx'
import type { Law } from './calculate.ts'

type RuleRecord = Queries['catalogue.listRules']['output']['items'][number]

/** A clause as its package cites it. */
export interface CitedClause {
  readonly id: string
  readonly certainty: string
  readonly quotation: string
}

/** A rule at one version with the words of its package. */
export interface KnownRule {
  readonly id: string
  readonly hash: string
  readonly inForceFrom: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly texts: {
    readonly zh: Readonly<Record<string, string>>
    readonly en: Readonly<Record<string, string>>
  }
  readonly clauses: ReadonlyMap<string, CitedClause>
}

/** Values of one parameter in one region. */
export type ParameterSeries = Queries['catalogue.listParameters']['output']['items'][number]

/** What a calculator computes and explains with. */
export interface KnownLaw {
  readonly law: Law
  readonly rules: Readonly<Record<string, KnownRule>>
  readonly series: readonly ParameterSeries[]
}

/** No version of a rule is published for that day. */
export class RuleNotPublished extends Error {
  readonly rule: string

  constructor(rule: string) {
    super(`no version of ${rule} is published`)
    this.name = 'RuleNotPublished'
    this.rule = rule
  }
}

/** Loads the rules of a calculator and all published numbers; each once. */
export function useLaw(ids: readonly string[], on: string, pins: readonly string[]) {
  const { ask, slot, account } = useSession()
  const parameters = useAskAll('catalogue.listParameters', {})
  const rules = useQuery({
    queryKey: ['fixed', slot, account, 'rules', ids, on, pins],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => Promise.all(ids.map((id) => loadRule(ask, id, on, pins))),
  })
  return { parameters, rules }
}

/** Puts together what was loaded. */
export function lawOf(
  loaded: readonly LoadedRule[],
  series: readonly ParameterSeries[],
  on: string,
): KnownLaw {
  const documents = loaded.map(({ known, document }) => [known.id, document] as const)
  return {
    law: {
      rules: Object.fromEntries(documents),
      parameters: series as Law['parameters'],
      on,
    },
    rules: Object.fromEntries(loaded.map(({ known }) => [known.id, known])),
    series,
  }
}

/** A rule with its document. */
export interface LoadedRule {
  readonly known: KnownRule
  readonly document: Law['rules'][string]
}

async function loadRule(
  ask: Ask,
  id: string,
  on: string,
  pins: readonly string[],
): Promise<LoadedRule> {
  const { data } = await ask('catalogue.listRules', { rule: id, limit: 200 })
  const record = versionOf(data.items, on, pins)
  if (record === undefined) throw new RuleNotPublished(id)
  const [rule, from] = await Promise.all([
    ask('catalogue.getRule', { rule: record.hash }),
    loadPackage(ask, record.package),
  ])
  const document = rule.data.document as unknown as LoadedRule['document']
  const law = [from.document, ...Object.values(from.uses)].flatMap((one) => one.law)
  return {
    document,
    known: {
      id,
      hash: record.hash,
      inForceFrom: record.inForceFrom,
      title: document.title,
      texts: from.document.texts,
      clauses: new Map(law.map((clause) => [clause.id, clause])),
    },
  }
}

/** The pinned version, else that of the day; before the first publication the first. */
export function versionOf(
  versions: readonly RuleRecord[],
  on: string,
  pins: readonly string[],
): RuleRecord | undefined {
  const pinned = versions.find(({ hash }) => pins.includes(hash))
  if (pinned !== undefined) return pinned
  const inForce = versions.filter(
    ({ inForceFrom, droppedFrom }) =>
      inForceFrom <= on && (droppedFrom === null || on < droppedFrom),
  )
  return (
    inForce.at(-1) ??
    (versions.every(({ inForceFrom }) => on < inForceFrom) ? versions[0] : undefined)
  )
}
