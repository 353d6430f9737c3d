/*
 * A determination for a signer whose key the node does not have: the reads that it takes are signed first,
 * then the member's node computes, and the result is prepared like any other act.
 */
import { DeterminationFailed, serviceOf } from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import { Type } from 'typebox'
import { type DeterminationTask, determinationTask } from '../determine/determination-task.ts'
import { type Determined, determine, readsToDetermine } from '../determine/determine.ts'
import { DeterminingRefused } from '../determine/determining-refused.ts'
import { signWords } from '../prepare/sign-words.ts'
import { SignedReads } from '../vault/signed-reads.ts'
import { BODY_LIFE_MS, keepPrepared, PreparedShown, shown, signerOf } from './action-routes.ts'
import { openingProblem, ownReadOf } from './opened-routes.ts'
import { absent, ProblemThrown } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiRoute,
  type Call,
  HexDigest,
  type Reply,
  sessionOf,
  signedIn,
} from './route.ts'

const ACTION = 'cases.determineStep'

/** Reads that must be signed first. */
const Needs = Type.Object({
  needs: Type.Array(Type.Object({ action: Type.Literal('access.readSections'), input: AnyObject })),
})

const PreparedDetermination = Type.Object({
  ...PreparedShown.properties,
  outputs: AnyObject,
  /** Members that submitted something else, and the names of what differs. */
  differences: Type.Array(
    Type.Object({
      member: Type.String(),
      names: Type.Array(
        Type.Object({ name: Type.String(), computed: Type.Any(), submitted: Type.Any() }),
      ),
    }),
  ),
  /** Where the owner's sealed posting is not what was computed here; null if it is. */
  posting: Type.Union([AnyObject, Type.Null()]),
})

async function prepareDetermination(call: Call): Promise<Reply> {
  const { body } = call
  const { member } = sessionOf(call)
  const place = { case: String(body.case), step: String(body.step) }
  try {
    const task = determinationTask(member.ledger, member.id, place.case, place.step)
    refuseUnlessMayAct(call, task)
    const signer = signerOf(call, body.as as string | undefined)
    const ids = (body.reads ?? []) as readonly string[]
    for (const id of ids) ownReadOf(call, id)
    const signed = new SignedReads(member.ledger.view(), ids)
    const reading = { ...member.reading(), act: signed.act }
    const needs = readsToDetermine(reading, task).filter((input) => !signed.has(input))
    if (needs.length > 0) return { status: 200, json: { needs: needs.map(needShown) } }
    const determined = await determine(reading, place, BODY_LIFE_MS)
    return { status: 201, json: preparedShown(call, task, determined, signer) }
  } catch (error) {
    throw determiningProblem(error)
  }
}

function needShown(input: JsonObject): JsonObject {
  return { action: 'access.readSections', input }
}

/** The same as the contract will ask, before one row is opened: role and unit of the step. */
function refuseUnlessMayAct(call: Call, { terms, step }: DeterminationTask): void {
  const { kind, roles, unit } = sessionOf(call)
  if (kind !== 'officer' && kind !== 'system') throw absent()
  const { by } = serviceOf(terms.code).steps[step] ?? {}
  if (by?.role !== undefined && !roles.includes(by.role)) {
    throw new ProblemThrown('ROLE_MISSING', { role: by.role })
  }
  if (by?.unit !== undefined && unit !== by.unit) {
    throw new ProblemThrown('UNIT_MISSING', { unit: by.unit })
  }
}

function preparedShown(
  call: Call,
  { terms, step }: DeterminationTask,
  { input, computed, expiresAt, posting, differences }: Determined,
  signer: string,
): JsonObject {
  const words = signWords(terms.code, {
    step,
    fields: computed.outputs,
    definitions: {},
    outcome: null,
    batch: null,
    sections: [],
  })
  const act = { action: ACTION, input, words, latestExpiresAt: expiresAt }
  const openings = { sections: [], batch: { section: null, openings: [] } }
  return {
    ...shown(keepPrepared(call, act, signer, { openings })),
    outputs: computed.outputs,
    differences: differences as unknown as Json,
    posting: posting as unknown as Json,
  }
}

/** What is told names steps, values and accounts' places, never a row. */
function determiningProblem(error: unknown): unknown {
  if (error instanceof DeterminingRefused || error instanceof DeterminationFailed) {
    return new ProblemThrown(error.code, { subject: error.subject })
  }
  return openingProblem(error)
}

/** Routes of determinations. */
export const determinationRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: `${API_BASE}/determinations/prepare`,
    operationId: 'determinations.prepare',
    summary: 'Tells which reads a determination takes, or computes it and prepares its submission.',
    access: 'session',
    mayRead: signedIn,
    body: Type.Object({
      case: Type.String({ pattern: '^[0-9A-Za-z]{26}$' }),
      step: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
      as: Type.Optional(HexDigest),
      reads: Type.Optional(Type.Array(HexDigest, { maxItems: 200 })),
    }),
    isIdempotent: true,
    replies: { 200: Needs, 201: PreparedDetermination },
    run: prepareDetermination,
  },
]
