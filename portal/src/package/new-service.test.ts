// Goal: a new service that is published as data gets form, words, consequences and days without code of the portal.
// Method: the fictional library card, as its bytes come from a node: loaded by hash, filled in, said, followed.
import { ledgerHash, toBase64Url, toHex } from '@renshe/crypto'
import { sayAct } from '@renshe/proof'
import { describe, expect, it } from 'vitest'
import { LIBRARY_CARD } from '../../../contracts/src/cases/library-card/library-card.ts'
import { packageBytes } from '../../../contracts/src/catalogue/catalogue-hash.ts'
import { stepTimes } from '../patterns/case-timeline/step-times.ts'
import { workingDaysAfter } from '../patterns/case-timeline/working-days.ts'
import { followsOf, followsOfOpening } from '../patterns/sign-dialog/consequences.ts'
import { askedFields } from '../patterns/step-form/field-order.ts'
import { whyNot } from '../patterns/step-form/may-act.ts'
import { clauseOfRefusal } from '../patterns/step-form/step-clauses.ts'
import { readForm } from '../patterns/step-form/typed-values.ts'
import type { Ask } from '../session/session.tsx'
import { loadPackage, PackageBroken } from './load-package.ts'
import { packageToSay, type StepDefinition, serviceOf } from './package-document.ts'
import { textsOf } from './package-texts.ts'
import type { StepShown } from './use-package.ts'

const bytes = packageBytes(LIBRARY_CARD)
const hash = toHex(ledgerHash('package', bytes))

/** A node that has the package in two parts. */
function nodeWith(given: Uint8Array): Ask {
  const parts = [given.subarray(0, 100), given.subarray(100)]
  return (async (name: string, input: { part?: string }) =>
    name === 'catalogue.getPackage'
      ? { height: 1, data: { parts: ['0', '1'], uses: {} } }
      : { height: 1, data: { bytes: toBase64Url(parts[Number(input.part)] as Uint8Array) } }) as Ask
}

const loaded = await loadPackage(nodeWith(bytes), hash)
const texts = textsOf(loaded, 'zh')
const service = serviceOf(loaded)
const decide = service.steps.decide as StepDefinition

function stepOf(more: Partial<StepShown> = {}): StepShown {
  const step = {
    case: 'x',
    n: 0,
    step: 'decide',
    round: 1,
    status: 'open',
    holder: 'city-library',
    party: 'library',
    awaits: ['city-library'],
    openedAt: Date.UTC(2026, 8, 30, 2),
    clocks: [
      {
        name: 'decision',
        kind: 'within',
        startsOn: '2026-09-30',
        promisedUntil: Date.UTC(2026, 9, 8, 15, 59),
        until: Date.UTC(2026, 9, 10, 15, 59),
        lapsed: 0,
      },
    ],
    wait: null,
    signatures: [],
    submissions: [],
    endedBy: null,
  }
  return { ...step, ...more } as unknown as StepShown
}

describe('a service that is new', () => {
  it('is not shown if one byte is another than the one that was voted on', async () => {
    const other = Uint8Array.from(bytes)
    other[200] = (other[200] ?? 0) ^ 1
    await expect(loadPackage(nodeWith(other), 'ab'.repeat(32))).rejects.toThrow(PackageBroken)
  })

  it('asks its fields in the order of its sentence, and checks them', () => {
    const { fields } = service.opens
    expect([...askedFields(fields, texts, 'open')].sort()).toEqual(['branch', 'kind', 'number'])
    const read = readForm(fields, { number: '7', kind: 'ADULT', branch: 'city-library' })
    expect(read).toEqual({
      values: { number: '7', kind: 'ADULT', branch: 'city-library' },
      faults: {},
    })
    expect(Object.keys(readForm(fields, {}).faults)).toHaveLength(3)
  })

  it('says what is signed, with every field', () => {
    const { words, opens } = packageToSay(loaded)
    const said = sayAct(words, {
      step: 'open',
      fields: { number: '7', kind: 'ADULT', branch: 'city-library' },
      definitions: opens.fields,
      outcome: null,
      batch: null,
      sections: [],
    })
    for (const part of ['7', 'city-library']) expect(said.sentences[0]?.zh).toContain(part)
  })

  it('says who is next and for how long, what ends it, and who may withdraw it', () => {
    expect(followsOfOpening(service, 'school')).toMatchObject({
      next: [{ step: 'decide', party: 'library', within: { amount: 1, unit: 'working-days' } }],
      withdrawal: { party: 'school', while: ['decide'] },
    })
    const parties = { school: 'school', library: 'city-library' }
    expect(followsOf(service, parties, 'decide', 'granted')).toMatchObject({
      ends: ['GRANTED'],
      effects: [{ kind: 'record', name: 'library-card' }],
      isConditional: false,
      withdrawal: null,
    })
    expect(followsOf(service, parties, 'decide', null).isConditional).toBe(true)
  })

  it('names the clause of its refusal', () => {
    expect(clauseOfRefusal(decide, 'DEPOSIT_TOO_HIGH', texts)).toBe('library-statute 第1条')
    expect(clauseOfRefusal(decide, 'OTHER', texts)).toBeNull()
  })

  it('lets act whom the contract will let act', () => {
    const actor = { member: 'city-library', name: 'l-1', roles: ['librarian'] }
    const actors = ['city-library']
    const why = (step: StepShown, who: typeof actor | null, definition = decide) =>
      whyNot(step, definition, actors, [step], who)?.why ?? null
    expect(why(stepOf(), actor)).toBeNull()
    expect(why(stepOf(), { ...actor, roles: [] })).toBe('notRole')
    expect(why(stepOf(), { ...actor, member: 'school' })).toBe('notYours')
    expect(why(stepOf(), null)).toBe('notYours')
    expect(why(stepOf({ status: 'done' }), actor)).toBe('over')
    const endedBy = { by: 'act', member: 'city-library', name: 'l-1', txId: '', at: 0 } as const
    const fourEyes = { ...decide, by: { notSignerOf: ['decide'] } }
    expect(why(stepOf({ endedBy }), actor, fourEyes)).toBe('fourEyes')
  })
})

describe('working days', () => {
  // 1 to 7 October is a holiday, the 10th, a Saturday, is worked.
  const holidays = Array.from({ length: 7 }, (_, at) => [`2026-10-0${at + 1}`, 'HOLIDAY'] as const)
  const marks = new Map([...holidays, ['2026-10-10', 'WORKDAY'] as const])

  it('leave out the first day, weekends and holidays', () => {
    expect(workingDaysAfter('2026-09-30', '2026-10-12', marks)).toEqual([
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '2026-10-12',
    ])
  })

  it('are used and left as the ledger’s dates say', () => {
    const at = (day: number, hour = 2) => stepTimes(stepOf(), Date.UTC(2026, 9, day, hour), marks)
    expect(at(8)).toMatchObject({ used: 1, allowed: 3, promised: 1, left: 2, urgency: 'soon' })
    expect(at(10, 16)).toMatchObject({ urgency: 'over' })
    expect(stepTimes(stepOf({ clocks: [] }), Date.UTC(2026, 9, 8), marks)).toMatchObject({
      allowed: null,
      used: 1,
    })
  })
})
