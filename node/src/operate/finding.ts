import { ADVICE } from './finding-advice.ts'

/** Something that an operator should know, with advice; nothing personal, no secret. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: 'note' | 'warning' | 'fault'
  /** Null where the whole node is meant. */
  readonly member: string | null
  /** What was found: names, numbers, places. */
  readonly facts: Readonly<Record<string, string | number>>
  /** What it means and what to do. */
  readonly advice: { readonly zh: string; readonly en: string }
}

/** What `renshe doctor` can find. */
export type FindingCode = keyof typeof ADVICE

/** Makes a finding with its advice. */
export function finding(
  code: FindingCode,
  member: string | null,
  facts: Finding['facts'] = {},
): Finding {
  const { severity, zh, en } = ADVICE[code]
  return { code, severity, member, facts, advice: { zh, en } }
}
