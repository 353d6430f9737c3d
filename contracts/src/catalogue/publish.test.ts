/**
 * Goal: a package is published only as it was voted on, checked on every member, and never
 * backwards in time (threat 12). Method: a consortium publishes a library and a service in parts;
 * each row breaks one thing.
 */
import { toBase64Url } from '@renshe/crypto'
import { amendments } from '@renshe/kernel'
import { testReader } from '@renshe/kernel/testing'
import { describe, expect, it } from 'vitest'
import { createContracts } from '../protocol.ts'
import { TestConsortium } from '../testing.ts'
import { legalDay } from '../vocabulary/civil-date.ts'
import { calendarOf } from './calendar.ts'
import { packageBytes, packageHash, ruleHash } from './catalogue-hash.ts'
import { Problems } from './check/problem.ts'
import type { PackageDocument } from './package-document.ts'
import { getPackage, getRule, packageInForce, ruleInForce } from './packages.ts'
import { findParameter, publishedParameters } from './parameters.ts'
import { putPart } from './put-part.ts'
import { nameOwners, packages, parts, rules, sectionEntries } from './records.ts'
import { changed, FINES, READING_ROOM } from './testing.ts'

const MEMBERS = [
  { id: 'aaa', roles: ['LIB'] },
  { id: 'bbb', roles: ['SCH'] },
  { id: 'ccc', roles: ['SCH'] },
  { id: 'ddd', roles: ['SCH'] },
  { id: 'eee', roles: ['SCH'] },
  { id: 'fff', roles: ['SCH'], voting: false },
]

function given(contracts = createContracts()) {
  const made = new TestConsortium({ name: 'real', members: MEMBERS, contracts })
  const { world } = made
  const put = (bytes: Uint8Array, size = bytes.length): string[] => {
    const hashes: string[] = []
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.slice(at, at + size)
      const hash = packageHash(part)
      world.does(made.signer('bbb'), putPart, { part: hash, bytes: toBase64Url(part) })
      hashes.push(hash)
    }
    return hashes
  }
  const propose = (document: PackageDocument, size?: number) => {
    const bytes = packageBytes(document)
    const hash = packageHash(bytes)
    const outcome = world.run(made.signer('bbb'), 'catalogue.proposePackage', {
      package: hash,
      size: bytes.length,
      parts: put(bytes, size),
    })
    const { proposal } = outcome.data as { proposal?: string }
    return { hash, proposal: proposal ?? '', code: outcome.code, data: outcome.data }
  }
  const enact = (proposal: string, voters: readonly string[] = ['aaa', 'bbb', 'ccc']) => {
    made.vote(proposal, voters)
    world.advance(7 * 86_400_000)
    return world.run(made.signer('bbb'), 'governance.enactProposal', { proposal })
  }
  const publish = (document: PackageDocument): string => {
    const { hash, proposal, code, data } = propose(document)
    if (code !== 'OK') throw new Error(`${code} ${JSON.stringify(data)}`)
    const enacted = enact(proposal)
    if (enacted.code !== 'OK') throw new Error(`${enacted.code} ${JSON.stringify(enacted.data)}`)
    return hash
  }
  const today = () => legalDay(world.time)
  return { made, world, put, propose, enact, publish, today }
}

describe('catalogue.putPart', () => {
  it('keeps bytes under their hash, once', () => {
    const { made, world, put } = given()
    const bytes = packageBytes(FINES)
    expect(put(bytes)).toEqual(put(bytes))
    expect(world.stored(parts)).toHaveLength(1)
    const spoilt = { part: 'ab'.repeat(32), bytes: toBase64Url(bytes) }
    expect(world.refuses(made.signer('bbb'), putPart, spoilt).code).toBe('PART_HASH')
    const { part, bytes: own } = { part: packageHash(bytes), bytes: toBase64Url(bytes) }
    expect(world.refuses(made.signer('fff'), putPart, { part, bytes: own }).code).toBe(
      'NOT_A_VOTER',
    )
    const padded = { part: packageHash(bytes), bytes: 'AAA=' }
    expect(world.refuses(made.signer('bbb'), putPart, padded).code).toBe('PART_ENCODING')
  })
})

