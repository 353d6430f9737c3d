/* A package by its hash: the bytes are those that were voted on, or nothing is shown. */
import {
  concatBytes,
  fromBase64Url,
  type JsonObject,
  ledgerHash,
  parseCanonicalJson,
  toHex,
} from '@renshe/crypto'
import type { Ask } from '../session/session.tsx'
import type { LoadedPackage, PackageDocument } from './package-document.ts'

/** Bytes came that are not those of the hash. */
export class PackageBroken extends Error {
  readonly hash: string

  constructor(hash: string) {
    super(`the bytes are not those of package ${hash}`)
    this.name = 'PackageBroken'
    this.hash = hash
  }
}

const documents = new Map<string, Promise<Loaded>>()

interface Loaded {
  readonly document: PackageDocument
  /** Name → hash. */
  readonly uses: Readonly<Record<string, string>>
}

/**
 * Loads a package with what it uses. What a hash names never changes: each is asked for once.
 *
 * @throws PackageBroken; Problem
 */
export async function loadPackage(ask: Ask, hash: string): Promise<LoadedPackage> {
  const { document, uses } = await loadOne(ask, hash)
  const used = await Promise.all(
    Object.entries(uses).map(async ([name, one]) => [name, (await loadOne(ask, one)).document]),
  )
  return { hash, document, uses: Object.fromEntries(used) }
}

function loadOne(ask: Ask, hash: string): Promise<Loaded> {
  const known = documents.get(hash)
  if (known !== undefined) return known
  const loading = fetchOne(ask, hash)
  documents.set(hash, loading)
  loading.catch(() => documents.delete(hash))
  return loading
}

async function fetchOne(ask: Ask, hash: string): Promise<Loaded> {
  const { data } = await ask('catalogue.getPackage', { package: hash })
  const parts = await Promise.all(
    data.parts.map(async (part) => {
      const answer = await ask('catalogue.getPart', { part })
      return fromBase64Url(answer.data.bytes)
    }),
  )
  return { document: parsePackage(hash, concatBytes(...parts)), uses: data.uses }
}

/**
 * The document of a package, if its bytes have the hash.
 *
 * @throws PackageBroken
 */
export function parsePackage(hash: string, bytes: Uint8Array): PackageDocument {
  if (toHex(ledgerHash('package', bytes)) !== hash) throw new PackageBroken(hash)
  return parseCanonicalJson(bytes) as JsonObject as unknown as PackageDocument
}
