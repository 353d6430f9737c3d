import { type Camt053, type Camt054, camt053, camt054 } from './camt.ts'
import { type Pain001, pain001 } from './pain001.ts'
import { type Pain002, pain002 } from './pain002.ts'

/** A message of one of the four kinds. */
export type BankMessage =
  | { readonly kind: 'pain.001'; readonly document: Pain001 }
  | { readonly kind: 'pain.002'; readonly document: Pain002 }
  | { readonly kind: 'camt.053'; readonly document: Camt053 }
  | { readonly kind: 'camt.054'; readonly document: Camt054 }

/** Something the subset does not know: kept as it was, and where. */
export type UnknownPart = { readonly path: string; readonly line: number; readonly xml: string }

/** A message and what was left over. */
export type MessageReading = BankMessage & { readonly unknown: readonly UnknownPart[] }

/** Named maxima of one bank file. @source shared/security/threats.md section 5: 10 MiB */
export const BANK_FILE_LIMITS = {
  bytes: 10 * 1024 * 1024,
  depth: 32,
  attributes: 16,
  textLength: 4_096,
  unknownParts: 1_000,
  unknownLength: 64 * 1024,
}

/** The tables by kind: the one list of what is understood. */
export const MESSAGE_TABLES = {
  'pain.001': pain001,
  'pain.002': pain002,
  'camt.053': camt053,
  'camt.054': camt054,
} as const
