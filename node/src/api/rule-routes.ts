/*
 * Published rules for everyone, without sign-in: which there are, what each needs, what it answers. Facts are
 * used for the answer only: they stand in no path, no log and no store.
 */
import { describeRule, type ParameterValue } from '@renshe/contracts'
import {
  type Bytes,
  type Json,
  type JsonObject,
  JsonRefused,
  parseStrictJson,
  utf8,
} from '@renshe/crypto'
import { Type } from 'typebox'
import { API_LIMITS } from './limits.ts'
import { ProblemThrown } from './problem.ts'
import {
  newestRules,
  PublishedLaw,
  publishedRule,
  type RuleRefusal,
  type RuleReply,
  readQuestion,
  refused,
  ruleRecords,
} from './published-rules.ts'
import { Rate } from './rate.ts'
import {
  AnyObject,
  API_BASE,
  type ApiParts,
  type ApiRoute,
  type Call,
  everyone,
  HexDigest,
  type Reply,
  readingMember,
} from './route.ts'
import { ownerOf } from './session.ts'

/** What everybody together, without sign-in, and each session may ask. */
const RULE_LIMITS = {
  windowMs: 60_000,
  evaluations: 1_200,
  batches: 20,
  bodyBytes: 64 * 1024,
  batchBytes: 8 * 1024 * 1024,
  batchLines: 10_000,
  lineBytes: 64 * 1024,
  /** After so many lines of a batch others are served. */
  linesAtOnce: 50,
} as const

const rates = new WeakMap<ApiParts, { readonly one: Rate; readonly batch: Rate }>()

/** Counts one more, or refuses with TOO_MANY. */
function spend({ parts, session }: Call, kind: 'one' | 'batch'): void {
  const { windowMs, evaluations, batches } = RULE_LIMITS
  const own = rates.get(parts) ?? {
    one: new Rate(evaluations, windowMs, parts.now),
    batch: new Rate(batches, windowMs, parts.now),
  }
  rates.set(parts, own)
  if (!own[kind].take(session === null ? 'public' : ownerOf(session))) {
    throw new ProblemThrown('TOO_MANY', { retryAfterMs: windowMs })
  }
}

function evaluate(call: Call): Reply {
  spend(call, 'one')
  const read = readBytes(call.bytes ?? new Uint8Array(), call.params.id ?? '')
  const reply = read.ok ? new PublishedLaw(readingMember(call).ledger).explain(read.question) : read
  return reply.ok ? { status: 200, json: reply } : problemReply(reply.error)
}

function readBytes(bytes: Bytes, id: string | null): ReturnType<typeof readQuestion> {
  const { jsonDepth: maxDepth, jsonMembers, jsonElements, jsonNameBytes } = API_LIMITS
  let json: Json
  try {
    json = parseStrictJson(bytes, {
      maxDepth,
      maxMembers: jsonMembers,
      maxElements: jsonElements,
      maxNameBytes: jsonNameBytes,
      maxBytes: RULE_LIMITS.lineBytes,
    })
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    const message = `expected one JSON object, got ${error.code} at ${error.position}`
    return refused('REQUEST_MALFORMED', '', message)
  }
  return readQuestion(json, id)
}

/** The refusal of determinations section 4 as a problem document, with its members on top. */
function problemReply({ code, field, message }: RuleRefusal): Reply {
  const status = code === 'RULE_UNKNOWN' ? 404 : code === 'REQUEST_MALFORMED' ? 400 : 422
  const title = code.toLowerCase().replaceAll('_', ' ')
  const type = `urn:renshe:problem:${code}`
  const problem = { type, title, status, code, field, message, facts: { field } }
  return { status, text: JSON.stringify(problem), type: 'application/problem+json; charset=utf-8' }
}

async function evaluateBatch(call: Call): Promise<Reply> {
  spend(call, 'batch')
  const law = new PublishedLaw(readingMember(call).ledger)
  const lines = new TextDecoder().decode(call.bytes ?? new Uint8Array()).split(/\r?\n/)
  const asked = lines.filter((line) => line.trim() !== '').length
  if (asked > RULE_LIMITS.batchLines) {
    throw new ProblemThrown('BODY_TOO_LARGE', { lines: asked, most: RULE_LIMITS.batchLines })
  }
  const answers: string[] = []
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const read = readBytes(utf8(line), null)
    const reply: RuleReply = read.ok ? law.answer(read.question) : read
    answers.push(JSON.stringify({ line: at + 1, ...reply }))
    if (at % RULE_LIMITS.linesAtOnce === 0) await new Promise(setImmediate)
    if (call.signal.aborted) break
  }
  const text = answers.map((answer) => `${answer}\n`).join('')
  return { status: 200, text, type: 'application/x-ndjson; charset=utf-8' }
}

