/* Sends a file with honest progress: how much is up, then that it is being checked. */
import type { JsonObject } from '@renshe/crypto'
import { Problem, type Slot } from '../../session/api.ts'
import type { DraftSummary } from './drafts.ts'

/** What became of a file. */
export interface AddedFile {
  readonly file: { readonly rows: number; readonly bad: number; readonly encoding: string | null }
  readonly replaced: number
  readonly unknownHeadings: readonly string[]
  readonly summary: DraftSummary
}

/** Where a file goes, in whose name. */
export interface Sending {
  readonly path: string
  readonly token: string
  readonly slot: Slot
  /** `fixes`: its rows replace those about the same person; `whole`: everything that was there. */
  readonly as: 'fixes' | 'whole'
}

/**
 * Uploads a table to a draft.
 *
 * @param told  bytes that are up; all of them: the node checks the rows now
 * @throws Problem
 */
export function sendFile(
  file: Blob,
  type: string,
  { path, token, slot, as }: Sending,
  told: (bytes: number) => void,
): Promise<AddedFile> {
  return new Promise((resolve, reject) => {
    // `fetch` tells nothing of what is on its way up.
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${path}/files?as=${as}`)
    request.setRequestHeader('content-type', type)
    request.setRequestHeader('x-renshe-token', token)
    if (slot === 'b') request.setRequestHeader('x-renshe-slot', 'b')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => told(loaded)
    request.upload.onload = () => told(file.size)
    request.onerror = () => reject(new Problem(0, { code: 'NO_ANSWER' }, null))
    request.onload = () => {
      const answer = (request.response ?? {}) as JsonObject
      if (request.status < 300) resolve(answer as unknown as AddedFile)
      else reject(new Problem(request.status, answer, request.getResponseHeader('x-request-id')))
    }
    request.send(file)
  })
}

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Type by content: a workbook is an archive. */
export function typeOfTable(first: Uint8Array): typeof CSV | typeof XLSX {
  return first[0] === 0x50 && first[1] === 0x4b ? XLSX : CSV
}
