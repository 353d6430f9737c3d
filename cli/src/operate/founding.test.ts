/**
 * Goal: founders who do not trust each other make one genesis: each keeps its keys, signs only what says
 * of it what it said itself, and everybody gets the same hash.
 * Method: two founders with folders of their own; then each mistake.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Typed, type } from '../testing/test-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-founding-'))
afterAll(() => rmSync(folder, { recursive: true }))

function init(...words: readonly string[]): Promise<Typed> {
  return type(['init', ...words], { folder })
}

async function done(...words: readonly string[]): Promise<void> {
  const { exit, err } = await init(...words)
  expect(exit, err).toBe(0)
}

const CHAIN = ['--chain', 'demo-founding']

async function found(member: string, ...more: readonly string[]): Promise<void> {
  const terms = { id: member, name: { zh: member, en: member }, roles: ['LIB'] }
  writeFileSync(join(folder, `${member}.json`), JSON.stringify(terms))
  const out = ['--data', member, '--out', `${member}.founding`]
  await done('founding', `${member}.json`, ...CHAIN, ...out, ...more)
}

beforeAll(async () => {
  await found('city', '--operator')
  await found('county')
  const files = ['city.founding', 'county.founding']
  await done('assemble', ...files, ...CHAIN, '--operator', 'city', '--out', 'document.json')
  for (const member of ['city', 'county']) {
    const own = [
      '--founding',
      `${member}.founding`,
      '--data',
      member,
      '--out',
      `${member}.signature`,
    ]
    await done('sign', 'document.json', ...own)
  }
}, 60_000)

it('gives everybody the same genesis, and each only its own member to run', async () => {
  const signatures = ['--signature', 'city.signature', 'county.signature']
  for (const member of ['city', 'county']) {
    await done('complete', 'document.json', ...signatures, '--data', member)
  }
  const [one, other] = ['city', 'county'].map((member) =>
    readFileSync(join(folder, member, 'genesis.json')),
  )
  expect(one?.equals(other ?? Buffer.of())).toBe(true)
  const { members } = JSON.parse(readFileSync(join(folder, 'city/node.json'), 'utf8')) as {
    members: { id: string; hosted: boolean; replica: boolean }[]
  }
  expect(members.map(({ id, hosted, replica }) => ({ id, hosted, replica }))).toEqual([
    { id: 'city', hosted: true, replica: true },
    { id: 'county', hosted: false, replica: true },
  ])
})

describe('refuses', () => {
  it('a genesis that not every founder signed', async () => {
    const words = ['complete', 'document.json', '--signature', 'city.signature', '--data', 'half']
    const { exit, err } = await init(...words)
    expect(exit).toBe(1)
    expect(err).toContain('GENESIS_REFUSED')
  })

  it('to sign a document that says something else of the signer', async () => {
    const text = readFileSync(join(folder, 'document.json'), 'utf8')
    const changed = text.replace('"zh":"county"', '"zh":"City"')
    expect(changed).not.toBe(text)
    writeFileSync(join(folder, 'changed.json'), changed)
    const own = ['--founding', 'county.founding', '--data', 'county', '--out', 'x']
    const { exit, err } = await init('sign', 'changed.json', ...own)
    expect(exit).toBe(3)
    expect(err).toContain('the document says something else of this member')
  })

  const member = { id: 'city', name: { zh: '市', en: 'City' }, roles: ['LIB'] }
  it.each([
    [
      'an id with a space',
      { ...member, id: 'the city' },
      /\/id must be a member id: .*; came "the city"/,
    ],
    [
      'no English name',
      { ...member, name: { zh: '市' } },
      /\/name\/en must be a text; came nothing/,
    ],
    [
      'a role in lower case',
      { ...member, roles: ['lib'] },
      /\/roles\/0 must be a code such as TRUSTEE; came "lib"/,
    ],
    [
      'a member too many',
      { ...member, rolls: [] },
      /\/rolls must be one of id, name, .*; came "rolls"/,
    ],
    [
      'an officer without a number',
      { ...member, officers: [{ roles: [] }] },
      /\/officers\/0\/number must be an officer number; came nothing/,
    ],
    ['a list', [], /must be a JSON object; JSON_NOT_OBJECT/],
  ])('%s', async (_, terms, said) => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(terms))
    const { exit, err } = await init(
      'founding',
      'bad.json',
      ...CHAIN,
      '--data',
      'bad',
      '--out',
      'x',
    )
    expect(exit).toBe(2)
    expect(err).toMatch(said)
  })

  it('new keys of a real chain without passphrases', async () => {
    writeFileSync(join(folder, 'real.json'), JSON.stringify(member))
    const words = ['founding', 'real.json', '--chain', 'annuity-sc', '--data', 'real', '--out', 'x']
    const { exit, err } = await init(...words)
    expect(exit).toBe(1)
    expect(err).toContain('CREDENTIALS_DIRECTORY')
  })
})