function list(call: Call): Reply {
  const { ledger } = readingMember(call)
  const view = ledger.view()
  const json = newestRules(ruleRecords(ledger)).map((record) => {
    const { rule, package: from } = publishedRule(view, record)
    const { title, effectiveFrom } = rule.rule.document
    const { version } = from.document
    return { id: rule.id, ...title, version, inForceFrom: effectiveFrom, hash: rule.hash }
  })
  return { status: 200, json }
}

function describe(call: Call): Reply {
  const { ledger } = readingMember(call)
  const id = call.params.id ?? ''
  const [record] = newestRules(ruleRecords(ledger, id)).slice(-1)
  if (record === undefined) {
    return problemReply({ code: 'RULE_UNKNOWN', field: 'id', message: `no rule is called ${id}` })
  }
  const published = publishedRule(ledger.view(), record)
  const all = [published.package, ...published.package.uses.values()]
  const values: readonly ParameterValue[] = all.flatMap(({ document }) => document.parameters)
  const entry = describeRule(published.rule, published.package, (name) =>
    values.filter(({ parameter }) =>
      name.endsWith('.*') ? parameter.startsWith(name.slice(0, -1)) : parameter === name,
    ),
  )
  const { inForceFrom: publishedFrom } = published.record
  const described = { ...entry, rule: { ...entry.rule, publishedFrom } }
  // Members that are undefined are no JSON: they fall away here.
  return { status: 200, json: JSON.parse(JSON.stringify(described)) as JsonObject }
}

const PROBLEM = 'application/problem+json'
const RuleId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) })
const RuleLine = Type.Object({
  id: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  /** Version of the package that publishes it. */
  version: Type.String(),
  inForceFrom: Type.Union([Type.String(), Type.Null()]),
  hash: HexDigest,
})
const RuleAnswer = Type.Object({
  ok: Type.Literal(true),
  outputs: AnyObject,
  rule: Type.Object({ id: Type.String(), version: Type.String(), hash: HexDigest }),
  trace: Type.Array(AnyObject),
  /** What was computed, in words, what comes first first. */
  sentences: Type.Object({ zh: Type.Array(Type.String()), en: Type.Array(Type.String()) }),
  /** Clauses that the trace cites, each with how sure it is. */
  clauses: Type.Array(AnyObject),
})

/** Routes of published rules. */
export const ruleRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: `${API_BASE}/rules`,
    operationId: 'rules.list',
    summary: 'Lists published rules, the newest version of each.',
    access: 'public',
    mayRead: everyone,
    replies: { 200: Type.Array(RuleLine) },
    run: list,
  },
  {
    method: 'GET',
    path: `${API_BASE}/rules/{id}`,
    operationId: 'rules.describe',
    summary: 'Describes a rule: facts, outputs, steps, clauses, parameters with dates, examples.',
    access: 'public',
    mayRead: everyone,
    params: RuleId,
    replies: { 200: AnyObject, 404: PROBLEM },
    run: describe,
  },
  {
    method: 'POST',
    path: `${API_BASE}/rules/{id}/evaluate`,
    operationId: 'rules.evaluate',
    summary:
      'Answers a question by a rule in force on the day, or pinned by its hash: {on, facts, region?, version?}. Nothing is stored.',
    access: 'public',
    mayRead: everyone,
    params: RuleId,
    // Read by the route itself: what is malformed is told as a refusal of the rule.
    media: ['application/json'],
    mostBytes: RULE_LIMITS.bodyBytes,
    replies: { 200: RuleAnswer, 400: PROBLEM, 404: PROBLEM, 422: PROBLEM },
    run: evaluate,
  },
  {
    method: 'POST',
    path: `${API_BASE}/rules/evaluate-batch`,
    operationId: 'rules.evaluateBatch',
    summary: 'Answers at most 10,000 questions, one a line: {id, on, facts, region?, version?}.',
    access: 'public',
    mayRead: everyone,
    media: ['application/x-ndjson'],
    mostBytes: RULE_LIMITS.batchBytes,
    replies: { 200: 'application/x-ndjson' },
    run: evaluateBatch,
  },
]
