/**
 * Goal: a proposal passes by its published quorum and by nothing less (threat 12: one member alone,
 * the wrong order, the weaker vote). Method: five voting members; votes counted by hand in each
 * row.
 */
import { describe, expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { DEFAULT_QUORUMS, quorum } from './quorum.ts'
import { proposals, settings, votes } from './records.ts'

const FIVE = ['aaa', 'bbb', 'ccc', 'ddd', 'eee']
const CHANGE = { changes: [{ name: 'ledger.snapshotEvery', value: 2048 }] }

function given(name = 'demo-test') {
  const made = new TestConsortium({
    name,
    members: [
      ...FIVE.map((id) => ({ id, roles: ['TRU'], officers: { '0001': ['clerk'] } })),
      { id: 'guest', roles: ['EMP'], voting: false },
    ],
  })
  const { world } = made
  const propose = (action: string, input: object, by = 'aaa'): string =>
    (world.does(made.signer(by), action, input) as { proposal: string }).proposal
  const vote = (proposal: string, member: string, choice = 'FOR') =>
    (
      world.does(made.signer(member), 'governance.castVote', { proposal, choice }) as {
        status: string
      }
    ).status
  return { made, world, propose, vote }
}

describe('threat 12: governance.castVote', () => {
  it.each([
    ['parameters', 'governance.proposeParameters', CHANGE, 3],
    ['suspend', 'governance.proposeSuspension', { member: 'eee', suspended: true }, 3],
    ['remove', 'governance.proposeRemoval', { member: 'eee' }, 3],
    ['protocol', 'governance.proposeProtocol', { protocol: 2, height: 1000 }, 4],
    [
      'quorum',
      'governance.proposeQuorum',
      { quorum: { ...DEFAULT_QUORUMS[0], threshold: [2, 3] } },
      4,
    ],
  ] as const)('%s needs exactly its votes', (subject, action, input, needed) => {
    const { world, propose, vote } = given()
    const proposal = propose(action, input)
    for (let n = 1; n < needed; n++) expect(vote(proposal, FIVE[n - 1] as string)).toBe('OPEN')
    expect(vote(proposal, FIVE[needed - 1] as string)).toBe('ENACTED')
    expect(world.state(proposals).get(proposal)).toMatchObject({ subject, status: 'ENACTED' })
  })

  it('ends a proposal that the missing votes cannot carry any more', () => {
    const { made, world, propose, vote } = given()
    const proposal = propose('governance.proposeParameters', CHANGE)
    vote(proposal, 'aaa', 'AGAINST')
    expect(vote(proposal, 'bbb', 'AGAINST')).toBe('OPEN')
    expect(vote(proposal, 'ccc', 'AGAINST')).toBe('REJECTED')
    const late = { proposal, choice: 'FOR' }
    expect(world.refuses(made.signer('ddd'), 'governance.castVote', late)).toMatchObject({
      code: 'PROPOSAL_NOT_OPEN',
      status: 'REJECTED',
    })
    expect(world.state(settings).has('ledger.snapshotEvery')).toBe(false)
  })

  it('counts a member once, however often and whoever of it signs', () => {
    const { made, world, propose, vote } = given()
    const proposal = propose('governance.proposeParameters', CHANGE)
    vote(proposal, 'aaa')
    const again = { proposal, choice: 'AGAINST' }
    expect(world.refuses(made.signer('aaa'), 'governance.castVote', again)).toEqual({
      code: 'ALREADY_VOTED',
      proposal,
      choice: 'FOR',
    })
    expect(world.refuses(made.signer('bbb', '0001'), 'governance.castVote', again).code).toBe(
      'ROLE_REQUIRED',
    )
    expect(world.stored(votes)).toHaveLength(1)
  })

  it('does not count participants, members concerned, nor those suspended since', () => {
    const { made, world, propose, vote } = given()
    const removal = propose('governance.proposeRemoval', { member: 'eee' })
    const ballot = { proposal: removal, choice: 'AGAINST' }
    const refused = (member: string) =>
      world.refuses(made.signer(member), 'governance.castVote', ballot).code
    expect(refused('guest')).toBe('NOT_A_VOTER')
    expect(refused('eee')).toBe('MEMBER_CONCERNED')

    const parameters = propose('governance.proposeParameters', CHANGE)
    vote(parameters, 'eee')
    vote(parameters, 'aaa')
    for (const member of ['aaa', 'bbb', 'ccc']) vote(removal, member)
    // The vote of eee went with it: two of four are not more than half.
    expect(vote(parameters, 'bbb')).toBe('OPEN')
    expect(vote(parameters, 'ccc')).toBe('ENACTED')
  })

  it('is refused for an unknown proposal and after the voting period', () => {
    const { made, world, propose } = given()
    const proposal = propose('governance.proposeParameters', CHANGE)
    const unknown = { proposal: '01ARZ3NDEKTSV4RRFFQ69G5FAV', choice: 'FOR' }
    expect(world.refuses(made.signer('aaa'), 'governance.castVote', unknown).code).toBe(
      'PROPOSAL_NOT_FOUND',
    )
    const ballot = { proposal, choice: 'FOR' }
    const signer = made.signer('aaa')
    world.advance(30 * 86_400_000)
    expect(world.refuses(signer, 'governance.castVote', ballot)).toMatchObject({
      code: 'VOTING_CLOSED',
    })
  })

  it('stores these shapes', () => {
    const { world, propose, vote } = given()
    vote(propose('governance.proposeParameters', CHANGE), 'aaa')
    expect([...world.stored(proposals), ...world.stored(votes)]).toMatchSnapshot()
    expect(quorum(world, 'publish')).toMatchSnapshot()
  })
})

describe('threat 12: governance.enactProposal', () => {
  it('waits for the cooling-off; then anyone may', () => {
    const { made, world, propose, vote } = given('real')
    const proposal = propose('governance.proposeParameters', CHANGE)
    const guest = made.signer('guest')
    const enact = () => world.refuses(guest, 'governance.enactProposal', { proposal })
    expect(enact()).toMatchObject({ code: 'PROPOSAL_NOT_PASSED', status: 'OPEN' })
    vote(proposal, 'aaa')
    vote(proposal, 'bbb')
    expect(vote(proposal, 'ccc')).toBe('PASSED')
    const enactableAt = world.time + 7 * 86_400_000
    expect(enact()).toEqual({ code: 'COOLING_OFF', proposal, enactableAt })
    world.advanceTo(enactableAt - 1001)
    expect(enact().code).toBe('COOLING_OFF')
    expect(world.does(guest, 'governance.enactProposal', { proposal })).toEqual({
      proposal,
      status: 'ENACTED',
    })
    expect(world.state(settings).get('ledger.snapshotEvery').value).toBe(2048)
    expect(enact()).toMatchObject({ code: 'PROPOSAL_NOT_PASSED', status: 'ENACTED' })
  })
})

describe('governance.closeProposal', () => {
  it('lets the proposer take it back, others only after the voting period', () => {
    const { made, world, propose } = given()
    const own = propose('governance.proposeParameters', CHANGE)
    const close = (member: string, proposal: string) =>
      world.run(made.signer(member), 'governance.closeProposal', { proposal })
    expect(close('bbb', own).code).toBe('VOTING_STILL_OPEN')
    expect(close('aaa', own).data).toEqual({ proposal: own, status: 'RETRACTED' })
    expect(close('aaa', own).code).toBe('PROPOSAL_NOT_OPEN')

    const other = propose('governance.proposeParameters', CHANGE)
    world.advance(31 * 86_400_000)
    expect(close('bbb', other).data).toEqual({ proposal: other, status: 'LAPSED' })
  })
})
