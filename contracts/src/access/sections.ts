/* What is sealed where: the commitments that cases register. These functions trust their caller. */
import type { Context, StateView } from '@renshe/kernel'
import { tombstones } from './erasure-records.ts'
import { type PanelTerms, panels } from './panel-records.ts'
import { batches, type SealedBatch, type SealedSection, sections } from './records.ts'
import { accessRefusal } from './refusals.ts'

/** Sections of one record, committed by one transaction. */
export interface NewSections {
  readonly record: string
  readonly owner: string
  /** Hash of the catalogue entry of all sections that do not name their own. */
  readonly entry: string
  readonly caseId: string
  readonly sections: readonly {
    readonly name: string
    readonly level: number
    readonly commitment: string
    readonly entry?: string
    /** Who releases it: of level 4, and of no other. */
    readonly panel?: PanelTerms
  }[]
}

/** A section as registered: what a register entry keeps of it. */
export interface RegisteredSection {
  readonly name: string
  readonly level: number
  readonly commitment: string
  readonly record: string
  readonly version: number
}

/** The newest version of a section of a record, or undefined. */
export function findSection(
  view: StateView,
  record: string,
  section: string,
): SealedSection | undefined {
  const newest = { prefix: [record, section], reverse: true, limit: 1 }
  for (const [, found] of view.state(sections).range(newest)) return found
  return undefined
}

/**
 * Registers the commitments of sealed sections; a section that the record already has becomes its
 * next version. Refuses `RECORD_NOT_YOURS` if the record belongs to another owner, `SECTION_ERASED` if it
 * was erased, `PANEL_MISSING` and `PANEL_UNEXPECTED` where level and panel do not fit.
 *
 * @returns the sections with their versions, in the order given
 */
export function registerSections(ctx: Context, sealed: NewSections): RegisteredSection[] {
  const { record, owner, caseId } = sealed
  const known = [...ctx.state(sections).range({ prefix: [record], limit: 1 })][0]?.[1]
  if (known !== undefined && known.owner !== owner) {
    ctx.refuse({ code: 'RECORD_NOT_YOURS', record })
  }
  if (ctx.state(tombstones).find([owner, record])?.state === 'ERASED') {
    ctx.refuse(accessRefusal({ code: 'SECTION_ERASED', record }))
  }
  return sealed.sections.map(({ name, level, commitment, entry, panel }) => {
    const version = (findSection(ctx, record, name)?.version ?? 0) + 1
    ctx.state(sections).put([record, name, version], {
      v: 1,
      record,
      section: name,
      version,
      owner,
      entry: entry ?? sealed.entry,
      level,
      commitment,
      case: caseId,
      by: ctx.txId,
      at: ctx.time,
    })
    registerPanel(ctx, { record, section: name, version, level, panel })
    return { name, level, commitment, record, version }
  })
}

/** Refuses a section whose panel does not fit its level; else keeps the panel. */
export function registerPanel(
  ctx: Context,
  sealed: {
    readonly record: string
    readonly section: string
    readonly version: number
    readonly level: number
    readonly panel: PanelTerms | undefined
  },
): void {
  const { record, section, version, level, panel } = sealed
  if (level !== 4) {
    if (panel !== undefined) ctx.refuse(accessRefusal({ code: 'PANEL_UNEXPECTED', section }))
    return
  }
  if (panel === undefined || !isPanel(panel)) {
    ctx.refuse(accessRefusal({ code: 'PANEL_MISSING', section, record }))
  }
  const { need, shares } = panel
  ctx.state(panels).put([record, section, version], {
    v: 1,
    record,
    section,
    version,
    need,
    shares: shares.map((share) => ({ ...share })),
  })
}

/** Enough shares, and no member with so many that it would open alone what several must release. */
function isPanel({ need, shares }: PanelTerms): boolean {
  const held = new Map<string, number>()
  for (const { member } of shares) held.set(member, (held.get(member) ?? 0) + 1)
  return need <= shares.length && [...held.values()].every((count) => count < need)
}

/** Rows sealed under one root. */
export interface NewBatch {
  readonly root: string
  readonly count: number
  readonly owner: string
  /** Hash of the catalogue entry. */
  readonly entry: string
  readonly section: string
  readonly level: number
  readonly caseId: string
  /** Default `batch`. */
  readonly tree?: SealedBatch['tree']
  /** Root under which the same rows were sealed first. */
  readonly origin?: string
}

/** The batch with that root, or undefined. */
export function findBatch(view: StateView, root: string): SealedBatch | undefined {
  return view.state(batches).find(root)
}

/**
 * Registers a batch by its root. Refuses `BATCH_EXISTS`: salts are fresh, so an equal root is the
 * same batch handed in twice; and `PANEL_MISSING` for level 4, since shares are of single sections.
 */
export function registerBatch(ctx: Context, batch: NewBatch): void {
  const { root, count, owner, entry, section, level, caseId, tree, origin } = batch
  if (level === 4) ctx.refuse(accessRefusal({ code: 'PANEL_MISSING', section, record: null }))
  if (findBatch(ctx, root) !== undefined) ctx.refuse({ code: 'BATCH_EXISTS', batch: root })
  ctx.state(batches).put(root, {
    v: 1,
    root,
    count,
    tree: tree ?? 'batch',
    section,
    owner,
    entry,
    level,
    case: caseId,
    by: ctx.txId,
    at: ctx.time,
    ...(origin === undefined ? {} : { origin }),
  })
}
