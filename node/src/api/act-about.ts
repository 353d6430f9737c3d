/* What the sentence about an act is made of, in the words of the published package. */
import { type CompiledPackage, serviceOf } from '@renshe/contracts'
import type { JsonObject } from '@renshe/crypto'
import { Type } from 'typebox'
import type { LedgerView } from '../ledger-port.ts'
import type { Member } from '../member.ts'
import { type CaseTerms, findCaseTerms } from '../prepare/case-terms.ts'

/** A text in both languages. */
export const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })

/** Names of members by their id. */
export type MemberNames = ReadonlyMap<string, { readonly [language in 'zh' | 'en']: string }>

/** Names of all members of the chain. */
export function memberNames(member: Member): MemberNames {
  const names = new Map<string, { zh: string; en: string }>()
  for (let cursor: string | null = null; ; ) {
    const input = { limit: 200, ...(cursor === null ? {} : { cursor }) }
    const page = member.ask('membership.listMembers', input) as unknown as {
      readonly items: readonly {
        readonly id: string
        readonly name: { zh: string; en: string }
      }[]
      readonly next: string | null
    }
    for (const { id, name } of page.items) names.set(id, { zh: name.zh, en: name.en })
    if (page.next === null) return names
    cursor = page.next
  }
}

/** An act whose sentence is made. */
export interface ActToTell {
  readonly action: string
  readonly input: JsonObject
  readonly result: JsonObject
  readonly member: string
  /** Whether who asks is of the chain: ids of cases and outcomes are for members. */
  readonly isMember: boolean
}

/** Service, step and party of an act of a case; null for every other act. */
export function actAbout(view: LedgerView, act: ActToTell): JsonObject | null {
  if (!act.action.startsWith('cases.')) return null
  const data = (act.result.data ?? {}) as JsonObject
  const id = act.input.case ?? data.case
  const terms = typeof id === 'string' ? findCaseTerms(view, id) : undefined
  if (terms === undefined) return null
  const { code, serviceCase } = terms
  const step = typeof act.input.step === 'string' ? act.input.step : null
  const known = step === null ? undefined : serviceOf(code).steps[step]
  return {
    service: serviceCase.service,
    title: { ...code.document.title },
    step: known === undefined ? null : step,
    stepTitle: known === undefined || step === null ? null : textOf(code, `step.${step}`, step),
    party: partyOf(terms, act.member, known?.holder ?? serviceOf(code).opens.by),
    ...(act.isMember ? { case: serviceCase.id, outcome: act.input.outcome ?? null } : {}),
  }
}

function textOf({ document }: CompiledPackage, key: string, fallback: string): JsonObject {
  const { zh, en } = document.texts
  return { zh: zh[key] ?? fallback, en: en[key] ?? fallback }
}

/** The party that a member is in a case: the one the step belongs to before any other. */
function partyOf({ serviceCase }: CaseTerms, member: string, first: string): string | null {
  const isBound = (party: string): boolean => {
    const bound = serviceCase.parties[party]
    return typeof bound === 'string' ? bound === member : (bound?.includes(member) ?? false)
  }
  if (isBound(first)) return first
  return Object.keys(serviceCase.parties).sort().find(isBound) ?? null
}
