/* A file into a draft of the node, in pieces: what is there already is not sent again. */
import { type Bytes, type JsonObject, sha256, toHex } from '@renshe/crypto'
import { type Ask, NodeRefused, untilSettled } from './calls.ts'

/** Draft that a file is for. */
export interface DraftPlace {
  readonly case: string
  readonly step: string
  readonly section: string
}

/** How far a file is. */
export interface UploadProgress {
  /** 上传, 检查; `read` when its rows are in the draft. */
  readonly phase: 'upload' | 'check' | 'read' | 'failed'
  readonly bytes: number
  /** Bytes that the node has. */
  readonly sent: number
  /** Rows read. */
  readonly rows: number
}

/** What became of a file. */
export interface Uploaded {
  /** The file as the draft knows it, and the draft at a glance. */
  readonly file: JsonObject
  readonly summary: JsonObject
}

/** How a file is sent. */
export interface UploadOptions {
  /** `whole`, unless told, replaces what the draft has; `fixes` replaces rows about the same people. */
  readonly as?: 'fixes' | 'whole'
  readonly onProgress?: (progress: UploadProgress) => void
}

interface Shown {
  readonly upload: string
  readonly phase: UploadProgress['phase']
  readonly pieceBytes: number
  readonly pieces: number
  readonly next: number
  readonly rows: number
  readonly file?: JsonObject
  readonly summary?: JsonObject
  readonly problem?: JsonObject
}

/**
 * Sends a file and has its rows read; the same file again finds what it became.
 *
 * @throws NodeRefused for a file that is refused, or a draft that is not the asker's
 */
export async function uploadFile(
  ask: Ask,
  { case: id, step, section }: DraftPlace,
  content: Bytes,
  { as = 'whole', onProgress }: UploadOptions = {},
): Promise<Uploaded> {
  const path = `/drafts/${id}/${step}/${section}/uploads`
  const bytes = content.length
  const tell = (shown: Shown): void => {
    const sent = Math.min(shown.next * shown.pieceBytes, bytes)
    onProgress?.({ phase: shown.phase, bytes, sent, rows: shown.rows })
  }
  const announced = { bytes, sha256: toHex(sha256(content)), as }
  let shown = shownOf(await ask('POST', path, { body: announced }))
  tell(shown)
  const own = `${path}/${shown.upload}`
  while (shown.phase !== 'read' && shown.next < shown.pieces) {
    const { next, pieceBytes } = shown
    const piece = content.subarray(next * pieceBytes, (next + 1) * pieceBytes)
    shown = shownOf(await ask('PUT', `${own}/pieces/${next}`, { bytes: piece }))
    tell(shown)
  }
  if (shown.phase !== 'read') shown = await readRows(ask, own, tell)
  return { file: shown.file ?? {}, summary: shown.summary ?? {} }
}

async function readRows(ask: Ask, own: string, tell: (shown: Shown) => void): Promise<Shown> {
  const answered = await ask('POST', `${own}/read`, { takesTicket: true })
  const first = shownOf(answered)
  tell(first)
  if (answered.status === 200) return first
  return untilSettled(async () => {
    const shown = shownOf(await ask('GET', own))
    tell(shown)
    if (shown.phase === 'failed') throw new NodeRefused(422, shown.problem ?? {})
    return shown.phase === 'read' ? shown : undefined
  }, {})
}

function shownOf({ json }: { readonly json: JsonObject }): Shown {
  return json as unknown as Shown
}
