/* A warrant in sentences: what is signed when it is issued, and what the second officer confirms. */
import type { ActionInputs, Queries } from '@renshe/client'
import { exactMoment } from '../../../format/moments.ts'
import type { Bilingual } from '../../../shell/workspace.ts'

/** A warrant as the chain keeps it. */
export type WarrantShown = Queries['supervision.getWarrant']['output']['warrant']

/** What a warrant opens. */
export type Scope = WarrantShown['scope']

/** What a warrant says, before or after it was issued. */
export type WarrantTerms = Omit<ActionInputs['supervision.issueWarrant'], 'hiddenUntil'> & {
  readonly hiddenUntil?: number | null
}

/** Names of what a warrant speaks of. */
export interface WarrantNames {
  readonly member: (id: string) => Bilingual
  readonly title: Bilingual
  readonly section: (name: string) => Bilingual
  readonly clause: (id: string) => Bilingual
}

const PURPOSES = {
  INSPECTION: { zh: '监督检查', en: 'inspection' },
  COMPLAINT: { zh: '投诉举报核查', en: 'looking into a complaint' },
  AUDIT: { zh: '审计', en: 'audit' },
} as const

/** Purposes that the form offers. */
export const PURPOSE_CODES = ['INSPECTION', 'COMPLAINT', 'AUDIT'] as const

/** A purpose in words; another one by its code. */
export function purposeInWords(code: string): Bilingual {
  return PURPOSE_CODES.some((one) => one === code)
    ? PURPOSES[code as keyof typeof PURPOSES]
    : { zh: code, en: code }
}

/** The terms of a warrant that was issued. */
export function termsOf({ basis, ...warrant }: WarrantShown): WarrantTerms {
  return { ...warrant, basis: basis.clause }
}

const minute = (at: number): string => exactMoment(at).slice(0, 16)

/** Places of rows as people count them, from 1. */
export function placesInWords(places: readonly number[]): Bilingual {
  const all = places.map((place) => String(place + 1))
  return { zh: `第 ${all.join('、')} 行`, en: `row ${all.join(', ')}` }
}

/** What a scope opens, in words. */
export function scopeInWords(scope: Scope): Bilingual {
  switch (scope.kind) {
    case 'PERSONS':
      return { zh: `一批中的 ${scope.persons} 人`, en: `${scope.persons} in a batch` }
    case 'ROWS':
      return {
        zh: `一批中的${placesInWords(scope.places).zh}`,
        en: `${placesInWords(scope.places).en} of a batch`,
      }
    case 'RECORDS':
      return { zh: `${scope.records.length} 份记录`, en: `${scope.records.length} records` }
    case 'BATCH':
      return { zh: '整批，每一行', en: 'a whole batch, every row' }
  }
}

/** Every member of a warrant's terms, said. */
export function warrantSentences(terms: WarrantTerms, names: WarrantNames): readonly Bilingual[] {
  const { case: caseId, owner, section, purpose, basis, reference, reads, notAfter } = terms
  const { member, title } = names
  const [holder, what, clause] = [member(owner), names.section(section), names.clause(basis)]
  const why = purposeInWords(purpose)
  return [
    {
      zh: `调阅令，文号 ${reference}：查看“${title.zh}”（案件 ${caseId}）里由 ${holder.zh} 保管的${what.zh}。`,
      en: `A warrant, file ${reference}, to look at “${what.en}” of ${title.en} (case ${caseId}), kept by ${holder.en}.`,
    },
    ...scopeSentences(terms.scope, holder),
    {
      zh: `用途：${why.zh}。依据：${clause.zh}。`,
      en: `Purpose: ${why.en}. Basis: ${clause.en}.`,
    },
    {
      zh: `最多查看 ${reads} 次，${minute(notAfter)} 终止。`,
      en: `At most ${reads} looks, until ${minute(notAfter)}.`,
    },
    hiddenSentence(terms.hiddenUntil ?? null),
  ]
}

function scopeSentences(scope: Scope, holder: Bilingual): readonly Bilingual[] {
  const what = scopeInWords(scope)
  const found: Bilingual =
    scope.kind === 'PERSONS'
      ? {
          zh: `由 ${holder.zh} 的资料管理人指出是哪一行并签名；在那以前什么都打不开，以后只打开那一行。`,
          en: `The data steward of ${holder.en} says which row and signs it; until then nothing opens, afterwards that row alone.`,
        }
      : { zh: '其余的一行都打不开。', en: 'Nothing else opens.' }
  const root: Bilingual =
    scope.kind === 'RECORDS'
      ? {
          zh: `记录编号：${scope.records.join('、')}。`,
          en: `Records: ${scope.records.join(', ')}.`,
        }
      : { zh: `批次指纹：${scope.batch}。`, en: `Fingerprint of the batch: ${scope.batch}.` }
  return [{ zh: `范围：${what.zh}。${found.zh}`, en: `Scope: ${what.en}. ${found.en}` }, root]
}

function hiddenSentence(hiddenUntil: number | null): Bilingual {
  if (hiddenUntil === null) {
    return {
      zh: '不延迟告知：每次查看，本人当时就能看到。',
      en: 'Disclosure is not delayed: the person sees each look at once.',
    }
  }
  return {
    zh: `延迟告知，最迟 ${minute(hiddenUntil)}：到时自动列出，时间是真实的查看时间。`,
    en: `Disclosure is delayed until ${minute(hiddenUntil)} at the latest; then looks are listed by themselves, with their true times.`,
  }
}
