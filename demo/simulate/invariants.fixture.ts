/* What must hold at the end of every schedule. Everything is read from the disks, nothing from memory of the run. */
import { join } from 'node:path'
import { sections } from '@renshe/contracts'
import { toHex } from '@renshe/crypto'
import { openLedger, rebuildLedger } from '@renshe/ledger'
import { headerHash, transactionId } from '@renshe/proof'
import { openOwnSection } from '../../node/src/evidence/open-from-vault.ts'
import type { Host } from '../../node/src/host.ts'
import { rulesByProtocol } from '../../node/src/host-parts.ts'
import type { Member } from '../../node/src/member.ts'
import { ACCOUNTS, BALANCE, DATA, type FairWorld } from './fair-world.fixture.ts'
import { casesOf, FEES } from './people.fixture.ts'

const COPIES = ['keeper', 'witness'] as const

function broken(what: string): never {
  throw new Error(what)
}

/** Whether nothing is owed any more, as far as the processes can tell. */
export function isAtRest({ host, bank }: FairWorld): boolean {
  if (host === undefined || bank === undefined || host.engine.status().state !== 'running') {
    return false
  }
  return host.members.every(({ id, vault }) => {
    const isWell = host.relaysOf(id).every(({ failure }) => failure === null)
    return isWell && vault.store.unsettled().length + vault.release.waiting().length === 0
  })
}

/** While everything is at work and at rest. */
export function judgeAtWork(world: FairWorld): void {
  const { host, bank } = world
  if (host === undefined || bank === undefined) broken('a process is not at work')
  const { state, reason } = host.engine.status()
  if (state !== 'running') broken(`the engine is ${state}: ${reason}`)
  for (const { id } of host.members) {
    for (const { name, failure } of host.relaysOf(id)) {
      if (failure !== null) broken(`relay ${name} of ${id} fails: ${failure}`)
    }
  }
  const contractFault = world.complaints.find((text) => text.includes('contract fault'))
  if (contractFault !== undefined) broken(contractFault)
  judgeMoney(host, bank.status())
  for (const member of host.members) judgeVault(member)
}

/** Bank paid once: at the bank, in the payments of the chain, in the books. */
function judgeMoney(
  host: Host,
  status: { readonly transfers: unknown; readonly balances: Readonly<Record<string, string>> },
): void {
  const payer = host.member('payer')
  const total = FEES.reduce((sum, fee) => sum + fenOf(fee), 0n)
  const transfers = { waiting: 0, booked: FEES.length, rejected: 0, returned: 0 }
  same('transfers at the bank', status.transfers, transfers)
  same('balances at the bank', status.balances, {
    [ACCOUNTS.keeper]: yuanOf(fenOf(BALANCE) + total),
    [ACCOUNTS.payer]: yuanOf(fenOf(BALANCE) - total),
  })
  for (const fee of FEES) {
    const [found, ...more] = casesOf(payer, fee)
    if (found === undefined || more.length > 0) broken(`${more.length + 1} cases of ${fee}`)
    const { items } = payer.ask('funds.listPayments', { case: found.id }) as {
      items: { state: string; amount: string; attempt: number }[]
    }
    const told = items.map(({ state, amount, attempt }) => ({ state, amount, attempt }))
    same('payments on chain', told, [{ state: 'settled', amount: fee, attempt: 1 }])
  }
  const { accounts } = payer.ask('funds.getBook', { book: 'F-1' }) as unknown as {
    accounts: { account: string; amount: string }[]
  }
  const books = Object.fromEntries(accounts.map(({ account, amount }) => [account, amount]))
  same('books on chain', books, { 1001: yuanOf(total), 2001: yuanOf(total) })
}

/** What the chain registered opens; what the vault holds as live the chain registered; nothing waits in vain. */
function judgeVault({ id, vault, ledger }: Member): void {
  const registered = new Set<string>()
  for (const [, { owner, record, commitment, section }] of ledger.view().state(sections).range()) {
    if (owner !== id) continue
    registered.add(commitment)
    try {
      openOwnSection(vault, record, commitment)
    } catch (error) {
      broken(`section ${section} of ${id} does not open: ${(error as Error).message}`)
    }
  }
  same(`what ${id} sealed in vain`, vault.store.unsettled(), [])
  same(`halves that ${id} keeps in vain`, vault.release.waiting(), [])
  for (let n = 1; n <= registered.size + 20; n++) {
    const sealing = vault.store.sealing(n)
    const unknown = sealing?.sections.find(({ commitment }) => !registered.has(commitment))
    if (unknown !== undefined) broken(`${id} holds ${unknown.name} as live, the chain does not`)
  }
}

/** After everything ended: logs, copies, and the log executed again. */
export async function judgeDisks(world: FairWorld): Promise<void> {
  const contracts = rulesByProtocol()
  const hashes: string[][] = []
  for (const id of COPIES) {
    const folder = join(DATA, 'members', id, 'ledger')
    const open = await openLedger({ folder, contracts })
    const { ledger } = open
    const places = new Map<string, number>()
    const own: string[] = []
    for (let height = 0; height <= ledger.height; height++) {
      const { headerBytes, transactions } = ledger.log.read(height)
      own.push(toHex(headerHash(headerBytes)))
      for (const { bodyBytes } of transactions) {
        const txId = toHex(transactionId(bodyBytes))
        if (places.has(txId)) broken(`transaction ${txId} lies in two blocks of ${id}`)
        places.set(txId, height)
      }
    }
    for (const { txId, height } of world.acknowledged) {
      if (places.get(txId) === height) continue
      broken(`acknowledged at ${height}, at ${places.get(txId)} with ${id}: ${txId}`)
    }
    hashes.push(own)
    const info = ledger.info()
    await open.close()
    if (id === 'keeper') await judgeRebuilt(world, folder, info)
  }
  same('headers of the copies', hashes[1], hashes[0])
}

async function judgeRebuilt(world: FairWorld, from: string, before: unknown): Promise<void> {
  const folder = '/simulated/rebuilt'
  world.machine.disk.copyFolder(from, folder)
  const rebuilt = await rebuildLedger({ folder, contracts: rulesByProtocol() })
  same('digests after a rebuild', rebuilt.ledger.info(), before)
  await rebuilt.close()
}

function same(what: string, one: unknown, other: unknown): void {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) =>
      part instanceof Uint8Array ? toHex(part) : typeof part === 'bigint' ? String(part) : part,
    )
  if (text(one) !== text(other)) broken(`${what}: ${text(one)}, expected ${text(other)}`)
}

function fenOf(yuan: string): bigint {
  return BigInt(yuan.replace('.', ''))
}

function yuanOf(fen: bigint): string {
  const digits = String(fen)
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
