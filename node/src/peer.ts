/*
 * How one member's node calls another's: in one process now, over mutual TLS later. Every argument and
 * answer is plain data (texts, numbers, byte strings, lists, objects): nothing by reference. Rows come
 * in pages, so that no message grows with the batch.
 */
import type { Bytes, SectionHeader } from '@renshe/crypto'

/** Most rows in one page of a stream between members. */
export const PAGE_ROWS = 1000

/** What lets anyone recompute a commitment: it shows neither half of a key. */
export interface Opening {
  readonly header: SectionHeader
  /** 32 bytes. */
  readonly seed: Bytes
  readonly content: Bytes
}

/** Why a peer says no; `facts` hold nothing personal. */
export class PeerRefused extends Error {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number | null>>

  constructor(code: string, facts: Readonly<Record<string, string | number | null>> = {}) {
    super(code)
    this.name = 'PeerRefused'
    this.code = code
    this.facts = facts
  }
}

/** Sections of one record to be sealed at their owner. */
export interface SectionsRequest {
  readonly case: string
  /** Step that the act is about. */
  readonly step: string
  /** Content of each section, JCS of its fields. */
  readonly sections: readonly { readonly name: string; readonly content: Bytes }[]
}

/** What the owner sealed: it lies in its stores, flushed, until `expiresAt`. */
export interface SectionsReply {
  readonly record: string
  /** Ascending by name, as a body names them. */
  readonly sections: readonly {
    readonly name: string
    readonly level: number
    readonly commitment: string
  }[]
  readonly openings: readonly Opening[]
  /** A body that names them must not be includable longer, UTC ms. */
  readonly expiresAt: number
}

/** Rows of a batch to be sealed at their owner; their contents follow in pages. */
export interface BatchRequest {
  readonly case: string
  readonly step: string
  readonly section: string
  /** How many rows will come. */
  readonly count: number
}

/** Parts of the answer to a {@link BatchRequest}: openings in the order of the rows, the root at last. */
export type BatchReply =
  | { readonly kind: 'openings'; readonly openings: readonly Opening[] }
  | {
      readonly kind: 'sealed'
      readonly root: string
      readonly count: number
      readonly expiresAt: number
    }

/** A committed read that its holder wants answered. */
export interface ReleaseRequest {
  /** Id of the transaction `access.readSections`. */
  readonly read: string
  /** Hex SHA-256 of the SPKI of the holder's encryption key. */
  readonly holderKey: string
}

/** One section of a release, in the order of the read. */
export interface ReleasedSection {
  /** Sealed bytes; empty where the section is erased. */
  readonly sealed: Bytes
  readonly record: string
  readonly version: number
  readonly section: string
  readonly commitment: string
  /** Half A wrapped under the grant's key; null where A of the batch, wrapped once, gives it. */
  readonly halfA: Bytes | null
}

/** A release: everything sealed, nothing opens without the holder's key and every half B. */
export interface ReleaseAnswer {
  readonly read: string
  readonly grant: string
  /** G sealed to the holder's key. */
  readonly grantKey: Bytes
  /** B₁ ‖ … ‖ Bₙ in the order of the read, sealed to the holder's key; 32 zero bytes where erased. */
  readonly halves: Bytes
  readonly sections: readonly ReleasedSection[]
  /** A\* wrapped under G, for a read of rows whose seal is this batch's own. */
  readonly batchHalf: Bytes | null
  /** For a read of rows: hashes that lead from these rows to the root that the chain holds. */
  readonly rangeProof: readonly Bytes[] | null
  /** Digest that the owner confirms on chain. */
  readonly digest: string
}

/** A committed read of which only a part is given: some fields, an answer, or whether a person is known. */
export interface PartRequest extends ReleaseRequest {
  /** Who is sought, sealed to a key of the owner; null where no person is. */
  readonly query: Bytes | null
}

/** Leaves and paths, or a signed answer, sealed to the holder's key: no key of a section is in it. */
export interface PartAnswer {
  readonly read: string
  readonly box: Bytes
  /** Digest that the owner confirms on chain. */
  readonly digest: string
}

/** One share of half B of a section of level 4, for a committed read. */
export interface ShareRequest {
  readonly read: string
  /** Of the section. */
  readonly commitment: string
  /** x of the share, from 1. */
  readonly index: number
}

/** What a sub-ledger's owner sealed for a determination, shown to the member that must agree. */
export interface SubledgerRequest {
  readonly case: string
  readonly step: string
  /** Roots that the owner submitted or will submit. */
  readonly entries: string
  readonly balances: string
}

/** Openings of a sub-ledger posting, in pages: all entries, then the balances that changed. */
export interface SubledgerPage {
  readonly tree: 'entry' | 'balance'
  readonly openings: readonly Opening[]
}

/** What a new owner sends to the old one: it sealed the same content as its own. */
export interface HandOverRequest {
  /** Id of the hand-over that the case ordered. */
  readonly handOver: string
  /** Key of the old owner that the boxes are sealed to: hex SHA-256 of its SPKI. */
  readonly ownerKey: string
  /** The reads under which the new owner opened the content. */
  readonly reads: readonly {
    readonly read: string
    /** Headers and seeds of the new sections in the order of the read, sealed to the old owner's key. */
    readonly box: Bytes
  }[]
}

