/* What this member's node answers to other members' nodes. */
import type { PrivateKey, SuiteId } from '@renshe/crypto'
import { serveSubledger } from './determine/serve-subledger.ts'
import type { TransactionSigner } from './keys/member-keys.ts'
import type { LedgerPort } from './ledger-port.ts'
import type { PeerService } from './peer.ts'
import { sealBatchFor, sealSectionsFor } from './prepare/serve-sealing.ts'
import { checkHandOver } from './vault/hand-over.ts'
import { releasedShare, shareBox } from './vault/panels.ts'
import { releaseRead } from './vault/release.ts'
import { releasePart } from './vault/release-parts.ts'
import type { Vault } from './vault/vault.ts'

/** What answers are made from. */
export interface ServingMember {
  readonly vault: Vault
  readonly ledger: LedgerPort
  readonly suites: readonly SuiteId[]
  readonly encryption: PrivateKey
  /** Hex SHA-256 of the SPKI of the encryption key. */
  readonly holderKey: string
  /** Key that answers are signed with: the chain knows its certificate. */
  readonly answerKey: () => Promise<TransactionSigner>
}

/** The service of one member, decided each time from its own replica. */
export function peerServiceOf(member: ServingMember): PeerService {
  const { vault, ledger } = member
  return {
    prepareSections: (caller, request) => sealSectionsFor(vault, ledger.view(), caller, request),
    prepareBatch: (caller, request, pages) =>
      sealBatchFor(vault, ledger.view(), caller, request, pages),
    release: async (caller, request) => releaseRead(vault, ledger.view(), caller, request),
    releasePart: (caller, request) => releasePart(member, ledger.view(), caller, request),
    shareBox: async (caller, request) => shareBox(vault, ledger.view(), caller, request),
    releasedShare: async (caller, request) => releasedShare(vault, ledger.view(), caller, request),
    subledger: (caller, request) => serveSubledger(vault, ledger.view(), caller, request),
    handOver: async (caller, request) =>
      checkHandOver({ ...member, view: ledger.view() }, caller, request),
  }
}
