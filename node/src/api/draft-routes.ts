/* Uploads: a file becomes rows of a draft, each with what is wrong with it; nothing is half accepted. */
import type { JsonObject } from '@renshe/crypto'
import { Type } from 'typebox'
import type { Draft } from '../drafts/draft.ts'
import type { DraftRow } from '../drafts/draft-row.ts'
import { findAwaitingStep, findCaseTerms, findStepDefinition } from '../prepare/case-terms.ts'
import { API_LIMITS } from './limits.ts'
import { absent } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiRoute,
  type Call,
  Count,
  type Reply,
  sessionOf,
} from './route.ts'

/** Types that a table may come with; what it is, its content says. */
export const TABLE_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

/** Names a draft in a path. */
export const Place = {
  case: Type.String({ pattern: '^[0-9A-Za-z]{26}$' }),
  step: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  section: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' }),
}

/** A draft at a glance. */
export const DraftSummaryShown = Type.Object({
  case: Type.String(),
  step: Type.String(),
  section: Type.String(),
  rows: Type.Integer(),
  good: Type.Integer(),
  bad: Type.Integer(),
  totals: AnyObject,
  leastRows: Type.Integer(),
  isReady: Type.Boolean(),
  files: Type.Array(AnyObject),
  createdAt: Type.Integer(),
  changedAt: Type.Integer(),
})

const Row = Type.Object({
  number: Type.Integer(),
  file: Type.Integer(),
  line: Type.Integer(),
  cells: AnyObject,
  values: Type.Union([AnyObject, Type.Null()]),
  problems: Type.Array(AnyObject),
  remarks: Type.Array(AnyObject),
})

const Cells = Type.Object({ cells: AnyObject })

/**
 * Whether the session may work on a draft: its member holds the open step, and the officer has the role
 * and unit that the step asks for.
 */
export function mayDraft({ session, params }: Call): boolean {
  return session !== null && isOfStep(session, params.case ?? '', params.step ?? '')
}

function isOfStep(session: ReturnType<typeof sessionOf>, caseId: string, step: string): boolean {
  const { member, roles, unit } = session
  const view = member.ledger.view()
  const terms = findCaseTerms(view, caseId)
  if (terms === undefined) return false
  if (findAwaitingStep(view, caseId, step, member.id) === undefined) return false
  const by = findStepDefinition(terms, step)?.by
  if (by?.role !== undefined && !roles.includes(by.role)) return false
  const wanted = (by as { readonly unit?: string } | undefined)?.unit
  return wanted === undefined || wanted === unit
}

/**
 * The draft of a place, opened for the session's member.
 *
 * @throws ProblemThrown NOT_FOUND also where the session may not work on it; DraftRefused
 */
export function findDraft(
  call: Call,
  place: { readonly case: string; readonly step: string; readonly section: string },
): Draft {
  const session = sessionOf(call)
  const { member } = session
  const terms = findCaseTerms(member.ledger.view(), place.case)
  if (terms === undefined || !isOfStep(session, place.case, place.step)) throw absent()
  const environment = { now: Math.max(member.clock.now(), member.ledger.view().time) }
  return call.parts.draftsOf(member).open({ ...place, code: terms.code, environment })
}

/** The draft that a path names. */
export function draftOf(call: Call): Draft {
  const { case: caseId = '', step = '', section = '' } = call.params
  return findDraft(call, { case: caseId, step, section })
}

/** A value as JSON has it. */
export const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

async function addFile(call: Call): Promise<Reply> {
  const draft = draftOf(call)
  const as = call.query.as === 'whole' ? 'whole' : 'fixes'
  const added = await draft.addFile(call.bytes ?? new Uint8Array(), { as })
  return { status: 201, json: plain({ ...added, summary: draft.summary() }) }
}

