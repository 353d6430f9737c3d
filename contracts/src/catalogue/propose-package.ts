import { type Bytes, type JsonObject, JsonRefused, parseCanonicalJson } from '@renshe/crypto'
import { type Action, action, type Context } from '@renshe/kernel'
import { Type } from 'typebox'
import { type Enactment, openProposal } from '../governance/proposals.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { Digest } from '../vocabulary/schemas.ts'
import { packageHash } from './catalogue-hash.ts'
import { checkPackage } from './check/check-package.ts'
import type { Problem } from './check/problem.ts'
import { type CompiledPackage, compilePackage } from './compiled-package.ts'
import { refuseUnlistedSections } from './data-sets.ts'
import { type ExamplePlayer, type FindPackage, runRuleExamples } from './examples.ts'
import { findLoosenings } from './loosening.ts'
import type { Clause, PackageDocument } from './package-document.ts'
import { findPackageBytes, getPackage, newestPublication, packageInForce } from './packages.ts'
import { publish, refuseTakenNames } from './publication.ts'
import { clauses, type PackageRecord, packages } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** Most bytes of a package (ledger-bytes section 15). */
export const PACKAGE_BYTES = 8 * 1024 * 1024

const TOLD_PROBLEMS = 10
const TOLD_CHARACTERS = 200

const ProposePackage = Type.Object({
  package: Digest,
  size: Type.Integer({ minimum: 2, maximum: PACKAGE_BYTES }),
  parts: Type.Array(Digest, { minItems: 1, maxItems: 64 }),
})

/**
 * Proposes a package whose parts were put. Every member checks it here: bytes, schema, names,
 * clauses, and every worked example.
 *
 * @param playExamples  plays case examples; brought by the module of cases
 */
export function proposePackageAction(playExamples: ExamplePlayer): Action<never> {
  return action({
    name: 'catalogue.proposePackage',
    summary: 'Proposes to publish a package whose parts were put.',
    input: ProposePackage,
    run(ctx: Context, { package: hash, size, parts }) {
      const known = ctx.state(packages).find(hash)
      if (known !== undefined && known.status !== 'REJECTED') {
        const { status } = known
        ctx.refuse(catalogueRefusal({ code: 'PACKAGE_EXISTS', package: hash, status }))
      }
      const bytes = joinParts(ctx, { hash, size, parts })
      const document = readDocument(ctx, bytes)
      const libraries = librariesOf(ctx, document)
      const compiled = checkDocument(ctx, document, libraries, hash)
      refuseTakenNames(ctx, compiled)
      refuseUnlistedSections(ctx, compiled)
      refuseRetroactive(ctx, compiled.document)
      refuseFailingExamples(ctx, compiled, playExamples)

      const record = packageRecord(compiled, size, parts)
      const proposal = openProposal(ctx, {
        subject: isLoosening(ctx, compiled.document) ? 'loosen' : 'publish',
        content: { package: hash, name: record.name, version: record.version },
        responsible: record.responsible,
      })
      const proposedBy = ctx.signer.member
      ctx.state(packages).put(hash, { ...record, proposal, proposedBy })
      ctx.emit('PackageProposed', { package: hash, name: record.name, proposal })
      return { proposal, package: hash }
    },
  })
}

/** Publication, or the end of a proposal that did not pass. */
export const publication: Enactment = {
  enact(ctx, { content }) {
    const hash = content.package as string
    const record = ctx.state(packages).get(hash)
    const compiled = getPackage(ctx, hash)
    refuseTakenNames(ctx, compiled)
    refuseUnlistedSections(ctx, compiled)
    publish(ctx, record, compiled)
  },
  fail(ctx, { content }) {
    const hash = content.package as string
    ctx.state(packages).put(hash, { ...ctx.state(packages).get(hash), status: 'REJECTED' })
  },
}

/** The joined bytes, which must have the hash and size that the proposal names. */
function joinParts(
  ctx: Context,
  { hash, size, parts }: { hash: string; size: number; parts: readonly string[] },
): Bytes {
  const bytes = findPackageBytes(ctx, parts, (part) =>
    ctx.refuse(catalogueRefusal({ code: 'PART_MISSING', part })),
  )
  if (bytes.length !== size) {
    ctx.refuse(catalogueRefusal({ code: 'PACKAGE_SIZE', size: bytes.length }))
  }
  const came = packageHash(bytes)
  if (came !== hash) ctx.refuse(catalogueRefusal({ code: 'PACKAGE_HASH', package: came }))
  return bytes
}

