/* Who can read which sealed fields: as the packages publish it, and as members' nodes let it happen. */
import {
  batches,
  type Case,
  cases,
  grants,
  type PackageDocument,
  type SealedBatch,
  type SealedSection,
  sections,
} from '@renshe/contracts'
import { fromUtf8, type JsonObject } from '@renshe/crypto'
import type { Member } from '@renshe/node'
import { openOwnSection } from '../../node/src/evidence/open-from-vault.ts'
import type { Opening } from '../../node/src/peer.ts'
import {
  findGrantFor,
  openOwnBatch,
  readItems,
  readRange,
} from '../../node/src/vault/read-sections.ts'
import type { SealedContent } from './secrets.fixture.ts'

/** Sections by service and name, each with its fields: `annuity-contribution/payroll.wageBase`. */
export type FieldNames = ReadonlySet<string>

/** A section as a package publishes it. */
export interface PublishedSection {
  readonly service: string
  readonly name: string
  /** Names of its fields, or of the columns of its rows. */
  readonly fields: readonly string[]
  /** Parties of the case. */
  readonly owner: string
  readonly readers: readonly string[]
}

/** Content that the contracts define, not the package: entries and balances of one account. */
const SUBLEDGER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  entry: ['account', 'journal', 'lines', 'version'],
  balance: ['account', 'cost', 'lastEntry', 'parts', 'units', 'version'],
}

/** Every sealed section of the packages. */
export function publishedSections(documents: readonly PackageDocument[]): PublishedSection[] {
  return documents.flatMap(({ name: service, service: definition, rows = {} }) =>
    Object.entries(definition?.sections ?? {}).map(([name, section]) => {
      const columns = section.rows === undefined ? undefined : rows[section.rows]?.columns
      const fields = Object.keys(section.fields ?? columns ?? {})
      return {
        service,
        name,
        fields: fields.length > 0 ? fields.sort() : (SUBLEDGER_FIELDS[name] ?? []),
        owner: section.owner,
        readers: section.readers,
      }
    }),
  )
}

/** Something that was sealed, as the chain registered it. */
export type SealedThing =
  | { readonly kind: 'batch'; readonly case: Case; readonly batch: SealedBatch }
  | { readonly kind: 'section'; readonly case: Case; readonly section: SealedSection }

/** Everything that is sealed on a chain. */
export function sealedThings(member: Member): SealedThing[] {
  const view = member.ledger.view()
  const caseOf = (id: string): Case => view.state(cases).get(id)
  return [
    ...[...view.state(batches).range()].map(
      ([, batch]): SealedThing => ({ kind: 'batch', case: caseOf(batch.case), batch }),
    ),
    ...[...view.state(sections).range()].map(
      ([, section]): SealedThing => ({ kind: 'section', case: caseOf(section.case), section }),
    ),
  ]
}

/** Service and section of a sealed thing, for example `annuity-contribution/payroll`. */
export function nameOfThing(thing: SealedThing): string {
  return `${thing.case.service}/${termsOf(thing).section}`
}

function termsOf(thing: SealedThing): SealedBatch | SealedSection {
  return thing.kind === 'batch' ? thing.batch : thing.section
}

/** The fields that each member may read of what was sealed, as the packages say. */
export function publishedSets(
  published: readonly PublishedSection[],
  things: readonly SealedThing[],
): ReadonlyMap<string, FieldNames> {
  const sets = new Map<string, Set<string>>()
  for (const thing of things) {
    const { service, parties } = thing.case
    const { section: name } = termsOf(thing)
    const definition = published.find((one) => one.service === service && one.name === name)
    if (definition === undefined) throw new RangeError(`no package declares ${service}/${name}`)
    for (const party of [definition.owner, ...definition.readers]) {
      for (const member of [parties[party] ?? []].flat()) {
        const own = sets.get(member) ?? new Set<string>()
        for (const field of definition.fields) own.add(`${service}/${name}.${field}`)
        sets.set(member, own)
      }
    }
  }
  return sets
}

/** What came of one attempt to read. */
export type Attempt =
  | { readonly opened: readonly string[]; readonly contents: readonly SealedContent[] }
  | { readonly refused: string }

/**
 * Reads a sealed thing as a member, with the node's own means: its vault where it owns it, else a grant and
 * a committed read. A member without a grant tries under somebody else's.
 */
export async function tryToRead(member: Member, thing: SealedThing): Promise<Attempt> {
  try {
    const openings = await openThing(member, thing)
    const section = nameOfThing(thing)
    const contents = openings.map((opening) => ({
      section,
      content: JSON.parse(fromUtf8(opening?.content ?? new Uint8Array())) as JsonObject,
    }))
    const fields = new Set(contents.flatMap(({ content }) => Object.keys(content)))
    return { opened: [...fields].map((field) => `${section}.${field}`), contents }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined) throw error
    return { refused: code }
  }
}

async function openThing(member: Member, thing: SealedThing): Promise<(Opening | null)[]> {
  const { owner, section, case: caseId } = termsOf(thing)
  if (thing.kind === 'batch') {
    const { root, count } = thing.batch
    if (owner === member.id) return openOwnBatch(member.vault, thing.batch)
    const grant = grantFor(member, { owner, section, case: caseId, root })
    const read = await readRange(member.reading(), grant, { root, count, section }, 0, count)
    return [...read.openings]
  }
  const { record, version, commitment } = thing.section
  if (owner === member.id) return [openOwnSection(member.vault, record, commitment)]
  const grant = grantFor(member, { owner, section, case: caseId, record })
  const read = await readItems(member.reading(), grant, [{ record, version, section }])
  return [...read.openings]
}

function grantFor(member: Member, place: Parameters<typeof findGrantFor>[2]) {
  const view = member.ledger.view()
  const own = findGrantFor(view, member.id, place)
  if (own !== undefined) return own
  for (const [, grant] of view.state(grants).index('byOwner', { prefix: [place.owner] })) {
    if (grant.case === place.case && grant.sections.includes(place.section)) return grant
  }
  throw new RangeError(`nobody has a grant for ${place.section}`)
}

/**
 * The fields that each member's node opens, and the codes with which the others are refused.
 *
 * @returns the contents too, by member: what a person would see
 */
export async function readEverything(
  members: readonly Member[],
  things: readonly SealedThing[],
): Promise<{
  readonly sets: ReadonlyMap<string, FieldNames>
  readonly refusals: ReadonlySet<string>
  readonly contents: ReadonlyMap<string, readonly SealedContent[]>
}> {
  const refusals = new Set<string>()
  const sets = new Map<string, FieldNames>()
  const contents = new Map<string, SealedContent[]>()
  for (const member of members) {
    const attempts = await Promise.all(things.map((thing) => tryToRead(member, thing)))
    sets.set(member.id, new Set(attempts.flatMap((one) => ('opened' in one ? one.opened : []))))
    contents.set(
      member.id,
      attempts.flatMap((one) => ('contents' in one ? [...one.contents] : [])),
    )
    for (const attempt of attempts) if ('refused' in attempt) refusals.add(attempt.refused)
  }
  return { sets, refusals, contents }
}
