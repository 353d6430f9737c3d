import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { Part, parts } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** The exact bytes of one part. */
export const getPart = query({
  name: 'catalogue.getPart',
  summary: 'Gives the exact bytes of one part of a package.',
  input: Type.Object({ part: Digest }),
  output: Part,
  mayRead: () => true,
  run: (view, { part }) =>
    view.state(parts).find(part) ?? view.refuse(catalogueRefusal({ code: 'PART_MISSING', part })),
})
