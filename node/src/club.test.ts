// Goal: a month of fees goes from sealed rows to a person's statement on the real chain, by itself where
// members' systems compute, and every read leaves a receipt.
// Method: four members in one host, vaults on disk; the statement is verified by proof, all seven checks.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handOvers, reads } from '@renshe/contracts'
import { toHex } from '@renshe/crypto'
import { rootFrom, verifyEvidence } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeLineEvidence } from './evidence/line-evidence.ts'
import { makeReadEvidence } from './evidence/read-evidence.ts'
import { pinOf } from './evidence/save-evidence.ts'
import { makeStepEvidence } from './evidence/step-evidence.ts'
import { clubTerms, enrolReaders, sendFees } from './found/club-consortium.fixture.ts'
import { foundConsortium } from './found/found-consortium.ts'
import { type Host, openHost } from './host.ts'
import { feeRows } from './testing/club-flows.fixture.ts'
import { openOwnBatch } from './vault/read-sections.ts'

let folder = ''
let host: Host
let september: { readonly case: string; readonly txId: string }
let since = 0
let root = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-club-'))
  await foundConsortium(clubTerms(folder, ['club', 'treasury']))
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
  await enrolReaders(host, 6)
  const { copy } = host.member('overseer').ledger
  since = copy.height + 1
  root = toHex(rootFrom((level, index) => copy.store.node(level, index), since))
  september = await sendFees(host, '2026-09', feeRows(6))
  await host.quiet()
  await sendFees(host, '2026-10', feeRows(6))
  await host.quiet()
}, 120_000)

afterAll(async () => {
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const statusOf = (id: string) => host.member('school').ask('cases.getCase', { case: id })
const reader = () => ({
  trusted: [pinOf(host.report.genesis)],
  savedHeads: [{ chain: host.chain, size: since, root }],
})
const greens = (bytes: Uint8Array) =>
  verifyEvidence(Uint8Array.from(bytes), reader()).checks.filter(({ state }) => state === 'green')

describe('the club', () => {
  it('is allocated by two systems that computed alike', () => {
    expect(statusOf(september.case)).toMatchObject({ case: { status: 'OPEN' } })
    const { items } = host.member('school').ask('funds.listJournals', {
      book: 'C-1',
      postings: true,
    }) as { items: unknown[] }
    expect(items).toHaveLength(2)
    for (const id of ['club', 'treasury']) {
      expect(host.relaysOf(id).filter(({ failure }) => failure !== null)).toEqual([])
    }
  })

  it('allocates two months that were sent at the same time, without a dispute', async () => {
    const months = ['2026-11', '2026-12'].map((month) => sendFees(host, month, feeRows(6)))
    for (const { case: id } of await Promise.all(months)) {
      await host.quiet()
      const { steps: all } = statusOf(id) as unknown as {
        steps: { step: string; status: string }[]
      }
      expect(all.find(({ step }) => step === 'allocate')?.status).toBe('done')
    }
    const { items } = host.member('club').ask('supervision.listAlerts', {}) as { items: unknown[] }
    expect(items).toEqual([])
  })

  it('confirms each read within its minute', async () => {
    const view = () => host.member('club').ledger.view()
    const unconfirmed = () => [...view().state(reads).index('unconfirmed')].length
    await host.advanceTo(host.clock.now() + 61_000)
    expect(unconfirmed()).toBe(0)
    const all = [...view().state(reads).range()]
    expect(all.length).toBeGreaterThan(0)
    for (const [, read] of all) expect(read.confirmation?.outcome).toBe('RELEASED')
  })

  it('gives a reader a statement with seven green checks', async () => {
    await host.snapshot()
    const club = host.member('club')
    const [batch] = enrolmentRoots()
    const account = openOwnBatch(club.vault, { root: batch ?? '' })[3]?.header.record ?? ''
    const asked = { book: 'C-1', account, from: null, to: host.clock.now() }
    const made = makeLineEvidence(club, club.vault, asked, since)
    expect(greens(made.bytes).map(({ name }) => name)).toHaveLength(7)
  })

  it('shows one row, the note, or nothing of the act that brought them', () => {
    const { vault, ledger } = host.member('club')
    const closed = makeStepEvidence(ledger.copy, september.txId, null, since)
    const shown = { vault, rows: [2], sections: ['note'] }
    const opened = makeStepEvidence(ledger.copy, september.txId, shown, since)
    expect(greens(closed.bytes)).toHaveLength(7)
    expect(greens(opened.bytes)).toHaveLength(7)
    expect(Buffer.from(opened.bytes).length).toBeGreaterThan(Buffer.from(closed.bytes).length)
    expect(() =>
      makeStepEvidence(ledger.copy, september.txId, {
        ...shown,
        vault: host.member('school').vault,
      }),
    ).toThrow('SUBLEDGER_ELSEWHERE')
  })

  it('gives evidence of a read with its confirmation', () => {
    const { ledger } = host.member('treasury')
    const [[id]] = [...ledger.view().state(reads).range()] as [[string, unknown]]
    expect(greens(makeReadEvidence(ledger, id, since).bytes)).toHaveLength(7)
  })

  it('hands its rows over when a case orders it, both sides signing what they compared', async () => {
    const club = host.member('club')
    const input = { case: september.case, step: 'close', outcome: 'fees-moved' }
    await club.act('cases.actOnStep', input)
    await host.quiet()
    const orders = [...club.ledger.view().state(handOvers).range()].map(([, order]) => order.status)
    expect(orders).toEqual(['DONE'])
  })
})

function enrolmentRoots(): string[] {
  const { items } = host.member('club').ask('registers.listEntries', {
    register: 'club-enrolment',
  }) as unknown as { items: { fields: { root: string } }[] }
  return items.map(({ fields }) => fields.root)
}
