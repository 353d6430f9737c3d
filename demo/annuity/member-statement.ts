import type { Host } from '@renshe/node'
import { makeLineEvidence, saveEvidence, VaultTree } from '@renshe/node'
import { PLAN } from './set-up-plan.ts'
import type { Cast } from './story.ts'

/** One person's statement as a file, and the page that checks it. */
export interface SavedStatement {
  readonly file: string
  readonly page: string
  readonly account: string
  /** Accounts of the plan. */
  readonly accounts: number
}

/** Makes the unit statement of the first account of the plan; only the account manager can. */
export function makeStatement(host: Host, cast: Cast, folder: string): SavedStatement {
  const { accountManager } = cast
  const { items } = accountManager.ask('funds.listJournals', {
    book: PLAN,
    postings: true,
    limit: 100,
  }) as unknown as {
    items: { subledger: { balances: { root: string; count: number } } }[]
  }
  const balances = items.at(-1)?.subledger.balances
  if (balances === undefined) throw new Error('nothing was allocated')
  const tree = VaultTree.of(accountManager.vault, 'balance', balances.root)
  const account = tree.places[0]?.leaf.record
  if (account === undefined) throw new Error('the plan has no account')
  const asked = { book: PLAN, account, from: null, to: host.clock.now() }
  const evidence = makeLineEvidence(accountManager, accountManager.vault, asked)
  const place = { folder, name: `statement-${account}` }
  const saved = saveEvidence(evidence, place, {
    genesis: host.report.genesis,
    madeAt: host.clock.now(),
  })
  return { ...saved, account, accounts: balances.count }
}
