/* Published packages as the other modules ask for them. */
import {
  type Bytes,
  concatBytes,
  fromBase64Url,
  type JsonObject,
  parseCanonicalJson,
} from '@renshe/crypto'
import type { StateView } from '@renshe/kernel'
import type { RefusingView } from '../membership/members.ts'
import { type CompiledPackage, compilePackage, type PackageRule } from './compiled-package.ts'
import type { PackageDocument } from './package-document.ts'
import {
  type PackageRecord,
  packages,
  parts,
  rules,
  type SectionRecord,
  sectionEntries,
} from './records.ts'

/** The record of a package at one version, whatever its status, or undefined. */
export function findPackageRecord(view: StateView, hash: string): PackageRecord | undefined {
  return view.state(packages).read(hash)
}

/** The joined bytes of a package; `missing` answers for a part that is not there. */
export function findPackageBytes(
  view: StateView,
  partHashes: readonly string[],
  missing: (part: string) => never,
): Bytes {
  const joined: Bytes[] = []
  for (const hash of partHashes) {
    const part = view.state(parts).find(hash) ?? missing(hash)
    joined.push(fromBase64Url(part.bytes))
  }
  return concatBytes(...joined)
}

/** Compiled packages by hash and the hashes of what they use; above this the oldest is dropped. */
const CACHED_PACKAGES = 64
const cache = new Map<string, CompiledPackage>()
/** `uses` of `uses` … a package names what it needs itself, so a short chain is enough. */
const DEEPEST_USE = 4

/**
 * The package at that version, compiled; refuses `PACKAGE_NOT_FOUND`. A pure cache: whether a node
 * still had it in memory shows in nothing, also not in the count of reads.
 */
export function getPackage(view: RefusingView, hash: string): CompiledPackage {
  return load(view, hash, 0)
}

function load(view: RefusingView, hash: string, depth: number): CompiledPackage {
  const record = findPackageRecord(view, hash)
  if (record === undefined || depth > DEEPEST_USE) {
    return view.refuse({ code: 'PACKAGE_NOT_FOUND', package: hash })
  }
  const used = Object.values(record.uses).map((use) => load(view, use, depth + 1))
  const key = [hash, ...used.map((library) => library.hash)].join()
  const known = cache.get(key)
  if (known !== undefined) {
    // As many reads as the slow way takes: a limit must not depend on what a node remembers.
    for (const part of record.parts) view.state(parts).has(part)
    return known
  }
  const bytes = findPackageBytes(view, record.parts, (part) => {
    throw new Error(`package ${hash} lacks its part ${part}`)
  })
  const compiled = compilePackage(documentOf(parseCanonicalJson(bytes)), used, hash)
  if (cache.size >= CACHED_PACKAGES) cache.delete(cache.keys().next().value as string)
  cache.set(key, compiled)
  return compiled
}

/** Takes parsed bytes as a package: its schema was checked when it was proposed. */
function documentOf(document: JsonObject): PackageDocument {
  return document as unknown as PackageDocument
}

/**
 * The version of a package that is in force on a legal day: the newest one, by first day in force,
 * then by height of publication. Undefined if there is none yet or the newest one was withdrawn.
 */
export function packageInForce(view: StateView, name: string, day: string): string | undefined {
  const newest = { prefix: [name], from: [day], reverse: true, limit: 1 }
  for (const [hash, record] of view.state(packages).index('byName', newest)) {
    return record.status === 'PUBLISHED' ? hash : undefined
  }
  return undefined
}

/**
 * The newest published version of a package, also one that is not in force yet or was withdrawn.
 */
export function newestPublication(view: StateView, name: string): PackageRecord | undefined {
  const newest = { prefix: [name], reverse: true, limit: 1 }
  for (const [, record] of view.state(packages).index('byName', newest)) return record
  return undefined
}

/**
 * The version of a rule that is in force on a legal day, or undefined.
 *
 * @returns its content hash: what a case's lock holds
 */
export function ruleInForce(view: StateView, id: string, day: string): string | undefined {
  const before = { prefix: [id], from: [day], reverse: true }
  for (const [hash, record] of view.state(rules).index('byId', before)) {
    if (record.droppedFrom !== null && record.droppedFrom <= day) continue
    return record.effectiveTo === null || record.effectiveTo >= day ? hash : undefined
  }
  return undefined
}

/** The rule at that version, compiled; refuses `RULE_NOT_FOUND`. */
export function getRule(view: RefusingView, hash: string): PackageRule {
  const record = view.state(rules).read(hash)
  if (record === undefined) return view.refuse({ code: 'RULE_NOT_FOUND', rule: hash })
  const found = getPackage(view, record.package).rules.find((rule) => rule.hash === hash)
  if (found === undefined) throw new Error(`rule ${record.id} is not in its package`)
  return found
}

/** The catalogue entry of a section by the hash in sealed headers, or undefined. */
export function findSectionEntry(view: StateView, entry: string): SectionRecord | undefined {
  return view.state(sectionEntries).find(entry)
}
