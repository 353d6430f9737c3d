import { fromHex, type Json } from '@renshe/crypto'
import { type Finding, green, grey, red } from './check.ts'
import { headersOf } from './check-inclusion.ts'
import type { EvidenceFile, EvidenceNeighbour, EvidenceStatus } from './evidence-file.ts'
import { memberOf } from './evidence-file.ts'
import { stateKey } from './state-key.ts'
import { type Neighbour, verifyAbsence } from './state-tree.ts'
import type { Reader } from './trust.ts'

/**
 * `status`: no amending record of the subject at a snapshot, told with its date. No snapshot yet:
 * grey. A reader who is online and found an amendment: red, with what and when. That nothing was
 * found online is only somebody's word, so it never makes the check greener than its proof.
 */
export function checkStatus(file: EvidenceFile, reader: Reader): Finding {
  const proven = provenStatus(file)
  if (proven.state === 'red') return proven
  const { online } = reader
  if (!online?.amendment) return proven
  return red('AMENDED', { ...online.amendment, asOf: online.asOf })
}

function provenStatus(file: EvidenceFile): Finding {
  const { status } = file
  if (status === null) return grey('STATUS_ABSENT')
  if (status.subject !== statusSubject(file))
    return red('STATUS_OTHER', { subject: status.subject })
  const headers = headersOf(file)
  const snapshot = headers.get(status.carrier)?.snapshot
  if (!snapshot) return red('SNAPSHOT_MISSING', { carrier: status.carrier })
  // Two headers may carry the same state: only the newest counts, so one number fits.
  const carriers = [...headers.values()].filter((header) => header.snapshot !== null)
  if (carriers.some(({ height }) => height > status.carrier)) {
    return red('SNAPSHOT_OLDER', { carrier: status.carrier })
  }
  const dated = headers.get(snapshot.height)
  if (dated === undefined) return red('HEADER_MISSING', { height: snapshot.height })
  const isAbsent = verifyAbsence({
    key: stateKey('ledger/amendment', [status.subject]),
    index: status.index,
    left: neighbour(status.left),
    right: neighbour(status.right),
    count: snapshot.count,
    root: fromHex(snapshot.root),
  })
  if (!isAbsent) return red('ABSENCE_BROKEN')
  const facts = { height: snapshot.height, asOf: dated.time, subject: status.subject }
  const newest = Math.max(...[...file.acts, ...file.records].map(({ height }) => height))
  // A state from before the act cannot know what came after it.
  if (snapshot.height < newest) return grey('SNAPSHOT_BEFORE_ACT', facts)
  return green('IN_FORCE', facts)
}

function neighbour(side: EvidenceNeighbour | null): Neighbour | null {
  return (
    side && {
      key: fromHex(side.key),
      valueHash: fromHex(side.valueHash),
      path: side.path.map(fromHex),
    }
  )
}

/**
 * What an amendment of this file's matter would name: the txId of the act; the last journal of a
 * statement; the hash of a published document; the id of a paper.
 */
export function statusSubject(
  file: Pick<EvidenceFile, 'kind' | 'acts' | 'records'>,
): EvidenceStatus['subject'] | null {
  const record = file.records.at(-1)
  const of = (part: Json | undefined): string | null => (typeof part === 'string' ? part : null)
  if (file.kind === 'line' || file.kind === 'credential') return of(record?.key.at(-1))
  if (file.kind === 'rule') return of(memberOf(record?.value ?? undefined, 'hash'))
  return file.acts[0]?.txId ?? null
}
