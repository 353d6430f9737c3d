import type { Context, QueryView, Reader } from '@renshe/kernel'
import { beginWork, type CaseWork, findCase, stepsOf } from './case-work.ts'
import type { Case } from './records.ts'

/**
 * A case and its steps are L1: every member of the chain reads them, on its own disk too; the public
 * reads nothing. What only some may see is sealed and not here.
 *
 * @source domain/annuity.md section 8; security/threats.md 31
 */
export function isOfChain(reader: Reader): boolean {
  return reader.member !== null
}

/** The case; refuses `CASE_NOT_FOUND`. */
export function getCaseOf(view: QueryView, id: string): Case {
  return findCase(view, id) ?? view.refuse({ code: 'CASE_NOT_FOUND', case: id })
}

/** Work on a case for a question: everything can be computed, nothing can be written. */
export function readWork(view: QueryView, serviceCase: Case): CaseWork {
  return beginWork(readingContext(view), serviceCase, stepsOf(view, serviceCase.id))
}

/** A question asked of contract code that also acts: writing throws, since it would be a bug. */
function readingContext(view: QueryView): Context {
  const never = (): never => {
    throw new Error('a query writes nothing')
  }
  return {
    chain: view.chain,
    height: view.height,
    time: view.time,
    txId: '',
    signer: { certificate: '', kind: 'system', member: '', name: '', roles: [], unit: null },
    state: (collection) => {
      const read = view.state(collection)
      return {
        find: (key) => read.find(key),
        read: (key) => read.read(key),
        get: (key) => read.get(key),
        has: (key) => read.has(key),
        range: (range) => read.range(range),
        index: (name, range) => read.index(name, range),
        put: never,
        delete: never,
      }
    },
    newId: never,
    emit: never,
    refuse: (reason) => view.refuse(reason),
  }
}
