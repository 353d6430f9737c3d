// Goal: a statement is given to the people of the member that keeps the account, each look noted, and to the
// person whose account it is; to nobody else, and it verifies with all that a saved head can prove.
// Method: the fictional reading club after one allocated month, asked over HTTP by systems and a person.
import { toHex, utf8 } from '@renshe/crypto'
import { rootFrom, verifyEvidence } from '@renshe/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pinOf } from '../evidence/save-evidence.ts'
import { ownLooks } from '../vault/own-looks.ts'
import type { ApiWorld, SignedIn } from './api-world.fixture.ts'
import { statementWorld } from './statement-world.fixture.ts'

let world: ApiWorld
let accounts: ReadonlyMap<string, string>
let person: SignedIn

beforeAll(async () => {
  const made = await statementWorld('王小明')
  world = made.world
  accounts = made.accounts
  person = await world.signIn('reader')
}, 60_000)

afterAll(() => world?.close())

const asked = (name = '王小明') => ({
  book: 'C-1',
  account: accounts.get(name) ?? '',
  form: 'json',
})
const path = '/api/v1/statements'

describe('a statement', () => {
  it('is given to the owner of the book, with proof since a saved head, and noted', async () => {
    const { copy } = world.host.member('club').ledger
    const size = 4
    const root = toHex(rootFrom((level, index) => copy.store.node(level, index), size))
    const came = await world.ask(path, { as: 'club', body: { ...asked(), since: size } })
    expect(came.status).toBe(200)
    const reader = {
      trusted: [pinOf(world.host.report.genesis)],
      savedHeads: [{ chain: world.host.chain, size, root }],
    }
    const { checks, summary } = verifyEvidence(utf8(came.text), reader)
    const green = checks.filter(({ state }) => state === 'green').map(({ name }) => name)
    expect(green).toEqual([
      'content',
      'signature',
      'finality',
      'inclusion',
      'authority',
      'consistency',
    ])
    expect(summary?.statement).toMatchObject({ account: asked().account })
    const { vault, ledger } = world.host.member('club')
    const day = new Date(ledger.view().time + 8 * 3_600_000).toISOString().slice(0, 10)
    expect(ownLooks(vault, day)).toMatchObject([{ of: asked().account, section: 'statement' }])
  })

  it('is given to the person whose account it is, and to nobody else; nothing is written', async () => {
    const { height } = world.host.engine.status()
    const { headers } = person
    const own = await world.ask(path, { body: asked(), headers })
    expect(own.status).toBe(200)
    const nothing = { ...asked(), account: '0'.repeat(32) }
    const none = await world.ask(path, { as: 'club', body: nothing })
    const others = [
      await world.ask(path, { body: asked('𠮷野家'), headers }),
      await world.ask(path, { body: { ...asked(), book: 'C-2' }, headers }),
      await world.ask(path, { as: 'school', body: asked() }),
      await world.ask(path, { as: 'treasury', body: asked() }),
      await world.ask(path, { as: 'club', body: { ...asked(), book: 'C-2' } }),
      await world.ask(path, { as: 'club', body: { ...asked(), to: 1 } }),
    ]
    for (const came of others) expect([came.status, came.text]).toEqual([404, none.text])
    expect((await world.ask(path, { body: asked() })).status).toBe(401)
    expect(world.host.engine.status().height).toBe(height)
  })

  it('of days that do not exist or are the wrong way round is refused', async () => {
    for (const body of [
      { ...asked(), to: '2026-13-45' },
      { ...asked(), from: '2026-02-01', to: '2026-01-01' },
      { ...asked(), account: 'x' },
      { ...asked(), form: 'doc' },
    ]) {
      const came = await world.ask(path, { as: 'club', body })
      expect(came.json).toMatchObject({ status: 422, code: 'INPUT_INVALID' })
    }
  })
})
