/*
 * A large file into a draft: announced, sent piece by piece, read. Each phase tells how far it is; a page
 * that was closed goes on where it was.
 */
import type { JsonObject } from '@renshe/crypto'
import { Type } from 'typebox'
import { DraftRefused } from '../drafts/draft-refused.ts'
import {
  piecesOf,
  UPLOAD_PIECE_BYTES,
  type Upload,
  UploadRefused,
  Uploads,
} from '../drafts/uploads.ts'
import { FileRefused } from '../files/refusals.ts'
import { DraftSummaryShown, draftOf, mayDraft, Place, plain } from './draft-routes.ts'
import { API_LIMITS } from './limits.ts'
import { asksForTicket, quickOr } from './patience.ts'
import { absent, ProblemThrown, problemOf } from './problem.ts'
import {
  AnyObject,
  API_BASE,
  type ApiParts,
  type ApiRoute,
  type Call,
  Count,
  HexDigest,
  type Reply,
  sessionOf,
} from './route.ts'

/** A reading under way, or how it ended badly. */
interface Reading {
  rows: number
  problem: ProblemThrown | null
}

const UploadShown = Type.Object({
  upload: Type.String(),
  /** `upload` 上传: pieces are awaited; `check` 检查: rows are read; `read`: they are in the draft. */
  phase: Type.Union([
    Type.Literal('upload'),
    Type.Literal('check'),
    Type.Literal('read'),
    Type.Literal('failed'),
  ]),
  bytes: Type.Integer(),
  /** Bytes of every piece but the last. */
  pieceBytes: Type.Integer(),
  pieces: Type.Integer(),
  /** The piece to send next; `pieces` when all are here. */
  next: Type.Integer(),
  /** Rows read so far, and of them once it is known. */
  rows: Type.Integer(),
  /** The draft's file that it became, and the draft with it. */
  file: Type.Optional(AnyObject),
  summary: Type.Optional(DraftSummaryShown),
  problem: Type.Optional(AnyObject),
})

interface Uploading {
  readonly uploads: Map<string, Uploads>
  readonly readings: Map<string, Reading>
}

const uploadingOf = new WeakMap<ApiParts, Uploading>()

function uploading(parts: ApiParts): Uploading {
  const kept = uploadingOf.get(parts) ?? { uploads: new Map(), readings: new Map() }
  uploadingOf.set(parts, kept)
  return kept
}

function uploadsOf(call: Call): Uploads {
  const { member } = sessionOf(call)
  const { uploads } = uploading(call.parts)
  const own = uploads.get(member.id) ?? new Uploads(member.vault, call.parts.now)
  uploads.set(member.id, own)
  return own
}

function placeOf({ params }: Call): string {
  return `${params.case}/${params.step}/${params.section}`
}

function getUpload(call: Call): Upload {
  const found = uploadsOf(call).find(call.params.upload ?? '', placeOf(call))
  if (found === undefined) throw absent()
  return found
}

function shown(call: Call, upload: Upload): JsonObject {
  const { id, bytes, pieces: next, file } = upload
  const reading = uploading(call.parts).readings.get(id)
  const common = {
    upload: id,
    bytes,
    pieceBytes: UPLOAD_PIECE_BYTES,
    pieces: piecesOf(bytes),
    next,
    rows: reading?.rows ?? 0,
  }
  if (file !== null) {
    const draft = draftOf(call)
    const summary = draft.summary()
    const kept = summary.files.find(({ number }) => number === file)
    return plain({ ...common, phase: 'read', rows: kept?.rows ?? 0, file: kept, summary })
  }
  if (reading === undefined) return { ...common, phase: 'upload' }
  if (reading.problem === null) return { ...common, phase: 'check' }
  return { ...common, phase: 'failed', problem: problemOf(reading.problem) }
}

function begin(call: Call): Reply {
  const { body } = call
  const draft = draftOf(call)
  const asked = {
    draft: placeOf(call),
    bytes: Number(body.bytes),
    sha256: String(body.sha256),
    as: body.as === 'fixes' ? ('fixes' as const) : ('whole' as const),
  }
  try {
    const uploads = uploadsOf(call)
    const upload = uploads.begin(asked)
    const isGone =
      upload.file !== null && !draft.summary().files.some(({ number }) => number === upload.file)
    // The draft let go of it meanwhile: the same file is a new one.
    if (isGone) uploads.remove(upload)
    return { status: 201, json: shown(call, isGone ? uploads.begin(asked) : upload) }
  } catch (error) {
    throw uploadProblem(error)
  }
}

