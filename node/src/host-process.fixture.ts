/*
 * A host as a process of its own, for the test that kills it:
 *
 *   node --import tsx node/src/host-process.fixture.ts DATA-FOLDER LOG
 *
 * It sends months of fees without end; members' systems determine by themselves. LOG gets one line per
 * month, written when its act was acknowledged.
 */
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { sendFees } from './found/club-consortium.fixture.ts'
import { openHost } from './host.ts'
import { ActRefused } from './member.ts'
import { feeRows } from './testing/club-flows.fixture.ts'

const [dataFolder = '', log = ''] = process.argv.slice(2)
const host = await openHost({
  dataFolder,
  blockDelayMs: 0,
  verifyThreads: 0,
  random: (length) => new Uint8Array(randomBytes(length)),
  onNotice: (notice) => appendFileSync(`${log}.notices`, `${notice}\n`),
})
process.stdout.write('ready\n')

for (let year = 2026; ; year++) {
  for (let month = 1; month <= 12; month++) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    try {
      const { case: id, txId } = await sendFees(host, name, feeRows(5))
      appendFileSync(log, `${JSON.stringify({ month: name, case: id, txId })}\n`)
    } catch (error) {
      // A month that was opened before the process was killed stays as it is.
      if (!(error instanceof ActRefused) || error.code !== 'UNIQUE_TAKEN') throw error
    }
  }
}