describe('threat 12: catalogue.proposePackage', () => {
  it('publishes what was voted on, in force from the day of its enactment', () => {
    const { world, propose, enact, today } = given()
    const { hash, proposal } = propose(FINES, 700)
    expect(packageInForce(world, 'fines', '2099-01-01')).toBeUndefined()
    expect(enact(proposal).code).toBe('OK')
    expect(packageInForce(world, 'fines', today())).toBe(hash)
    expect(packageInForce(world, 'fines', '2026-09-01')).toBeUndefined()
    expect(getPackage(contextOf(world), hash).document).toEqual(FINES)
    expect(world.state(packages).get(hash)).toMatchObject({
      status: 'PUBLISHED',
      proposedBy: 'bbb',
      inForceFrom: today(),
    })
  })

  it('takes a first version of an old law, in force from its enactment only', () => {
    const { world, publish, today } = given()
    const hash = publish(changed(FINES, { '/effectiveFrom': '2021-01-01' }))
    expect(packageInForce(world, 'fines', '2026-09-02')).toBeUndefined()
    expect(packageInForce(world, 'fines', today())).toBe(hash)
  })

  it('publishes one version of a package in a block: a second would overwrite its numbers', () => {
    const { made, world, propose } = given()
    const versions = ['1.0.0', '1.0.1'].map((version) => changed(FINES, { '/version': version }))
    const [first, second] = versions.map((document) => propose(document).proposal)
    for (const proposal of [first, second]) made.vote(proposal as string, ['aaa', 'bbb', 'ccc'])
    world.advance(7 * 86_400_000)
    const enact = (proposal: string | undefined) =>
      world.run(made.signer('bbb'), 'governance.enactProposal', { proposal }).code
    const came = world.inOneBlock(() => [enact(first), enact(second)])
    expect(came).toEqual(['OK', 'PUBLISHED_THIS_BLOCK'])
    // The next block takes it.
    expect(enact(second)).toBe('OK')
  })

  it('needs the body responsible among its votes', () => {
    const { made, world, propose } = given()
    const { proposal } = propose(FINES)
    made.vote(proposal, ['bbb', 'ccc', 'ddd'])
    const early = { proposal }
    expect(world.refuses(made.signer('bbb'), 'governance.enactProposal', early)).toMatchObject({
      code: 'PROPOSAL_NOT_PASSED',
      status: 'OPEN',
    })
    made.vote(proposal, ['aaa'])
    world.advance(7 * 86_400_000)
    world.does(made.signer('bbb'), 'governance.enactProposal', { proposal })
  })

  type Given = ReturnType<typeof given>
  const input = (document: PackageDocument) => {
    const bytes = packageBytes(document)
    return { package: packageHash(bytes), size: bytes.length, parts: [packageHash(bytes)] }
  }
  it.each<[string, (given: Given) => object, object]>([
    ['whose part is missing', () => input(FINES), { code: 'PART_MISSING' }],
    [
      'of another size',
      ({ put }) => {
        put(packageBytes(FINES))
        return { ...input(FINES), size: 10 }
      },
      { code: 'PACKAGE_SIZE', size: packageBytes(FINES).length },
    ],
    [
      'with other bytes under the same version',
      ({ put }) => {
        put(packageBytes(FINES))
        const other = changed(FINES, { '/version': '1.0.1' })
        return { ...input(FINES), package: packageHash(packageBytes(other)) }
      },
      { code: 'PACKAGE_HASH', package: packageHash(packageBytes(FINES)) },
    ],
    [
      'that is not in its canonical form',
      ({ put }) => {
        const bytes = new TextEncoder().encode(JSON.stringify(FINES, null, 1))
        put(bytes)
        return { package: packageHash(bytes), size: bytes.length, parts: [packageHash(bytes)] }
      },
      { code: 'PACKAGE_NOT_CANONICAL' },
    ],
    [
      'that uses what nobody published',
      ({ put }) => {
        put(packageBytes(READING_ROOM))
        return input(READING_ROOM)
      },
      { code: 'LIBRARY_NOT_PUBLISHED', library: 'fines' },
    ],
    [
      'with a mistake, which is told',
      ({ put }) => {
        const spoilt = changed(FINES, { '/rules/0/clause': ['nowhere/1'] })
        put(packageBytes(spoilt))
        return input(spoilt)
      },
      { code: 'PACKAGE_REFUSED', count: 1, problems: [{ path: '/rules/0/clause/0' }] },
    ],
    [
      'that claims a day on which another version was in force',
      ({ put, publish }) => {
        publish(FINES)
        const next = changed(FINES, { '/version': '1.0.1', '/effectiveFrom': '2026-09-07' })
        put(packageBytes(next))
        return input(next)
      },
      { code: 'RETROACTIVE', effectiveFrom: '2026-09-07', earliest: '2026-09-08' },
    ],
    [
      'whose worked example comes out otherwise',
      ({ put }) => {
        const wrong = changed(FINES, { '/examples/rules/0/outputs/amount': '1.51' })
        put(packageBytes(wrong))
        return input(wrong)
      },
      {
        code: 'EXAMPLE_FAILED',
        count: 1,
        problems: [{ path: '/examples/rules/0/outputs/amount', code: 'EXAMPLE_DIFFERS' }],
      },
    ],
    [
      'whose worked example takes more steps than every member will pay',
      ({ put }) => {
        const endless = changed(FINES, {
          '/rules/0/steps/0/expression':
            'days * parameter("fines.per-day") + 0 * count(for x in 1..9000, y in 1..9 return sum([x, y, 1, 2, 3]))',
        })
        put(packageBytes(endless))
        return input(endless)
      },
      {
        code: 'EXAMPLE_FAILED',
        problems: [{ path: '/examples/rules/0', code: 'EXAMPLE_REFUSED' }],
      },
    ],
  ])('refuses a package %s', (_what, inputOf, refusal) => {
    const chain = given()
    const proposal = inputOf(chain)
    const refused = chain.world.refuses(
      chain.made.signer('bbb'),
      'catalogue.proposePackage',
      proposal,
    )
    expect(refused).toMatchObject(refusal)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a rule without its clause', { '/rules/0/clause': [] }, 'RULE_WITHOUT_CLAUSE /rules/0/clause'],
    [
      'a rule whose clause is not in force yet',
      { '/law/0/effectiveFrom': '2026-09-02' },
      'CLAUSE_NOT_IN_FORCE /rules/0/clause/0',
    ],
    [
      'a rule without a day',
      { '/rules/0/effectiveFrom': undefined },
      'MISSING /rules/0/effectiveFrom',
    ],
    [
      'a value without its clause',
      { '/parameters/0/basis': undefined },
      'MISSING /parameters/0/basis',
    ],
    [
      'a value without a first day',
      { '/parameters/0/effectiveFrom': undefined },
      'MISSING /parameters/0/effectiveFrom',
    ],
    [
      'a clause without a first day',
      { '/law/0/effectiveFrom': undefined },
      'MISSING /law/0/effectiveFrom',
    ],
    ['a package without a day', { '/effectiveFrom': undefined }, 'MISSING /effectiveFrom'],
    ['a rule without an example', { '/examples/rules': [] }, 'RULE_WITHOUT_EXAMPLE /rules/0'],
    [
      'a rule that only has an example of a refusal',
      { '/examples/rules': [FINES.examples.rules[1]] },
      'RULE_WITHOUT_EXAMPLE /rules/0',
    ],
  ])('refuses %s on every member, and keeps nothing', (_what, changes, problem) => {
    const { propose, world } = given()
    const { code, data } = propose(changed(FINES, changes))
    expect(code).toBe('PACKAGE_REFUSED')
    const problems = (data as { problems: { code: string; path: string }[] }).problems
    expect(problems.map((one) => `${one.code} ${one.path}`)).toContain(problem)
    expect(world.stored(packages)).toEqual([])
  })

  it('refuses a package whose played case comes out otherwise', () => {
    const failing = createContracts({
      examplePlayer: () => {
        const problems = new Problems()
        problems.error('/examples/cases/0/acts/0', 'EXAMPLE_DIFFERS', 'GRANTED', 'REFUSED')
        return problems.all
      },
    })
    expect(given(failing).propose(FINES)).toMatchObject({ code: 'EXAMPLE_FAILED' })
  })

  it('gives the player what is published and in force on the first day, and nothing else', () => {
    const found: (string | undefined)[] = []
    const asking = createContracts({
      examplePlayer: (_compiled, findPackage) => {
        found.push(findPackage('fines')?.hash)
        return []
      },
    })
    const { publish, propose, today } = given(asking)
    const hash = publish(FINES)
    propose(changed(READING_ROOM, { '/effectiveFrom': today() }))
    expect(found).toEqual([undefined, hash])
  })

  it('refuses the same version twice, but not after it was rejected', () => {
    const { made, propose } = given()
    const { proposal } = propose(FINES)
    expect(propose(FINES)).toMatchObject({ code: 'PACKAGE_EXISTS', data: { status: 'PROPOSED' } })
    made.vote(proposal, ['aaa', 'bbb', 'ccc'], 'AGAINST')
    expect(propose(FINES).code).toBe('OK')
  })

  it('does not let one package change the law of another', () => {
    const { publish, propose, today } = given()
    publish(FINES)
    const thief = changed(FINES, { '/name': 'other-fines', '/effectiveFrom': today() })
    expect(propose(thief)).toMatchObject({
      code: 'NAME_TAKEN',
      data: { kind: 'rule', name: 'fines.amount', package: 'fines' },
    })
  })
})

