import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { ContractId } from '../vocabulary/schemas.ts'
import { Erasure, erasures, missingOf } from './erasure-records.ts'
import { accessRefusal } from './refusals.ts'

/** An erasure as it is shown: never without the confirmations that have not come. */
export const ShownErasure = Type.Object({
  ...Erasure.properties,
  missing: Erasure.properties.expected,
})

/** One erasure: who ordered it, on what basis, who has deleted its part and who has not said so. */
export const getErasure = query({
  name: 'access.getErasure',
  summary: 'Shows one erasure with the confirmations that came and those that are missing.',
  input: Type.Object({ erasure: ContractId }),
  output: ShownErasure,
  mayRead: (reader) => reader.member !== null,
  run(view, { erasure: id }) {
    const erasure =
      view.state(erasures).find(id) ??
      view.refuse(accessRefusal({ code: 'ERASURE_NOT_FOUND', erasure: id }))
    return { ...erasure, missing: missingOf(erasure) }
  },
})
