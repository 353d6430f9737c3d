import { action, amendments, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Enactment, openProposal } from '../governance/proposals.ts'
import { endOfDay, legalDay } from '../vocabulary/civil-date.ts'
import { addDuration } from '../vocabulary/duration.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { calendarOf } from './calendar.ts'
import { findDataSetLoosenings } from './data-set-checks.ts'
import { type DataSet, dataSets } from './data-set-records.ts'
import { findDataSet, getDataSetRecord } from './data-sets.ts'
import { catalogueRefusal } from './refusals.ts'

/** 主管部门 audits and publishes within so many working days (art. 17). */
const PUBLICATION_DAYS = 2

/**
 * Puts an approved entry to the vote: as a publication, or with the higher quorum where it loosens a lock
 * of the published version or that version asks for it.
 */
export const proposeDataSet = action({
  name: 'catalogue.proposeDataSet',
  summary: 'Proposes to publish an approved entry of the data catalogue.',
  input: Type.Object({ dataSet: Digest }),
  run(ctx: Context, { dataSet: hash }) {
    const record = getDataSetRecord(ctx, hash)
    const { content, status } = record
    if (status !== 'APPROVED') {
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_STATUS', dataSet: hash, status }))
    }
    refuseOtherVersion(ctx, record)
    const before = findDataSet(ctx, content.id)?.content
    const loosens = before === undefined ? [] : findDataSetLoosenings(before, content)
    const proposal = openProposal(ctx, {
      subject: loosens.length > 0 ? 'loosen' : 'publish',
      content: { dataSet: hash, name: content.id, version: String(content.version), loosens },
      responsible: content.responsible,
    })
    const { updateBy } = record.clocks
    const publishBy = endOfDay(
      addDuration(
        legalDay(ctx.time),
        { amount: PUBLICATION_DAYS, unit: 'working-days' },
        calendarOf(ctx),
      ),
    )
    ctx.state(dataSets).put(hash, {
      ...record,
      status: 'PROPOSED',
      proposal,
      proposedAt: ctx.time,
      clocks: { ...record.clocks, publishBy },
      late: updateBy !== null && ctx.time > updateBy ? ['UPDATE'] : [],
    })
    ctx.emit('DataSetProposed', { dataSet: hash, id: content.id, proposal })
    return { proposal, loosens }
  },
})

function refuseOtherVersion(ctx: Context, { content: { id, version } }: DataSet): void {
  const next = (findDataSet(ctx, id)?.content.version ?? 0) + 1
  if (version !== next) ctx.refuse(catalogueRefusal({ code: 'DATA_SET_VERSION', version, next }))
}

/** Publication of an entry in the place of the version before it, or the end of a failed proposal. */
export const dataSetPublication: Enactment = {
  enact(ctx, { content }) {
    const record = ctx.state(dataSets).get(content.dataSet as string)
    refuseOtherVersion(ctx, record)
    const { hash, clocks, late } = record
    const { id } = record.content
    const before = findDataSet(ctx, id)
    if (before !== undefined) {
      ctx.state(dataSets).put(before.hash, { ...before, status: 'SUPERSEDED' })
      const amendment = { v: 1 as const, at: ctx.time, by: ctx.txId, kind: 'superseded' }
      ctx.state(amendments).put(before.hash, amendment)
    }
    const isLate = clocks.publishBy !== null && ctx.time > clocks.publishBy
    ctx.state(dataSets).put(hash, {
      ...record,
      status: 'PUBLISHED',
      late: isLate ? [...late, 'PUBLICATION'] : late,
      publishedAt: ctx.time,
      publishedHeight: ctx.height,
    })
    ctx.emit('DataSetPublished', { dataSet: hash, id, version: record.content.version })
  },
  fail(ctx, { content }) {
    const record = ctx.state(dataSets).get(content.dataSet as string)
    ctx.state(dataSets).put(record.hash, { ...record, status: 'APPROVED', proposal: null })
  },
}
