import { action, amendments, type Context } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { requireRole } from '../membership/roles.ts'
import { Count, Digest, RecordId, SectionName } from '../vocabulary/schemas.ts'
import { isErased } from './erasures.ts'
import { DATA_STEWARD } from './owner-grants.ts'
import { PanelTerms } from './panel-records.ts'
import { batches, type SealedBatch, type SealedSection, sections } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { findBatch, findSection, registerBatch, registerSections } from './sections.ts'

const Item = Type.Object({
  record: RecordId,
  section: SectionName,
  /** The newest version, which is sealed anew as the next one. */
  version: Type.Integer({ minimum: 1 }),
  commitment: Digest,
  panel: Type.Optional(PanelTerms),
})
const Batch = Type.Object({ old: Digest, new: Digest, count: Count })

const ResealSections = Type.Object({
  reason: Type.Union([Type.Literal('SUITE'), Type.Literal('SUSPICION')]),
  items: Type.Array(Item, { maxItems: 100 }),
  batches: Type.Array(Batch, { maxItems: 16 }),
})
type ResealInput = Static<typeof ResealSections>

/**
 * Seals the same content anew, with every key fresh: for another suite, or because A or B may have leaked.
 * The old version opens no more; grants of the case or entry open the new one as they did the old.
 *
 * @source security/sealed-data.md section 8, Rotate
 */
export const resealSections = action({
  name: 'access.resealSections',
  summary: 'Seals records of your member anew as their next version; the old one opens no more.',
  input: ResealSections,
  run(ctx: Context, input) {
    requireRole(ctx, DATA_STEWARD)
    if (input.items.length + input.batches.length === 0) {
      ctx.refuse(accessRefusal({ code: 'RESEAL_EMPTY' }))
    }
    const old = input.items.map((item) => getNewest(ctx, item))
    const roots = input.batches.map((batch) => getOwnBatch(ctx, batch))

    const next = input.items.map((item, at) => resealOne(ctx, item, old[at] as SealedSection))
    input.batches.forEach((batch, at) => {
      resealBatch(ctx, batch, roots[at] as SealedBatch)
    })
    const { member } = ctx.signer
    const count = next.length + roots.length
    ctx.emit('SectionsResealed', { owner: member, reason: input.reason, count })
    return { versions: next }
  },
})

function getNewest(
  ctx: Context,
  { record, section, version, commitment }: ResealInput['items'][number],
): SealedSection {
  const newest =
    findSection(ctx, record, section) ??
    ctx.refuse(accessRefusal({ code: 'SECTION_NOT_FOUND', record, section }))
  const { owner } = newest
  if (owner !== ctx.signer.member) ctx.refuse(accessRefusal({ code: 'RECORD_NOT_YOURS', record }))
  if (isErased(ctx, owner, record)) ctx.refuse(accessRefusal({ code: 'SECTION_ERASED', record }))
  if (newest.version !== version) {
    const facts = { record, newest: newest.version }
    ctx.refuse(accessRefusal({ code: 'RESEAL_NOT_NEWEST', ...facts }))
  }
  // Salts are fresh: an equal commitment was not sealed anew.
  if (newest.commitment === commitment) {
    ctx.refuse(accessRefusal({ code: 'RESEAL_SAME', commitment }))
  }
  return newest
}

function getOwnBatch(ctx: Context, { old, count }: ResealInput['batches'][number]): SealedBatch {
  const batch = findBatch(ctx, old)
  if (batch === undefined || batch.count !== count || batch.resealedAs !== undefined) {
    return ctx.refuse(accessRefusal({ code: 'BATCH_NOT_FOUND', batch: old }))
  }
  if (batch.owner !== ctx.signer.member) {
    ctx.refuse(accessRefusal({ code: 'RECORD_NOT_YOURS', record: old }))
  }
  return batch
}

function resealOne(
  ctx: Context,
  { commitment, panel }: ResealInput['items'][number],
  old: SealedSection,
): number {
  const { record, section, version, owner, entry, level, case: caseId } = old
  const sealed = { name: section, level, commitment, ...(panel === undefined ? {} : { panel }) }
  const [next] = registerSections(ctx, { record, owner, entry, caseId, sections: [sealed] })
  const resealedAs = next?.version ?? version + 1
  ctx.state(sections).put([record, section, version], { ...old, resealedAs })
  amend(ctx, old.commitment)
  return resealedAs
}

function resealBatch(
  ctx: Context,
  { new: root }: ResealInput['batches'][number],
  old: SealedBatch,
): void {
  const { count, tree, section, owner, entry, level, case: caseId, origin } = old
  registerBatch(ctx, {
    root,
    count,
    tree,
    section,
    owner,
    entry,
    level,
    caseId,
    origin: origin ?? old.root,
  })
  ctx.state(batches).put(old.root, { ...old, resealedAs: root })
  amend(ctx, old.root)
}

function amend(ctx: Context, subject: string): void {
  ctx.state(amendments).put(subject, { v: 1, at: ctx.time, by: ctx.txId, kind: 'resealed' })
}
