/* What the catalogue says of the sections that a grant is over. */
import { canonicalJson, ledgerHash, toHex } from '@renshe/crypto'
import type { Context, StateView } from '@renshe/kernel'
import { clausesInForce } from '../catalogue/clauses-in-force.ts'
import { findPackageRecord, findSectionEntry, getPackage } from '../catalogue/packages.ts'
import { rules, type SectionRecord, sectionEntries } from '../catalogue/records.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import type { IssueInput } from './issue-input.ts'
import type { Grant } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Key of the text of a package that people read before they consent to a purpose. */
export function noticeKey(purpose: string): string {
  return `consent.${purpose}`
}

/** Hash of a notice: what a consent names, so that nobody says later that other words were shown. */
export function noticeHash(language: 'zh' | 'en', text: string): string {
  return toHex(ledgerHash('value', canonicalJson({ language, text })))
}

/**
 * Entries of the sections, in their order; refuses what the catalogue does not allow: an entry that is not
 * in force, 不予共享, a level that the kind does not open, a field that is none.
 */
export function getEntries(ctx: Context, input: IssueInput): SectionRecord[] {
  const { entry, kind, fields } = input
  const sections = [...input.sections].sort()
  const named = findSectionEntry(ctx, entry)
  if (named === undefined || !sections.includes(named.section)) {
    return ctx.refuse(accessRefusal({ code: 'ENTRY_NOT_FOUND', section: sections[0] ?? '' }))
  }
  const found = sections.map((section) => {
    const own = section === named.section ? named : findSibling(ctx, named, section)
    return own ?? ctx.refuse(accessRefusal({ code: 'ENTRY_NOT_FOUND', section }))
  })
  const published = findPackageRecord(ctx, named.package)
  const day = legalDay(ctx.time)
  if (published?.status !== 'PUBLISHED' || (published.inForceFrom ?? '9999') > day) {
    ctx.refuse(accessRefusal({ code: 'ENTRY_NOT_IN_FORCE', entry }))
  }
  const closed = found.find(({ sharing }) => sharing === 'NOT_SHARED')
  if (closed !== undefined && kind !== 'OWN') {
    const { member } = input.holder
    ctx.refuse(accessRefusal({ code: 'SHARING_FORBIDDEN', entry: closed.hash, member }))
  }
  for (const one of found) {
    if (opensLevel(one, input)) continue
    ctx.refuse(accessRefusal({ code: 'LEVEL_FORBIDDEN', kind, level: one.level }))
  }
  for (const field of fields ?? []) {
    if (found.length === 1 && found[0]?.items.includes(field)) continue
    ctx.refuse(accessRefusal({ code: 'FIELD_UNKNOWN', field }))
  }
  return found
}

/** The entry of another section of the same publication. */
function findSibling(
  view: StateView,
  { packageName, package: hash }: SectionRecord,
  section: string,
): SectionRecord | undefined {
  const prefix = [packageName, section]
  for (const [, one] of view.state(sectionEntries).index('byPackage', { prefix })) {
    if (one.package === hash) return one
  }
  return undefined
}

/** @source security/sealed-data.md section 1 */
function opensLevel({ level, clause }: SectionRecord, { kind, basis }: IssueInput): boolean {
  if (level === 2) return true
  if (level === 4) return kind === 'CONTRACT'
  if (kind === 'STATUTE') return clause !== null && basis.some((one) => one.clause === clause)
  return kind === 'OWN' || kind === 'CONSENT' || kind === 'EMERGENCY'
}

/** Refuses a purpose that a conditional entry does not list: it is lent for nothing else. */
export function refuseUnlistedPurpose(
  ctx: Context,
  { kind, purpose: { code } }: IssueInput,
  entries: readonly SectionRecord[],
): void {
  if (kind !== 'STATUTE' && kind !== 'CONTRACT') return
  for (const { sharing, purpose } of entries) {
    if (sharing !== 'CONDITIONAL' || purpose === code) continue
    ctx.refuse(accessRefusal({ code: 'PURPOSE_NOT_LISTED', purpose: code, listed: purpose }))
  }
}

/** Kinds that rest on law or contract: without a clause they are nothing. */
const WITH_BASIS: ReadonlySet<string> = new Set(['STATUTE', 'CONTRACT', 'EMERGENCY'])

/** The clauses and rules that the grant rests on, each published and in force on this day. */
export function getBasis(ctx: Context, { kind, basis }: IssueInput): Grant['basis'] {
  if (WITH_BASIS.has(kind) && basis.length === 0) {
    ctx.refuse(accessRefusal({ code: 'BASIS_REQUIRED', kind }))
  }
  const day = legalDay(ctx.time)
  return basis.map(({ clause, version, rule }) => {
    const standing = clausesInForce(ctx, clause, day)
    const cited = standing.find(({ hash }) => version === undefined || hash === version)
    if (cited === undefined) {
      return ctx.refuse(accessRefusal({ code: 'CLAUSE_NOT_IN_FORCE', clause, day }))
    }
    if (rule !== undefined && !isRuleInForce(ctx, rule, clause, day)) {
      ctx.refuse(accessRefusal({ code: 'RULE_NOT_IN_FORCE', rule, day }))
    }
    return { clause, version: cited.hash, ...(rule === undefined ? {} : { rule }) }
  })
}

function isRuleInForce(view: StateView, hash: string, clause: string, day: string): boolean {
  const rule = view.state(rules).find(hash)
  if (rule === undefined || !rule.clauses.includes(clause) || rule.inForceFrom > day) return false
  const { droppedFrom, effectiveTo } = rule
  return (droppedFrom === null || day < droppedFrom) && (effectiveTo === null || day <= effectiveTo)
}

/** Refuses a consent without the words that were shown, or with other ones than are published. */
export function refuseUnlessNotice(
  ctx: Context,
  { kind, purpose: { code }, notice }: IssueInput,
  entries: readonly SectionRecord[],
): void {
  if (kind !== 'CONSENT') {
    if (notice === undefined) return
    const other = { purpose: code, language: notice.language }
    ctx.refuse(accessRefusal({ code: 'NOTICE_OTHER', ...other }))
  }
  const [entry] = entries
  if (notice === undefined || entry === undefined) {
    ctx.refuse(accessRefusal({ code: 'NOTICE_REQUIRED', purpose: code }))
  }
  const { language, hash, version } = notice
  const texts = getPackage(ctx, entry.package).document.texts[language]
  const key = noticeKey(code)
  const text = Object.hasOwn(texts, key) ? texts[key] : undefined
  // Silence is no consent: where the package has no words for it, nobody can have read them.
  if (text === undefined || version !== entry.package || hash !== noticeHash(language, text)) {
    ctx.refuse(accessRefusal({ code: 'NOTICE_OTHER', purpose: code, language }))
  }
}
