import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { numberSetting } from '../governance/settings.ts'
import { requireRole } from '../membership/roles.ts'
import { Code, ContractId, Digest, RecordId } from '../vocabulary/schemas.ts'
import { objections } from './objection-records.ts'
import { DATA_STEWARD } from './owner-grants.ts'
import { reads } from './records.ts'
import { accessRefusal } from './refusals.ts'

/**
 * A person asks why it was looked at, or objects; the member that read must answer within a published
 * time. Its owner's window may ask for it.
 *
 * @source 个人信息保护法 第四十四条、第五十条
 */
export const objectToRead = action({
  name: 'access.objectToRead',
  summary: 'Asks the member that read why it did, or objects to it, for the person concerned.',
  input: Type.Object({
    read: Digest,
    /** 16 random bytes that the owner's vault drew for this objection. */
    objector: RecordId,
    ground: Code,
  }),
  run(ctx: Context, { read: id, objector, ground }) {
    const read =
      ctx.state(reads).find(id) ?? ctx.refuse(accessRefusal({ code: 'READ_NOT_FOUND', read: id }))
    const { signer } = ctx
    if (signer.kind !== 'subject' && signer.member !== read.owner) {
      ctx.refuse(accessRefusal({ code: 'READ_NOT_YOURS', read: id, owner: read.owner }))
    }
    for (const [objection, other] of ctx.state(objections).index('byRead', { prefix: [id] })) {
      if (other.objector !== objector && other.opened.name !== signer.name) continue
      if (other.answer === null) {
        ctx.refuse(accessRefusal({ code: 'OBJECTION_EXISTS', objection }))
      }
    }

    const objection = ctx.newId('objection')
    const due = ctx.time + numberSetting(ctx, 'access.objectionMs')
    ctx.state(objections).put(objection, {
      v: 1,
      id: objection,
      read: id,
      owner: read.owner,
      member: read.member,
      objector,
      ground,
      opened: { member: signer.member, name: signer.name, at: ctx.time, by: ctx.txId },
      due,
      answer: null,
    })
    ctx.emit('ReadObjected', { objection, read: id, member: read.member, owner: read.owner })
    return { objection, due }
  },
})

/** The member that read says why; the words are sealed at it, their commitment is here. */
export const answerObjection = action({
  name: 'access.answerObjection',
  summary: 'Answers, as the member that read, a person who asked why.',
  input: Type.Object({
    objection: ContractId,
    outcome: Type.Union([Type.Literal('EXPLAINED'), Type.Literal('MISUSE')]),
    commitment: Type.Optional(Digest),
  }),
  run(ctx: Context, { objection: id, outcome, commitment }) {
    requireRole(ctx, DATA_STEWARD)
    const found =
      ctx.state(objections).find(id) ??
      ctx.refuse(accessRefusal({ code: 'OBJECTION_NOT_FOUND', objection: id }))
    const { member, name } = ctx.signer
    if (found.member !== member) {
      ctx.refuse(accessRefusal({ code: 'OBJECTION_NOT_YOURS', objection: id }))
    }
    if (found.answer !== null) {
      ctx.refuse(accessRefusal({ code: 'OBJECTION_ANSWERED', objection: id }))
    }

    const { time: at, txId: by } = ctx
    const answer = { outcome, commitment: commitment ?? null, name, at, by }
    ctx.state(objections).put(id, { ...found, answer })
    ctx.emit('ObjectionAnswered', { objection: id, read: found.read, member, outcome })
    return { objection: id, outcome, isLate: at > found.due }
  },
})
