import type { JsonObject } from '@renshe/crypto'
import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { getRule } from './packages.ts'
import { RuleRecord, rules } from './records.ts'

/** One rule at one version with its document: what a lock names can be read by anyone. */
export const getRuleQuery = query({
  name: 'catalogue.getRule',
  summary: 'Shows a rule at one version with its whole document.',
  input: Type.Object({ rule: Digest }),
  output: Type.Object({
    record: RuleRecord,
    document: Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: {} }),
  }),
  mayRead: () => true,
  run(view, { rule: hash }) {
    const { rule } = getRule(view, hash)
    return {
      record: view.state(rules).get(hash),
      document: rule.document as unknown as JsonObject,
    }
  },
})
