/* Reads that somebody signed elsewhere, in a browser: a reading takes them and signs none itself. */
import { checkRelease, type Read, reads } from '@renshe/contracts'
import { canonicalText, type JsonObject } from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import { type Reading, ReadRefused } from './read-sections.ts'

/** Committed reads by what they ask for. */
export class SignedReads {
  readonly #byAsked = new Map<string, Read>()

  /**
   * @param ids  of reads whose signer was checked; those that the owner would not answer any more are
   *             left out
   */
  constructor(view: LedgerView, ids: readonly string[]) {
    for (const id of ids) {
      const check = checkRelease(view, id, view.time)
      if (check.ok) this.#byAsked.set(askedByRead(check.read), check.read)
    }
  }

  /** Whether a read with this input is among them. */
  has(input: JsonObject): boolean {
    return this.#byAsked.has(askedByInput(input))
  }

  /**
   * The `act` of a reading: answers with a read that was signed, and never signs.
   *
   * @throws ReadRefused `READ_NOT_SIGNED` for any other
   */
  readonly act: Reading['act'] = async (_action, input) => {
    const read = this.#byAsked.get(askedByInput(input))
    if (read === undefined) throw new ReadRefused('READ_NOT_SIGNED', {})
    const { read: txId, owner, height } = read
    return { included: true, txId, height, code: 'OK', data: { read: txId, owner } }
  }
}

function askedByInput({ grant, case: caseId, holderKey, batch, rows }: JsonObject): string {
  const root = (batch as JsonObject | undefined)?.root ?? null
  return canonicalText([grant ?? null, caseId ?? null, holderKey ?? null, root, rows ?? null])
}

function askedByRead({ grant, case: caseId, holderKey, rows }: Read): string {
  if (rows === null) return askedByInput({ grant, case: caseId, holderKey })
  const { batch: root, ...run } = rows
  return askedByInput({ grant, case: caseId, holderKey, batch: { root }, rows: run })
}

/** A committed read, or undefined. */
export function findRead(view: LedgerView, id: string): Read | undefined {
  return view.state(reads).find(id)
}
