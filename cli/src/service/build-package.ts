import type { PackageDocument } from '@renshe/contracts'
import { canonicalJson, type Json, ledgerHash, toHex } from '@renshe/crypto'
import { type PackageDraft, type ReadPackage, readPackage } from './draft-package.ts'
import { expandCaseExamples, expandRuleExamples } from './expand-examples.ts'
import type { SourceMap } from './source-map.ts'

/** A package built from its folder. */
export interface BuiltPackage {
  readonly document: PackageDocument
  /** Canonical bytes: what is hashed, voted on and executed. */
  readonly bytes: Uint8Array
  /** Hex; the version. */
  readonly hash: string
  readonly sources: SourceMap
  /** `service.yaml` of the folder, as named in messages. */
  readonly mainFile: string
}

/**
 * Builds the canonical document of a package.
 *
 * @param directory  folder with `service.yaml` (or `library.yaml`), `law.yaml`, `rules/`, `parameters/`, `texts/`, `examples/`
 * @param others     the packages that it uses and that its examples' worlds need: examples take the types of
 *                   fields and facts from them
 * @throws AuthorMistake with file, line, what was expected and what came
 */
export function buildPackage(
  directory: string,
  others: readonly PackageDraft[] = [],
): BuiltPackage {
  return completePackage(readPackage(directory), others)
}

/** Adds the examples to a folder that was read, and makes the bytes. */
export function completePackage(read: ReadPackage, others: readonly PackageDraft[]): BuiltPackage {
  const { draft, exampleFiles, sources, root, mainFile } = read
  const types = { own: draft, others }
  const forRules = exampleFiles.filter((file) => file.kind === 'list')
  const forCases = exampleFiles.filter((file) => file.kind !== 'list')
  const document = {
    ...draft,
    examples: {
      rules: forRules.flatMap((file) => expandRuleExamples(file, types, sources)),
      cases: expandCaseExamples(forCases, types, sources),
    },
  } as PackageDocument
  sources.noteMembers(document, root, { file: mainFile, line: 1, column: 1 })
  const bytes = canonicalJson(document as unknown as Json)
  return { document, bytes, hash: toHex(ledgerHash('package', bytes)), sources, mainFile }
}