/** Parses bytes that must be their own canonical form. */
export function readDocument(ctx: Context, bytes: Bytes): JsonObject {
  try {
    return parseCanonicalJson(bytes, { maxBytes: PACKAGE_BYTES })
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    const { code: reason, position } = error
    return ctx.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_CANONICAL', reason, position }))
  }
}

/** The version of each package that it uses which is in force when it takes effect. */
function librariesOf(ctx: Context, { uses, effectiveFrom }: JsonObject): CompiledPackage[] {
  if (!Array.isArray(uses)) return []
  const day = firstDay(ctx, effectiveFrom)
  return uses.map((name) => {
    const hash = typeof name === 'string' ? packageInForce(ctx, name, day) : undefined
    if (hash === undefined) {
      const library = typeof name === 'string' ? name.slice(0, 64) : ''
      return ctx.refuse(catalogueRefusal({ code: 'LIBRARY_NOT_PUBLISHED', library }))
    }
    return getPackage(ctx, hash)
  })
}

/** The day on which it would take effect if it were enacted today. */
function firstDay(ctx: Context, effectiveFrom: unknown): string {
  const today = legalDay(ctx.time)
  return typeof effectiveFrom === 'string' && effectiveFrom > today ? effectiveFrom : today
}

/** Refuses what the static check finds, else compiles. */
export function checkDocument(
  ctx: Context,
  document: JsonObject,
  libraries: readonly CompiledPackage[],
  hash: string,
): CompiledPackage {
  const problems = checkPackage(document, { libraries, findClause: (id) => knownClauses(ctx, id) })
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    ctx.refuse(
      catalogueRefusal({ code: 'PACKAGE_REFUSED', count: errors.length, problems: told(errors) }),
    )
  }
  return compilePackage(document as unknown as PackageDocument, libraries, hash)
}

function knownClauses(ctx: Context, id: string): Clause[] {
  return [...ctx.state(clauses).index('byId', { prefix: [id] })].map(([, record]) => record)
}

function told(problems: readonly Problem[]): JsonObject[] {
  return problems.slice(0, TOLD_PROBLEMS).map(({ path, code, expected }) => ({
    path: path.slice(0, TOLD_CHARACTERS),
    code,
    expected: [...expected].slice(0, TOLD_CHARACTERS).join(''),
  }))
}

/**
 * A first version may be of an old law: it is in force from its enactment all the same. A later version
 * must not claim a date on which another one was in force.
 */
function refuseRetroactive(ctx: Context, { name, effectiveFrom }: PackageDocument): void {
  const earliest = legalDay(ctx.time)
  if (effectiveFrom < earliest && newestPublication(ctx, name) !== undefined) {
    ctx.refuse(catalogueRefusal({ code: 'RETROACTIVE', effectiveFrom, earliest }))
  }
}

function refuseFailingExamples(
  ctx: Context,
  compiled: CompiledPackage,
  playExamples: ExamplePlayer,
): void {
  const day = firstDay(ctx, compiled.document.effectiveFrom)
  const findPackage: FindPackage = (name) => {
    const hash = packageInForce(ctx, name, day)
    return hash === undefined ? undefined : getPackage(ctx, hash)
  }
  const failures = [...runRuleExamples(compiled), ...playExamples(compiled, findPackage)]
  if (failures.length === 0) return
  ctx.refuse(
    catalogueRefusal({ code: 'EXAMPLE_FAILED', count: failures.length, problems: told(failures) }),
  )
}

/**
 * Against the newest version, also a withdrawn one: a lock is loosened only by the higher quorum.
 */
function isLoosening(ctx: Context, document: PackageDocument): boolean {
  const before = newestPublication(ctx, document.name)
  if (before === undefined) return false
  return findLoosenings(getPackage(ctx, before.hash).document, document).length > 0
}

/** The record of a package that nobody decided about yet. */
export function packageRecord(
  { document, hash, uses }: CompiledPackage,
  size: number,
  parts: readonly string[],
): PackageRecord {
  const used: { [name: string]: string } = {}
  for (const [name, library] of uses) used[name] = library.hash
  return {
    v: 1,
    hash,
    kind: document.kind,
    name: document.name,
    version: document.version,
    title: { ...document.title },
    responsible: document.responsible,
    size,
    parts: [...parts],
    uses: used,
    effectiveFrom: document.effectiveFrom,
    status: 'PROPOSED',
    proposal: null,
    proposedBy: null,
    publishedAt: null,
    publishedHeight: null,
    inForceFrom: null,
    withdrawnAt: null,
  }
}
