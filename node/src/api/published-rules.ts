/* Rules that this chain publishes, as anyone may ask them: which version decides, and what it answers. */
import {
  type CompiledPackage,
  calendarOf,
  getPackage,
  getRule,
  type PackageRule,
  publishedParameters,
  type RuleRecord,
  ruleInForce,
  startOfDay,
} from '@renshe/contracts'
import type { Json, JsonObject } from '@renshe/crypto'
import { evaluateRule, explainRule, parseDate, type RuleRequest } from '@renshe/rules'
import type { LedgerPort, LedgerView } from '../ledger-port.ts'
import { readerOf } from './session.ts'

/** A published rule with the package that publishes it. */
export interface PublishedRule {
  readonly record: RuleRecord
  readonly rule: PackageRule
  readonly package: CompiledPackage
}

/** One question, read from a body or a line. */
export interface RuleQuestion {
  readonly id: string
  readonly on: string
  readonly region: string
  readonly facts: JsonObject
  /** Content hash of the version that must answer; null: the one in force on the day. */
  readonly version: string | null
}

/** Why there is no answer: `field` is where, `message` says what was expected and what came. */
export interface RuleRefusal {
  readonly code: string
  readonly field: string
  readonly message: string
}

/** An answer in the shape of determinations section 3, or the refusal of section 4. */
export type RuleReply =
  | ({ readonly ok: true } & JsonObject)
  | { readonly ok: false; readonly error: RuleRefusal }

/** A refusal of a question. */
export function refused(code: string, field: string, message: string) {
  return { ok: false, error: { code, field, message } } as const
}

const MEMBERS = ['id', 'on', 'region', 'facts', 'version']
const BAD_DAY = 'on must be a date such as "2027-03-08", of the years 1900 to 2200'

/**
 * Reads a question from one JSON object.
 *
 * @param id  id of the rule where the path names it; else the object does
 */
export function readQuestion(
  json: Json,
  id: string | null,
): { readonly ok: true; readonly question: RuleQuestion } | ReturnType<typeof refused> {
  const malformed = (field: string, message: string) => refused('REQUEST_MALFORMED', field, message)
  if (!isObject(json)) return malformed('', `expected one JSON object, got ${kindOf(json)}`)
  const taken = id === null ? MEMBERS : MEMBERS.filter((name) => name !== 'id')
  for (const name of Object.keys(json)) {
    if (taken.includes(name)) continue
    return malformed(name.slice(0, 40), `expected only ${taken.join(', ')}`)
  }
  const { on, facts, region = null, version = null } = json
  const asked = id ?? json.id
  if (typeof asked !== 'string') return malformed('id', 'id must be the id of a rule, a text')
  if (typeof on !== 'string' || !isLawDay(on)) return malformed('on', BAD_DAY)
  if (!isObject(facts)) return malformed('facts', `facts must be an object, got ${kindOf(facts)}`)
  if (version !== null && !(typeof version === 'string' && /^[0-9a-f]{64}$/.test(version))) {
    return malformed('version', 'version must be the content hash of a rule: 64 hex digits')
  }
  // Anything but a text is no region: the rule's own check says so, after those that come before it.
  const place = region === null ? '000000' : region
  const question = { id: asked, on, facts, version }
  return { ok: true, question: { ...question, region: typeof place === 'string' ? place : '' } }
}

