// Goal: what a member must not read is in none of its files and nowhere on chain, in clear or guessable: neither
// names nor ID numbers nor texts, nor a hash of them (threats 17, 18, 31).
// Method: two months of fees, read and kept by the treasury; then every byte of every member's folder and of the
// state is searched for what the school typed, and for hashes of every ID number.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, sha256, sm3, toBase64Url, toHex, utf8 } from '@renshe/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  contentsOf,
  feeRows,
  readNote,
  type SealedMonth,
  sendMonth,
} from '../testing/club-flows.fixture.ts'
import { CLUB_MEMBERS, ClubWorld } from '../testing/club-world.fixture.ts'
import { findRowCopies } from './copies.ts'
import { openCommitted, readBatch } from './read-sections.ts'
import { settle } from './settle.ts'

const ROWS = feeRows(9)
const SECRETS = [
  ...ROWS.flatMap((row) => [row.memberId as string, row.name as string, `"fee":"${row.fee}"`]),
  'for 𠮷野家',
]

let world: ClubWorld
let months: SealedMonth[]
beforeAll(async () => {
  world = await ClubWorld.create('visibility')
  months = [await sendMonth(world, ROWS, '2026-01'), await sendMonth(world, ROWS, '2026-02')]
  const { reading } = world.member('treasury')
  for (const month of months) {
    await readBatch(reading, month.batch.root as string)
    await openCommitted(reading, await readNote(world, 'treasury', month))
  }
  await settle(world.member('club').vault, world.ledger.view())
})
afterAll(() => world.close())

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesOf(path) : [path]
  })
}

function isIn(bytes: Buffer, text: string | Bytes): boolean {
  return bytes.includes(typeof text === 'string' ? Buffer.from(text) : Buffer.from(text))
}

describe('the files of a member', () => {
  it.each(CLUB_MEMBERS)('%s: nothing that was typed stands in them', (member) => {
    const found: string[] = []
    for (const path of filesOf(join(world.folder, member))) {
      const bytes = readFileSync(path)
      for (const secret of SECRETS) if (isIn(bytes, secret)) found.push(`${path}: ${secret}`)
    }
    expect(found).toEqual([])
  })

  it('open to the treasury what it was granted for keeping, and to nobody else', () => {
    const root = months[0]?.batch.root as string
    const kept = findRowCopies(world.member('treasury').vault, root, ROWS.length)
    expect(contentsOf(kept ?? [])).toEqual(ROWS)
    for (const member of ['school', 'stranger']) {
      expect(findRowCopies(world.member(member).vault, root, ROWS.length)).toBeUndefined()
      expect(world.member(member).vault.store.sealingOfRoot(root)).toBeUndefined()
    }
  })
})

describe('the state that every member has', () => {
  it('holds nothing that was typed', () => {
    const state = Buffer.from(JSON.stringify(world.consortium.world.stored()))
    expect(SECRETS.filter((secret) => isIn(state, secret))).toEqual([])
  })

  it('threat 17: no hash of any ID number, in the chain or in any vault', () => {
    const everything = [
      Buffer.from(JSON.stringify(world.consortium.world.stored())),
      ...filesOf(world.folder).map((path) => readFileSync(path)),
    ]
    const found: string[] = []
    for (const { memberId } of ROWS) {
      for (const digest of [sha256, sm3]) {
        const hash = digest(utf8(memberId as string))
        for (const spelled of [hash, toHex(hash), toBase64Url(hash)]) {
          if (everything.some((bytes) => isIn(bytes, spelled))) found.push(memberId as string)
        }
      }
    }
    expect(found).toEqual([])
  })

  it('threat 18: two batches of the same persons share no id, commitment, salt or size of one row', () => {
    const { store } = world.member('club').vault
    const [first, second] = months.map(({ batch }) => batch)
    const leaves = [first, second].map((batch) => store.leaves(batch?.n as number))
    const seen = new Set<string>()
    for (const { record, commitment } of leaves.flat()) {
      expect(seen.has(record) || seen.has(commitment)).toBe(false)
      seen.add(record).add(commitment)
    }
    const sizes = new Set(ROWS.map((_, row) => store.row(first?.n as number, row)?.length))
    expect(sizes.size).toBe(1)
  })
})

describe('the blind index', () => {
  it('finds a person in its own vault alone, under its own key', () => {
    const person = { idType: 'cn-id', id: ROWS[4]?.memberId as string } as const
    const { vault } = world.member('club')
    expect(vault.store.placesOfPerson(vault.indexOf(person)).map(({ row }) => row)).toEqual([4, 4])
    const treasury = world.member('treasury').vault
    expect(treasury.indexOf(person)).not.toBe(vault.indexOf(person))
    expect(treasury.store.placesOfPerson(treasury.indexOf(person))).toEqual([])
    expect(vault.store.placesOfPerson(treasury.indexOf(person))).toEqual([])
  })
})
