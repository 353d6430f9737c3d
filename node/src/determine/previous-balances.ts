import {
  type AccountBalance,
  EMPTY_TREE,
  readBalance,
  type Scale,
  type SealedLeaf,
  type SubledgerTree,
  subledgerTree,
} from '@renshe/contracts'
import { sectionCommitment } from '@renshe/crypto'
import { type Reading, readBatch } from '../vault/read-sections.ts'
import { DeterminingRefused } from './determining-refused.ts'

/** Every account before a posting, and the tree that the chain holds over them. */
export interface PreviousBalances {
  readonly balances: ReadonlyMap<string, AccountBalance>
  readonly tree: SubledgerTree
}

/**
 * Opens all balances under a root, the owner's own ones or by reads, and rebuilds their tree.
 *
 * @throws DeterminingRefused if the rebuilt tree has another root: then the owner showed other accounts
 */
export async function previousBalances(
  reading: Reading,
  head: { readonly root: string; readonly count: number },
  scale: Scale,
): Promise<PreviousBalances> {
  if (head.root === EMPTY_TREE.root) {
    return { balances: new Map(), tree: subledgerTree('balance', []) }
  }
  const balances = new Map<string, AccountBalance>()
  const leaves: SealedLeaf[] = []
  for (const opening of await readBatch(reading, head.root)) {
    if (opening === null) throw new DeterminingRefused('ROWS_ERASED', 'balance')
    const { record, version, level } = opening.header
    const balance = readBalance(opening.content, scale)
    // Header and content are committed together; that they name one account is said here.
    if (balance.account !== record || balance.version !== version) {
      throw new DeterminingRefused('BALANCES_UNKNOWN', record)
    }
    balances.set(record, balance)
    const { commitment } = sectionCommitment(opening)
    leaves.push({ account: record, version, commitment, level })
  }
  const tree = subledgerTree('balance', leaves)
  if (tree.head.root !== head.root || tree.head.count !== head.count) {
    throw new DeterminingRefused('BALANCES_UNKNOWN', head.root)
  }
  return { balances, tree }
}
