/*
 * Files on their way into drafts, piece by piece: each piece is on disk, locked under V, before it is
 * acknowledged. A file that was cut off goes on where it ended, also after a restart; the same file again
 * finds what it became.
 */
import { type Bytes, concatBytes, fromUtf8, sha256, toBase64Url, toHex, utf8 } from '@renshe/crypto'
import type { VaultStore } from '../vault/vault-store.ts'
import { DRAFT_LIMITS } from './draft-limits.ts'

/** Bytes of every piece but the last. */
export const UPLOAD_PIECE_BYTES = DRAFT_LIMITS.pieceBytes

/** What is told of a file before its first byte. */
export interface UploadAsked {
  /** Draft that it is for: case, step and section. */
  readonly draft: string
  readonly bytes: number
  /** Hex, of the whole file: it is compared before one row is read. */
  readonly sha256: string
  readonly as: 'fixes' | 'whole'
}

/** A file on its way. */
export interface Upload extends UploadAsked {
  readonly v: 1
  readonly id: string
  /** Pieces that are here, from the first. */
  readonly pieces: number
  /** UTC ms. */
  readonly beganAt: number
  /** Number of the draft's file that it became; null before. */
  readonly file: number | null
}

/** Why a piece is not taken. */
export type UploadRefusal = 'PIECE_OUT_OF_TURN' | 'PIECE_SIZE' | 'UPLOAD_INCOMPLETE' | 'UPLOAD_HASH'

/** A piece or a whole that does not fit; the upload is as it was. */
export class UploadRefused extends Error {
  readonly code: UploadRefusal | 'TOO_MANY'
  readonly facts: Readonly<Record<string, number>>

  constructor(code: UploadRefused['code'], facts: Readonly<Record<string, number>> = {}) {
    super(code)
    this.name = 'UploadRefused'
    this.code = code
    this.facts = facts
  }
}

const HEADS = 'upload'
const PIECES = 'upload-piece'
/** Uploads of one member at one time, and how long one that nobody goes on with is kept. */
const MOST_UPLOADS = 200
const UPLOAD_LIFE_MS = 24 * 3_600_000

/** What uploads need of a vault. */
export interface UploadVault {
  readonly store: Pick<VaultStore, 'lock' | 'unlock' | 'lockedIds' | 'removeLocked'>
  readonly random: (length: number) => Bytes
}

/** Uploads of one member. */
export class Uploads {
  readonly #vault: UploadVault
  readonly #now: () => number

  /** @param now  UTC ms of a real clock */
  constructor(vault: UploadVault, now: () => number) {
    this.#vault = vault
    this.#now = now
  }

  /**
   * Begins an upload, or finds the one of the same file for the same draft.
   *
   * @throws UploadRefused TOO_MANY
   */
  begin(asked: UploadAsked): Upload {
    const all = this.#sweep()
    const known = all.find(
      ({ draft, sha256: hash, bytes, as }) =>
        draft === asked.draft && hash === asked.sha256 && bytes === asked.bytes && as === asked.as,
    )
    if (known !== undefined) return known
    if (all.length >= MOST_UPLOADS) throw new UploadRefused('TOO_MANY', { limit: MOST_UPLOADS })
    const id = toBase64Url(this.#vault.random(16))
    const upload: Upload = { v: 1, id, ...asked, pieces: 0, beganAt: this.#now(), file: null }
    this.#keep(upload)
    return upload
  }

  /** An upload for a draft; undefined also if it is for another. */
  find(id: string, draft: string): Upload | undefined {
    const bytes = this.#vault.store.unlock(HEADS, id)
    if (bytes === undefined) return undefined
    // Under V only this file writes: what opens has its shape.
    const upload = JSON.parse(fromUtf8(bytes)) as Upload
    return upload.draft === draft ? upload : undefined
  }

  /**
   * Takes the next piece; one that is here already changes nothing.
   *
   * @throws UploadRefused PIECE_OUT_OF_TURN, PIECE_SIZE
   */
  put(upload: Upload, piece: number, content: Bytes): Upload {
    if (piece < upload.pieces) return upload
    if (piece !== upload.pieces || upload.file !== null) {
      throw new UploadRefused('PIECE_OUT_OF_TURN', { next: upload.pieces })
    }
    const expected = Math.min(UPLOAD_PIECE_BYTES, upload.bytes - piece * UPLOAD_PIECE_BYTES)
    if (content.length !== expected) throw new UploadRefused('PIECE_SIZE', { expected })
    this.#vault.store.lock(PIECES, [[pieceId(upload, piece), content]])
    const grown = { ...upload, pieces: piece + 1 }
    this.#keep(grown)
    return grown
  }

  /**
   * The whole file.
   *
   * @throws UploadRefused UPLOAD_INCOMPLETE; UPLOAD_HASH, then its pieces are gone and it begins anew
   */
  content(upload: Upload): Bytes {
    const { pieces, bytes } = upload
    if (pieces < piecesOf(bytes)) throw new UploadRefused('UPLOAD_INCOMPLETE', { next: pieces })
    const parts = Array.from({ length: pieces }, (_, piece) => {
      const part = this.#vault.store.unlock(PIECES, pieceId(upload, piece))
      if (part === undefined) throw new UploadRefused('UPLOAD_INCOMPLETE', { next: piece })
      return part
    })
    const whole = concatBytes(...parts)
    if (toHex(sha256(whole)) === upload.sha256) return whole
    this.remove(upload)
    throw new UploadRefused('UPLOAD_HASH')
  }

  /** It became a file of its draft: the pieces are not needed any more. */
  became(upload: Upload, file: number): Upload {
    const { store } = this.#vault
    store.removeLocked(PIECES, pieceIds(upload))
    const done = { ...upload, file }
    this.#keep(done)
    return done
  }

  /** Removes an upload with its pieces. */
  remove(upload: Upload): void {
    const { store } = this.#vault
    store.removeLocked(HEADS, [upload.id])
    store.removeLocked(PIECES, pieceIds(upload))
  }

  #keep(upload: Upload): void {
    this.#vault.store.lock(HEADS, [[upload.id, utf8(JSON.stringify(upload))]])
  }

  /** What is left after those that nobody went on with are removed. */
  #sweep(): Upload[] {
    const { store } = this.#vault
    const all = store.lockedIds(HEADS).flatMap((id) => {
      const bytes = store.unlock(HEADS, id)
      return bytes === undefined ? [] : [JSON.parse(fromUtf8(bytes)) as Upload]
    })
    const isOver = ({ beganAt }: Upload): boolean => this.#now() - beganAt > UPLOAD_LIFE_MS
    for (const upload of all.filter(isOver)) this.remove(upload)
    return all.filter((upload) => !isOver(upload))
  }
}

/** How many pieces a file of so many bytes has. */
export function piecesOf(bytes: number): number {
  return Math.ceil(bytes / UPLOAD_PIECE_BYTES)
}

function pieceId({ id }: Upload, piece: number): string {
  return `${id}/${piece}`
}

function pieceIds(upload: Upload): string[] {
  return Array.from({ length: upload.pieces }, (_, piece) => pieceId(upload, piece))
}
