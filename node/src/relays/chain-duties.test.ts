// Goal: what time asks is done by itself: a late step lapses once, snapshots follow what was written.
// Method: a founded consortium with a scripted clock; the clock is moved and the relays are waited for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foundConsortium } from '../found/found-consortium.ts'
import { LIBRARY_START, libraryTerms } from '../found/library-consortium.fixture.ts'
import { type Host, openHost } from '../host.ts'
import { readHeight } from './cursor.ts'
import { eventsAt } from './relay-runner.ts'

const DAY_MS = 86_400_000
let folder = ''
let host: Host

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-relays-'))
  await foundConsortium(libraryTerms(folder))
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
})

afterEach(async () => {
  await host.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openCard(number: string): Promise<string> {
  const fields = { number, kind: 'CHILD', branch: 'city-library' }
  const input = { service: 'library-card', fields }
  const { data } = await host.member('school').act('cases.openCase', input, { officer: 's-1' })
  return data.case as string
}

function eventsNamed(name: string): number {
  const { ledger } = host.member('city-library')
  let count = 0
  for (let height = 0; height <= ledger.finalHeight; height++) {
    count += eventsAt(ledger, height).filter((event) => event.name === name).length
  }
  return count
}

describe('the duties of a chain', () => {
  it('lapse a late step once for each of its limits, and not before', async () => {
    await openCard('C-1')
    await host.advanceTo(LIBRARY_START + 3 * DAY_MS)
    expect(eventsNamed('StepLapsed')).toBe(0)
    await host.advanceTo(LIBRARY_START + 7 * DAY_MS)
    expect(eventsNamed('StepLapsed')).toBe(2)
    expect(eventsNamed('AlertRaised')).toBe(2)
    await host.advanceTo(LIBRARY_START + 9 * DAY_MS)
    expect(eventsNamed('StepLapsed')).toBe(2)
  })

  it('take a snapshot of what was written when the chain stands still', async () => {
    await openCard('C-2')
    await host.quiet()
    const { copy } = host.member('city-library').ledger
    const written = copy.height
    await host.advanceTo(host.clock.now() + 60_000)
    for (let i = 0; i < 20 && (copy.store.head?.snapshot?.height ?? -1) < written; i++) {
      await host.advanceTo(host.clock.now() + 5_000)
    }
    expect(copy.store.head?.snapshot?.height).toBeGreaterThanOrEqual(written)
    const rested = copy.height
    await host.advanceTo(host.clock.now() + 120_000)
    expect(copy.height).toBe(rested)
  })

  it('remember how far they came, and owe nothing after a restart', async () => {
    await openCard('C-3')
    await host.advanceTo(LIBRARY_START + 7 * DAY_MS)
    const { finalHeight } = host.member('city-library').ledger
    await host.stop()
    const cursor = join(host.layout.member('city-library').relays, 'cursor.json')
    expect(readHeight(cursor)).toBe(finalHeight)
    host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
    await host.quiet()
    expect(host.member('city-library').ledger.finalHeight).toBe(finalHeight)
  })
})
