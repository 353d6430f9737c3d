/* What a route of the API is: the document is made from these declarations, and nothing else is served. */
import type { Bytes, Json, JsonObject } from '@renshe/crypto'
import type { Contracts } from '@renshe/kernel'
import { type TObject, type TSchema, Type } from 'typebox'
import type { Drafts } from '../drafts/drafts.ts'
import type { Host } from '../host.ts'
import type { Member } from '../member.ts'
import type { Slot } from '../sign-in/begun-sign-ins.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import type { Account } from './accounts.ts'
import type { SecurityLine } from './log-line.ts'
import type { ApiMetrics } from './metrics.ts'
import type { PendingTransactions } from './pending-transactions.ts'
import type { PreparedActs } from './prepared-acts.ts'
import { ProblemThrown } from './problem.ts'
import type { Rate } from './rate.ts'
import type { Session, Sessions } from './session.ts'

/** What every route works with. */
export interface ApiParts {
  readonly host: Host
  readonly contracts: Contracts
  readonly accounts: readonly Account[]
  readonly sessions: Sessions
  readonly signIn: SignIn
  /** Where browsers see this node, if that was told; the loopback tells itself. */
  readonly publicOrigin: string | null
  /** Whether TLS ends at this server. */
  readonly isTls: boolean
  /** How many keys each officer had certified lately. */
  readonly keyRate: Rate
  /** Writes a line about what concerns security. */
  readonly tell: (line: SecurityLine) => void
  readonly prepared: PreparedActs
  readonly pending: PendingTransactions
  readonly metrics: ApiMetrics
  readonly draftsOf: (member: Member) => Drafts
  /** The OpenAPI document. */
  readonly document: JsonObject
  /** UTC ms of a real clock. */
  readonly now: () => number
}

/** One request, read and checked against the declaration of its route. */
export interface Call {
  readonly parts: ApiParts
  readonly session: Session | null
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: JsonObject
  /** Bytes of a body that is no JSON. */
  readonly bytes: Bytes | null
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Which of the two sessions of a browser asks. */
  readonly slot: Slot
  /** Query as it came, with its question mark. */
  readonly search: string
  readonly requestId: string
  /** Aborted when the other side goes away. */
  readonly signal: AbortSignal
}

/** Headers of an answer; a list becomes several lines. */
export type ReplyHeaders = Readonly<Record<string, string | string[]>>

/** What is answered. */
export type Reply =
  | { readonly status: number; readonly json: Json; readonly headers?: ReplyHeaders }
  | {
      readonly status: number
      readonly text: string
      readonly type: string
      readonly headers?: ReplyHeaders
    }
  | {
      readonly status: number
      readonly bytes: Bytes
      readonly name: string
      /** Media type; JSON unless told. */
      readonly type?: string
    }
  | { readonly events: AsyncIterable<string> }

/** One route. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Whole path with `{name}` for its parameters. */
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly access: 'public' | 'session'
  /** The one place that decides who may read; false answers as if the thing did not exist. */
  readonly mayRead: (call: Call) => boolean
  /**
   * Whether a person's session may ask this. Without it, and where it says no, a person is answered as the
   * public is; where the public must sign in, as if the thing did not exist.
   */
  readonly persons?: (call: Call) => boolean
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TObject
  /** Bodies of other types than JSON. */
  readonly media?: readonly string[]
  readonly mostBytes?: number
  readonly mostTextBytes?: number
  /** Whether an `Idempotency-Key` is honoured. */
  readonly isIdempotent?: boolean
  /** By status: a schema of JSON, or a media type. */
  readonly replies: Readonly<Record<number, TSchema | string>>
  readonly run: (call: Call) => Reply | Promise<Reply>
}

/** Prefix of every path. */
export const API_BASE = '/api/v1'

/** 64 lower-case hex digits. */
export const HexDigest = Type.String({ pattern: '^[0-9a-f]{64}$' })
/** A number in a path or query. */
export const Count = Type.String({ pattern: '^(0|[1-9][0-9]{0,14})$' })
/** Bytes of a JSON member. */
export const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', description: 'base64url' })
/** An object whose members are told elsewhere. */
export const AnyObject = Type.Object({}, { additionalProperties: true })

/** Everyone may read what is open to everyone. */
export const everyone = (): boolean => true
/** Whoever is of the chain. */
export const signedIn = ({ session }: Call): boolean => session !== null

/** The session of a route that asks for one. */
export function sessionOf({ session }: Call): Session {
  if (session === null) throw new ProblemThrown('SIGN_IN_REQUIRED')
  return session
}

/** Whose copy of the ledger answers: the session's member's, or for the public one that is kept here. */
export function readingMember({ session, parts }: Call): Member {
  if (session !== null) return session.member
  const { members } = parts.host
  const member = members.find(({ ledger }) => ledger.reads === 'own') ?? members[0]
  if (member === undefined) throw new ProblemThrown('UNAVAILABLE')
  return member
}
