/*
 * Before a signature: the body says what was asked, and every commitment, leaf and root in it is recomputed
 * from openings whose content is what was given. Nobody signs a hash that they did not recompute.
 */
import {
  type Bytes,
  batchLeaf,
  canonicalJson,
  canonicalText,
  equalBytes,
  fromBase64Url,
  type Json,
  type JsonObject,
  sectionCommitment,
  toHex,
} from '@renshe/crypto'
import { leafHash, parseBody, treeRoot } from '@renshe/proof'
import {
  type PreparedAct,
  PreparedRefused,
  type SealedContent,
  type SpelledOpening,
} from './prepared.ts'

/** What was meant. */
export interface MeantAct {
  readonly chain: string
  readonly action: string
  readonly input: JsonObject
  readonly signer: string
  readonly sealed: SealedContent | null
}

/**
 * Checks a prepared act; the bytes that pass are the bytes to be signed.
 *
 * @param rowOpenings  openings of all rows of the batch, in their order; or their leaves, where they were
 *                     recomputed while they arrived
 * @throws PreparedRefused naming the first part that differs
 */
export function checkPrepared(
  prepared: PreparedAct,
  meant: MeantAct,
  rowOpenings: readonly SpelledOpening[] | BatchLeaves,
): Bytes {
  const bytes = fromBase64Url(prepared.body)
  const { chain, action, signer, input } = parseBody(bytes)
  if (chain !== meant.chain) throw new PreparedRefused('chain')
  if (action !== meant.action) throw new PreparedRefused('action')
  if (signer !== meant.signer) throw new PreparedRefused('signer')
  const { sealed } = meant
  const expected: Record<string, Json> = { ...meant.input }
  if (sealed?.sections !== undefined && Object.keys(sealed.sections).length > 0) {
    expected.record = input.record ?? null
    expected.sections = checkedSections(prepared, meant, input, sealed.sections)
  }
  if (sealed?.batch !== undefined) {
    expected.batch = checkedBatch(meant, input, sealed.batch, rowOpenings)
  }
  if (canonicalText(expected) !== canonicalText(input)) throw new PreparedRefused('input')
  return bytes
}

function commitmentOf(
  { header, seed, content }: SpelledOpening,
  meant: MeantAct,
  place: { readonly section: string; readonly values: JsonObject },
): string {
  const bytes = fromBase64Url(content)
  const { chain, section } = header
  if (chain !== meant.chain || section !== place.section) throw new PreparedRefused('header')
  if (!equalBytes(bytes, canonicalJson(place.values))) throw new PreparedRefused('content')
  return sectionCommitment({ header, seed: fromBase64Url(seed), content: bytes }).commitment
}

function checkedSections(
  prepared: PreparedAct,
  meant: MeantAct,
  input: JsonObject,
  sections: Readonly<Record<string, JsonObject>>,
): Json {
  const names = Object.keys(sections).sort()
  if (prepared.sections.length !== names.length) throw new PreparedRefused('sections')
  return names.map((name) => {
    const opening = prepared.sections.find((each) => each.name === name)?.opening
    if (opening === undefined) throw new PreparedRefused('sections')
    if (opening.header.record !== input.record) throw new PreparedRefused('record')
    const values = sections[name] as JsonObject
    const commitment = commitmentOf(opening, meant, { section: name, values })
    return { name, level: opening.header.level, commitment }
  })
}

/** Leaves of a batch, recomputed page by page: 100,000 rows at once would hold up whoever waits beside. */
export class BatchLeaves {
  readonly #meant: MeantAct
  readonly #batch: MeantBatch
  readonly #records = new Set<string>()
  readonly #leaves: Bytes[] = []

  constructor(meant: MeantAct, batch: MeantBatch) {
    this.#meant = meant
    this.#batch = batch
  }

  /**
   * Takes the openings of the next rows.
   *
   * @throws PreparedRefused
   */
  add(openings: readonly SpelledOpening[]): void {
    const { section, rows } = this.#batch
    for (const opening of openings) {
      const { record, version, level } = opening.header
      const values = rows[this.#leaves.length]
      if (values === undefined) throw new PreparedRefused('count')
      // Two rows under one record would hide one person's row behind another's.
      if (this.#records.has(record)) throw new PreparedRefused('record')
      this.#records.add(record)
      const commitment = commitmentOf(opening, this.#meant, { section, values })
      const sections = [{ name: section, level, commitment }]
      this.#leaves.push(leafHash('batch', batchLeaf({ record, version, sections })))
    }
  }

  /** Root over all rows. Throws PreparedRefused `count` if some are missing. */
  root(): string {
    if (this.#leaves.length !== this.#batch.rows.length) throw new PreparedRefused('count')
    return toHex(treeRoot(this.#leaves))
  }
}

type MeantBatch = NonNullable<SealedContent['batch']>

function checkedBatch(
  meant: MeantAct,
  input: JsonObject,
  batch: MeantBatch,
  openings: readonly SpelledOpening[] | BatchLeaves,
): Json {
  const { rows, totals } = batch
  const leaves = openings instanceof BatchLeaves ? openings : new BatchLeaves(meant, batch)
  if (!(openings instanceof BatchLeaves)) leaves.add(openings)
  const told = (input.batch ?? {}) as JsonObject
  return { root: leaves.root(), count: rows.length, totals: totals ?? told.totals ?? {} }
}
