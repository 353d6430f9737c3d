import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { DottedName } from '../vocabulary/schemas.ts'
import { ParameterRecord, parameters } from './records.ts'

/** Published values of the law's numbers, by parameter, region and publication. */
export const listParameters = query({
  name: 'catalogue.listParameters',
  summary: 'Lists published values of the numbers of the law, every publication.',
  input: Type.Object({ ...PageInput, parameter: Type.Optional(DottedName) }),
  output: pageOf(ParameterRecord),
  mayRead: () => true,
  run(view, { parameter, limit, cursor }) {
    const prefix = parameter === undefined ? [] : [parameter]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(parameters).range(range),
      ([name, region, height]) => [...(parameter === undefined ? [name] : []), region, height],
      (record) => record,
    )
    return page(view, found, limit)
  },
})
