/*
 * Goal: what a package's alert rules say is raised when it happens, or when it did not happen in time,
 * to the right members; the told acknowledge and close.
 * Method: a fictional service on the real executor; one rule of each form; a table of refusals.
 */
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { closeAlert } from './close-alert.ts'
import { listAlerts } from './list-alerts.ts'
import { listMissed } from './list-missed.ts'
import { raiseAlert } from './raise-alert.ts'
import { raiseMissed } from './raise-missed.ts'
import { alerts, watches } from './records.ts'
import {
  CARD_ALERTS,
  CASE,
  cardPackage,
  createSupervisionWorld,
  library,
  OTHER_CASE,
  relay,
  supervisor,
} from './testing.ts'
import { endCaseWatches } from './watch-step.ts'

const DAY = 86_400_000
const member = testReader({ member: 'read-0001' })

describe('rules over events', () => {
  it('alert parties and roles, with the facts of the event', () => {
    const { world, tell } = createSupervisionWorld()
    tell('StepDone', { step: 'decide', n: 3, outcome: 'refused', tags: ['x'] })
    expect(world.stored(alerts)).toMatchSnapshot()
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['StepDone', { step: 'decide', outcome: 'granted' }, []],
    ['StepDone', { step: 'other', outcome: 'refused' }, []],
    ['StepDone', {}, []],
    ['FineSet', { amount: '100.00' }, []],
    ['FineSet', { amount: '100.01' }, ['MANY_FINES']],
    ['FineSet', { amount: 'much' }, []],
    ['Unheard', { amount: '100.01' }, []],
  ])('%s %j raises %j', (name, data, codes) => {
    const world = createSupervisionWorld()
    world.tell(name, data)
    expect(world.codes()).toEqual(codes)
  })

  it('that need too much work alert, rather than stop the act or stay silent', () => {
    const world = createSupervisionWorld()
    world.tell('CaseWithdrawn')
    expect(world.codes()).toEqual(['ENDLESS'])
  })

  it('of libraries count too; a rule of the service hides one of the same name', () => {
    const alert = CARD_ALERTS['many-fines']!
    const own = cardPackage({ 'many-fines': { ...alert, severity: 'note' } })
    const library = { ...cardPackage(), name: 'fines' }
    const world = createSupervisionWorld(own, [library])
    world.tell('FineSet', { amount: '100.01' })
    world.tell('StepDone', { step: 'decide', outcome: 'refused' })
    const raised = world.world.stored(alerts).map(({ value }) => [value.code, value.severity])
    expect(raised.sort()).toEqual([
      ['CARD_REFUSED', 'note'],
      ['MANY_FINES', 'note'],
    ])
  })
})

describe('what did not happen', () => {
  function opened() {
    const world = createSupervisionWorld()
    world.tell('StepOpened', { step: 'decide', n: 2 })
    return world
  }
  const missed = { case: CASE, rule: 'card-not-decided', number: 2 }

  it('is watched until the end of the second working day', () => {
    const { world } = opened()
    expect(world.stored(watches)).toMatchSnapshot()
  })

  it('is raised once, by anyone, when its time has passed', () => {
    const { world, codes } = opened()
    world.advance(4 * DAY)
    expect(world.ask(member, listMissed, {})).toMatchObject({
      data: { items: [{ name: 'card-not-decided', number: 2 }] },
    })
    world.does(relay, raiseMissed, missed)
    expect(codes()).toEqual(['CARD_NOT_DECIDED'])
    expect(world.ask(member, listMissed, {})).toMatchObject({ data: { items: [] } })
    expect(world.refuses(relay, raiseMissed, missed)).toMatchObject({
      code: 'WATCH_ALREADY_RAISED',
    })
  })

  it.each([
    ['in time at the last instant', 0, 'WATCH_NOT_DUE'],
    ['late one millisecond after', 1, 'OK'],
  ])('is %s', (_, after, code) => {
    const { world } = opened()
    const [watch] = world.stored(watches)
    // The block of the next transaction comes a second later.
    world.advanceTo((watch!.value.due as number) + after - 1000)
    expect(world.run(relay, raiseMissed, missed).code).toBe(code)
  })

  it('that happened after all cannot be raised', () => {
    const { world, tell } = opened()
    tell('StepDone', { step: 'decide', n: 2, outcome: 'granted' })
    world.advance(4 * DAY)
    expect(world.refuses(relay, raiseMissed, missed)).toMatchObject({ code: 'WATCH_NOT_FOUND' })
  })

  it('in another step does not count', () => {
    const { world, tell } = opened()
    tell('StepDone', { step: 'other', n: 1, outcome: 'granted' })
    world.advance(4 * DAY)
    expect(world.run(relay, raiseMissed, missed).code).toBe('OK')
  })

  it('ends with its case', () => {
    const { world, act } = opened()
    act((ctx) => endCaseWatches(ctx, CASE))
    expect(world.stored(watches)).toEqual([])
  })

  it('without an event that ends it, only the end of the case is good enough', () => {
    const { world, tell } = createSupervisionWorld()
    tell('CaseOpened')
    tell('StepDone', { step: 'decide', n: 2, outcome: 'granted' })
    world.advance(31 * DAY)
    const forgotten = { case: CASE, rule: 'case-forgotten', number: 0 }
    expect(world.run(relay, raiseMissed, forgotten).code).toBe('OK')
  })
})

