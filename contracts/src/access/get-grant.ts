import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { GrantId, Nullable } from '../vocabulary/schemas.ts'
import { findGrantChain, findStandingFault } from './grant-state.ts'
import { Grant, grants } from './records.ts'
import { accessRefusal } from './refusals.ts'
import { mayShowGrant } from './warrant-grants.ts'

/** One grant with those above it, and whether it stands now. */
export const getGrant = query({
  name: 'access.getGrant',
  summary: 'Shows one grant with the grants above it, and whether it stands now.',
  input: Type.Object({ grant: GrantId }),
  output: Type.Object({
    /** The grant and all above it, itself first. */
    chain: Type.Array(Grant),
    /** Why it does not stand now: a code of reads; `null`: it stands. */
    fault: Nullable(Type.String()),
  }),
  mayRead: (reader, { grant }, view) =>
    reader.member !== null && mayShowGrant(view.state(grants).find(grant), reader, view.time),
  run(view, { grant: id }) {
    const grant =
      view.state(grants).find(id) ??
      view.refuse(accessRefusal({ code: 'GRANT_NOT_FOUND', grant: id }))
    const chain = findGrantChain(view, grant)
    return { chain: [...chain], fault: findStandingFault(chain, view.time)?.code ?? null }
  },
})
