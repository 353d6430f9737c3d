/* The holder's side of level 4: shares of half B from those who released them, each compared with the chain. */
import { findPanel, reads, shareReleases } from '@renshe/contracts'
import { type Bytes, combineShares, openSealed, type PrivateKey, SealBroken } from '@renshe/crypto'
import type { LedgerView } from '../ledger-port.ts'
import type { Peers } from '../peer.ts'
import type { Vault } from './vault.ts'

/** What a holder collects with. */
export interface Collecting {
  readonly ledger: { view(): LedgerView }
  readonly peers: Peers
  readonly vault: Vault
  readonly encryption: PrivateKey
}

/**
 * Half B of each section of level 4 of a read, by commitment: from every releaser that signed, whose node
 * gives what it signed for. A releaser that gives something else is left out as long as enough others do.
 *
 * @throws SealBroken if fewer right shares come than are needed
 */
export async function collectShares(
  { ledger, peers, vault, encryption }: Collecting,
  id: string,
): Promise<ReadonlyMap<string, Bytes>> {
  const view = ledger.view()
  const halves = new Map<string, Bytes>()
  const { chain, suite } = vault
  for (const item of view.state(reads).find(id)?.items ?? []) {
    const { record, section, version, commitment } = item
    const panel = findPanel(view, record, section, version)
    if (panel === undefined) continue
    const commitments = panel.shares.map((share) => share.commitment)
    const shares: Bytes[] = []
    const prefix = [id, record, section, version]
    for (const [, { index, member }] of view.state(shareReleases).range({ prefix })) {
      if (shares.length === panel.need) break
      try {
        const box = await peers(member).releasedShare({ read: id, commitment, index })
        const context = { use: 'share-release', chain, read: id, commitment, index } as const
        const share = openSealed(suite, encryption, context, box)
        const one = { suite, subject: commitment, need: 1, commitments, shares: [share] }
        combineShares(one)
        shares.push(share)
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error
      }
    }
    const { need } = panel
    halves.set(commitment, combineShares({ suite, subject: commitment, need, commitments, shares }))
  }
  return halves
}
