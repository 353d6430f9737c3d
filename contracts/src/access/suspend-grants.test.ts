/**
 * Goal: a case suspends what one member holds of one owner for it, and nothing else, and lifts it again.
 * Method: grants that differ from the meant one in one thing each; the reads that they open before, while and
 * after.
 */
import { expect, it } from 'vitest'
import { issuingWorld, RUNNING } from './issuing-world.fixture.ts'
import { grants } from './records.ts'
import { suspendGrants } from './suspend-grant.ts'
import { readSections } from './testing.ts'

it('suspends grants for cases of the service and of the case, and lifts them', () => {
  const { world, owner, reader, statute, contract, issues, does, item, holderKey } = issuingWorld()
  const terms = { notAfter: world.time + 86_400_000 }
  const purpose = { code: 'CARD', serviceItem: 'reading-room' }
  const meant = issues(owner, { ...statute, ...terms, caseRequired: true, purpose })
  const ofCase = issues(owner, { ...contract, ...terms })
  const other = issues(owner, { ...statute, ...terms })
  const revoked = issues(owner, { ...statute, ...terms, purpose })
  world.does(owner, 'access.revokeGrant', { grant: revoked })
  const code = (grant: string) =>
    world.run(reader, readSections, { grant, case: RUNNING, holderKey, items: [item('reason')] })
      .code
  const suspend = (at: number | null, more: object = {}) => {
    let changed: string[] = []
    const which = { owner: 'owner', holder: 'reader', caseId: RUNNING, service: 'reading-room' }
    does((ctx) => {
      changed = suspendGrants(ctx, { ...which, ...more }, at)
    })
    return changed.sort()
  }
  expect(code(meant)).toBe('OK')
  expect(suspend(world.time, { owner: 'reader' })).toEqual([])
  expect(suspend(world.time, { holder: 'owner' })).toEqual([])
  expect(suspend(world.time)).toEqual([meant, ofCase].sort())
  expect(suspend(world.time)).toEqual([])
  expect([meant, ofCase, other].map(code)).toEqual(['GRANT_SUSPENDED', 'GRANT_SUSPENDED', 'OK'])
  expect(world.state(grants).get(revoked).suspendedAt).toBeNull()
  expect(suspend(null)).toEqual([meant, ofCase].sort())
  expect([meant, ofCase].map(code)).toEqual(['OK', 'OK'])
})
