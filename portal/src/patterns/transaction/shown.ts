/* Blocks and transactions as the node shows them to this reader. */
import type { JsonObject } from '@renshe/crypto'
import type { FinalityProof, Header } from '@renshe/proof'
import type { Bilingual } from '../../shell/workspace.ts'

/** What a transaction is about, where a service is behind it. */
export interface ActAbout {
  readonly service: string
  readonly title: Bilingual
  readonly step: string | null
  readonly stepTitle: Bilingual | null
  readonly party: string | null
  readonly case?: string
  readonly outcome?: string | null
}

/** One line of a block. */
export interface TransactionLine {
  readonly txId: string
  readonly index: number
  readonly action: string
  readonly member: string
  readonly memberName: Bilingual | null
  readonly code: string
  readonly about: ActAbout | null
  readonly isPublic: boolean
  readonly input?: JsonObject
  readonly data?: JsonObject
}

/** A final transaction. */
export interface TransactionShown extends TransactionLine {
  readonly status: 'final' | 'pending' | 'not-included'
  readonly height: number
  readonly time: number
  readonly signer: {
    readonly certificate: string
    readonly kind: string
    readonly member: string
    readonly name: string
    readonly roles?: readonly string[]
    readonly unit?: string | null
  }
  readonly authority: {
    readonly issuer: string | null
    readonly notBefore: number
    readonly notAfter: number
    readonly revokedAt: number | null
    readonly wasInForce: boolean
  } | null
  readonly events: readonly { readonly name: string; readonly data?: JsonObject }[]
  readonly proof: PathProof
  readonly body?: string
}

/** From a transaction to its block, and from the block to a head that witnesses signed. */
export interface PathProof {
  readonly signatureHash: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly header: Header
  readonly headerPath: readonly string[]
  readonly finality: FinalityProof
}

/** Who signed a head. */
export interface HeadShown {
  readonly chain: string
  readonly height: number
  readonly size: number
  readonly root: string
  readonly time: number
  readonly signedBy: {
    readonly engine: string
    readonly operator: SignedBy | null
    readonly witnesses: readonly SignedBy[]
    readonly threshold: number
    readonly of: number
  }
}

/** One who signed. */
export interface SignedBy {
  readonly member: string
  readonly memberName: Bilingual | null
  readonly time: number | null
}

/** A block of a list. */
export interface BlockLine {
  readonly height: number
  readonly time: number
  readonly hash: string
  readonly transactions: readonly TransactionLine[]
}
