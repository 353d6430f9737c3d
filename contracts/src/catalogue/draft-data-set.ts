import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { requireRole } from '../membership/roles.ts'
import { endOfDay, legalDay } from '../vocabulary/civil-date.ts'
import { addDuration } from '../vocabulary/duration.ts'
import { CivilDate, Digest } from '../vocabulary/schemas.ts'
import { calendarOf } from './calendar.ts'
import { clausesInForce } from './clauses-in-force.ts'
import { clausesOfDataSet, dataSetHash, findDataSetFaults } from './data-set-checks.ts'
import { DataSetContent, dataSets } from './data-set-records.ts'
import { findDataSet, getDataSetRecord } from './data-sets.ts'
import { catalogueRefusal } from './refusals.ts'

/** 政务数据共享工作机构 of a member (art. 11): drafts entries, submits and answers requests. */
export const SHARING_OFFICE = 'sharing-office'
/** 部门负责人 (art. 12): approves what its member puts into the catalogue. */
export const DEPARTMENT_HEAD = 'department-head'

/** Days of art. 17, in working days: for the provider, more with consent, for the authority. */
const UPDATE_DAYS = 10
const EXTENSION_DAYS = 5

/** Drafts an entry of the data catalogue, or its next version, for the signer's member. */
export const draftDataSet = action({
  name: 'catalogue.draftDataSet',
  summary: 'Drafts an entry of the data catalogue, or its next version, that your member provides.',
  input: Type.Object({ dataSet: DataSetContent, changedOn: Type.Optional(CivilDate) }),
  run(ctx: Context, { dataSet: content, changedOn }) {
    requireRole(ctx, SHARING_OFFICE)
    const { id, version, provider } = content
    const before = findDataSet(ctx, id)
    if (provider !== ctx.signer.member || (before?.content.provider ?? provider) !== provider) {
      const owner = before?.content.provider ?? provider
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_NOT_YOURS', provider: owner }))
    }
    const next = (before?.content.version ?? 0) + 1
    if (version !== next) ctx.refuse(catalogueRefusal({ code: 'DATA_SET_VERSION', version, next }))
    const faults = findDataSetFaults(content)
    if (faults.length > 0) ctx.refuse(catalogueRefusal({ code: 'DATA_SET_UNLAWFUL', faults }))
    refuseMissingClauses(ctx, content)
    const today = legalDay(ctx.time)
    if (changedOn !== undefined && changedOn > today) {
      ctx.refuse(catalogueRefusal({ code: 'CHANGE_IN_FUTURE', changedOn }))
    }
    const hash = dataSetHash(content)
    const status = ctx.state(dataSets).find(hash)?.status
    if (status !== undefined) {
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_EXISTS', dataSet: hash, status }))
    }

    ctx.state(dataSets).put(hash, {
      v: 1,
      hash,
      content,
      status: 'DRAFT',
      draftedBy: ctx.signer.name,
      draftedAt: ctx.time,
      changedOn: changedOn ?? null,
      clocks: { ...updateClocks(ctx, changedOn), publishBy: null },
      late: [],
      approval: null,
      proposal: null,
      proposedAt: null,
      publishedAt: null,
      publishedHeight: null,
    })
    ctx.emit('DataSetDrafted', { dataSet: hash, id, version, provider })
    return { dataSet: hash }
  },
})

function refuseMissingClauses(ctx: Context, content: DataSetContent): void {
  for (const clause of clausesOfDataSet(content)) {
    if (clausesInForce(ctx, clause, legalDay(ctx.time)).length > 0) continue
    ctx.refuse(catalogueRefusal({ code: 'DATA_SET_CLAUSE', clause }))
  }
}

function updateClocks(ctx: Context, changedOn: string | undefined) {
  if (changedOn === undefined) return { updateBy: null, updateWithExtension: null }
  const calendar = calendarOf(ctx)
  const after = (amount: number) =>
    endOfDay(addDuration(changedOn, { amount, unit: 'working-days' }, calendar))
  return { updateBy: after(UPDATE_DAYS), updateWithExtension: after(UPDATE_DAYS + EXTENSION_DAYS) }
}

/** A head of the provider approves a draft that somebody else wrote, naming what was assessed. */
export const approveDataSet = action({
  name: 'catalogue.approveDataSet',
  summary: 'Approves a drafted entry of the data catalogue, naming its assessments.',
  input: Type.Object({
    dataSet: Digest,
    secrecyRisk: Digest,
    impactAssessment: Type.Optional(Digest),
  }),
  run(ctx: Context, { dataSet: hash, secrecyRisk, impactAssessment }) {
    requireRole(ctx, DEPARTMENT_HEAD)
    const record = getDataSetRecord(ctx, hash)
    const { content, status, draftedBy } = record
    if (content.provider !== ctx.signer.member) {
      const { provider } = content
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_NOT_YOURS', provider }))
    }
    if (status !== 'DRAFT') {
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_STATUS', dataSet: hash, status }))
    }
    if (draftedBy === ctx.signer.name) {
      ctx.refuse(catalogueRefusal({ code: 'DATA_SET_FOUR_EYES', officer: draftedBy }))
    }
    if (content.personal && impactAssessment === undefined) {
      ctx.refuse(catalogueRefusal({ code: 'IMPACT_ASSESSMENT_MISSING', dataSet: hash }))
    }

    ctx.state(dataSets).put(hash, {
      ...record,
      status: 'APPROVED',
      approval: {
        by: ctx.signer.name,
        at: ctx.time,
        secrecyRisk,
        impactAssessment: impactAssessment ?? null,
      },
    })
    ctx.emit('DataSetApproved', { dataSet: hash, id: content.id })
    return { dataSet: hash }
  },
})
