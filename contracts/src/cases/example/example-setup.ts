import { toBase64Url } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { FeelNumber, formatPlaces, type Value } from '@renshe/rules'
import { packageBytes, packageHash } from '../../catalogue/catalogue-hash.ts'
import type { CompiledPackage } from '../../catalogue/compiled-package.ts'
import type {
  CaseExample,
  ChartDefinition,
  PackageDocument,
  RegisterDefinition,
} from '../../catalogue/package-document.ts'
import { publish } from '../../catalogue/publication.ts'
import { type PackageRecord, parts } from '../../catalogue/records.ts'
import { openBook } from '../../funds/open-book.ts'
import { members } from '../../membership/records.ts'
import { findEntry, recordEntry } from '../../registers/entries.ts'
import type { Entry } from '../../registers/records.ts'
import type { PublicJson } from '../../vocabulary/schemas.ts'
import { registerContext } from '../case-scope.ts'
import { feel } from '../feel.ts'
import { memberIdOf } from './example-names.ts'

const PART_BYTES = 131_072
/** Stands for the case that would have recorded the entries of an example's world. */
const FOUNDING_CASE = '00000000000000000000000000'

/** A package as an example's world holds it; made once per document. */
interface Bench {
  readonly size: number
  readonly parts: readonly {
    readonly hash: string
    readonly size: number
    readonly bytes: string
  }[]
}

const benches = new WeakMap<PackageDocument, Bench>()

function benchOf(document: PackageDocument): Bench {
  let bench = benches.get(document)
  if (bench === undefined) {
    const bytes = packageBytes(document)
    const cut = []
    for (let from = 0; from < bytes.length; from += PART_BYTES) {
      const part = bytes.slice(from, from + PART_BYTES)
      cut.push({ hash: packageHash(part), size: part.length, bytes: toBase64Url(part) })
    }
    bench = { size: bytes.length, parts: cut }
    benches.set(document, bench)
  }
  return bench
}

/** Writes what an example's world holds before its first act. */
export function foundExample(
  ctx: Context,
  compiled: readonly CompiledPackage[],
  { world }: CaseExample,
): void {
  for (const [name, roles] of Object.entries(world.members)) {
    const id = memberIdOf(name)
    ctx.state(members).put(id, {
      v: 1,
      id,
      name: { zh: name, en: name },
      roles: [...roles].sort(),
      voting: true,
      status: 'ACTIVE',
      admittedAt: ctx.time,
      statusSince: ctx.time,
    })
  }
  for (const each of compiled) publishBench(ctx, each)
  const documents = compiled.map(({ document }) => document)
  for (const { register, key, owner, fields } of world.entries) {
    const definition = findRegister(documents, register)
    recordEntry(ctx, {
      register,
      key,
      owner: memberIdOf(owner),
      fields: withMembers(definition, fields, world.members) as Record<string, PublicJson>,
      sections: [],
      caseId: FOUNDING_CASE,
    })
    if (definition?.book !== undefined) openBookFor(ctx, compiled, definition, register, key)
  }
}

const USUAL_PLACES = 4

/** Books of an entry that is there from the start: what the case would say, its own fields say. */
function openBookFor(
  ctx: Context,
  compiled: readonly CompiledPackage[],
  definition: RegisterDefinition,
  register: string,
  key: string,
): void {
  const book = definition.book as NonNullable<RegisterDefinition['book']>
  const entry = findEntry(ctx, register, key) as Entry
  const home = compiled.find(({ document }) => Object.hasOwn(document.charts, book.chart))
  if (home === undefined) return
  const scope = registerContext(definition, key, entry as never)
  const ask = (text: string | undefined): Value =>
    text === undefined ? null : feel(text).evaluate(scope, { now: ctx.time }).value
  const places = (text: string): number => {
    const value = ask(text)
    return value instanceof FeelNumber ? Number(formatPlaces(value, 0)) : USUAL_PLACES
  }
  const custodian = ask(book.custodian)
  const owner = ask(book.owner)
  openBook(ctx, {
    book: key,
    chart: { package: home.hash, name: book.chart },
    definition: home.document.charts[book.chart] as ChartDefinition,
    unitPlaces: places(book.unitPlaces),
    navPlaces: places(book.navPlaces),
    owner: typeof owner === 'string' ? owner : entry.owner,
    custodian: typeof custodian === 'string' ? custodian : null,
    caseId: null,
  })
}

function findRegister(
  documents: readonly PackageDocument[],
  register: string,
): RegisterDefinition | undefined {
  for (const { registers } of documents) {
    if (Object.hasOwn(registers, register)) return registers[register]
  }
  return undefined
}

/** Fields with the names of the example's members as member ids; what is left out is null. */
function withMembers(
  definition: RegisterDefinition | undefined,
  fields: Readonly<Record<string, unknown>>,
  names: CaseExample['world']['members'],
): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const name of Object.keys(definition?.fields ?? fields)) {
    const value = fields[name] ?? null
    const isMember = definition?.fields[name]?.type === 'member'
    made[name] = isMember ? membersOf(value, names) : value
  }
  return made
}

function membersOf(value: unknown, names: CaseExample['world']['members']): unknown {
  if (Array.isArray(value)) return value.map((one) => membersOf(one, names))
  return typeof value === 'string' && Object.hasOwn(names, value) ? memberIdOf(value) : value
}

function publishBench(ctx: Context, compiled: CompiledPackage): void {
  const { document, hash } = compiled
  const { size, parts: cut } = benchOf(document)
  for (const part of cut) {
    ctx.state(parts).put(part.hash, { v: 1, size: part.size, bytes: part.bytes })
  }
  const uses: Record<string, string> = {}
  for (const [name, used] of compiled.uses) uses[name] = used.hash
  const record: PackageRecord = {
    v: 1,
    hash,
    kind: document.kind,
    name: document.name,
    version: document.version,
    title: document.title,
    responsible: document.responsible,
    size,
    parts: cut.map((part) => part.hash),
    uses,
    effectiveFrom: document.effectiveFrom,
    status: 'PROPOSED',
    proposal: null,
    proposedBy: null,
    publishedAt: null,
    publishedHeight: null,
    inForceFrom: null,
    withdrawnAt: null,
  }
  publish(ctx, record, compiled, true)
}
