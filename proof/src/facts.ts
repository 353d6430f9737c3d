import type { JsonLike } from '@renshe/crypto'

/** What a check found, in numbers and names a reader can show. */
export type Facts = { readonly [fact: string]: JsonLike }

/** A sentence in both languages; Chinese is written first. */
export type Words = { readonly zh: string; readonly en: string }
