/* The owner's side of Write: seals what another member's act needs, and shows the openings. */
import type { Bytes, PersonName } from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import {
  type BatchReply,
  type BatchRequest,
  type Opening,
  PAGE_ROWS,
  PeerRefused,
  type SectionsReply,
  type SectionsRequest,
} from '../peer.ts'
import { RowRefused } from '../vault/row-refused.ts'
import { type BatchSealer, beginBatch, type SealPurpose, sealRecord } from '../vault/seal.ts'
import type { Vault } from '../vault/vault.ts'
import {
  type CaseSection,
  type CaseTerms,
  findAwaitingStep,
  findCaseSection,
  findCaseTerms,
  findStepDefinition,
  sectionsOfStep,
} from './case-terms.ts'
import { personOf, readContent } from './section-content.ts'

/** How long after the newest block a body may name what was sealed: 6 hours, for people who read. */
export const SEAL_LIFE_MS = 6 * 3_600_000
/** Most rows of a batch (ledger-bytes section 15). */
const BATCH_ROWS = 100_000
const MOST_SECTIONS = 32
const OPEN = 'OPEN'

/**
 * Seals the sections of one record for a caller that has to act.
 *
 * @throws PeerRefused unless the case is open, the step awaits the caller, and the sections are this
 *         member's and part of the step
 */
export async function sealSectionsFor(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: SectionsRequest,
): Promise<SectionsReply> {
  const { terms, purpose, allowed } = admit(view, caller, request)
  if (request.sections.length === 0 || request.sections.length > MOST_SECTIONS) {
    throw new PeerRefused('SECTIONS_COUNT', { most: MOST_SECTIONS })
  }
  const wanted = [...request.sections].sort((a, b) => (a.name < b.name ? -1 : 1))
  const sections = wanted.map(({ name, content }, index) => {
    if (name === wanted[index - 1]?.name) throw new PeerRefused('SECTION_TWICE', { section: name })
    if (!allowed.sections.has(name)) throw new PeerRefused('SECTION_UNEXPECTED', { section: name })
    const section = ownSection(vault, terms, name)
    const person = checkFields(section, content)
    return { ...section.terms, content, person }
  })
  const { record, openings, sealing } = await sealRecord(vault, { ...purpose, sections })
  return {
    record,
    sections: sealing.sections.map(({ name, commitment }, index) => ({
      name,
      level: sections[index]?.level ?? 2,
      commitment,
    })),
    openings,
    expiresAt: purpose.expiresAt,
  }
}

/**
 * Seals a batch for a caller that has to act: openings page by page, the root when everything is on disk.
 *
 * @param pages  contents of rows, at most 1,000 at a time
 * @throws PeerRefused as {@link sealSectionsFor}, and for rows that do not fit their columns
 */
export async function* sealBatchFor(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: BatchRequest,
  pages: AsyncIterable<readonly Bytes[]>,
): AsyncGenerator<BatchReply> {
  const { terms, purpose, allowed } = admit(view, caller, request)
  if (request.section !== allowed.batch) {
    throw new PeerRefused('SECTION_UNEXPECTED', { section: request.section })
  }
  if (!Number.isSafeInteger(request.count) || request.count < 1 || request.count > BATCH_ROWS) {
    throw new PeerRefused('ROWS_COUNT', { most: BATCH_ROWS })
  }
  const section = ownSection(vault, terms, request.section)
  const { columns = {}, unique = null } = section.row ?? {}
  const sealer = beginBatch(
    vault,
    { ...purpose, kind: 'batch', section: section.terms },
    { columns, unique, count: request.count },
  )
  try {
    yield* sealPages(sealer, request.count, pages)
    const { root } = await sealer.finish()
    const { count } = request
    yield { kind: 'sealed', root: root as string, count, expiresAt: purpose.expiresAt }
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error
    const { row, column, expected } = error
    throw new PeerRefused('ROW_INVALID', { row, column, expected })
  } finally {
    sealer.abandon()
  }
}

/** Pages that are sealed at the same time: the caller spells the next one while threads seal these. */
const PAGES_AHEAD = 3

async function* sealPages(
  sealer: BatchSealer,
  expected: number,
  pages: AsyncIterable<readonly Bytes[]>,
): AsyncGenerator<BatchReply> {
  const sealed: Promise<Opening[]>[] = []
  let count = 0
  for await (const page of pages) {
    if (page.length > PAGE_ROWS || count + page.length > expected) {
      throw new PeerRefused('ROWS_COUNT', { expected })
    }
    count += page.length
    sealed.push(sealer.addContents(page))
    if (sealed.length < PAGES_AHEAD) continue
    yield { kind: 'openings', openings: await (sealed.shift() as Promise<Opening[]>) }
  }
  for (const page of sealed) yield { kind: 'openings', openings: await page }
  if (count !== expected) throw new PeerRefused('ROWS_COUNT', { expected })
}

interface Admitted {
  readonly terms: CaseTerms
  readonly purpose: SealPurpose
  readonly allowed: { readonly sections: ReadonlySet<string>; readonly batch: string | undefined }
}

/** Nobody fills this vault who has nothing to do here. */
function admit(
  view: LedgerView,
  caller: string,
  request: { readonly case: string; readonly step: string },
): Admitted {
  const terms = findCaseTerms(view, request.case)
  if (terms === undefined) throw new PeerRefused('CASE_NOT_FOUND', { case: request.case })
  if (terms.serviceCase.status !== OPEN) {
    throw new PeerRefused('CASE_NOT_OPEN', { case: request.case })
  }
  const step = findAwaitingStep(view, request.case, request.step, caller)
  const definition = findStepDefinition(terms, request.step)
  if (step === undefined || definition === undefined) {
    throw new PeerRefused('STEP_NOT_YOURS', { step: request.step })
  }
  return {
    terms,
    purpose: { case: request.case, step: request.step, expiresAt: view.time + SEAL_LIFE_MS },
    allowed: { sections: sectionsOfStep(definition), batch: definition.form?.batch },
  }
}

function ownSection({ member }: Vault, terms: CaseTerms, name: string): CaseSection {
  const section = findCaseSection(terms, name)
  if (section === undefined) throw new PeerRefused('SECTION_UNEXPECTED', { section: name })
  if (section.owner !== member) {
    throw new PeerRefused('SECTION_NOT_HERE', { section: name, owner: section.owner })
  }
  return section
}

function checkFields(section: CaseSection, content: Bytes): PersonName | null {
  const fields = section.definition.fields ?? {}
  const read = readContent(fields, content)
  if ('fault' in read) {
    const { field, expected } = read.fault
    throw new PeerRefused('CONTENT_INVALID', { section: section.name, field, expected })
  }
  return personOf(fields, read.values)
}
