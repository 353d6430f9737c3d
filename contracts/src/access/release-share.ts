import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest, RecordId, SectionName } from '../vocabulary/schemas.ts'
import { checkStanding } from './check-release.ts'
import { findPanel } from './open-panels.ts'
import { MOST_RELEASERS, shareReleases } from './panel-records.ts'
import { reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

/**
 * A releaser says that it sealed its share of half B to the holder of a committed read. The sealed share
 * itself goes to the holder, never on chain: there it could not be erased.
 *
 * @source security/sealed-data.md section 8, L4
 */
export const releaseShare = action({
  name: 'access.releaseShare',
  summary: 'Says, as a releaser of a panel, that you sealed your share to the holder of a read.',
  input: Type.Object({
    read: Digest,
    record: RecordId,
    section: SectionName,
    version: Type.Integer({ minimum: 1 }),
    /** x of the share, from 1. */
    index: Type.Integer({ minimum: 1, maximum: MOST_RELEASERS }),
    /** SHA-256 of the share as sealed to the holder. */
    digest: Digest,
  }),
  run(ctx: Context, { read: id, record, section, version, index, digest }) {
    const read =
      ctx.state(reads).find(id) ?? ctx.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
    const isAsked = read.items.some(
      (item) => item.record === record && item.section === section && item.version === version,
    )
    if (!isAsked) ctx.refuse(accessRefusal({ code: 'SECTION_NOT_COVERED', record, section }))
    const panel = findPanel(ctx, record, section, version)
    if (panel === undefined) {
      return ctx.refuse(accessRefusal({ code: 'PANEL_MISSING', section, record }))
    }
    const share = panel.shares[index - 1]
    const { signer } = ctx
    const isReleaser =
      share?.member === signer.member &&
      (share.name === null ? signer.kind === 'officer' : share.name === signer.name)
    if (!isReleaser) ctx.refuse(accessRefusal({ code: 'RELEASER_OTHER', index }))
    const key: [string, string, string, number, number] = [id, record, section, version, index]
    if (ctx.state(shareReleases).has(key)) {
      ctx.refuse(accessRefusal({ code: 'SHARE_RELEASED', read: id, index }))
    }
    const check = checkStanding(ctx, id, ctx.time)
    if (!check.ok) {
      ctx.refuse(accessRefusal({ code: 'READ_NOT_RELEASED', read: id, why: check.code }))
    }

    const { member, name } = signer
    const place = { read: id, record, section, version, index, member, name, digest }
    ctx.state(shareReleases).put(key, { v: 1, ...place, at: ctx.time, by: ctx.txId })
    ctx.emit('ShareReleased', { read: id, record, section, index, member })
    return { read: id, index }
  },
})
