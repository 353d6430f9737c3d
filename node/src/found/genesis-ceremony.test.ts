// Goal: a founder signs only a document that says of it what its own founding file says, and a genesis
// file is complete only with every founder's signature.
// Method: two founders with keys on disk hold the ceremony in parts; one thing is changed at a time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, canonicalJson, type JsonObject, parseCanonicalJson } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyStore, openKeyStore } from '../keys/key-store.ts'
import {
  type FoundingFile,
  foundingFileBytes,
  makeFoundingFile,
  readFoundingFile,
} from './founding-member.ts'
import {
  assembleGenesis,
  completeGenesis,
  type GenesisTerms,
  signGenesis,
} from './genesis-ceremony.ts'
import { drawnFrom, LIBRARY_START } from './library-consortium.fixture.ts'

const NAME = 'two-libraries'
let folder = ''
let terms: GenesisTerms
const founders: { readonly keys: KeyStore; readonly own: FoundingFile }[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renshe-ceremony-'))
  for (const id of ['first-library', 'second-library']) {
    const random = drawnFrom(id)
    const keys = openKeyStore({
      folder: join(folder, id),
      suite: 'RS-INTL-1',
      demonstration: true,
      passphrases: async () => ({ text: 'worthless', givenBy: 'test' }),
      random,
    })
    const member = { id, name: { zh: id, en: id }, roles: ['LIB'], voting: true, officers: [] }
    const own = await makeFoundingFile(member, {
      keys,
      suite: 'RS-INTL-1',
      isOperator: id === 'first-library',
      member: id,
      chainName: NAME,
      notBefore: LIBRARY_START,
      random,
    })
    founders.push({ keys, own: readFoundingFile(foundingFileBytes(own)) })
  }
  terms = {
    name: NAME,
    time: LIBRARY_START,
    suite: 'RS-INTL-1',
    foundings: founders.map(({ own }) => own),
    packages: [],
    parameters: [],
    governance: [],
    operator: 'first-library',
    witnesses: ['second-library'],
    threshold: 1,
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const signAll = (document: Bytes) =>
  Promise.all(founders.map(({ keys, own }) => signGenesis(keys, document, own)))

describe('a founding', () => {
  it('is the same file when it is made again', async () => {
    const [{ keys, own }] = founders as [(typeof founders)[0]]
    const again = await makeFoundingFile(
      {
        id: 'first-library',
        name: { zh: 'first-library', en: 'first-library' },
        roles: ['LIB'],
        voting: true,
        officers: [],
      },
      {
        keys,
        suite: 'RS-INTL-1',
        isOperator: true,
        member: 'first-library',
        chainName: NAME,
        notBefore: LIBRARY_START,
        random: drawnFrom('other'),
      },
    )
    expect(foundingFileBytes(again)).toEqual(foundingFileBytes(own))
  })

  it('is complete with every signature, and not with one less', async () => {
    const document = assembleGenesis(terms)
    const signatures = await signAll(document)
    expect(completeGenesis(document, signatures).genesis.chain).toMatch(
      /^two-libraries-[0-9a-f]{8}$/,
    )
    expect(() => completeGenesis(document, signatures.slice(1))).toThrow(
      'not signed by every founder',
    )
  })

  it.each<[string, (document: JsonObject) => void]>([
    [
      'another role',
      (document) => {
        membersOf(document)[1]!.roles = ['LIB', 'SUP']
      },
    ],
    [
      'no vote',
      (document) => {
        membersOf(document)[1]!.voting = false
      },
    ],
    [
      'another key for cosigning',
      (document) => {
        const [witness] = (document.finality as JsonObject).witnesses as [JsonObject]
        const { ed25519 } = (document.finality as JsonObject).operator as { ed25519: string }
        witness.ed25519 = ed25519
      },
    ],
  ])('is not signed by a founder of whom the document says %s', async (_, change) => {
    const document = parseCanonicalJson(assembleGenesis(terms))
    change(document)
    const [, second] = founders as [(typeof founders)[0], (typeof founders)[0]]
    await expect(signGenesis(second.keys, canonicalJson(document), second.own)).rejects.toThrow()
  })

  it('is refused for another chain, without an operator, or with too many cosignatures', () => {
    expect(() => assembleGenesis({ ...terms, name: 'other-libraries' })).toThrow('another chain')
    expect(() => assembleGenesis({ ...terms, operator: 'second-library', witnesses: [] })).toThrow(
      'no keys of an operator',
    )
    expect(() => assembleGenesis({ ...terms, threshold: 2 })).toThrow('more cosignatures')
    expect(() => assembleGenesis({ ...terms, witnesses: ['first-library'] })).toThrow(
      'its own blocks',
    )
  })

  it('file of a stranger is refused unless it speaks of one member', () => {
    const [{ own }] = founders as [(typeof founders)[0]]
    const file = { ...own, witness: { ...own.witness, member: 'second-library' } }
    expect(() => readFoundingFile(foundingFileBytes(file))).toThrow('speaks of one member')
    const more = canonicalJson({ ...(own as unknown as JsonObject), more: 1 })
    expect(() => readFoundingFile(more)).toThrow('an unknown member')
  })
})

function membersOf(document: JsonObject): JsonObject[] {
  return document.members as JsonObject[]
}
