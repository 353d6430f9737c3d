import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId, Count } from '../vocabulary/schemas.ts'
import { Warrant, warrants } from './records.ts'
import { mayShowWarrant, useOf } from './warrant-state.ts'

/** A warrant with what it still allows. */
export const WarrantShown = Type.Object({
  warrant: Warrant,
  /** Confirmed, not revoked, not over. */
  isInForce: Type.Boolean(),
  /** Reads so far. */
  used: Count,
  /** Uses that are left; 0 where it is not in force. */
  left: Count,
})

/** One warrant; every look under it is a read of its grant: `access.listReads`. */
export const getWarrant = query({
  name: 'supervision.getWarrant',
  summary: 'Shows one warrant, whether it is in force, and how many uses are left.',
  input: Type.Object({ warrant: ContractId }),
  output: WarrantShown,
  mayRead: (reader, { warrant }, view) => {
    const found = view.state(warrants).find(warrant)
    return reader.member !== null && (!found || mayShowWarrant(found, reader, view.time))
  },
  run(view, { warrant: id }) {
    const found = view.state(warrants).find(id)
    if (found === undefined) return view.refuse({ code: 'WARRANT_NOT_FOUND', warrant: id })
    return { warrant: found, ...useOf(view, found, view.time) }
  },
})