describe('threat 12: a new version', () => {
  const room = (day: string, changes: Record<string, unknown> = {}) =>
    changed(READING_ROOM, { '/effectiveFrom': day, ...changes })

  it('that loosens a lock needs three quarters; one that does not needs half', () => {
    const { publish, propose, enact, today } = given()
    publish(FINES)
    publish(room(today()))
    const plain = propose(room(today(), { '/version': '1.1.0' }))
    expect(enact(plain.proposal).code).toBe('OK')
    const loose = propose(
      room(today(), { '/version': '1.2.0', '/service/sections/reason/use': 'STORE' }),
    )
    // Three of five published the others; three quarters of five are four.
    expect(enact(loose.proposal).code).toBe('PROPOSAL_NOT_PASSED')
    expect(enact(loose.proposal, ['ddd']).code).toBe('OK')
  })

  it('changes nothing before its date, and keeps what cases have locked', () => {
    const { world, publish, today } = given()
    const old = publish(FINES)
    const oldRule = ruleHash(FINES.rules[0] as PackageDocument['rules'][number])
    const next = changed(FINES, {
      '/version': '2.0.0',
      '/effectiveFrom': '2027-03-01',
      '/rules/0/steps/0/expression': 'days * parameter("fines.per-day") * 1',
      '/parameters/1/value': '0.70',
      '/parameters/2': {
        ...FINES.parameters[2],
        effectiveFrom: '2027-03-08',
        effectiveTo: '2027-03-08',
      },
    })
    const newer = publish(next)
    const newRule = ruleHash(next.rules[0] as PackageDocument['rules'][number])
    expect(packageInForce(world, 'fines', '2027-02-28')).toBe(old)
    expect(packageInForce(world, 'fines', '2027-03-01')).toBe(newer)
    expect(ruleInForce(world, 'fines.amount', today())).toBe(oldRule)
    expect(ruleInForce(world, 'fines.amount', '2027-03-01')).toBe(newRule)
    expect(getRule(contextOf(world), oldRule).rule.document).toEqual(FINES.rules[0])
    const perDay = (day: string) => findParameter(world, 'fines.per-day', day)?.value
    expect([perDay('2026-12-31'), perDay('2027-02-28'), perDay('2027-03-01')]).toEqual([
      '0.50',
      '0.60',
      '0.70',
    ])
    expect(world.state(amendments).get(oldRule).kind).toBe('superseded')
    expect(world.state(amendments).get(old).kind).toBe('superseded')
  })

  it('leaves a rule that did not change where it was', () => {
    const { world, publish, today } = given()
    publish(FINES)
    const hash = ruleInForce(world, 'fines.amount', today())
    publish(changed(FINES, { '/version': '1.1.0', '/effectiveFrom': '2027-01-01' }))
    expect(ruleInForce(world, 'fines.amount', today())).toBe(hash)
    expect(ruleInForce(world, 'fines.amount', '2027-06-01')).toBe(hash)
  })
})

