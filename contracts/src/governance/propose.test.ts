/**
 * Goal: what is proposed makes sense before anyone votes, and does what it says when it is enacted.
 * Method: a consortium of three, each proposal once right and in each way wrong.
 */
import type { JsonObject } from '@renshe/crypto'
import { toBase64Url } from '@renshe/crypto'
import { authorities } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { members } from '../membership/records.ts'
import { TestAuthority, TestConsortium } from '../testing.ts'
import { currentPolicy, protocolAt } from './policy.ts'
import { DEFAULT_QUORUMS, quorum } from './quorum.ts'
import { numberSetting } from './settings.ts'

const THREE = ['aaa', 'bbb', 'ccc']

function given() {
  const made = new TestConsortium({
    members: THREE.map((id) => ({ id, roles: ['TRU'] })),
  })
  const { world } = made
  const refused = (action: string, input: object) =>
    world.refuses(made.signer('aaa'), `governance.${action}`, input)
  const decide = (action: string, input: object, voters: readonly string[] = THREE) => {
    const { proposal } = world.does(made.signer('aaa'), `governance.${action}`, input) as {
      proposal: string
    }
    for (const member of voters) {
      const { code, data } = world.run(made.signer(member), 'governance.castVote', {
        proposal,
        choice: 'FOR',
      })
      if (code !== 'OK') return { code, data }
      if ((data as { status: string }).status === 'ENACTED') return { code, data }
    }
    throw new Error('not enacted')
  }
  return { made, world, refused, decide }
}

describe('governance.proposeMember', () => {
  const newMember = () => {
    const authority = new TestAuthority('ddd', 'demo-test', 1_788_220_800_000)
    return {
      authority,
      member: {
        id: 'ddd',
        name: { zh: '丁', en: 'D' },
        roles: ['EMP'],
        voting: false,
        authorities: [{ der: toBase64Url(authority.certificate.der), profile: 'member-ca' }],
        certificates: [
          {
            der: authority.issue('application', 'application 1').der,
            kind: 'system',
            name: 'application 1',
            roles: ['administrator'],
            unit: null,
          },
        ],
      },
    }
  }

  it('admits a member with its first keys, which do not sign before', () => {
    const { made, decide } = given()
    const { member, authority } = newMember()
    const { fingerprint } = authority.issue('application', 'application 1').certificate
    expect(() => made.resolve(fingerprint)).toThrow('SIGNER_UNKNOWN')
    decide('proposeMember', { member })
    expect(made.resolve(fingerprint)).toMatchObject({ member: 'ddd', roles: ['administrator'] })
  })

  it('never gives an id twice, not even after removal', () => {
    const { refused, decide } = given()
    const { member } = newMember()
    expect(refused('proposeMember', { member: { ...member, id: 'bbb' } }).code).toBe(
      'MEMBER_EXISTS',
    )
    decide('proposeMember', { member })
    decide('proposeRemoval', { member: 'ddd' })
    expect(refused('proposeMember', { member }).code).toBe('MEMBER_EXISTS')
  })

  it('threat 10: refuses at the enactment a certificate of another member', () => {
    const { decide } = given()
    const { member } = newMember()
    const stolen = new TestAuthority('bbb', 'demo-test', 1_788_220_800_000)
    const spoilt = {
      ...member,
      authorities: [{ der: toBase64Url(stolen.certificate.der), profile: 'member-ca' }],
    }
    expect(decide('proposeMember', { member: spoilt })).toMatchObject({
      code: 'CERTIFICATE_REFUSED',
    })
  })
})

describe('governance.proposeRemoval, proposeSuspension, proposeRoles', () => {
  it('threat 6: takes a member out, in and away', () => {
    const { made, world, refused, decide } = given()
    const system = made.signer('ccc').certificate
    decide('proposeSuspension', { member: 'ccc', suspended: true }, ['aaa', 'bbb'])
    expect(() => made.resolve(system)).toThrow('SIGNER_REVOKED')
    expect(refused('proposeSuspension', { member: 'ccc', suspended: true }).code).toBe(
      'MEMBER_NOT_ACTIVE',
    )
    expect(refused('proposeRoles', { member: 'ccc', roles: [], voting: true }).code).toBe(
      'MEMBER_NOT_ACTIVE',
    )
    decide('proposeSuspension', { member: 'ccc', suspended: false }, ['aaa', 'bbb'])
    expect(made.resolve(system).member).toBe('ccc')
    expect(refused('proposeSuspension', { member: 'ccc', suspended: false }).code).toBe(
      'MEMBER_NOT_SUSPENDED',
    )
    decide('proposeRoles', { member: 'ccc', roles: ['TRU', 'ACC', 'ACC'], voting: false })
    expect(world.state(members).get('ccc')).toMatchObject({ roles: ['ACC', 'TRU'], voting: false })
    decide('proposeRemoval', { member: 'ccc' }, ['aaa', 'bbb'])
    expect(world.state(members).get('ccc').status).toBe('REMOVED')
    expect(refused('proposeRemoval', { member: 'ccc' }).code).toBe('MEMBER_NOT_ACTIVE')
    expect(refused('proposeRemoval', { member: 'nobody' }).code).toBe('MEMBER_NOT_FOUND')
  })
})

describe('governance.proposeAuthority', () => {
  it('registers a further authority, whose certificates count from then on', () => {
    const { made, world, refused, decide } = given()
    const second = new TestAuthority('bbb', 'demo-test', world.time - 1000)
    const input = {
      member: 'bbb',
      der: toBase64Url(second.certificate.der),
      profile: 'member-ca',
    }
    const { der } = second.issue('witness', 'witness 1')
    const present = () =>
      world.run(made.signer('bbb'), 'membership.presentCertificate', { der }).code
    expect(refused('proposeAuthority', { ...input, member: 'nobody' }).code).toBe(
      'MEMBER_NOT_FOUND',
    )
    decide('proposeAuthority', input)
    expect(world.stored(authorities)).toHaveLength(4)
    expect(present()).toBe('OK')
    expect(decide('proposeAuthority', input).code).toBe('AUTHORITY_EXISTS')
  })
})

