/**
 * Goal: level 4 opens only when enough releasers of its panel have sealed their shares to the holder, after a
 * read that two officers wanted (threats 3 and 16). Method: one section with a panel of three, two needed;
 * each refusal alone; the release is asked at every step.
 */
import { testSigner } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { checkRelease } from './check-release.ts'
import { issuingWorld, RUNNING, SEALED } from './issuing-world.fixture.ts'
import { registerBatch, registerSections } from './sections.ts'
import { CASE, commitment, readSections, recordId } from './testing.ts'

const given = issuingWorld()
const { world, made, owner, reader, contract } = given
const colleague = made.signer('reader', '0418')
const successor = made.signer('successor')
const ownOfficer = made.signer('owner', '0001')
const vote = { ...contract, entry: given.entry('vote'), sections: ['vote'] }

function agreedRead() {
  const grant = given.issues(owner, { ...vote, notAfter: world.time + 30 * 86_400_000 })
  const { txId } = world.run(reader, readSections, {
    grant,
    holderKey: given.holderKey,
    items: [given.item('vote')],
  })
  world.does(colleague, 'access.agreeToRead', { read: txId })
  return { grant, read: txId }
}

const share = (read: string, index: number, more: object = {}) => ({
  read,
  record: SEALED,
  section: 'vote',
  version: 1,
  index,
  digest: 'ab'.repeat(32),
  ...more,
})
const release = (read: string) => {
  const check = checkRelease(world, read, world.time)
  return check.ok ? 'OK' : check.code
}
const gives = (signer: typeof owner, read: string, index: number, more: object = {}) =>
  world.run(signer, 'access.releaseShare', share(read, index, more))

describe('access.releaseShare', () => {
  it('threat 3: opens with the second of three, and not with the first twice', () => {
    const { read } = agreedRead()
    expect(release(read)).toBe('SHARES_MISSING')
    expect(gives(ownOfficer, read, 1).code).toBe('OK')
    expect(gives(ownOfficer, read, 1).code).toBe('SHARE_RELEASED')
    expect(release(read)).toBe('SHARES_MISSING')
    expect(gives(successor, read, 3).events).toMatchObject([{ name: 'ShareReleased' }])
    const check = checkRelease(world, read, world.time)
    expect(check).toMatchObject({
      ok: true,
      panels: [
        {
          section: 'vote',
          need: 2,
          shares: [{ released: true }, { released: false }, { released: true }],
        },
      ],
    })
    // Releasers are people: the answer may take days, not for ever.
    world.advance(6 * 86_400_000)
    expect(release(read)).toBe('OK')
    world.advance(2 * 86_400_000)
    expect(release(read)).toBe('READ_TOO_OLD')
  })

  it('is refused to everybody else, and where the read is not answered', () => {
    const { grant, read } = agreedRead()
    expect(gives(owner, read, 1).code).toBe('RELEASER_OTHER')
    expect(gives(ownOfficer, read, 2).code).toBe('RELEASER_OTHER')
    expect(gives(testSigner({ member: 'successor', name: 'other' }), read, 3).code).toBe(
      'RELEASER_OTHER',
    )
    expect(gives(ownOfficer, read, 4).code).toBe('RELEASER_OTHER')
    expect(gives(ownOfficer, 'cd'.repeat(32), 1).code).toBe('READ_NOT_FOUND')
    expect(gives(ownOfficer, read, 1, { section: 'reason' }).code).toBe('SECTION_NOT_COVERED')
    const plain = given.issues(owner, { ...contract, notAfter: world.time + 86_400_000 })
    const ofReason = world.run(reader, readSections, {
      grant: plain,
      holderKey: given.holderKey,
      items: [given.item('reason')],
    }).txId
    expect(gives(ownOfficer, ofReason, 1, { section: 'reason' }).code).toBe('PANEL_MISSING')
    const waiting = world.run(reader, readSections, {
      grant,
      holderKey: given.holderKey,
      items: [given.item('vote')],
    }).txId
    expect(gives(ownOfficer, waiting, 1)).toMatchObject({
      code: 'READ_NOT_RELEASED',
      data: { why: 'SECOND_OFFICER_WAITS' },
    })
    world.does(owner, 'access.revokeGrant', { grant })
    expect(gives(ownOfficer, read, 1)).toMatchObject({ data: { why: 'GRANT_REVOKED' } })
  })
})

describe('threat 16: a panel', () => {
  const seal = (panel: unknown, level = 4) =>
    given.run((ctx) =>
      registerSections(ctx, {
        record: recordId(9_000),
        owner: 'owner',
        entry: given.entry('vote'),
        caseId: RUNNING,
        sections: [{ name: 'vote', level, commitment: commitment(9_000), panel: panel as never }],
      }),
    ).code
  const { shares } = given.panel
  const [first] = shares

  it('is there at level 4 and nowhere else, and nobody alone has enough of its shares', () => {
    expect(seal(undefined)).toBe('PANEL_MISSING')
    expect(seal({ need: 4, shares })).toBe('PANEL_MISSING')
    expect(seal({ need: 2, shares: [first, first, shares[1]] })).toBe('PANEL_MISSING')
    expect(seal({ need: 3, shares: [first, first, shares[1]] })).toBe('OK')
    expect(seal(given.panel, 2)).toBe('PANEL_UNEXPECTED')
    const batch = { root: 'dd'.repeat(32), count: 5, section: 'vote', level: 4, caseId: CASE }
    const rows = given.run((ctx) =>
      registerBatch(ctx, { ...batch, owner: 'owner', entry: given.entry('vote') }),
    )
    expect(rows.code).toBe('PANEL_MISSING')
  })
})
