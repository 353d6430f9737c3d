/**
 * Goal: whoever looks people up in bulk is cut at the budget of the day, and leaves a receipt of every
 * one that succeeded (threat 2).
 * Method: a script of 500 reads of other persons by one officer, each under a grant that allows it.
 */
import { testReader } from '@renshe/kernel/testing'
import { expect, it } from 'vitest'
import { budgets } from './budget-records.ts'
import { listReads } from './list-reads.ts'
import { accessWorld, BATCH, LEAVES, proofOf, readSections, recordId } from './testing.ts'

it('threat 2: 500 reads by a script end at the budget; each that succeeded is a receipt', () => {
  const most = 40
  const given = accessWorld([{ name: 'access.officerReadsPerDay', value: most }])
  const { world, reader, holderKey } = given
  const grant = given.grant()
  const codes = Array.from({ length: 500 }, (_, n) => {
    const proof = proofOf(n % LEAVES.length)
    const record = recordId(proof.index)
    const items = [{ record, version: 1, section: 'rows', proof }]
    return world.run(reader, readSections, { grant, holderKey, batch: BATCH, items }).code
  })
  expect(codes.slice(0, most)).toEqual(Array.from({ length: most }, () => 'OK'))
  expect(new Set(codes.slice(most))).toEqual(new Set(['OFFICER_BUDGET_SPENT']))

  const ask = (cursor?: string) => {
    const page = { owner: 'owner', limit: 25, ...(cursor === undefined ? {} : { cursor }) }
    const answer = world.ask(testReader({ member: 'owner' }), listReads, page)
    if (!answer.ok) throw new Error(answer.code)
    return answer.data as unknown as { items: { officer: string }[]; next: string | null }
  }
  const first = ask()
  const receipts = [...first.items, ...ask(first.next ?? undefined).items]
  expect(receipts.map(({ officer }) => officer)).toEqual(codes.slice(0, most).map(() => '0417'))
  // A refused attempt is in its block with its code, and writes nothing.
  expect(world.stored(budgets).map(({ value }) => value.reads)).toEqual([most])
})
