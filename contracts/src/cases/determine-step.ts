import { canonicalJson, canonicalText, type Json, type JsonObject, toHex } from '@renshe/crypto'
import { action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { serviceOf } from '../catalogue/compiled-package.ts'
import type { DeterminationDefinition } from '../catalogue/package-document.ts'
import { SubledgerPosting } from '../funds/records.ts'
import { raiseAlert } from '../supervision/raise-alert.ts'
import { Digest, Nullable, PublicFields } from '../vocabulary/schemas.ts'
import { getOpenStep, StepInput } from './act-on-step.ts'
import { handOf, refuseUnlessMayAct, refuseUnlessTimely } from './authority.ts'
import { caseResult } from './case-result.ts'
import {
  type CaseWork,
  definitionOf,
  factsOf,
  loadCase,
  patchStep,
  saveCase,
  tell,
} from './case-work.ts'
import { type ActValues, describeType, noValues } from './compute-values.ts'
import { determinationInputs } from './determination-inputs.ts'
import { caseDigest } from './digests.ts'
import { findFieldFault, toFeel } from './field-values.ts'
import { finishStep } from './finish-step.ts'
import { stillOwing } from './joint-act.ts'
import { BATCH_ROWS } from './limits.ts'
import { actorsOf } from './open-steps.ts'
import { ownMember } from './own-member.ts'
import type { Step, Submission } from './records.ts'
import { refuse } from './refusals.ts'
import { outputOfRule } from './rule-values.ts'

/** Alert when members computed differently; to those who must agree. A package tells others by `StepDisputed`. */
export const DISPUTED = 'DETERMINATION_DISPUTED'

/** What a member computed over sealed rows, in five parts that are compared as canonical JSON. */
export const Determination = {
  inputs: PublicFields,
  outputs: PublicFields,
  outcomes: Type.Object({
    root: Digest,
    count: Type.Integer({ minimum: 0, maximum: BATCH_ROWS }),
  }),
  subledger: Nullable(SubledgerPosting),
  trace: Digest,
}

const DeterminationObject = Type.Object(Determination)

/** The five parts as JSON. */
export type DeterminationParts = {
  readonly inputs: JsonObject
  readonly outputs: JsonObject
  readonly outcomes: { readonly root: string; readonly count: number }
  readonly subledger: JsonObject | null
  readonly trace: string
}

/**
 * Submits what the signer's member computed over the rows. When all that must agree have submitted the
 * same, the step goes on; a difference disputes it, and nothing moves until somebody submits anew.
 */
export const determineStep = action({
  name: 'cases.determineStep',
  summary: 'Submit what your member computed over the sealed rows of a step.',
  input: Type.Object({ ...StepInput, ...DeterminationObject.properties }),
  run(ctx: Context, input) {
    const work = loadCase(ctx, input.case)
    const step = getOpenStep(work, input)
    const name = definitionOf(work, step).determine
    if (name === undefined) return refuse(ctx, { code: 'STEP_NOT_DETERMINED', step: step.step })
    refuseUnlessMayAct(work, step)
    refuseUnlessTimely(work, step, null)
    const { inputs, outputs, outcomes, subledger, trace } = input as unknown as DeterminationParts
    const parts = { inputs, outputs, outcomes, subledger, trace }
    refuseUnlessInputsEqual(work, name, step, parts.inputs)
    const definition = serviceOf(work.code).determinations[name] as DeterminationDefinition
    const values = readOutputs(work, definition, parts.outputs)
    refuseUnlessComplete(ctx, definition, parts)

    const submission: Submission = { ...handOf(ctx), digest: digestOf(parts), ...parts }
    // What was computed from other inputs, for example balances that a journal has changed since, is void.
    const others = step.submissions.filter(
      ({ member, inputs: own }) =>
        member !== submission.member && canonicalText(own as JsonObject) === canonicalText(inputs),
    )
    const submissions = [...others, submission]
    settle(work, step, submissions, values)
    saveCase(work)
    return caseResult(work, step.n)
  },
})

/** Hex digest over the five parts: equal digests match. */
export function digestOf({
  inputs,
  outputs,
  outcomes,
  subledger,
  trace,
}: DeterminationParts): string {
  const parts = { inputs, outputs, outcomes: { ...outcomes }, subledger, trace }
  return toHex(caseDigest('determination', canonicalJson(parts)))
}

function settle(
  work: CaseWork,
  step: Step,
  submissions: readonly Submission[],
  values: ActValues,
): void {
  const definition = definitionOf(work, step)
  const actors = actorsOf(work, step.step, definition, step.holder)
  const [first] = submissions
  const areEqual = submissions.every(({ digest }) => digest === first?.digest)
  const isComplete = submissions.length === actors.length
  const differs = areEqual ? [] : differingNames(submissions)
  const acted = new Set(submissions.map(({ member }) => member))
  const awaits = areEqual ? stillOwing(actors, acted) : actors
  const submitted = patchStep(work, step.n, {
    submissions: [...submissions],
    differs,
    status: areEqual ? 'open' : 'disputed',
    awaits,
    holder: awaits[0] as string,
  })
  tell(work, 'StepDetermined', { step: step.step, n: step.n, member: work.ctx.signer.member })
  if (!areEqual) dispute(work, submitted, actors)
  if (!areEqual || !isComplete) return
  finishStep(work, submitted, {
    by: 'determination',
    hand: handOf(work.ctx),
    outcome: null,
    values,
    sealed: {},
  })
}

function dispute(work: CaseWork, step: Step, actors: readonly string[]): void {
  const differs = [...step.differs]
  tell(work, 'StepDisputed', { step: step.step, n: step.n, differs })
  raiseAlert(work.ctx, {
    code: DISPUTED,
    severity: 'grave',
    to: actors,
    caseId: work.serviceCase.id,
    facts: { step: step.step, round: step.round, differs },
  })
}

/** More would not fit into an event. */
const MOST_NAMES = 20

/** Where submissions differ: a part, or a name inside inputs, outputs and sub-ledger. */
function differingNames(submissions: readonly Submission[]): string[] {
  const names = new Set<string>()
  const [first, ...others] = submissions
  if (first === undefined) return []
  for (const other of others) {
    addDifferences(names, 'outputs', first.outputs as JsonObject, other.outputs as JsonObject)
    addDifferences(names, 'subledger', first.subledger as Json, other.subledger as Json)
    addDifferences(names, 'outcomes', first.outcomes, other.outcomes)
    addDifferences(names, 'inputs', first.inputs as JsonObject, other.inputs as JsonObject)
    if (first.trace !== other.trace) names.add('trace')
  }
  return [...names].sort().slice(0, MOST_NAMES)
}

function addDifferences(names: Set<string>, part: string, left: Json, right: Json): void {
  if (canonicalText(left) === canonicalText(right)) return
  if (!isObject(left) || !isObject(right)) {
    names.add(part)
    return
  }
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (
      canonicalText(ownMember(left, name) ?? null) !== canonicalText(ownMember(right, name) ?? null)
    ) {
      names.add(`${part}.${name}`.slice(0, 128))
    }
  }
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** The inputs must be what the chain itself knows: root, count, public facts, rules, balances before. */
function refuseUnlessInputsEqual(
  work: CaseWork,
  name: string,
  step: Step,
  given: JsonObject,
): void {
  const { inputs } = determinationInputs(work, name, step.step)
  const names = new Set<string>()
  addDifferences(names, 'inputs', inputs, given)
  const [first] = [...names].sort()
  if (first !== undefined) refuse(work.ctx, { code: 'INPUTS_DIFFER', name: first })
}

function readOutputs(
  work: CaseWork,
  definition: DeterminationDefinition,
  outputs: JsonObject,
): ActValues {
  const { ctx } = work
  const values = noValues()
  const known = new Set(definition.outputs.map(({ name }) => name))
  for (const name of Object.keys(outputs).sort()) {
    if (!known.has(name)) refuse(ctx, { code: 'OUTPUT_UNKNOWN', name })
  }
  for (const output of definition.outputs) {
    const { name } = output
    const json = ownMember(outputs, name)
    if ('rule' in output) {
      const value = outputOfRule(factsOf(work).findRule(output.rule), json)
      if (value === undefined) refuse(ctx, { code: 'OUTPUT_INVALID', name, expected: output.rule })
      else values.locals.set(name, value)
    } else {
      const expected = findFieldFault(output, json)
      if (expected !== undefined) {
        refuse(ctx, { code: 'OUTPUT_INVALID', name, expected: describeType(output) })
      }
      values.locals.set(name, toFeel(output, json))
    }
    values.json[name] = json ?? null
  }
  return values
}

function refuseUnlessComplete(
  ctx: Context,
  definition: DeterminationDefinition,
  { inputs, outcomes, subledger }: DeterminationParts,
): void {
  if (outcomes.count !== inputs.count) {
    refuse(ctx, { code: 'OUTCOMES_COUNT', count: outcomes.count, rows: inputs.count as number })
  }
  if (definition.subledger === undefined) {
    if (subledger !== null) refuse(ctx, { code: 'SUBLEDGER_UNEXPECTED' })
  } else if (subledger === null) refuse(ctx, { code: 'SUBLEDGER_MISSING' })
}