describe('threat 12: catalogue.proposeWithdrawal', () => {
  it('stops new cases and leaves the bytes', () => {
    const { made, world, publish, enact, today } = given()
    const hash = publish(FINES)
    const propose = (input: object) =>
      world.run(made.signer('aaa'), 'catalogue.proposeWithdrawal', input)
    expect(propose({ package: 'ab'.repeat(32) }).code).toBe('PACKAGE_NOT_FOUND')
    const { proposal } = propose({ package: hash }).data as { proposal: string }
    expect(enact(proposal).code).toBe('OK')
    expect(packageInForce(world, 'fines', today())).toBeUndefined()
    expect(getPackage(contextOf(world), hash).hash).toBe(hash)
    expect(propose({ package: hash })).toMatchObject({
      code: 'PACKAGE_NOT_PUBLISHED',
      data: { status: 'WITHDRAWN' },
    })
  })

  it('is no way around the vote on a loosened lock', () => {
    const { made, world, publish, propose, enact, today } = given()
    publish(FINES)
    const hash = publish(changed(READING_ROOM, { '/effectiveFrom': today() }))
    const { proposal } = world.does(made.signer('aaa'), 'catalogue.proposeWithdrawal', {
      package: hash,
    }) as { proposal: string }
    enact(proposal)
    const loose = propose(
      changed(READING_ROOM, {
        '/effectiveFrom': today(),
        '/service/sections/reason/sharing': 'UNCONDITIONAL',
      }),
    )
    const subject = world.ask(testReader({ member: 'aaa' }), 'governance.getProposal', {
      proposal: loose.proposal,
    })
    expect(subject).toMatchObject({ data: { proposal: { subject: 'loosen' } } })
  })
})

