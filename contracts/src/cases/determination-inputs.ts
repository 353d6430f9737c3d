import type { JsonObject } from '@renshe/crypto'
import { books, type SubledgerHead } from '../funds/records.ts'
import { ruleCallerOf } from './call-rule.ts'
import { caseScope } from './case-scope.ts'
import { type CaseWork, factsOf } from './case-work.ts'
import { computeValues, noValues } from './compute-values.ts'
import { evaluateText, textOf } from './feel.ts'
import { CASE_LIMITS } from './limits.ts'
import { ownMember } from './own-member.ts'
import { refuse } from './refusals.ts'

/** What a determination must start from: what the chain itself knows. */
export interface DeterminationInputs extends JsonObject {
  /** Root of the batch. */
  batch: string
  count: number
  /** Public facts handed to the computation, in the spelling of their types. */
  with: JsonObject
  /** Rule id → content hash, for the rules that rows and outputs call. */
  rules: JsonObject
  /** Root of the balances before, null without a sub-ledger or before its first journal. */
  balances: string | null
}

/** The book of a determination's sub-ledger, as far as both sides need it. */
export interface SubledgerFacts {
  readonly book: string
  readonly unitPlaces: number
  readonly navPlaces: number
  /** Where it stands: the next posting's id, the journal, balances and sums before it. */
  readonly head: SubledgerHead
}

/** Computes the inputs of a determination from the state; refuses what the package cannot answer. */
export function determinationInputs(
  work: CaseWork,
  name: string,
  step: string,
): { readonly inputs: DeterminationInputs; readonly subledger: SubledgerFacts | null } {
  const { ctx, service, serviceCase, evaluator } = work
  const definition = service.determinations[name]
  if (definition === undefined) throw new Error(`no determination ${name}`)
  const batch = ownMember(serviceCase.batches, definition.of)
  if (batch === undefined) return refuse(ctx, { code: 'BATCH_MISSING', section: definition.of })
  const values = noValues()
  const scope = caseScope(factsOf(work), values.locals)
  computeValues(evaluator, definition.with, scope, values, ruleCallerOf(work))
  const rules: JsonObject = {}
  for (const compute of [...definition.each, ...definition.outputs]) {
    if ('rule' in compute)
      rules[compute.rule] = ownMember(serviceCase.lock.rules, compute.rule) ?? null
  }
  const subledger =
    definition.subledger === undefined
      ? null
      : subledgerFacts(
          work,
          textOf(evaluateText(evaluator, definition.subledger.book, scope)),
          step,
        )
  const inputs: DeterminationInputs = {
    batch: batch.root,
    count: batch.count,
    with: values.json,
    rules,
    balances: subledger?.head.balances.root ?? null,
  }
  return { inputs, subledger }
}

function subledgerFacts({ ctx }: CaseWork, id: string | undefined, step: string): SubledgerFacts {
  const book =
    id === undefined || id.length > CASE_LIMITS.keyCharacters
      ? undefined
      : ctx.state(books).find(id)
  if (book === undefined || book.subledger === null) {
    return refuse(ctx, { code: 'SUBLEDGER_NOT_KEPT', step, book: id ?? null })
  }
  const { unitPlaces, navPlaces, subledger } = book
  return { book: book.book, unitPlaces, navPlaces, head: subledger }
}
