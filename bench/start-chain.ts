/* One start of the long chain in a process of its own: tells how long it took until the ledger worked. */
import { cpuUsage, memoryUsage } from 'node:process'
import { openLedger } from '@renshe/ledger'
import { longChainSettings } from './long-chain.ts'

const [folder = ''] = process.argv.slice(2)
const settings = longChainSettings(folder)
const [began, spent] = [performance.now(), cpuUsage()]
const open = await openLedger(settings)
const ms = performance.now() - began
const { user, system } = cpuUsage(spent)
// A query is answered, and the newest block read from the log: it works.
const reader = { member: 'lib-0001', name: null, roles: [], unit: null }
open.ledger.query('library.getCard', { card: 'none' }, reader)
open.ledger.log.read(open.ledger.height)
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1e3, rssMb: memoryUsage.rss() / 1e6 }))
await open.close()
