import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, MemberId } from '../vocabulary/schemas.ts'
import { WarrantShown } from './get-warrant.ts'
import { WarrantState, warrants } from './records.ts'
import { mayShowWarrant, useOf } from './warrant-state.ts'

/**
 * Warrants, newest first: of a case, of a supervisor, over the data of an owner, or all. Their terms are
 * L1; one with delayed disclosure shows only at its own member until its day.
 */
export const listWarrants = query({
  name: 'supervision.listWarrants',
  summary: 'Lists warrants: all, of a case, of a supervisor, or over the data of an owner.',
  input: Type.Object({
    ...PageInput,
    case: Type.Optional(CaseId),
    member: Type.Optional(MemberId),
    owner: Type.Optional(MemberId),
    state: Type.Optional(WarrantState),
  }),
  output: pageOf(WarrantShown),
  mayRead: (reader) => reader.member !== null,
  run(view, { case: caseId, member, owner, state, limit, cursor }, reader) {
    const [index, prefix]: [string, readonly KeyPart[]] =
      caseId !== undefined
        ? ['byCase', [caseId]]
        : member !== undefined
          ? ['byMember', [member]]
          : owner !== undefined
            ? ['byOwner', [owner]]
            : ['byTime', []]
    const range = { prefix, reverse: true, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(warrants).index(index, range),
      (_, warrant) => {
        const isAsked =
          (member === undefined || warrant.issued.member === member) &&
          (owner === undefined || warrant.owner === owner) &&
          (state === undefined || warrant.state === state)
        const isShown = isAsked && mayShowWarrant(warrant, reader, view.time)
        return isShown ? [warrant.issued.at, warrant.id] : undefined
      },
      (warrant) => ({ warrant, ...useOf(view, warrant, view.time) }),
    )
    return page(view, found, limit)
  },
})
