// Goal: a consortium founded in a folder opens a case end to end, stops, and goes on after a restart.
// Method: four fictional members on the real engine with real folders; every copy is compared.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundConsortium } from './found/found-consortium.ts'
import { LIBRARY_START, libraryTerms } from './found/library-consortium.fixture.ts'
import { type Host, openHost } from './host.ts'
import { ActRefused } from './member.ts'

let folder = ''
let host: Host

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-host-'))
  await foundConsortium(libraryTerms(folder))
  host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
}, 60_000)

afterAll(async () => {
  await host?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const school = () => host.member('school')
const library = () => host.member('city-library')

function openCard(number: string) {
  const fields = { number, kind: 'CHILD', branch: 'city-library' }
  return school().act('cases.openCase', { service: 'library-card', fields }, { officer: 's-1' })
}

describe('a host', () => {
  it('opens a case, decides it, and shows every member the same', async () => {
    const { data } = await openCard('C-1')
    const { case: id } = data as { case: string }
    const input = { case: id, step: 'decide', outcome: 'granted', fields: { deposit: '20.00' } }
    await library().act('cases.actOnStep', input, { officer: 'l-1' })

    for (const member of host.members) {
      expect(member.ask('cases.getCase', { case: id })).toMatchObject({
        case: { status: 'GRANTED' },
      })
    }
    expect(school().ledger.reads).toBe('operator')
    expect(host.member('overseer').ledger.reads).toBe('own')
  })

  it('tells why an act was refused', async () => {
    const { data } = await openCard('C-2')
    const input = {
      case: (data as { case: string }).case,
      step: 'decide',
      outcome: 'granted',
      fields: { deposit: '99.00' },
    }
    const refused = await library()
      .act('cases.actOnStep', input, { officer: 'l-1' })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ActRefused)
    expect(refused).toMatchObject({ code: 'DEPOSIT_TOO_HIGH', facts: { facts: { most: '50.00' } } })
  })

  it('threat 11: renews the certificate of an officer whose twelve hours are over', async () => {
    const before = host.member('school').keys.certificate('officer-s-1').fingerprint
    host.clock.advanceTo(LIBRARY_START + 20 * 3_600_000)
    await openCard('C-3')
    expect(host.member('school').keys.certificate('officer-s-1').fingerprint).not.toBe(before)
  })

  it('goes on after a restart with the same headers in every copy', async () => {
    const { height } = await openCard('C-4')
    const hashes = () => host.members.map(({ ledger }) => toHex(ledger.copy.info().headerHash))
    expect(new Set(hashes()).size).toBe(1)
    const before = hashes()
    await host.stop()
    host = await openHost({ dataFolder: folder, blockDelayMs: 0, verifyThreads: 0 })
    expect(host.member('school').ledger.finalHeight).toBe(height)
    expect(hashes()).toEqual(before)
    await openCard('C-5')
  })
})