/** The list that both sign, as the old owner recomputed it from its own content. */
export interface HandOverList {
  /** In the order of the hand-over's sections. */
  readonly items: readonly { readonly old: string; readonly new: string; readonly record: string }[]
  /** In the order of the hand-over's batches. */
  readonly batches: readonly {
    readonly old: string
    readonly new: string
    readonly count: number
  }[]
}

/** What any member's node answers to another member that is known by its key certificate. */
export interface PeerService {
  prepareSections(caller: string, request: SectionsRequest): Promise<SectionsReply>
  prepareBatch(
    caller: string,
    request: BatchRequest,
    pages: AsyncIterable<readonly Bytes[]>,
  ): AsyncIterable<BatchReply>
  release(caller: string, request: ReleaseRequest): Promise<ReleaseAnswer>
  releasePart(caller: string, request: PartRequest): Promise<PartAnswer>
  /** The owner gives a releaser its share as it was sealed to it. */
  shareBox(caller: string, request: ShareRequest): Promise<Bytes>
  /** A releaser gives the holder its share as it sealed it to it, once it signed so. */
  releasedShare(caller: string, request: ShareRequest): Promise<Bytes>
  subledger(caller: string, request: SubledgerRequest): AsyncIterable<SubledgerPage>
  handOver(caller: string, request: HandOverRequest): Promise<HandOverList>
}

/** Another member's node as this member sees it. */
export interface Peer {
  prepareSections(request: SectionsRequest): Promise<SectionsReply>
  prepareBatch(
    request: BatchRequest,
    pages: AsyncIterable<readonly Bytes[]>,
  ): AsyncIterable<BatchReply>
  release(request: ReleaseRequest): Promise<ReleaseAnswer>
  releasePart(request: PartRequest): Promise<PartAnswer>
  shareBox(request: ShareRequest): Promise<Bytes>
  releasedShare(request: ShareRequest): Promise<Bytes>
  subledger(request: SubledgerRequest): AsyncIterable<SubledgerPage>
  handOver(request: HandOverRequest): Promise<HandOverList>
}

/** Finds the node of a member. Throws `PeerRefused` `PEER_UNKNOWN`. */
export type Peers = (member: string) => Peer

/**
 * Peers inside one process. Arguments and answers are copied, as a network would: no test passes because
 * two members share an object.
 *
 * @param caller    member that calls
 * @param services  what each member answers, asked at every call: members come and go
 */
export function peersInProcess(
  caller: string,
  services: (member: string) => PeerService | undefined,
): Peers {
  return (member) => {
    const service = (): PeerService => {
      const found = services(member)
      if (found === undefined) throw new PeerRefused('PEER_UNKNOWN', { member })
      return found
    }
    return {
      prepareSections: async (request) =>
        copyPlain(await service().prepareSections(caller, copyPlain(request))),
      prepareBatch: (request, pages) =>
        copied(service().prepareBatch(caller, copyPlain(request), copied(pages))),
      release: async (request) => copyPlain(await service().release(caller, copyPlain(request))),
      releasePart: async (request) =>
        copyPlain(await service().releasePart(caller, copyPlain(request))),
      shareBox: async (request) => copyPlain(await service().shareBox(caller, copyPlain(request))),
      releasedShare: async (request) =>
        copyPlain(await service().releasedShare(caller, copyPlain(request))),
      subledger: (request) => copied(service().subledger(caller, copyPlain(request))),
      handOver: async (request) => copyPlain(await service().handOver(caller, copyPlain(request))),
    }
  }
}

async function* copied<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  for await (const part of parts) yield copyPlain(part)
}

/**
 * A deep copy of plain data. Bytes get memory of their own: a view of a larger buffer would carry that
 * buffer, with whatever else lies in it, to the other side.
 *
 * @throws TypeError for anything that a message cannot hold
 */
export function copyPlain<Value>(value: Value): Value {
  return copyOf(value) as Value
}

function copyOf(value: unknown): unknown {
  if (value === null || value === undefined) return value
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    case 'object':
      return copyObject(value as object)
    default:
      throw new TypeError(`a ${typeof value} is not plain data`)
  }
}

function copyObject(value: object): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(copyOf)
  if (!inheritsNothing(value)) throw new TypeError('an object with behaviour is not plain data')
  const copy: Record<string, unknown> = {}
  // On the path of every row: lists of pairs would cost three times as much.
  for (const name of Object.keys(value)) {
    const part = copyOf((value as Record<string, unknown>)[name])
    if (name === '__proto__') throw new TypeError('no plain data has a member of that name')
    copy[name] = part
  }
  return copy
}

/** Objects of literals, and those of the strict parser, whose prototype is empty. */
function inheritsNothing(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return (
    Object.getPrototypeOf(prototype) === null && Reflect.ownKeys(prototype as object).length === 0
  )
}