describe('founding packages', () => {
  const found = (name: string, documents: readonly PackageDocument[]) =>
    new TestConsortium({ name, members: MEMBERS, packages: documents })

  it('are published in block 0 of a demonstration, those that others use first', () => {
    const { world } = found('demo-test', [READING_ROOM, FINES])
    const hash = packageInForce(world, 'reading-room', '2026-09-01') as string
    const compiled = getPackage(contextOf(world), hash)
    expect([...compiled.uses.keys()]).toEqual(['fines'])
    expect(compiled.findRule('fines.amount')).toBeDefined()
    expect(calendarOf(world).isWorkingDay('2026-10-01')).toBe(false)
    expect(calendarOf(world).isPublished(2026)).toBe(true)
    expect(calendarOf(world).isPublished(2027)).toBe(false)
    expect(publishedParameters(world).find('fines.per-day', '000000', '2027-01-01')?.value).toBe(
      '0.60',
    )
    expect(publishedParameters(world).find('fines.per-day', '370000', '2027-01-01')).toBeUndefined()
  })

  it('are refused elsewhere, and where something that they use is missing', () => {
    expect(() => found('real', [FINES])).toThrow('FOUNDING_PACKAGES')
    expect(() => found('demo-test', [READING_ROOM])).toThrow('LIBRARY_NOT_PUBLISHED')
    const broken = changed(FINES, { '/rules/0/clause': [] })
    expect(() => found('demo-test', [broken])).toThrow('PACKAGE_REFUSED')
  })

  it('store these shapes', () => {
    const { world } = found('demo-test', [READING_ROOM, FINES])
    const shapes = [packages, rules, sectionEntries, nameOwners].map((collection) =>
      world.stored(collection as never).at(0),
    )
    expect(shapes).toMatchSnapshot()
  })
})

/** A view that refuses by throwing, as a query does. */
function contextOf(world: TestConsortium['world']) {
  return {
    state: world.state.bind(world),
    refuse: (reason: { code: string }): never => {
      throw new Error(reason.code)
    },
  }
}
