import type { PeerService } from './peer.ts'
import type { MemberLedger } from './real-ledger.ts'

/**
 * A service that answers when its own copy of the ledger has what is final: a caller may speak of a block
 * that reached its node a moment earlier.
 */
export function afterCatchUp(
  service: PeerService,
  ledger: Pick<MemberLedger, 'caughtUp'>,
): PeerService {
  return {
    async prepareSections(caller, request) {
      await ledger.caughtUp()
      return service.prepareSections(caller, request)
    },
    async *prepareBatch(caller, request, pages) {
      await ledger.caughtUp()
      yield* service.prepareBatch(caller, request, pages)
    },
    async release(caller, request) {
      await ledger.caughtUp()
      return service.release(caller, request)
    },
    async releasePart(caller, request) {
      await ledger.caughtUp()
      return service.releasePart(caller, request)
    },
    async shareBox(caller, request) {
      await ledger.caughtUp()
      return service.shareBox(caller, request)
    },
    async releasedShare(caller, request) {
      await ledger.caughtUp()
      return service.releasedShare(caller, request)
    },
    async *subledger(caller, request) {
      await ledger.caughtUp()
      yield* service.subledger(caller, request)
    },
    async handOver(caller, request) {
      await ledger.caughtUp()
      return service.handOver(caller, request)
    },
  }
}
