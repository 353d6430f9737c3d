// Goal: relays run when events or time give them work, a failing one is told and tried again without
// holding up the others, and what was looked at is remembered.
// Method: relays of the test on a founded chain; the runner is driven by real blocks.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundConsortium } from '../found/found-consortium.ts'
import { LIBRARY_START, libraryTerms } from '../found/library-consortium.fixture.ts'
import { type Host, openHost } from '../host.ts'
import { openCursor, readHeight } from './cursor.ts'
import type { Relay } from './relay.ts'
import { RelayRunner } from './relay-runner.ts'

let folder = ''
let host: Host

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-runner-'))
  await foundConsortium(libraryTerms(folder))
  host = await openHost({
    dataFolder: folder,
    blockDelayMs: 0,
    verifyThreads: 0,
    runsRelays: false,
  })
})

afterAll(async () => {
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function runnerOf(relays: readonly Relay[], name: string) {
  const notices: string[] = []
  const path = join(folder, `${name}.json`)
  const { ledger } = host.member('overseer')
  const cursor = openCursor(path)
  const onNotice = (notice: string) => notices.push(notice)
  return { runner: new RelayRunner({ ledger, relays, cursor, onNotice }), notices, path }
}

function counting(name: string, event: string, run?: () => boolean) {
  const runs = { count: 0 }
  const relay: Relay = {
    name,
    followsTime: false,
    wakes: (told) => told.name === event,
    async run() {
      runs.count += 1
      return run?.() ?? false
    },
  }
  return { relay, runs }
}

const openCard = (number: string) =>
  host.member('school').act('cases.openCase', {
    service: 'library-card',
    fields: { number, kind: 'CHILD', branch: 'city-library' },
  })

describe('a runner', () => {
  it('runs each relay once at first, then those that an event wakes', async () => {
    const cases = counting('cases', 'CaseOpened')
    const votes = counting('votes', 'VoteCast')
    const { runner, path } = runnerOf([cases.relay, votes.relay], 'events')
    await runner.quiet()
    expect([cases.runs.count, votes.runs.count]).toEqual([1, 1])
    const { height } = await openCard('R-1')
    await runner.quiet()
    expect([cases.runs.count, votes.runs.count]).toEqual([2, 1])
    await runner.stop()
    expect(readHeight(path)).toBe(height)
  })

  it('runs a relay again as long as it did something', async () => {
    let left = 3
    const busy = counting('busy', 'nothing', () => left-- > 0)
    const { runner } = runnerOf([busy.relay], 'busy')
    await runner.quiet()
    expect(busy.runs.count).toBe(4)
    await runner.stop()
  })

  it('tells why a relay failed, goes on with the others and tries again', async () => {
    let isBroken = true
    const broken = counting('broken', 'nothing', () => {
      if (isBroken) throw new Error('no disk')
      return false
    })
    const sound = counting('sound', 'nothing')
    const { runner, notices } = runnerOf([broken.relay, sound.relay], 'failing')
    await runner.quiet()
    expect(sound.runs.count).toBe(1)
    expect(notices).toEqual(['relay broken: no disk'])
    expect(runner.status()).toEqual([
      { name: 'broken', failure: 'no disk' },
      { name: 'sound', failure: null },
    ])
    isBroken = false
    await expect.poll(() => runner.status()[0]?.failure, { timeout: 5_000 }).toBeNull()
    await runner.stop()
  })
})

describe('threat 11: renewals', () => {
  it('renew the certificates of machines before they end, with the same key', async () => {
    await host.stop()
    host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
    const { keys } = host.member('school')
    const before = keys.certificate('system')
    await host.advanceTo(LIBRARY_START + 330 * 86_400_000)
    expect(keys.certificate('system').fingerprint).toBe(before.fingerprint)
    await host.advanceTo(LIBRARY_START + 336 * 86_400_000)
    const after = keys.certificate('system')
    expect(after.fingerprint).not.toBe(before.fingerprint)
    expect(after.publicKey.fingerprint).toBe(before.publicKey.fingerprint)
    await host.advanceTo(LIBRARY_START + 400 * 86_400_000)
    await openCard('R-2')
  })
})
