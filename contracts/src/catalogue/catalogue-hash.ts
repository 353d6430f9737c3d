/*
 * Content hashes of what a package publishes: the names by which locks and sealed headers know it.
 */
import { canonicalJson, type Json, type JsonObject, ledgerHash, toHex } from '@renshe/crypto'
import type { RuleDocument } from '@renshe/rules'
import type {
  Clause,
  PackageDocument,
  RowDefinition,
  SectionDefinition,
} from './package-document.ts'

function hashOf(document: JsonObject): string {
  return toHex(ledgerHash('package', canonicalJson(document)))
}

/** Content of a rule's hash: H(`package`, JCS of this). */
export function ruleContent(rule: RuleDocument): JsonObject {
  return { v: 1, kind: 'rule', rule: rule as unknown as Json }
}

/** Hash of a rule: what a case's lock holds. */
export function ruleHash(rule: RuleDocument): string {
  return hashOf(ruleContent(rule))
}

/** Hash of a clause as cited, so that two quotations of one article stay apart. */
export function clauseHash(clause: Clause): string {
  return hashOf({ v: 1, kind: 'clause', clause: clause as unknown as Json })
}

/**
 * Content of a section's catalogue entry: fields, level and sharing attribute, with the columns
 * where its rows come as a batch.
 *
 * @source security/sealed-data.md section 4, `entryHash`
 */
export function sectionContent(
  packageName: string,
  section: string,
  definition: SectionDefinition,
  row: RowDefinition | null,
): JsonObject {
  return {
    v: 1,
    kind: 'section',
    package: packageName,
    section,
    definition: definition as unknown as Json,
    row: row as unknown as Json,
  }
}

/** `entryHash` of sealed headers. */
export function sectionHash(
  packageName: string,
  section: string,
  definition: SectionDefinition,
  row: RowDefinition | null,
): string {
  return hashOf(sectionContent(packageName, section, definition, row))
}

/** Hash of a package's bytes: its version. */
export function packageHash(bytes: Uint8Array): string {
  return toHex(ledgerHash('package', bytes))
}

/** The canonical bytes of a package document. */
export function packageBytes(document: PackageDocument): Uint8Array {
  return canonicalJson(document as unknown as JsonObject)
}
