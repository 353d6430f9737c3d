/**
 * Goal: who is who is answered from this state, and only members see officers. Method: queries of a
 * consortium.
 */
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { hasRole, isActiveMember, membersWithRole, votingMembers } from './members.ts'
import { members } from './records.ts'

const made = new TestConsortium({
  members: [
    { id: 'sia-3701', roles: ['SIA'], officers: { '0417': ['clerk'] } },
    { id: 'tru-0001', roles: ['ACC', 'TRU'] },
    { id: 'tru-0002', roles: ['TRU'], voting: false },
    { id: 'tru-0003', roles: ['TRU'] },
  ],
})
const { world } = made
world.seed(members, 'tru-0003', { ...world.state(members).get('tru-0003'), status: 'SUSPENDED' })

describe('members', () => {
  it('have their roles while they are active', () => {
    expect(membersWithRole(world, 'TRU')).toEqual(['tru-0001', 'tru-0002'])
    expect(hasRole(world, 'tru-0001', 'ACC')).toBe(true)
    expect(hasRole(world, 'tru-0003', 'TRU')).toBe(false)
    expect(hasRole(world, 'nobody', 'TRU')).toBe(false)
    expect(isActiveMember(world, 'tru-0003')).toBe(false)
    expect(votingMembers(world)).toEqual(['sia-3701', 'tru-0001'])
  })
})

describe('queries of membership', () => {
  const ask = (name: string, input: object, member: string | null = 'tru-0001') => {
    const answer = world.ask(testReader({ member }), name, input)
    return (answer.ok ? answer.data : answer) as { items?: unknown[] }
  }

  it('list members for everyone, officers for members only', () => {
    expect(ask('membership.listMembers', {}, null).items).toHaveLength(4)
    expect(ask('membership.listMembers', { role: 'TRU' }, null).items).toHaveLength(3)
    const officers = { member: 'sia-3701' }
    expect(ask('membership.listOfficers', officers).items).toHaveLength(2)
    expect(ask('membership.listOfficers', officers, null).items).toEqual([])
    expect(ask('membership.listUnits', officers).items).toEqual([])
  })

  it('list keys, those that seal apart from those that sign', () => {
    expect(ask('membership.listCertificates', { member: 'sia-3701' }, null).items).toHaveLength(2)
    const keys = ask('membership.listEncryptionKeys', { member: 'sia-3701' }).items
    expect(keys).toMatchObject([{ holderKey: made.holderKey('sia-3701') }])
  })

  it('show one member or say that there is none', () => {
    expect(ask('membership.getMember', { member: 'tru-0001' }, null)).toMatchObject({
      id: 'tru-0001',
      status: 'ACTIVE',
    })
    expect(ask('membership.getMember', { member: 'nobody' })).toMatchObject({
      code: 'MEMBER_NOT_FOUND',
    })
  })
})
