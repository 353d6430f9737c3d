import { type KeyPart, query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { CaseId, EntryKey, KebabName, MemberId } from '../vocabulary/schemas.ts'
import { isOfChain } from './reading.ts'
import { Case, cases, OPEN } from './records.ts'

/** Cases of a service, of a member, about a register entry, or below a parent case. */
export const listCases = query({
  name: 'cases.listCases',
  summary: 'List cases of a service, of a member, about a register entry, or of a parent case.',
  input: Type.Object({
    ...PageInput,
    service: Type.Optional(KebabName),
    member: Type.Optional(MemberId),
    entry: Type.Optional(Type.Object({ register: KebabName, key: EntryKey })),
    parent: Type.Optional(CaseId),
    /** `OPEN`, or the status that a case ended with. */
    status: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  }),
  output: pageOf(Case),
  mayRead: isOfChain,
  run(view, input) {
    const { index, prefix, partsOf } = walkOf(input)
    const range = { prefix, ...afterCursor(view, input.cursor) }
    const walk =
      index === null ? view.state(cases).range(range) : view.state(cases).index(index, range)
    const found = placed(
      walk,
      (_, found) => (isAsked(found, input) ? partsOf(found) : undefined),
      (found) => found,
    )
    return page(view, found, input.limit)
  },
})

interface Asked {
  readonly service?: string
  readonly member?: string
  readonly entry?: { readonly register: string; readonly key: string }
  readonly parent?: string
  readonly status?: string
}

interface Walk {
  readonly index: 'byParent' | 'byReference' | 'byMember' | 'byService' | null
  readonly prefix: readonly KeyPart[]
  readonly partsOf: (found: Case) => readonly KeyPart[]
}

/** The narrowest walk that the question allows. */
function walkOf({ service, member, entry, parent }: Asked): Walk {
  if (parent !== undefined) {
    return { index: 'byParent', prefix: [parent], partsOf: ({ id }) => [id] }
  }
  if (entry !== undefined) {
    const partsOf = ({ status, id }: Case) => [status === OPEN ? 0 : 1, id]
    return { index: 'byReference', prefix: [entry.register, entry.key], partsOf }
  }
  const byAge = ({ openedAt, id }: Case) => [openedAt, id]
  if (member !== undefined) return { index: 'byMember', prefix: [member], partsOf: byAge }
  if (service !== undefined) return { index: 'byService', prefix: [service], partsOf: byAge }
  return { index: null, prefix: [], partsOf: ({ id }) => [id] }
}

function isAsked(found: Case, { service, status }: Asked): boolean {
  return (
    (service === undefined || found.service === service) &&
    (status === undefined || found.status === status)
  )
}
