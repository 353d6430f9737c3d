import { type Bytes, fromHex } from '@renshe/crypto'
import { type Finding, green, red } from './check.ts'
import type { EvidenceAct, EvidenceFile, EvidenceRecord } from './evidence-file.ts'
import { type Header, headerLeaf } from './header.ts'
import { stateKey } from './state-key.ts'
import { valueHash, writeLeaf } from './state-tree.ts'
import { resultLeaf, type TransactionBody, transactionLeaf } from './transaction.ts'
import { verifyInclusion } from './tree.ts'
import type { Reader } from './trust.ts'

/** Headers of the file by height, the tip among them. */
export function headersOf(file: EvidenceFile): ReadonlyMap<number, Header> {
  const headers = file.headers.map(({ header }) => header)
  return new Map([...headers, file.tip].map((header) => [header.height, header]))
}

/**
 * `inclusion`: every header is in the log of the final tip; each transaction and its result are in
 * their header and name each other; records are in a write root; one chain id throughout.
 */
export function checkInclusion(
  file: EvidenceFile,
  bodies: readonly TransactionBody[],
  reader: Reader,
): Finding {
  const fault =
    headersFault(file) ??
    genesisFault(file, reader) ??
    actsFault(file, bodies) ??
    recordsFault(file) ??
    chainFault(file) ??
    unusedFault(file)
  if (fault !== null) return fault
  const headers = headersOf(file)
  return green('INCLUDED', {
    places: file.acts.map(({ height, index }) => ({
      height,
      index,
      time: headers.get(height)!.time,
    })),
    records: file.records.length,
    steps: pathLength(file),
  })
}

function headersFault(file: EvidenceFile): Finding | null {
  const { tip } = file
  for (const { header, path } of file.headers) {
    const { height } = header
    if (header.chain !== tip.chain) return red('CHAIN_OTHER', { height })
    const leaf = headerLeaf(header)
    if (!isUnder(leaf, height, path, tip.height, tip.log))
      return red('HEADER_NOT_IN_LOG', { height })
  }
  return null
}

/** Header 0 names the genesis document: a reader who trusts its whole hash compares it. */
function genesisFault(file: EvidenceFile, { trusted }: Reader): Finding | null {
  const first = headersOf(file).get(0)
  if (first === undefined) return null
  const hashes = trusted
    .filter(({ chain }) => chain === file.tip.chain)
    .flatMap(({ genesisHash }) => genesisHash ?? [])
  const isOther = hashes.length > 0 && !hashes.includes(first.parent)
  return isOther ? red('GENESIS_OTHER', { genesis: first.parent }) : null
}

function actsFault(file: EvidenceFile, bodies: readonly TransactionBody[]): Finding | null {
  const headers = headersOf(file)
  for (const [i, act] of file.acts.entries()) {
    const body = bodies[i]!
    const header = headers.get(act.height)
    if (header === undefined) return red('HEADER_MISSING', { height: act.height })
    if (body.chain !== header.chain) return red('CHAIN_OTHER', { act: i })
    const code = actFault(act, header)
    if (code !== null) return red(code, { act: i, height: act.height })
    if (act.result.tx !== act.txId || act.result.signer.certificate !== body.signer) {
      return red('RESULT_OTHER', { act: i })
    }
  }
  return null
}

function actFault(
  act: EvidenceAct,
  header: Header,
): 'TRANSACTION_NOT_IN_BLOCK' | 'RESULT_NOT_IN_BLOCK' | null {
  const { index, path, resultPath, result, signature } = act
  const leaf = transactionLeaf(fromHex(act.txId), signature)
  if (!isUnder(leaf, index, path, header.txCount, header.txRoot)) return 'TRANSACTION_NOT_IN_BLOCK'
  const isResult = isUnder(resultLeaf(result), index, resultPath, header.txCount, header.resultRoot)
  return isResult ? null : 'RESULT_NOT_IN_BLOCK'
}

function recordsFault(file: EvidenceFile): Finding | null {
  const headers = headersOf(file)
  for (const [i, record] of file.records.entries()) {
    const code = writeFault(record, headers)
    if (code !== null) return red(code, { record: i, height: record.height })
  }
  return null
}

/** Why a record is not among the writes of its block, or null. */
export function writeFault(
  record: EvidenceRecord,
  headers: ReadonlyMap<number, Header>,
): 'HEADER_MISSING' | 'RECORD_NOT_IN_BLOCK' | null {
  const header = headers.get(record.height)
  if (header === undefined) return 'HEADER_MISSING'
  const leaf = writeLeaf(stateKey(record.collection, record.key), valueHash(record.value))
  const { writeCount, writeRoot } = header
  return isUnder(leaf, record.index, record.path, writeCount, writeRoot)
    ? null
    : 'RECORD_NOT_IN_BLOCK'
}

/** Sealed sections name their chain too: one sealed for another chain is no part of this one. */
function chainFault(file: EvidenceFile): Finding | null {
  for (const [i, { sections }] of file.opened.entries()) {
    for (const section of sections) {
      if ('header' in section && section.header.chain !== file.tip.chain) {
        return red('CHAIN_OTHER', { opened: i })
      }
    }
  }
  return null
}

/**
 * A header that nothing refers to would be bytes without meaning; and where two blocks wrote the same,
 * a height changed from one to the other leaves the first without use.
 */
function unusedFault(file: EvidenceFile): Finding | null {
  const needed = neededHeights(file)
  const unused = file.headers.find(({ header }) => !needed.has(header.height))
  return unused ? red('HEADER_UNUSED', { height: unused.header.height }) : null
}

/** Heights that acts, records, registry and status refer to: nothing else needs a header. */
function neededHeights(file: EvidenceFile): Set<number> {
  const { acts, records, registry, status } = file
  const needed = new Set([...acts, ...records, ...registry].map(({ height }) => height))
  if (status === null) return needed
  needed.add(status.carrier)
  const snapshot = headersOf(file).get(status.carrier)?.snapshot
  if (snapshot) needed.add(snapshot.height)
  return needed
}

function isUnder(
  leafHash: Bytes,
  index: number,
  path: readonly string[],
  size: number,
  root: string,
): boolean {
  return verifyInclusion({ leafHash, index, size, path: path.map(fromHex), root: fromHex(root) })
}

/** Hashes between the first act and the signed head: what a drawing of the path may claim. */
function pathLength(file: EvidenceFile): number {
  const act = file.acts[0]!
  const header = file.headers.find(({ header: { height } }) => height === act.height)
  const { proof } = file.finality
  const toHead = proof.engine === 'embedded' ? proof.path.length : 0
  return act.path.length + (header?.path.length ?? 0) + toHead
}
