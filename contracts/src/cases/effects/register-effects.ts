import { FeelNumber, formatPlaces, type Scope } from '@renshe/rules'
import { findSection } from '../../access/sections.ts'
import type { Effect, RegisterDefinition } from '../../catalogue/package-document.ts'
import { changeCustodian } from '../../funds/move-tellers.ts'
import { openBook } from '../../funds/open-book.ts'
import { amendEntry, closeEntry, findEntry, recordEntry } from '../../registers/entries.ts'
import type { EntrySection } from '../../registers/records.ts'
import type { PublicJson } from '../../vocabulary/schemas.ts'
import { registerContext } from '../case-scope.ts'
import type { CaseWork } from '../case-work.ts'
import { evaluateText } from '../feel.ts'
import { ownMember } from '../own-member.ts'
import { refuse } from '../refusals.ts'
import { fieldsOf, keyOf, memberOfText, refuseEffect } from './effect-values.ts'

type RecordEffect = Extract<Effect, { record: string }>
type AmendEffect = Extract<Effect, { amend: string }>
type CloseEffect = Extract<Effect, { close: string }>

/** Writes a new entry of a register; if the register keeps books, opens them under the entry's key. */
export function performRecord(work: CaseWork, effect: RecordEffect, scope: Scope): void {
  const { ctx, serviceCase } = work
  const register = effect.record
  const definition = definitionOf(work, register)
  const key = keyOf(work, 'record', 'key', effect.key, scope)
  if (key.split('/').length !== definition.key.length) {
    refuseEffect(work, 'record', 'key', definition.key.join('/'))
  }
  const fields = fieldsOf(work, 'record', effect.fields, definition.fields, scope)
  for (const name of Object.keys(definition.fields).sort()) {
    if (Object.hasOwn(fields, name)) continue
    if (!definition.fields[name]?.optional) refuseEffect(work, 'record', name, 'a value')
    fields[name] = null
  }
  const owner = memberOfText(work, 'record', 'owner', effect.owner, scope)
  recordEntry(ctx, {
    register,
    key,
    owner,
    fields: fields as Record<string, PublicJson>,
    sections: sectionsOf(work, effect.sections ?? []),
    caseId: serviceCase.id,
  })
  if (definition.book !== undefined) openBookOf(work, key, definition.book, scope)
}

/** Changes fields and sections of an entry; what is not named stays. */
export function performAmend(work: CaseWork, effect: AmendEffect, scope: Scope): void {
  const definition = definitionOf(work, effect.amend)
  const key = keyOf(work, 'amend', 'key', effect.key, scope)
  amendEntry(work.ctx, {
    register: effect.amend,
    key,
    fields: fieldsOf(work, 'amend', effect.fields, definition.fields, scope) as Record<
      string,
      PublicJson
    >,
    sections: sectionsOf(work, effect.sections ?? []),
    caseId: work.serviceCase.id,
  })
  if (definition.book?.custodian !== undefined) {
    followCustodian(work, definition, effect.amend, key, definition.book.custodian)
  }
}

/** The books of an entry follow it: who may tell unexpected credits is read from the amended fields. */
function followCustodian(
  work: CaseWork,
  definition: RegisterDefinition,
  register: string,
  key: string,
  text: string,
): void {
  const entry = findEntry(work.ctx, register, key)
  if (entry === undefined) return
  const scope = registerContext(definition, key, entry as never)
  const custodian = evaluateText(work.evaluator, text, scope)
  changeCustodian(work.ctx, key, typeof custodian === 'string' ? custodian : null)
}

/** Closes an entry for good. */
export function performClose(work: CaseWork, effect: CloseEffect, scope: Scope): void {
  const key = keyOf(work, 'close', 'key', effect.key, scope)
  closeEntry(work.ctx, { register: effect.close, key, caseId: work.serviceCase.id })
}

function definitionOf(work: CaseWork, register: string): RegisterDefinition {
  const definition = work.code.findRegister(register)
  if (definition === undefined) return refuseEffect(work, 'record', register, 'a register')
  return definition
}

/** The newest sealed sections of the case by name, as an entry keeps them. */
function sectionsOf(work: CaseWork, names: readonly string[]): EntrySection[] {
  const { ctx, serviceCase } = work
  return [...names].sort().map((name) => {
    const sealed = ownMember(serviceCase.sealed, name)
    if (sealed === undefined) return refuse(ctx, { code: 'SECTION_NOT_SEALED', section: name })
    const { record, level, commitment } = sealed
    const version = findSection(ctx, record, name)?.version ?? 1
    return { name, level, commitment, record, version }
  })
}

function openBookOf(
  work: CaseWork,
  key: string,
  book: NonNullable<RegisterDefinition['book']>,
  scope: Scope,
): void {
  const { ctx, code, serviceCase } = work
  const definition = code.findChart(book.chart)
  if (definition === undefined) refuseEffect(work, 'record', book.chart, 'a chart')
  const member = (name: string, text: string | undefined): string | null =>
    text === undefined ? null : memberOfText(work, 'record', name, text, scope)
  openBook(ctx, {
    book: key,
    chart: { package: packageOfChart(work, book.chart), name: book.chart },
    definition,
    unitPlaces: placesOf(work, 'unitPlaces', book.unitPlaces, scope),
    navPlaces: placesOf(work, 'navPlaces', book.navPlaces, scope),
    owner: member('owner', book.owner),
    custodian: member('custodian', book.custodian),
    caseId: serviceCase.id,
  })
}

function placesOf(work: CaseWork, name: string, text: string, scope: Scope): number {
  const value = evaluateText(work.evaluator, text, scope)
  const places = value instanceof FeelNumber ? formatPlaces(value, 0) : undefined
  if (places === undefined) return refuseEffect(work, 'record', name, 'a number of places')
  return Number(places)
}

/** Hash of the package that published a chart: the case's own one, or the first it uses that has it. */
function packageOfChart({ code }: CaseWork, chart: string): string {
  if (Object.hasOwn(code.document.charts, chart)) return code.hash
  for (const used of code.uses.values()) {
    if (used.findChart(chart) !== undefined) return used.hash
  }
  return code.hash
}