function putPiece(call: Call): Reply {
  const upload = getUpload(call)
  try {
    const content = call.bytes ?? new Uint8Array()
    const grown = uploadsOf(call).put(upload, Number(call.params.piece), content)
    return { status: 200, json: shown(call, grown) }
  } catch (error) {
    throw uploadProblem(error)
  }
}

/** Reads the rows; with `Prefer: respond-async` a long reading is answered with where to ask. */
async function read(call: Call): Promise<Reply> {
  const upload = getUpload(call)
  if (upload.file !== null) return { status: 200, json: shown(call, upload) }
  const { readings } = uploading(call.parts)
  const running = readings.get(upload.id)
  const location = `${API_BASE}/drafts/${placeOf(call)}/uploads/${upload.id}`
  const ticket = (): Reply => ({ status: 202, json: shown(call, upload), headers: { location } })
  if (running !== undefined && running.problem === null) return ticket()
  const work = readRows(call, upload)
  const done = asksForTicket(call) ? await quickOr(call, work) : await work
  return done === undefined ? ticket() : { status: 200, json: shown(call, done) }
}

async function readRows(call: Call, upload: Upload): Promise<Upload> {
  const uploads = uploadsOf(call)
  const { readings } = uploading(call.parts)
  const reading: Reading = { rows: 0, problem: null }
  readings.set(upload.id, reading)
  try {
    const content = uploads.content(upload)
    const onProgress = (rows: number): void => {
      reading.rows = rows
    }
    const { file } = await draftOf(call).addFile(content, { as: upload.as, onProgress })
    readings.delete(upload.id)
    return uploads.became(upload, file.number)
  } catch (error) {
    const problem = uploadProblem(error)
    reading.problem = problem instanceof ProblemThrown ? problem : new ProblemThrown('NODE_FAULT')
    throw problem
  }
}

function uploadProblem(error: unknown): unknown {
  if (error instanceof UploadRefused) return new ProblemThrown(error.code, { ...error.facts })
  if (error instanceof DraftRefused || error instanceof FileRefused) {
    const { code, ...facts } = error.refusal
    return new ProblemThrown(code, plain(facts))
  }
  return error
}

const PATH = `${API_BASE}/drafts/{case}/{step}/{section}/uploads`
const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
const SHARED = { access: 'session', mayRead: mayDraft } as const

/** Routes of uploads in pieces. */
export const uploadRoutes: readonly ApiRoute[] = [
  {
    ...SHARED,
    method: 'POST',
    path: PATH,
    operationId: 'uploads.begin',
    summary: 'Announces a file; the same file for the same draft finds what is there of it.',
    params: Type.Object(Place),
    body: Type.Object({
      bytes: Type.Integer({ minimum: 1, maximum: API_LIMITS.uploadBytes }),
      sha256: HexDigest,
      as: Type.Optional(Type.Union([Type.Literal('fixes'), Type.Literal('whole')])),
    }),
    replies: { 201: UploadShown },
    run: begin,
  },
  {
    ...SHARED,
    method: 'GET',
    path: `${PATH}/{upload}`,
    operationId: 'uploads.get',
    summary: 'Shows how far a file is: pieces, rows read, what it became.',
    params: Type.Object({ ...Place, upload: Id }),
    replies: { 200: UploadShown },
    run: (call) => ({ status: 200, json: shown(call, getUpload(call)) }),
  },
  {
    ...SHARED,
    method: 'PUT',
    path: `${PATH}/{upload}/pieces/{piece}`,
    operationId: 'uploads.putPiece',
    summary: 'Takes the next piece of a file; it is on disk when this is answered.',
    params: Type.Object({ ...Place, upload: Id, piece: Count }),
    media: ['application/octet-stream'],
    mostBytes: UPLOAD_PIECE_BYTES,
    replies: { 200: UploadShown },
    run: putPiece,
  },
  {
    ...SHARED,
    method: 'POST',
    path: `${PATH}/{upload}/read`,
    operationId: 'uploads.read',
    summary: 'Compares the file with its announced hash and reads its rows into the draft.',
    params: Type.Object({ ...Place, upload: Id }),
    replies: { 200: UploadShown, 202: UploadShown },
    run: read,
  },
]
