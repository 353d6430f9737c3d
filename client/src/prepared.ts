import type { JsonObject, SectionHeader } from '@renshe/crypto'

/** An opening as it travels; byte strings are base64url. */
export interface SpelledOpening {
  readonly header: SectionHeader
  readonly seed: string
  readonly content: string
}

/** A prepared act as a node shows it. */
export interface PreparedAct {
  readonly preparedId: string
  readonly action: string
  readonly body: string
  readonly words: {
    readonly sentences: readonly { readonly zh: string; readonly en: string }[]
    readonly unusual: readonly { readonly text: string; readonly codePoints: string }[]
  }
  readonly sections: readonly { readonly name: string; readonly opening: SpelledOpening }[]
  readonly batch: {
    readonly section: string
    readonly count: number
    readonly pages: number
  } | null
  readonly expiresAt: number
}

/** Openings that were checked against a body. */
export interface CheckedOpenings {
  readonly sections: readonly { readonly name: string; readonly opening: SpelledOpening }[]
  /** Of all rows of the batch, in their order. */
  readonly rows: readonly SpelledOpening[]
}

/** An act that was prepared and checked: its body may be signed. */
export interface ActPrepared {
  readonly prepared: PreparedAct
  readonly body: Uint8Array
  readonly openings: CheckedOpenings
}

/** Content to be sealed with an act. */
export interface SealedContent {
  readonly case?: string
  readonly step?: string
  /** Section → values of its fields. */
  readonly sections?: Readonly<Record<string, JsonObject>>
  readonly batch?: {
    readonly section: string
    readonly rows: readonly JsonObject[]
    /** The rows lie in a draft of the node and are not sent once more; `rows` is what must come back. */
    readonly draft?: { readonly onlyGood: boolean }
    /** What the control totals must be, where the caller added them up. */
    readonly totals?: JsonObject
  }
}

/** Nothing is signed: what the node prepared is not what was meant. */
export class PreparedRefused extends Error {
  /** The first part that differs. */
  readonly part: string

  constructor(part: string) {
    super(`what was prepared is not what was meant: ${part}`)
    this.name = 'PreparedRefused'
    this.part = part
  }
}