describe('governance.proposeParameters', () => {
  it.each<[string, JsonObject, string]>([
    ['an unknown one', { name: 'ledger.horizon', value: 1 }, 'PARAMETER_UNKNOWN'],
    ['a founding one', { name: 'membership.extensionArc', value: '1.2' }, 'PARAMETER_UNKNOWN'],
    ['a value outside', { name: 'ledger.horizonMs', value: 1 }, 'PARAMETER_VALUE'],
    ['a text for a number', { name: 'ledger.horizonMs', value: '86400000' }, 'PARAMETER_VALUE'],
  ])('refuses %s', (_what, change, code) => {
    expect(given().refused('proposeParameters', { changes: [change] }).code).toBe(code)
  })

  it('changes what the ledger obeys', () => {
    const { made, world, decide } = given()
    decide('proposeParameters', { changes: [{ name: 'ledger.horizonMs', value: 3_600_000 }] })
    expect(made.world.contracts.parameters(world).horizonMs).toBe(3_600_000)
    expect(numberSetting(world, 'ledger.horizonMs')).toBe(3_600_000)
    const answer = world.ask(testReader(), 'governance.listSettings', {})
    expect(JSON.stringify(answer)).toContain(
      '{"name":"ledger.horizonMs","value":3600000,"isDefault":false}',
    )
  })
})

describe('governance.proposeQuorum', () => {
  it.each([
    ['a share below one half', [1, 3], false],
    ['a share above all', [4, 3], false],
    ['more than all', [1, 1], true],
  ] as const)('refuses %s', (_what, threshold, strict) => {
    const spoilt = { ...DEFAULT_QUORUMS[0], threshold, strict }
    expect(given().refused('proposeQuorum', { quorum: spoilt }).code).toBe('QUORUM_INVALID')
  })

  it('threat 12: needs three quarters, so that a weaker vote cannot weaken the others', () => {
    const { world, decide } = given()
    const stricter = { ...quorum(world, 'publish'), threshold: [2, 3], strict: false }
    expect(() => decide('proposeQuorum', { quorum: stricter }, ['aaa', 'bbb'])).toThrow(
      'not enacted',
    )
    decide('proposeQuorum', { quorum: stricter })
    expect(quorum(world, 'publish').threshold).toEqual([2, 3])
  })
})

describe('governance.proposePolicy', () => {
  it('changes who finalises, if its keys are of members and make sense', () => {
    const { world, refused, decide } = given()
    const policy = currentPolicy(world) as JsonObject & {
      threshold: number
      witnesses: JsonObject[]
    }
    const spoilt = (change: JsonObject) =>
      refused('proposePolicy', { policy: { ...policy, ...change } })
    expect(spoilt({ threshold: 4 })).toMatchObject({ code: 'POLICY_INVALID', path: 'threshold' })
    expect(spoilt({ engine: 'other' }).code).toBe('POLICY_INVALID')
    const stranger = { ...(policy.witnesses[2] as JsonObject), member: 'zzz' }
    expect(spoilt({ witnesses: [...policy.witnesses.slice(0, 2), stranger] })).toEqual({
      code: 'POLICY_MEMBER',
      member: 'zzz',
    })
    decide('proposePolicy', { policy: { ...policy, threshold: 2 } })
    expect(currentPolicy(world)).toMatchObject({ threshold: 2 })
  })
})

describe('governance.proposeProtocol', () => {
  it('switches at a height far enough away, and only upwards', () => {
    const { world, refused, decide } = given()
    expect(refused('proposeProtocol', { protocol: 2, height: world.height + 5 })).toMatchObject({
      code: 'PROTOCOL_HEIGHT',
    })
    expect(refused('proposeProtocol', { protocol: 1, height: 500 }).code).toBe(
      'PROTOCOL_NOT_HIGHER',
    )
    decide('proposeProtocol', { protocol: 2, height: 500 })
    expect([protocolAt(world, 499), protocolAt(world, 500)]).toEqual([1, 2])
    expect(refused('proposeProtocol', { protocol: 2, height: 600 }).code).toBe(
      'PROTOCOL_NOT_HIGHER',
    )
  })
})

describe('queries of governance', () => {
  it('show proposals with votes to members, the quorum table to all', () => {
    const { made, world } = given()
    const change = { changes: [{ name: 'ledger.horizonMs', value: 3_600_000 }] }
    const { proposal } = world.does(made.signer('aaa'), 'governance.proposeParameters', change) as {
      proposal: string
    }
    made.vote(proposal, ['aaa'])
    const member = testReader({ member: 'bbb' })
    const shown = world.ask(member, 'governance.getProposal', { proposal })
    expect(shown).toMatchObject({ ok: true, data: { voters: 3, tally: 'OPEN' } })
    expect(world.ask(testReader(), 'governance.getProposal', { proposal })).toMatchObject({
      ok: false,
      code: 'PROPOSAL_NOT_FOUND',
    })
    const open = world.ask(member, 'governance.listProposals', { status: 'OPEN' })
    expect(open).toMatchObject({ data: { items: [{ id: proposal }] } })
    expect(world.ask(member, 'governance.listProposals', {})).toMatchObject({
      data: { items: [{ id: proposal }] },
    })
    const table = world.ask(testReader(), 'governance.listQuorums', {})
    expect(table.ok && (table.data as { items: unknown[] }).items).toHaveLength(
      DEFAULT_QUORUMS.length,
    )
  })
})