describe('alerts', () => {
  const terms = {
    code: 'STEP_LATE',
    severity: 'warning',
    to: ['lib-0001', 'SUP'],
    caseId: CASE,
    facts: { step: 'decide' },
  } as const

  it('with the same facts in one transaction are one', () => {
    const { world, act } = createSupervisionWorld()
    const [first, second, other] = act((ctx) => [
      raiseAlert(ctx, terms),
      raiseAlert(ctx, terms),
      raiseAlert(ctx, { ...terms, facts: { step: 'other' } }),
    ])
    expect(first).toBe(second)
    expect(first).not.toBe(other)
    expect(world.stored(alerts)).toHaveLength(2)
  })

  it('are acknowledged by each that was told, then closed with an outcome', () => {
    const { world, act } = createSupervisionWorld()
    const alert = act((ctx) => raiseAlert(ctx, terms))
    world.does(library, acknowledgeAlert, { alert })
    world.does(supervisor, acknowledgeAlert, { alert })
    world.does(supervisor, closeAlert, { alert, outcome: 'NO_FAULT' })
    expect(world.stored(alerts)).toMatchSnapshot()
  })

  it('may be closed unseen', () => {
    const { world, act } = createSupervisionWorld()
    const alert = act((ctx) => raiseAlert(ctx, terms))
    expect(world.does(library, closeAlert, { alert, outcome: 'SETTLED' })).toEqual({
      alert,
      state: 'closed',
    })
  })

  it.each<[string, (id: string) => object, object]>([
    ['that does not exist', () => ({ alert: CASE }), { code: 'ALERT_NOT_FOUND', alert: CASE }],
    [
      'that was for others',
      (alert) => ({ alert, by: relay }),
      { code: 'ALERT_NOT_FOR_YOU', member: 'read-0001' },
    ],
  ])('%s', (_, input, reason) => {
    const { world, act } = createSupervisionWorld()
    const id = act((ctx) => raiseAlert(ctx, terms))
    const { alert, by = library } = input(id) as { alert: string; by?: typeof library }
    expect(world.refuses(by, acknowledgeAlert, { alert })).toMatchObject(reason)
    const closing = { alert, outcome: 'SETTLED' }
    expect(world.refuses(by, closeAlert, closing)).toMatchObject(reason)
  })

  it('seen or closed already', () => {
    const { world, act } = createSupervisionWorld()
    const alert = act((ctx) => raiseAlert(ctx, terms))
    world.does(library, acknowledgeAlert, { alert })
    expect(world.refuses(library, acknowledgeAlert, { alert })).toMatchObject({
      code: 'ALERT_ALREADY_ACKNOWLEDGED',
      member: 'lib-0001',
    })
    world.does(library, closeAlert, { alert, outcome: 'SETTLED' })
    for (const action of [acknowledgeAlert, closeAlert]) {
      const input = action === closeAlert ? { alert, outcome: 'SETTLED' } : { alert }
      expect(world.refuses(supervisor, action.name, input)).toEqual({
        code: 'ALERT_CLOSED',
        alert,
        by: 'lib-0001',
      })
    }
  })

  describe('lists', () => {
    const { world, act } = createSupervisionWorld()
    const ids = [
      act((ctx) => raiseAlert(ctx, terms)),
      act((ctx) => raiseAlert(ctx, { ...terms, to: ['SUP'], caseId: OTHER_CASE })),
      act((ctx) => raiseAlert(ctx, { ...terms, to: ['read-0001'], facts: {} })),
    ]
    world.does(library, closeAlert, { alert: ids[0]!, outcome: 'SETTLED' })
    const [first, second, third] = ids

    it.each<[object, (string | undefined)[]]>([
      [{}, [third, second, first]],
      [{ case: CASE }, [first, third]],
      [{ state: 'open' }, [third, second]],
      [{ state: 'closed' }, [first]],
      [{ for: 'sup-0001' }, [second, first]],
      [{ for: 'read-0001' }, [third]],
      [{ for: 'lib-0001', state: 'open' }, []],
    ])('%j', (input, expected) => {
      const told: unknown[] = []
      let cursor: string | null = null
      do {
        const page: object = cursor === null ? { limit: 1 } : { limit: 1, cursor }
        const answer = world.ask(member, listAlerts.name, { ...input, ...page })
        const data = (
          answer as unknown as { data: { items: { id: string }[]; next: string | null } }
        ).data
        told.push(...data.items.map(({ id }) => id))
        cursor = data.next
      } while (cursor !== null)
      expect(told).toEqual(expected)
    })

    it('nobody from outside', () => {
      expect(world.ask(testReader(), listAlerts, {})).toMatchObject({ data: { items: [] } })
      expect(world.ask(testReader(), listMissed, {})).toMatchObject({ data: { items: [] } })
    })
  })
})
