/*
 * What a sub-ledger's owner shows to the member that must agree: the openings of entries and balances that
 * it sealed for this step. It is the Write flow: nothing of it is on chain yet, so nothing can be read
 * under a grant, and nobody signs roots that they did not recompute.
 */
import type { LedgerView } from '../ledger-port.ts'
import { PAGE_ROWS, PeerRefused, type SubledgerPage, type SubledgerRequest } from '../peer.ts'
import {
  type CaseTerms,
  findCaseSection,
  findCaseTerms,
  findStepDefinition,
} from '../prepare/case-terms.ts'
import { HalfReader, openOwn } from '../vault/own-sections.ts'
import type { Vault } from '../vault/vault.ts'
import { partiesOf } from './determination-task.ts'

const TREES = ['entry', 'balance'] as const

/**
 * Streams the openings of a posting.
 *
 * @throws PeerRefused unless the caller must agree on this step and is a reader of both sections, and the
 *         roots are those of postings that this vault sealed for it
 */
export async function* serveSubledger(
  vault: Vault,
  view: LedgerView,
  caller: string,
  request: SubledgerRequest,
): AsyncGenerator<SubledgerPage> {
  const terms = findCaseTerms(view, request.case)
  if (terms === undefined) throw new PeerRefused('CASE_NOT_FOUND', { case: request.case })
  const determine = findStepDefinition(terms, request.step)?.determine
  if (determine === undefined || !partiesOf(terms, determine).includes(caller)) {
    throw new PeerRefused('STEP_NOT_YOURS', { step: request.step })
  }
  for (const tree of TREES) refuseUnlessReader(terms, tree, caller)
  for (const tree of TREES) {
    const root = tree === 'entry' ? request.entries : request.balances
    yield* pagesOf(vault, request, tree, root)
  }
}

function refuseUnlessReader(terms: CaseTerms, name: string, caller: string): void {
  const readers = findCaseSection(terms, name)?.definition.readers ?? []
  const members = readers.flatMap((party) => terms.serviceCase.parties[party] ?? [])
  if (!members.includes(caller)) throw new PeerRefused('SECTION_NOT_COVERED', { section: name })
}

function* pagesOf(
  vault: Vault,
  request: SubledgerRequest,
  tree: 'entry' | 'balance',
  root: string,
): Generator<SubledgerPage> {
  const sealing = vault.store.sealingOfRoot(root)
  const isOfStep = sealing?.case === request.case && sealing.step === request.step
  if (sealing === undefined || sealing.kind !== tree || !isOfStep) {
    throw new PeerRefused('SECTION_MISSING', { tree })
  }
  const halves = new HalfReader(vault)
  const places = vault.store.leaves(sealing.n).map((leaf, row) => ({ sealing, row, leaf }))
  for (let from = 0; from < places.length; from += PAGE_ROWS) {
    const openings = places.slice(from, from + PAGE_ROWS).map((place) => {
      const opening = openOwn(vault, place, halves)
      if (opening === null) throw new PeerRefused('SECTION_ERASED', { tree })
      return opening
    })
    yield { tree, openings }
  }
}
