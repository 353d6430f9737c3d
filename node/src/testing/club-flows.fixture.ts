/* What tests of the club do most: months of fees sealed by hand, and reads of them. */
import { getPackage, grants } from '@renshe/contracts'
import { canonicalJson, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import type { Opening, ReleaseAnswer } from '../peer.ts'
import { type OpenedRead, openRead } from '../vault/open-read.ts'
import { releaseRead } from '../vault/release.ts'
import { beginBatch, type SectionTerms, sealRecord } from '../vault/seal.ts'
import type { Sealing } from '../vault/sealing.ts'
import { type ClubMember, type ClubWorld, residentId } from './club-world.fixture.ts'

/** One reader's fee. The names are not all in normal form C, and one lies in plane 2. */
export function feeRow(number: number): JsonObject {
  const names = ['王小明', '𠮷野家', 'Am\u00e9lie', 'Ame\u0301lie', '\ufa15村']
  return {
    memberId: residentId(number),
    name: names[number % names.length] as string,
    fee: `${10 + (number % 50)}.${String(number % 100).padStart(2, '0')}`,
    books: number % 7,
    joinedOn: '2026-03-01',
    change: 'NONE',
  }
}

/** `count` different rows. */
export function feeRows(count: number, from = 0): JsonObject[] {
  return Array.from({ length: count }, (_, index) => feeRow(from + index))
}

/** Opens a month of fees at the school. */
export async function openMonth(world: ClubWorld, month = '2026-09'): Promise<string> {
  const fields = { number: 'C-1', month }
  return (await world.does('school', 'cases.openCase', { service: 'club-fees', fields }))
    .case as string
}

/** Terms of a section by the published package. */
export function termsOf(world: ClubWorld, caseId: string, section: string): SectionTerms {
  const view = world.ledger.view()
  const answer = world.ledger.query(
    'cases.getCase',
    { case: caseId },
    {
      member: 'club',
      name: null,
      roles: [],
      unit: null,
    },
  )
  if (!answer.ok) throw new Error(answer.code)
  const { package: hash } = (answer.data as unknown as { case: { package: string } }).case
  const found = getPackage(view, hash).findSection(section)
  if (found === undefined) throw new RangeError(section)
  return { name: section, level: found.definition.level, entry: found.entry }
}

/** A month of fees as the club sealed it. */
export interface SealedMonth {
  readonly case: string
  readonly batch: Sealing
  readonly note: Sealing
  readonly openings: readonly Opening[]
  /** Input of `cases.actOnStep` that hands it in. */
  readonly input: JsonObject
}

/** Seals a month at the club without handing it in. */
export async function sealMonth(
  world: ClubWorld,
  rows: readonly JsonObject[],
  { month = '2026-09', club = world.member('club') }: { month?: string; club?: ClubMember } = {},
): Promise<SealedMonth> {
  const caseId = await openMonth(world, month)
  const purpose = {
    case: caseId,
    step: 'send',
    expiresAt: world.consortium.world.time + 3_600_000,
  }
  const sealer = beginBatch(club.vault, {
    ...purpose,
    kind: 'batch',
    section: termsOf(world, caseId, 'fees'),
  })
  const openings = sealer.add(
    rows.map((row) => ({
      content: canonicalJson(row),
      person: { idType: 'cn-id', id: row.memberId as string },
    })),
  )
  const batch = await sealer.finish()
  const note = await sealRecord(club.vault, {
    ...purpose,
    sections: [
      {
        ...termsOf(world, caseId, 'note'),
        content: canonicalJson({ noteText: 'for 𠮷野家' }),
        person: null,
      },
    ],
  })
  const sections = note.sealing.sections.map((section) => ({ ...section, level: 2 }))
  const totals = {
    fee: sumOf(rows.map((row) => row.fee as string)),
    books: rows.reduce((sum, row) => sum + (row.books as number), 0),
  }
  const input: JsonObject = {
    case: caseId,
    step: 'send',
    fields: { month, place: 'HALL' },
    batch: { root: batch.root as string, count: rows.length, totals },
    record: note.record,
    sections: sections as unknown as JsonObject[],
  }
  return { case: caseId, batch, note: note.sealing, openings, input }
}

/** Exact sum of yuan texts. */
export function sumOf(texts: readonly string[]): string {
  const fen = texts.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n)
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Seals a month and hands it in. */
export async function sendMonth(
  world: ClubWorld,
  rows: readonly JsonObject[] = feeRows(6),
  month = '2026-09',
): Promise<SealedMonth> {
  const sealed = await sealMonth(world, rows, { month })
  await world.does('school', 'cases.actOnStep', sealed.input)
  return sealed
}

/** The grant of a member over a section of a case. */
export function grantOf(
  world: ClubWorld,
  member: string,
  section: string,
  caseId: string,
  owner = 'club',
): string {
  for (const [id, grant] of world.ledger
    .view()
    .state(grants)
    .index('byHolder', { prefix: [member] })) {
    const isIt = grant.case === caseId && grant.sections.includes(section) && grant.owner === owner
    if (isIt && grant.notAfter === null) return id
  }
  throw new RangeError(`${member} has no grant over ${section}`)
}

/** Commits a read of rows; gives its id. */
export async function readRows(
  world: ClubWorld,
  reader: string,
  { case: caseId, batch }: SealedMonth,
  { from = 0, count = batch.count }: { from?: number; count?: number } = {},
): Promise<string> {
  const outcome = await world.does(reader, 'access.readSections', {
    grant: grantOf(world, reader, 'fees', caseId),
    holderKey: world.member(reader).holderKey,
    batch: { root: batch.root as string, count: batch.count },
    rows: { section: 'fees', from, count },
  })
  return outcome.read as string
}

/** Commits a read of the note; gives its id. */
export async function readNote(
  world: ClubWorld,
  reader: string,
  { case: caseId, note }: SealedMonth,
): Promise<string> {
  const outcome = await world.does(reader, 'access.readSections', {
    grant: grantOf(world, reader, 'note', caseId),
    holderKey: world.member(reader).holderKey,
    items: [{ record: note.record as string, version: 1, section: 'note' }],
  })
  return outcome.read as string
}

/** What the club answers to a committed read. */
export function released(
  world: ClubWorld,
  reader: string,
  read: string,
  owner = 'club',
): ReleaseAnswer {
  const { holderKey } = world.member(reader)
  return releaseRead(world.member(owner).vault, world.ledger.view(), reader, { read, holderKey })
}

/** Opens an answer at the reader. */
export function opened(
  world: ClubWorld,
  reader: string,
  read: string,
  answer: ReleaseAnswer,
): OpenedRead {
  const { encryption, holderKey } = world.member(reader)
  return openRead({
    view: world.ledger.view(),
    suite: 'RS-INTL-1',
    suites: ['RS-INTL-1'],
    key: encryption,
    holderKey,
    read,
    answer,
  })
}

/** Contents of openings as JSON. */
export function contentsOf(openings: readonly (Opening | null)[]): (JsonObject | null)[] {
  return openings.map((opening) => (opening === null ? null : parseCanonicalJson(opening.content)))
}