function kindOf(json: Json | undefined): string {
  if (json === undefined) return 'nothing'
  if (json === null) return 'null'
  return Array.isArray(json) ? 'a list' : `a ${typeof json}`
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** A day that exists, of the years for which law is asked. */
function isLawDay(on: string): boolean {
  const date = on.length === 10 ? parseDate(on) : undefined
  return date !== undefined && date.year >= 1900 && date.year <= 2200
}

/** Records of published rules, every version; of one id where it is named. */
export function ruleRecords(ledger: LedgerPort, rule?: string): readonly RuleRecord[] {
  const records: RuleRecord[] = []
  let cursor: string | null = null
  do {
    const place: JsonObject = { ...(rule === undefined ? {} : { rule }), limit: 200 }
    const input: JsonObject = cursor === null ? place : { ...place, cursor }
    const answer = ledger.query('catalogue.listRules', input, readerOf(null))
    if (!answer.ok) return records
    const data = answer.data as unknown as { items: RuleRecord[]; next: string | null }
    records.push(...data.items)
    cursor = data.next
  } while (cursor !== null)
  return records
}

/** A rule with its package. */
export function publishedRule(view: LedgerView, record: RuleRecord): PublishedRule {
  return { record, rule: getRule(view, record.hash), package: getPackage(view, record.package) }
}

/** Newest versions, one of each id that no later package dropped. */
export function newestRules(records: readonly RuleRecord[]): readonly RuleRecord[] {
  const newest = new Map<string, RuleRecord>()
  for (const record of records) if (record.droppedFrom === null) newest.set(record.id, record)
  return [...newest.values()]
}

/** As names of rules are published; other texts are asked for in vain. */
const RULE_ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/

/** What is published at the newest height; many questions are answered from one. Nothing is kept of them. */
export class PublishedLaw {
  readonly #ledger: LedgerPort
  readonly #view: LedgerView
  readonly #records = new Map<string, readonly RuleRecord[]>()
  readonly #around: Pick<RuleRequest, 'parameters' | 'calendar'>

  constructor(ledger: LedgerPort) {
    this.#ledger = ledger
    this.#view = ledger.view()
    const [parameters, calendar] = [publishedParameters(this.#view), calendarOf(this.#view)]
    this.#around = { parameters, calendar }
  }

  /** Outputs and which rule gave them, or the refusal. */
  answer(question: RuleQuestion): RuleReply {
    const record = this.#findVersion(question)
    if ('ok' in record) return record
    const published = publishedRule(this.#view, record)
    const { on, region, facts } = question
    const now = startOfDay(on)
    const asked = { on, region, facts, now, ...this.#around } as RuleRequest
    const told = evaluateRule(published.rule.rule, asked)
    if (!told.ok) return told
    return { ok: true, outputs: told.outputs as JsonObject, rule: usedRule(published) }
  }

  /** The answer with its trace, its sentences and the clauses that the trace cites. */
  explain(question: RuleQuestion): RuleReply {
    const record = this.#findVersion(question)
    if ('ok' in record) return record
    const published = publishedRule(this.#view, record)
    const { on, region, facts } = question
    const told = explainRule({
      document: published.rule.rule.document,
      texts: published.package.document.texts,
      on,
      region,
      facts: facts as RuleRequest['facts'],
      ...this.#around,
    })
    if (!told.ok) return told
    // The rules room and the canonical JSON of signatures name the same values by two types.
    const { outputs, sentences, trace } = told as unknown as {
      readonly outputs: JsonObject
      readonly sentences: JsonObject
      readonly trace: readonly (JsonObject & { readonly clause: string | null })[]
    }
    const clauses = clausesOf(published.package, citedIn(trace))
    return { ok: true, outputs, rule: usedRule(published), trace: [...trace], sentences, clauses }
  }

  /** The pinned version, else that of the day; before the first publication the first. */
  #findVersion({ id, on, version }: RuleQuestion): RuleRecord | ReturnType<typeof refused> {
    const records = this.#recordsOf(id)
    const [first] = records
    if (first === undefined) return refused('RULE_UNKNOWN', 'id', 'no published rule has this id')
    if (version !== null) {
      const pinned = records.find(({ hash }) => hash === version)
      return pinned ?? refused('RULE_UNKNOWN', 'version', `no version of ${id} has this hash`)
    }
    const hash = ruleInForce(this.#view, id, on)
    const found = records.find((record) => record.hash === hash)
    if (found !== undefined) return found
    if (on < first.inForceFrom) return first
    return refused('RULE_NOT_IN_FORCE', 'on', `no version of ${id} is in force on ${on}`)
  }

  #recordsOf(id: string): readonly RuleRecord[] {
    if (!RULE_ID.test(id)) return []
    const records = this.#records.get(id) ?? ruleRecords(this.#ledger, id)
    // What nobody published is not remembered: a batch may name ten thousand such.
    if (records.length > 0) this.#records.set(id, records)
    return records
  }
}

function usedRule({ rule, package: from }: PublishedRule): JsonObject {
  return { id: rule.id, version: from.document.version, hash: rule.hash }
}

/** Clauses that steps of a trace, their rounding and their values rest on. */
function citedIn(trace: readonly { readonly clause: string | null }[]): ReadonlySet<string> {
  const cited = new Set<string>()
  const visit = (json: unknown): void => {
    if (typeof json !== 'object' || json === null) return
    for (const [name, value] of Object.entries(json)) {
      if ((name === 'clause' || name === 'basis') && typeof value === 'string') cited.add(value)
      else visit(value)
    }
  }
  visit(trace)
  return cited
}

/** Clauses with their words and how sure they are. */
function clausesOf(from: CompiledPackage, cited: ReadonlySet<string>): Json[] {
  const used = [...from.uses.values()].flatMap(({ document }) => document.law)
  const found = [...from.document.law, ...used].filter(({ id }) => cited.has(id))
  return found.map(({ id, certainty, effectiveFrom, quotation }) => ({
    id,
    certainty,
    effectiveFrom,
    quotation,
  }))
}
