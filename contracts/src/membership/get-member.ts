import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { MemberId } from '../vocabulary/schemas.ts'
import { getMember } from './members.ts'
import { Member } from './records.ts'

/** One member with its roles and status. */
export const getMemberQuery = query({
  name: 'membership.getMember',
  summary: 'Shows one member with its roles and status.',
  input: Type.Object({ member: MemberId }),
  output: Member,
  mayRead: () => true,
  run: (view, { member }) => getMember(view, member),
})