function showRows(call: Call): Reply {
  const { query } = call
  const after = Number(query.after ?? 0)
  const items: DraftRow[] = []
  let next: string | null = null
  for (const row of draftOf(call).results({ onlyBad: query.only === 'bad', after })) {
    if (items.length === API_LIMITS.draftRowsPage) {
      next = String(items.at(-1)?.number ?? 0)
      break
    }
    items.push(row)
  }
  return { status: 200, json: plain({ items, next }) }
}

const cellsOf = ({ body }: Call) => body.cells as Readonly<Record<string, string>>

async function replaceRow(call: Call): Promise<Reply> {
  const row = await draftOf(call).replaceRow(Number(call.params.number), cellsOf(call))
  return { status: 200, json: plain(row) }
}

async function addRow(call: Call): Promise<Reply> {
  return { status: 201, json: plain(await draftOf(call).addRow(cellsOf(call))) }
}

async function removeRow(call: Call): Promise<Reply> {
  await draftOf(call).removeRow(Number(call.params.number))
  return { status: 200, json: {} }
}

async function discard(call: Call): Promise<Reply> {
  await draftOf(call).discard()
  return { status: 200, json: {} }
}

const PATH = `${API_BASE}/drafts/{case}/{step}/{section}`
const SHARED = { access: 'session', mayRead: mayDraft, params: Type.Object(Place) } as const
const ROW = { ...SHARED, params: Type.Object({ ...Place, number: Count }) } as const

/** Routes of drafts. */
export const draftRoutes: readonly ApiRoute[] = [
  {
    ...SHARED,
    method: 'GET',
    path: PATH,
    operationId: 'drafts.get',
    summary: 'Shows a draft at a glance: rows, totals, whether it may be prepared.',
    replies: { 200: DraftSummaryShown },
    run: (call) => ({ status: 200, json: plain(draftOf(call).summary()) }),
  },
  {
    ...SHARED,
    method: 'POST',
    path: `${PATH}/files`,
    operationId: 'drafts.addFile',
    summary: 'Reads a CSV or XLSX file into the draft; tells what is wrong with each bad row.',
    query: Type.Object({
      as: Type.Optional(Type.Union([Type.Literal('fixes'), Type.Literal('whole')])),
    }),
    media: TABLE_TYPES,
    mostBytes: API_LIMITS.uploadBytes,
    isIdempotent: true,
    replies: {
      201: Type.Object({
        file: AnyObject,
        replaced: Type.Integer(),
        unknownHeadings: Type.Array(Type.String()),
        summary: DraftSummaryShown,
      }),
    },
    run: addFile,
  },
  {
    ...SHARED,
    method: 'GET',
    path: `${PATH}/rows`,
    operationId: 'drafts.listRows',
    summary: 'Lists the rows of a draft with what is wrong with them, all or the bad ones.',
    query: Type.Object({
      only: Type.Optional(Type.Literal('bad')),
      after: Type.Optional(Count),
    }),
    replies: {
      200: Type.Object({
        items: Type.Array(Row),
        next: Type.Union([Type.String(), Type.Null()]),
      }),
    },
    run: showRows,
  },
  {
    ...SHARED,
    method: 'POST',
    path: `${PATH}/rows`,
    operationId: 'drafts.addRow',
    summary: 'Adds a typed row.',
    body: Cells,
    replies: { 201: Row },
    run: addRow,
  },
  {
    ...ROW,
    method: 'PUT',
    path: `${PATH}/rows/{number}`,
    operationId: 'drafts.replaceRow',
    summary: 'Types a row anew.',
    body: Cells,
    replies: { 200: Row },
    run: replaceRow,
  },
  {
    ...ROW,
    method: 'DELETE',
    path: `${PATH}/rows/{number}`,
    operationId: 'drafts.removeRow',
    summary: 'Takes a row out.',
    replies: { 200: Type.Object({}) },
    run: removeRow,
  },
  {
    ...SHARED,
    method: 'DELETE',
    path: PATH,
    operationId: 'drafts.discard',
    summary: 'Removes a draft with its files.',
    replies: { 200: Type.Object({}) },
    run: discard,
  },
]
