import type { Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { NamedPanels } from '../access/panel-records.ts'
import { registerBatch, registerSections } from '../access/sections.ts'
import { isMoney } from '../vocabulary/money.ts'
import { isDecimal } from '../vocabulary/scaled.ts'
import { Digest, RecordId, SectionCommitments } from '../vocabulary/schemas.ts'
import { type CaseWork, membersOfParty, patchCase } from './case-work.ts'
import { BATCH_ROWS, LEAST_PUBLIC_ROWS } from './limits.ts'
import { ownMember } from './own-member.ts'
import type { BatchFacts, Step } from './records.ts'
import { refuse } from './refusals.ts'

/** What comes sealed with an act: commitments of one record's sections, and a batch. */
export const SealedInput = {
  record: Type.Optional(RecordId),
  sections: Type.Optional(SectionCommitments),
  /** Who releases the sections of level 4. */
  panels: Type.Optional(NamedPanels),
  batch: Type.Optional(
    Type.Object({
      root: Digest,
      count: Type.Integer({ minimum: 1, maximum: BATCH_ROWS }),
      totals: Type.Unsafe<Record<string, string | number>>({
        type: 'object',
        additionalProperties: {
          anyOf: [{ type: 'string', maxLength: 40 }, { type: 'integer' }],
        },
        maxProperties: 32,
      }),
    }),
  ),
}

const SealedInputObject = Type.Object(SealedInput)
export type SealedInput = Static<typeof SealedInputObject>

/** Refuses a batch that the form does not ask for, and one that breaks its section's terms. */
export function refuseUnlessBatchFits(
  work: CaseWork,
  section: string | undefined,
  batch: SealedInput['batch'],
): void {
  const { ctx, service } = work
  if (section === undefined) {
    if (batch !== undefined) refuse(ctx, { code: 'BATCH_UNEXPECTED' })
    return
  }
  if (batch === undefined) refuse(ctx, { code: 'BATCH_MISSING', section })
  const definition = service.sections[section]
  const totals = definition?.totals ?? {}
  const isPublic = Object.keys(totals).length > 0
  const least = definition?.leastRows ?? (isPublic ? LEAST_PUBLIC_ROWS : 1)
  if (batch.count < least) refuse(ctx, { code: 'BATCH_TOO_SMALL', count: batch.count, least })
  for (const name of Object.keys(batch.totals).sort()) {
    if (!Object.hasOwn(totals, name)) {
      refuse(ctx, { code: 'BATCH_TOTALS', total: name, expected: 'no such total' })
    }
  }
  for (const name of Object.keys(totals).sort()) {
    const { type, places } = totals[name] as (typeof totals)[string]
    if (!isTotal(type, places, ownMember(batch.totals, name))) {
      refuse(ctx, { code: 'BATCH_TOTALS', total: name, expected: type })
    }
  }
}

function isTotal(type: string, places: number | undefined, came: string | number | undefined) {
  if (type === 'integer') return typeof came === 'number' && Number.isSafeInteger(came)
  if (typeof came !== 'string') return false
  return type === 'money' ? isMoney(came) : isDecimal(came, places)
}

/**
 * Refuses unless exactly the sections came that the form and the outcome ask for. All sections of one
 * act lie in one record, so they have one owner.
 */
export function refuseUnlessSectionsFit(
  work: CaseWork,
  needed: readonly string[],
  { record, sections = [] }: SealedInput,
): void {
  const { ctx, service } = work
  if (needed.length === 0) {
    if (record !== undefined || sections.length > 0) refuse(ctx, { code: 'RECORD_UNEXPECTED' })
    return
  }
  if (record === undefined) refuse(ctx, { code: 'RECORD_MISSING', sections: [...needed] })
  for (const section of [...needed].sort()) {
    if (!sections.some(({ name }) => name === section)) {
      refuse(ctx, { code: 'SECTION_MISSING', section })
    }
  }
  for (const { name, level } of sections) {
    if (!needed.includes(name)) refuse(ctx, { code: 'SECTION_UNEXPECTED', section: name })
    const expected = service.sections[name]?.level
    if (expected !== level) {
      refuse(ctx, { code: 'SECTION_LEVEL', section: name, level: expected ?? 0 })
    }
  }
}

/** Registers what came sealed, so that grants of the case open it; the step and case remember it. */
export function registerSealed(
  work: CaseWork,
  step: Step,
  batchSection: string | undefined,
  input: SealedInput,
): Pick<Step, 'batch' | 'record'> {
  return {
    batch:
      batchSection === undefined || input.batch === undefined
        ? null
        : registerRows(work, step, batchSection, input.batch),
    record: registerRecord(work, step, input),
  }
}

function registerRows(
  work: CaseWork,
  step: Step,
  section: string,
  batch: BatchFacts,
): Step['batch'] {
  const { ctx, code, serviceCase } = work
  const compiled = code.findSection(section)
  if (compiled === undefined) throw new Error(`no section ${section}`)
  const owner = ownerOf(work, section)
  registerBatch(ctx, {
    root: batch.root,
    count: batch.count,
    owner,
    entry: compiled.entry,
    section,
    level: compiled.definition.level,
    caseId: serviceCase.id,
  })
  const sealed = { step: step.n, owner, ...batch }
  patchCase(work, { batches: { ...serviceCase.batches, [section]: sealed } })
  return { section, ...batch }
}

function registerRecord(
  work: CaseWork,
  step: Step,
  { record, sections = [], panels = [] }: SealedInput,
): Step['record'] {
  const [first] = sections
  if (record === undefined || first === undefined) return null
  const { ctx, code, serviceCase } = work
  const owner = ownerOf(work, first.name)
  const entryOf = (name: string) => code.findSection(name)?.entry ?? ''
  registerSections(ctx, {
    record,
    owner,
    entry: entryOf(first.name),
    caseId: serviceCase.id,
    sections: sections.map((section) => {
      const named = panels.find((panel) => panel.section === section.name)
      const { section: _section, ...panel } = named ?? { section: '' }
      const releasers = 'need' in panel ? { panel } : {}
      return { ...section, entry: entryOf(section.name), ...releasers }
    }),
  })
  const sealed = { ...serviceCase.sealed }
  for (const { name, level, commitment } of sections) {
    sealed[name] = { step: step.n, owner, record, level, commitment }
  }
  patchCase(work, { sealed })
  return { record, owner, sections: sections.map((section) => ({ ...section })) }
}

/** The member whose vault keeps a section of the case. */
export function ownerOf(work: CaseWork, section: string): string {
  const party = work.service.sections[section]?.owner ?? ''
  const [owner] = membersOfParty(work.serviceCase, party)
  return owner ?? refuseUnbound(work.ctx, section, party)
}

function refuseUnbound(ctx: Context, section: string, party: string): never {
  return refuse(ctx, { code: 'PARTY_UNBOUND', step: section, party })
}
