/**
 * Goal: the contracts of protocol 1 found a chain exactly as the genesis document says, and name
 * everything once. Method: the published genesis vector, and a test consortium.
 */
import { readFileSync } from 'node:fs'
import { canonicalJson, type JsonObject, ledgerHash, toHex } from '@renshe/crypto'
import { authorities, certificates } from '@renshe/kernel'
import { createTestWorld } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { createContracts } from './protocol.ts'
import { TestConsortium } from './testing.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/ledger-bytes.json', import.meta.url), 'utf8'),
)
const contracts = createContracts()

describe('createContracts', () => {
  it('names every action, query and collection with a module that exists', () => {
    const modules = [
      'access',
      'cases',
      'catalogue',
      'funds',
      'governance',
      'membership',
      'registers',
      'supervision',
    ]
    for (const name of [...contracts.actions.keys(), ...contracts.queries.keys()]) {
      expect(modules).toContain(name.split('.')[0])
    }
    const collections = contracts.collections.map(({ name }) => name)
    expect(new Set(collections).size).toBe(collections.length)
    for (const name of collections) expect([...modules, 'ledger']).toContain(name.split('/')[0])
  })

  it('lists its actions', () => {
    expect([...contracts.actions.keys()]).toMatchSnapshot()
  })
})

describe('found', () => {
  const genesis = vectors.genesis.document as JsonObject
  const world = createTestWorld({
    contracts,
    genesis,
    chain: vectors.genesis.chain,
    time: genesis.time as number,
  })

  it('writes the certificate and authority records of the published vector', () => {
    for (const { collection, key, value } of vectors.blocks[0].writes) {
      const stored = collection === authorities.name ? authorities : certificates
      expect(world.state(stored as typeof authorities).find(key[0])).toEqual(value)
    }
    expect(world.stored(authorities)).toHaveLength(3)
    expect(world.stored(certificates)).toHaveLength(3)
  })

  it('names the policy that the header of block 0 names', () => {
    const policy = contracts.policy(world)
    expect(toHex(ledgerHash('policy', canonicalJson(policy)))).toBe(
      vectors.blocks[0].header.finality,
    )
  })

  it('gives the ledger its parameters and protocol version', () => {
    expect(contracts.parameters(world)).toEqual({
      horizonMs: 86_400_000,
      snapshotEvery: 1024,
      snapshotDelay: 2,
      suites: ['RS-INTL-1'],
    })
    expect(contracts.protocolFor(world, 0)).toBe(1)
    expect(contracts.protocolFor(world, 10_000)).toBe(1)
  })

  it.each<[string, (genesis: JsonObject) => void, string]>([
    ['an unknown member', (given) => Object.assign(given, { extra: 1 }), 'GENESIS_INVALID'],
    ['members out of order', ({ members }) => (members as unknown[]).reverse(), 'GENESIS_INVALID'],
    ['another protocol', (given) => Object.assign(given, { protocol: 2 }), 'GENESIS_PROTOCOL'],
    [
      'a demonstration of another name',
      (given) => Object.assign(given, { demonstration: true }),
      'GENESIS_DEMONSTRATION',
    ],
    [
      'a parameter nobody knows',
      (given) => Object.assign(given, { parameters: [{ name: 'ledger.x', value: 1 }] }),
      'PARAMETER_UNKNOWN',
    ],
    [
      'an operator that is no member',
      ({ finality }) =>
        Object.assign((finality as { operator: object }).operator, { member: 'nobody' }),
      'POLICY_MEMBER',
    ],
    [
      'a certificate of another chain',
      (given) => Object.assign(given, { name: 'other' }),
      'CERTIFICATE_REFUSED',
    ],
  ])('refuses a genesis document with %s', (_what, spoil, code) => {
    const spoilt = structuredClone(genesis)
    spoil(spoilt)
    expect(() =>
      createTestWorld({ contracts, genesis: spoilt, time: genesis.time as number }),
    ).toThrow(code)
  })
})

describe('a test consortium', () => {
  it('resolves the signers of its members', () => {
    const consortium = new TestConsortium({
      members: [{ id: 'tru-0001', roles: ['TRU'], officers: { '0417': ['reviewer'] } }],
    })
    expect(consortium.signer('tru-0001')).toMatchObject({ kind: 'system', member: 'tru-0001' })
    expect(consortium.signer('tru-0001', '0417')).toMatchObject({
      kind: 'officer',
      name: '0417',
      roles: ['reviewer'],
    })
  })
})
