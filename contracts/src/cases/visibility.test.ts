/*
 * Goal: what a case puts into the state, into results and into events holds no sealed content, no free text and
 * no number that tells what one person earns (threat 31).
 * Method: a whole order with marked personal data; every byte of state, results and events is searched.
 */
import { canonicalText, type JsonObject } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { libraryWorld } from './library-card/library-world.ts'
import { listing, orderArrived, orderListed, orderOpened } from './library-card/order-until.ts'

const SECRETS = ['秘密读者', 'secret-title', '13.37']

const ROWS: JsonObject[] = Array.from({ length: 6 }, (_, at) => ({
  reader: at === 0 ? '秘密读者' : `reader-${at}`,
  title: at === 1 ? 'secret-title' : 't',
  price: at === 2 ? '13.37' : '10.00',
  copies: 1,
}))

describe('threat 31: the ledger', () => {
  it('holds nothing of a row but its root, its count and the control totals', () => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const told = world.tries('school', 'cases.actOnStep', listing(world, id, ROWS))
    const parts = world.determination(id, 'price')
    const answers = [
      world.tries('city-library', 'cases.determineStep', parts),
      world.tries('treasury', 'cases.determineStep', parts),
    ]
    expect([told, ...answers].map(({ code }) => code)).toEqual(['OK', 'OK', 'OK'])
    const everything = canonicalText([
      ...world.ledger.stored().map(({ value }) => value),
      ...[told, ...answers].flatMap(({ data, events }) => [
        data,
        ...events.map((event) => event.data),
      ]),
      parts,
    ])
    for (const secret of SECRETS) expect(everything).not.toContain(secret)
    expect(everything).toContain('63.37')
  })

  it('holds nothing of sealed sections but commitments', () => {
    const world = libraryWorld()
    const id = world.open('school', 'library-card', {
      number: 'C-1',
      kind: 'CHILD',
      branch: 'city-library',
    })
    const reason = world.vault.sealRecord(world.codeOf('library-card'), {
      reason: { text: '秘密读者 owes 13.37' },
    })
    const act = {
      case: id,
      step: 'decide',
      outcome: 'refused',
      fields: { deposit: '0.00' },
      ...reason,
    }
    world.does('city-library', 'cases.actOnStep', act)
    const everything = canonicalText(world.ledger.stored().map(({ value }) => value))
    for (const secret of SECRETS) expect(everything).not.toContain(secret)
    expect(everything).toContain(reason.sections[0]?.commitment as string)
  })

  it('takes no totals of fewer than five rows, which would tell what one person earns', () => {
    const world = libraryWorld()
    const id = orderOpened(world)
    const told = world.tries('school', 'cases.actOnStep', listing(world, id, ROWS.slice(0, 4)))
    expect(told).toMatchObject({ code: 'BATCH_TOO_SMALL', data: { count: 4, least: 5 } })
  })

  it('takes no free text: a field of words is refused outside sealed sections', () => {
    const world = libraryWorld()
    const id = orderListed(world)
    expect(canonicalText(world.caseOf(id) as never)).not.toContain('红楼梦')
    const service = world.codeOf('book-order').document.service
    const types = Object.values(service?.steps ?? {}).flatMap(({ form }) =>
      Object.values(form?.fields ?? {}).map(({ type }) => type),
    )
    expect(types).not.toContain('text')
  })

  it('keeps per-person lines of a journal out of the state: roots, counts and sums only', () => {
    const world = libraryWorld()
    const id = orderArrived(world)
    const parts = world.determination(id, 'allocate')
    world.does('city-library', 'cases.determineStep', parts)
    world.does('treasury', 'cases.determineStep', parts)
    const everything = canonicalText(world.ledger.stored().map(({ value }) => value))
    for (const { reader } of [{ reader: 'reader-1' }, { reader: 'reader-5' }]) {
      expect(everything).not.toContain(reader)
    }
    expect((parts.subledger as JsonObject).sum).toEqual({
      3001: { cost: '125.50', units: '62.75' },
    })
  })
})
