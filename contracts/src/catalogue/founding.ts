/* Block 0: packages of a demonstration chain, whose bytes lie beside the genesis document. */
import { type Bytes, toBase64Url } from '@renshe/crypto'
import type { Context } from '@renshe/kernel'
import { packageHash } from './catalogue-hash.ts'
import type { CompiledPackage } from './compiled-package.ts'
import { checkDocument, packageRecord, readDocument } from './propose-package.ts'
import { publish, refuseTakenNames } from './publication.ts'
import { PART_BYTES } from './put-part.ts'
import { parts } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** What the catalogue takes from the genesis document. */
export interface FoundingCatalogue {
  readonly demonstration: boolean
  readonly packages: readonly { readonly hash: string; readonly size: number }[]
}

/**
 * Publishes the founding packages, those that others use first. Only a demonstration has any:
 * elsewhere the members vote on what they publish.
 *
 * @param bytes  by hash
 */
export function foundCatalogue(
  ctx: Context,
  genesis: FoundingCatalogue,
  bytes: ReadonlyMap<string, Bytes>,
): void {
  if (genesis.packages.length > 0 && !genesis.demonstration) {
    ctx.refuse(catalogueRefusal({ code: 'FOUNDING_PACKAGES' }))
  }
  const waiting = genesis.packages.map((entry) => readFounding(ctx, entry, bytes))
  const published = new Map<string, CompiledPackage>()
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ uses }) => uses.every((name) => published.has(name)))
    if (next < 0) {
      const library = waiting[0]?.uses.find((name) => !published.has(name)) ?? ''
      ctx.refuse(catalogueRefusal({ code: 'LIBRARY_NOT_PUBLISHED', library }))
    }
    const [founding] = waiting.splice(next, 1)
    if (founding === undefined) break
    const libraries = founding.uses.map((name) => published.get(name) as CompiledPackage)
    const compiled = checkDocument(ctx, founding.document, libraries, founding.hash)
    refuseTakenNames(ctx, compiled)
    const partHashes = putParts(ctx, founding.bytes)
    const record = packageRecord(compiled, founding.bytes.length, partHashes)
    publish(ctx, record, compiled, true)
    published.set(compiled.document.name, compiled)
  }
}

function readFounding(
  ctx: Context,
  { hash, size }: { hash: string; size: number },
  all: ReadonlyMap<string, Bytes>,
) {
  const bytes =
    all.get(hash) ?? ctx.refuse(catalogueRefusal({ code: 'FOUNDING_BYTES_MISSING', package: hash }))
  const came = packageHash(bytes)
  if (came !== hash) ctx.refuse(catalogueRefusal({ code: 'PACKAGE_HASH', package: came }))
  if (bytes.length !== size) {
    ctx.refuse(catalogueRefusal({ code: 'PACKAGE_SIZE', size: bytes.length }))
  }
  const document = readDocument(ctx, bytes)
  const { uses } = document
  const names = Array.isArray(uses) ? uses.filter((name) => typeof name === 'string') : []
  return { hash, bytes, document, uses: names }
}

/** Puts bytes in parts as an author's tool would; one part has the hash of the whole. */
function putParts(ctx: Context, bytes: Bytes): string[] {
  const hashes: string[] = []
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    const part = bytes.slice(start, start + PART_BYTES)
    const hash = packageHash(part)
    ctx.state(parts).put(hash, { v: 1, size: part.length, bytes: toBase64Url(part) })
    hashes.push(hash)
  }
  return hashes
}
