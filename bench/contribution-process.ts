/*
 * One path of a contribution batch in a process of its own, so that its peak of memory is its own: founds the
 * consortium, then carries each file that it is told of, from CSV to final, and answers what it cost.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import { Drafts } from '@renshe/node'
import { type ContributionWorld, foundContributionWorld } from './contribution-world.ts'
import { makeUnsealedBatch } from './unsealed-batch.ts'

/** What the process is asked for. */
export interface BatchAsked {
  readonly path: string
  readonly rows: number
}

/** What one batch cost. */
export interface BatchCost {
  /** From the first byte of the file until the act is final. */
  readonly seconds: number
  /** Of all threads of the process. */
  readonly processorSeconds: number
}

const STEP = 'upload-payroll'
const HR = { officer: '0101' } as const

const [way = '', folder = ''] = process.argv.slice(2)
const world = await foundContributionWorld(folder)
const carry = way === 'sealed' ? carrySealed : carryUnsealed

process.on('message', (asked: BatchAsked | 'end') => {
  if (asked === 'end') end()
  else {
    measured(asked).then(
      (cost) => process.send?.(cost),
      (error: unknown) => fail(error),
    )
  }
})
process.send?.('ready')

async function measured({ path, rows }: BatchAsked): Promise<BatchCost> {
  const id = await world.openContribution()
  const [begin, before] = [performance.now(), cpuUsage()]
  const count = await carry(world, id, path)
  const { user, system } = cpuUsage(before)
  const seconds = (performance.now() - begin) / 1000
  if (count !== rows) throw new Error(`${count} rows were committed, not ${rows}`)
  // What was sealed is marked live, and the draft is gone, before the next batch.
  await world.host.quiet()
  return { seconds, processorSeconds: (user + system) / 1e6 }
}

/** The product's way: a draft, the owner's seals, recomputed by the signer, signed, final. */
async function carrySealed(of: ContributionWorld, id: string, path: string): Promise<number> {
  const { employer } = of
  const drafts = new Drafts(employer.vault.store, () => employer.clock.now())
  const draft = drafts.open({
    case: id,
    step: STEP,
    section: 'payroll',
    code: of.packageOf(id),
    environment: { now: employer.clock.now() },
  })
  await draft.addFile({ path }, { as: 'whole' })
  const batch = draft.batch()
  await employer.act('cases.actOnStep', { case: id, step: STEP }, HR, { batch })
  await draft.discard()
  return batch.count
}

async function carryUnsealed(of: ContributionWorld, id: string, path: string): Promise<number> {
  const { employer } = of
  const rowsFile = join(folder, 'unsealed-rows')
  const now = employer.clock.now()
  const { root, count, totals } = await makeUnsealedBatch({ path }, of.packageOf(id), rowsFile, now)
  const input = { case: id, step: STEP, batch: { root, count, totals } }
  await employer.act('cases.actOnStep', input, HR)
  return count
}

function end(): void {
  world.stop().then(() => {
    rmSync(folder, { recursive: true, force: true })
    process.disconnect()
  }, fail)
}

function fail(error: unknown): void {
  console.error(error)
  process.exit(1)
}
