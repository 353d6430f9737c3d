import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '@renshe/node'
import { makeLineEvidence, saveEvidence, VaultTree } from '@renshe/node'
import type { SavedHead } from '@renshe/proof'
import { PLAN } from './set-up-plan.ts'
import type { Cast } from './story.ts'

/** One person's statement as a file, and the page that checks it. */
export interface SavedStatement {
  readonly file: string
  readonly page: string
  /** File with the head that was seen when the plan took effect. */
  readonly heads: string
  readonly account: string
  /** Accounts of the plan. */
  readonly accounts: number
}

/**
 * The head of the log as a visitor of that moment would keep it: nothing before it may ever change.
 */
export function seenHead(host: Host, cast: Cast): SavedHead {
  const { copy, finalHeight } = cast.supervisor.ledger
  const { log } = copy.header(finalHeight)
  return { chain: host.chain, size: finalHeight, root: log }
}

/** Makes the unit statement of the first account of the plan; only the account manager can. */
export function makeStatement(
  host: Host,
  cast: Cast,
  folder: string,
  seen: SavedHead,
): SavedStatement {
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
  const evidence = makeLineEvidence(accountManager, accountManager.vault, asked, seen.size)
  const place = { folder, name: `statement-${account}` }
  const saved = saveEvidence(evidence, place, {
    genesis: host.report.genesis,
    madeAt: host.clock.now(),
    heads: [seen],
  })
  const heads = join(folder, 'heads.json')
  writeFileSync(
    heads,
    `${JSON.stringify([seen])}
`,
  )
  return { ...saved, heads, account, accounts: balances.count }
}
