// Goal: what an employer uploaded is what the owner seals: same rows, totals that the draft told before signing.
// Method: so many rows that threads seal them; the fictional club on the real contracts; the draft lies in the school's own vault, beside what the
// vault keeps otherwise, under the vault's V.
import { getPackage } from '@renshe/contracts'
import { utf8 } from '@renshe/crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findCaseTerms } from '../prepare/case-terms.ts'
import { prepareAct, submitAct } from '../prepare/prepare-act.ts'
import { contentsOf, feeRows, openMonth } from '../testing/club-flows.fixture.ts'
import { ClubWorld } from '../testing/club-world.fixture.ts'
import { openOwnBatch } from '../vault/read-sections.ts'
import { feesCsv } from './draft-world.fixture.ts'
import { Drafts } from './drafts.ts'

let world: ClubWorld
beforeAll(async () => {
  world = await ClubWorld.create('drafts')
})
afterAll(() => world.close())

it('a file with one bad row, fixed, goes to the owner row by row', async () => {
  const caseId = await openMonth(world, '2026-09')
  const { ledger, peers, vault, signer } = world.member('school')
  const hash = findCaseTerms(ledger.view(), caseId)?.serviceCase.package as string
  const now = world.consortium.world.time
  const drafts = new Drafts(vault.store, () => now)
  const draft = drafts.open({
    case: caseId,
    step: 'send',
    section: 'fees',
    code: getPackage(ledger.view(), hash),
    environment: { now },
  })
  const rows = feeRows(2_400)
  const text = Buffer.from(feesCsv(rows)).toString('utf8')
  const wrong = utf8(text.replace(`${rows[0]?.memberId}`, '999999199001010010'))
  await draft.addFile(wrong)
  expect(draft.summary()).toMatchObject({ bad: 1, isReady: false })
  const { number, cells } = [...draft.results({ onlyBad: true })][0] ?? { number: 0, cells: {} }
  await draft.replaceRow(number, { ...cells, memberId: rows[0]?.memberId as string })
  const { totals, isReady } = draft.summary()
  expect(isReady).toBe(true)

  const prepared = await prepareAct(
    { ledger, peers, suite: 'RS-INTL-1' },
    {
      action: 'cases.actOnStep',
      input: { case: caseId, step: 'send', fields: { month: '2026-09', place: 'HALL' } },
      case: caseId,
      step: 'send',
      sections: { note: { noteText: '九月' } },
      batch: draft.batch(),
    },
  )
  const batch = prepared.input.batch as { root: string; count: number; totals: object }
  expect([batch.count, batch.totals]).toEqual([2_400, totals])
  const random = (length: number) => world.random(length)
  const outcome = await submitAct(ledger, prepared, { signer, random, now, lifeMs: 600_000 })
  expect(outcome).toMatchObject({ included: true, code: 'OK' })
  const opened = openOwnBatch(world.member('club').vault, { root: batch.root })
  expect(contentsOf(opened)).toEqual(rows)
  await draft.discard()
  expect(drafts.list()).toEqual([])
})
