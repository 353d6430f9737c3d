/* The rule as published, evaluated in this browser. */
import type { JsonObject } from '@renshe/crypto'
import { explainRule, type RuleExplanation } from '@renshe/rules'
import { useQuery } from '@tanstack/react-query'
import { loadPackage } from '../../package/load-package.ts'
import { useAskAll } from '../../session/asking.ts'
import { useSession } from '../../session/session.tsx'
import type { Locale } from '../../words/words.ts'
import type { NumberToExplain } from './explained.tsx'

/** A rule at the version that was in force. */
export interface RuleInForce {
  readonly hash: string
  readonly id: string
  readonly clauses: readonly string[]
  readonly inForceFrom: string
  readonly document: Parameters<typeof explainRule>[0]['document']
  /** Words of the package that publishes it. */
  readonly texts: Readonly<Record<Locale, Readonly<Record<string, string>>>>
}

/** What the package calls a fact, a step or a parameter of the rule. */
export function labelIn({ id, texts }: RuleInForce, name: string, locale: Locale): string {
  const words = texts[locale]
  const label = words[`rule.${id}.${name}.title`] ?? words[`field.${name}`]
  return label ?? words[`parameter.${name}`] ?? name
}

/** The rule that was in force on a day, or the version that the address pins. */
export function useRuleInForce({ rule, on }: NumberToExplain, pinned: string | null) {
  const { ask, slot, account } = useSession()
  return useQuery({
    queryKey: ['fixed', slot, account, 'rule', rule, on, pinned],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<RuleInForce> => {
      const { data: versions } = await ask('catalogue.listRules', { rule, limit: 200 })
      const found =
        pinned === null
          ? versions.items
              .filter(({ inForceFrom, droppedFrom }) => isInForce(inForceFrom, droppedFrom, on))
              .at(-1)
          : versions.items.find(({ hash }) => hash === pinned)
      if (found === undefined) throw new RangeError(`no version of ${rule} is in force on ${on}`)
      const [{ data }, from] = await Promise.all([
        ask('catalogue.getRule', { rule: found.hash }),
        loadPackage(ask, found.package),
      ])
      const document = data.document as unknown as RuleInForce['document']
      return { ...found, document, texts: from.document.texts }
    },
  })
}

function isInForce(from: string, dropped: string | null, on: string): boolean {
  return from <= on && (dropped === null || on < dropped)
}

/** Published parameters, as the rule may ask for them. */
export function useParameters() {
  return useAskAll('catalogue.listParameters', {})
}

/** Evaluates the rule on facts. */
export function recompute(
  { document, texts }: RuleInForce,
  parameters: NonNullable<ReturnType<typeof useParameters>['data']>,
  on: string,
  facts: JsonObject,
): RuleExplanation {
  return explainRule({
    document,
    parameters: parameters as Parameters<typeof explainRule>[0]['parameters'],
    facts: facts as Parameters<typeof explainRule>[0]['facts'],
    on,
    texts,
  })
}
