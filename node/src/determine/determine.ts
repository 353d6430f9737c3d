/* A member computes a determination from rows that it opened, and seals or verifies its sub-ledger. */
import {
  type ComputedDetermination,
  calendarOf,
  computeDetermination,
  type DeterminationRow,
  EMPTY_TREE,
  getRule,
  publishedParameters,
  type Scale,
  type SubledgerGiven,
} from '@renshe/contracts'
import { canonicalText, type Json, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import type { Opening } from '../peer.ts'
import { findCaseSection } from '../prepare/case-terms.ts'
import { SEAL_LIFE_MS } from '../prepare/serve-sealing.ts'
import { plannedReads, type Reading, readBatch } from '../vault/read-sections.ts'
import type { SectionTerms } from '../vault/seal.ts'
import { sealPosting } from '../vault/seal-subledger.ts'
import { accountMap, enrolmentRoots } from './account-map.ts'
import { findPostingDifference, type PostingDifference } from './check-posting.ts'
import { type DeterminationTask, determinationTask } from './determination-task.ts'
import { DeterminingRefused } from './determining-refused.ts'
import { type PreviousBalances, previousBalances } from './previous-balances.ts'

/** Where two members' determinations differ, in names and public values. */
export interface DeterminationDifference {
  /** For example `outputs.allocated`, `subledger.sum`. */
  readonly name: string
  readonly computed: Json
  readonly submitted: Json
}

/** What a member would submit, and what its people are shown. */
export interface Determined {
  /** Input of `cases.determineStep`. */
  readonly input: JsonObject
  readonly computed: ComputedDetermination
  /** What was sealed for it is kept until then unless it is submitted, UTC ms; null where nothing was. */
  readonly expiresAt: number | null
  /** Where the owner's sealed posting is not what this member computed; null if it is, or none is due. */
  readonly posting: PostingDifference | null
  /** Members that submitted something else, and where. */
  readonly differences: readonly {
    readonly member: string
    readonly names: readonly DeterminationDifference[]
  }[]
}

const FEN_PLACES = 2

/**
 * Inputs of the reads that {@link determine} would commit, so that an officer can sign them first.
 *
 * @throws DeterminingRefused; ReadRefused without a grant
 */
export function readsToDetermine(reading: Reading, task: DeterminationTask): JsonObject[] {
  const roots = [task.inputs.batch]
  const { subledger: facts, definition } = task
  if (facts !== null && definition.subledger !== undefined) {
    const { book, head } = facts
    const { register } = definition.subledger.accounts
    if (head.balances.root !== EMPTY_TREE.root) roots.push(head.balances.root)
    roots.push(...enrolmentRoots(reading.ledger.view(), register, book))
  }
  return [...new Set(roots)].flatMap((root) => plannedReads(reading, root))
}

/** Root of a posting that was shown and is not what was computed: no root of it can be signed. */
const NO_ROOT = '0'.repeat(64)

/**
 * Computes what this member has to submit for an open step.
 *
 * The owner of a sub-ledger seals the posting; the member that agrees recomputes it from the openings the
 * owner shows, which it can only after the owner has submitted.
 *
 * @param sealLifeMs  how long after the newest block a posting that is sealed here waits to be signed
 * @throws DeterminingRefused `OWNER_FIRST` while the owner has not submitted; DeterminationFailed if the
 *         rows give no answer; ReadRefused, PeerRefused, SealBroken as reading does
 */
export async function determine(
  reading: Reading,
  { case: caseId, step }: { readonly case: string; readonly step: string },
  sealLifeMs = SEAL_LIFE_MS,
): Promise<Determined> {
  const { ledger, vault } = reading
  const task = determinationTask(ledger, vault.member, caseId, step)
  const rows = (await readBatch(reading, task.inputs.batch)).map(rowOf)
  const given = await subledgerGiven(reading, task)
  const computed = compute(reading, task, rows, given)
  const expiresAt = ledger.view().time + sealLifeMs
  const posted =
    given === null ? NOTHING_POSTED : await post(reading, task, computed, { ...given, expiresAt })
  const { inputs, outputs, outcomes, trace } = computed
  const parts = {
    inputs,
    outputs,
    outcomes: { ...outcomes },
    subledger: posted.subledger,
    trace,
  }
  return {
    input: { case: caseId, step, n: task.n, ...parts },
    computed,
    expiresAt: posted.isSealed ? expiresAt : null,
    posting: posted.difference,
    differences: differencesOf(task, vault.member, parts),
  }
}

function rowOf(opening: Opening | null): DeterminationRow {
  if (opening === null) throw new DeterminingRefused('ROWS_ERASED', 'batch')
  const { header, seed, content } = opening
  return { record: header.record, seed, content: parseCanonicalJson(content) }
}

interface GivenSubledger {
  readonly scale: Scale
  readonly before: PreviousBalances
  readonly subledger: SubledgerGiven
}

async function subledgerGiven(
  reading: Reading,
  { subledger: facts, definition }: DeterminationTask,
): Promise<GivenSubledger | null> {
  if (facts === null || definition.subledger === undefined) return null
  const { book, unitPlaces, navPlaces, head } = facts
  // Residues are exact: as many places as units and net value have together, and never fewer than fen.
  const scale = { unitPlaces, residuePlaces: Math.max(FEN_PLACES, unitPlaces + navPlaces) }
  const before = await previousBalances(reading, head.balances, scale)
  const accounts = await accountMap(reading, { ...definition.subledger.accounts, book })
  return { scale, before, subledger: { facts, previous: before.balances, accounts } }
}

function compute(
  { ledger }: Reading,
  { terms, name, inputs }: DeterminationTask,
  rows: readonly DeterminationRow[],
  given: GivenSubledger | null,
): ComputedDetermination {
  const view = ledger.view()
  const { code, serviceCase } = terms
  return computeDetermination(code, serviceCase, {
    determination: name,
    inputs,
    rows,
    findRule: (id) => {
      const hash = serviceCase.lock.rules[id]
      return hash === undefined ? undefined : getRule(view, hash)
    },
    parameters: publishedParameters(view, serviceCase.openedAt),
    calendar: calendarOf(view),
    subledger: given?.subledger ?? null,
  })
}

interface Posted {
  readonly subledger: JsonObject | null
  readonly difference: PostingDifference | null
  readonly isSealed: boolean
}

const NOTHING_POSTED: Posted = { subledger: null, difference: null, isSealed: false }

async function post(
  reading: Reading,
  task: DeterminationTask,
  computed: ComputedDetermination,
  given: GivenSubledger & { readonly expiresAt: number },
): Promise<Posted> {
  const { vault } = reading
  const { applied, owner, entry, balance } = postingTerms(task, computed)
  const told = {
    delta: applied.delta as unknown as JsonObject,
    sum: applied.sum as unknown as JsonObject,
    residue: applied.residue,
    previous: given.subledger.facts.head.previous,
  }
  if (owner === vault.member) {
    const heads = await sealPosting(vault, {
      case: task.case,
      step: task.step,
      expiresAt: given.expiresAt,
      entry,
      balance,
      scale: given.scale,
      applied,
      previous: given.subledger.facts.head.balances.root,
    })
    return { subledger: { ...headsJson(heads), ...told }, difference: null, isSealed: true }
  }
  const heads = submittedHeads(task, owner)
  const difference = await findPostingDifference(
    {
      chain: reading.ledger.chain,
      owner,
      suite: vault.suite,
      entry,
      balance,
      scale: given.scale,
      applied,
      before: given.before.tree,
      ...heads,
    },
    pagesShown(reading, task, owner, heads),
  )
  const signed = difference === null ? heads : withoutRoots(heads)
  return { subledger: { ...headsJson(signed), ...told }, difference, isSealed: false }
}

interface Heads {
  readonly entries: { readonly root: string; readonly count: number }
  readonly balances: { readonly root: string; readonly count: number }
}

function headsJson({ entries, balances }: Heads): JsonObject {
  return { entries: { ...entries }, balances: { ...balances } }
}

function withoutRoots({ entries, balances }: Heads): Heads {
  return { entries: { ...entries, root: NO_ROOT }, balances: { ...balances, root: NO_ROOT } }
}

function postingTerms({ terms }: DeterminationTask, { subledger }: ComputedDetermination) {
  const [entry, balance] = (['entry', 'balance'] as const).map((name) => {
    const section = findCaseSection(terms, name)
    if (section === undefined || section.owner === null) {
      throw new DeterminingRefused('OWNER_UNBOUND', name)
    }
    return { owner: section.owner, terms: section.terms }
  })
  if (subledger === null || entry === undefined || balance === undefined) {
    throw new DeterminingRefused('OWNER_UNBOUND', 'subledger')
  }
  const sections: { entry: SectionTerms; balance: SectionTerms } = {
    entry: entry.terms,
    balance: balance.terms,
  }
  return { applied: subledger, owner: entry.owner, ...sections }
}

function submittedHeads({ submissions, inputs }: DeterminationTask, owner: string): Heads {
  const known = submissions.find(({ member }) => member === owner)
  // What the owner posted on balances that a journal has changed since is void, and must come anew.
  if (canonicalText(known?.parts.inputs ?? null) !== canonicalText({ ...inputs })) {
    throw new DeterminingRefused('OWNER_FIRST', owner)
  }
  const subledger = known?.parts.subledger as unknown as Heads | null | undefined
  if (subledger === null || subledger === undefined) {
    throw new DeterminingRefused('OWNER_FIRST', owner)
  }
  return { entries: subledger.entries, balances: subledger.balances }
}

async function* pagesShown(
  { peers }: Reading,
  { case: caseId, step }: DeterminationTask,
  owner: string,
  { entries, balances }: Heads,
) {
  // Without entries there is nothing to show: the balances are those before.
  if (entries.count === 0) return
  const request = { case: caseId, step, entries: entries.root, balances: balances.root }
  yield* peers(owner).subledger(request)
}

type Parts = Readonly<Record<string, Json>>

function differencesOf(
  { submissions }: DeterminationTask,
  member: string,
  parts: Parts,
): Determined['differences'] {
  return submissions
    .filter((other) => other.member !== member)
    .map((other) => ({ member: other.member, names: namesThatDiffer(parts, other.parts) }))
    .filter(({ names }) => names.length > 0)
}

/** Names are those the contract tells of a dispute. */
function namesThatDiffer(mine: Parts, theirs: JsonObject): DeterminationDifference[] {
  const names: DeterminationDifference[] = []
  for (const part of ['inputs', 'outputs', 'outcomes', 'subledger', 'trace']) {
    const [left, right] = [mine[part] ?? null, theirs[part] ?? null]
    if (!isObject(left) || !isObject(right)) {
      addDifference(names, part, left, right)
      continue
    }
    for (const name of [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()) {
      addDifference(names, `${part}.${name}`, left[name] ?? null, right[name] ?? null)
    }
  }
  return names
}

function addDifference(
  names: DeterminationDifference[],
  name: string,
  computed: Json,
  submitted: Json,
): void {
  if (canonicalText(computed) === canonicalText(submitted)) return
  names.push({ name, computed, submitted })
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
