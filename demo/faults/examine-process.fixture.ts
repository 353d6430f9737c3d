/*
 * Opens folders of a fair, one after the other, looks at everything in them and tells one line of JSON for each:
 * a digest of all that was read, or the name of what was wrong. Damage may end the process; that is told by its end.
 *
 *   node examine.mjs HEIGHT FOLDER…              each at rest
 *   node examine.mjs HEIGHT FOLDER --at-work     opened, told, then looked at when a line comes
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { entries, sections } from '@renshe/contracts'
import { type Json, sha256, toHex, utf8 } from '@renshe/crypto'
import { openOwnSection } from '../../node/src/evidence/open-from-vault.ts'
import type { Host } from '../../node/src/host.ts'
import { openFair } from './fair-folder.fixture.ts'

/** What is told of a folder. */
export type Examined =
  | { readonly open: true }
  | { readonly digest: string }
  | { readonly fault: string; readonly name: string }

function say(line: Examined): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

/** Everything that a member can see in what lies in the folder, up to a height. */
function digestOf(host: Host, height: number): string {
  const seen: Json[] = []
  for (const member of host.members) {
    const { vault, ledger, id } = member
    for (let at = 0; at <= height; at++) {
      const { headerBytes, transactions } = ledger.copy.log.read(at)
      seen.push(id, toHex(headerBytes), ...transactions.map(({ frame }) => toHex(frame)))
      const results = ledger.copy.store.results(at)
      seen.push(...results.map(({ result }) => toHex(result)))
    }
    const snapshot = ledger.copy.snapshots.newest?.tree.head
    seen.push(snapshot === undefined ? null : { count: snapshot.count, root: snapshot.root })
    const view = ledger.view()
    for (const [, { owner, record, commitment }] of view.state(sections).range()) {
      if (owner === id) seen.push(toHex(openOwnSection(vault, record, commitment).content))
    }
    for (const [, { key, status }] of view.state(entries).range()) seen.push([key, status])
    seen.push(member.ask('funds.listPayments', { member: 'payer' }))
    seen.push(member.ask('funds.getBook', { book: 'F-1' }))
    for (const name of vault.store.lockedIds('draft')) {
      seen.push(toHex(vault.store.unlock('draft', name) ?? new Uint8Array()))
    }
  }
  return toHex(sha256(utf8(JSON.stringify(seen))))
}

async function examine(folder: string, height: number, wait: () => Promise<void>): Promise<void> {
  process.chdir(folder)
  let host: Host | undefined
  try {
    host = await openFair('.')
    await host.advanceTo(host.clock.now() + 2_000)
    await wait()
    await host.advanceTo(host.clock.now() + 2_000)
    const digest = digestOf(host, height)
    const failures = host.members.flatMap(({ id }) =>
      (host as Host)
        .relaysOf(id)
        .flatMap(({ failure }) => failure ?? [])
        .map((text) => `${id}: ${text}`),
    )
    const { state, reason } = host.engine.status()
    if (state === 'failed') say({ fault: reason ?? 'failed', name: 'engine' })
    else if (failures.length > 0) say({ fault: failures.join(' · '), name: 'relay' })
    else say({ digest })
  } catch (error) {
    const { name, message } = error as Error
    say({ fault: message, name })
  }
  await host?.stop().catch(() => undefined)
}

const [height = '0', ...rest] = process.argv.slice(2)
const folders = rest.filter((word) => word !== '--at-work')
const input = createInterface({ input: process.stdin })
const wait = async (): Promise<void> => {
  if (!rest.includes('--at-work')) return
  say({ open: true })
  await new Promise((resolve) => {
    input.once('line', resolve)
  })
}
for (const folder of folders) await examine(folder, Number(height), wait)
process.exit(0)
