import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { DottedName, KebabName } from '../vocabulary/schemas.ts'
import { RuleRecord, rules } from './records.ts'

/** Published rules by id, every version. */
export const listRules = query({
  name: 'catalogue.listRules',
  summary: 'Lists published rules with their clauses and dates, every version.',
  input: Type.Object({
    ...PageInput,
    rule: Type.Optional(DottedName),
    package: Type.Optional(KebabName),
  }),
  output: pageOf(RuleRecord),
  mayRead: () => true,
  run(view, { rule, package: name, limit, cursor }) {
    const prefix = rule === undefined ? [] : [rule]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(rules).index('byId', range),
      (hash, { id, inForceFrom, publishedHeight, packageName }) => {
        if (name !== undefined && packageName !== name) return undefined
        const own = [inForceFrom, publishedHeight, hash]
        return rule === undefined ? [id, ...own] : own
      },
      (record) => record,
    )
    return page(view, found, limit)
  },
})
