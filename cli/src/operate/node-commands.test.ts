/**
 * Goal: commands that need a node work together on one data folder: found, act, ask, prove, back up,
 * restore, look after; what is refused leaves nothing behind.
 * Method: one small consortium of two members, founded once, walked through in order.
 */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Typed, type } from '../testing/test-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'renshe-node-'))
afterAll(() => rmSync(folder, { recursive: true }))

function typeHere(...words: readonly string[]): Promise<Typed> {
  return type(words, { folder })
}

const AT = ['--data', 'data', '--as', 'city']

const TERMS = {
  name: 'demo-operate',
  members: [
    {
      id: 'city',
      name: { zh: '市', en: 'City' },
      roles: ['LIB'],
      officers: [{ number: 'c-1', roles: ['administrator'] }],
    },
    { id: 'overseer', name: { zh: '监管', en: 'Overseer' }, roles: ['SUP'] },
  ],
}

let unitTx = ''

beforeAll(async () => {
  writeFileSync(join(folder, 'terms.json'), JSON.stringify(TERMS))
  const none = mkdtempSync(join(folder, 'none-'))
  const founded = await typeHere(
    'init',
    'consortium',
    'terms.json',
    '--data',
    'data',
    '--services',
    none,
  )
  expect(founded.err).toBe('')
  const words = [
    'membership',
    'register-unit',
    '--unit',
    'lending',
    '--name',
    '{"zh":"借阅","en":"Lending"}',
  ]
  const acted = await typeHere(...words, ...AT, '--json')
  expect(acted.exit, acted.err).toBe(0)
  unitTx = (JSON.parse(acted.out) as { txId: string }).txId
}, 60_000)

describe('acts and questions', () => {
  it('shows what was done, as of a height too', async () => {
    const ask = ['membership', 'list-units', '--member', 'city', ...AT, '--json']
    const now = await typeHere(...ask)
    expect(JSON.parse(now.out)).toMatchObject({ ok: true, data: { items: [{ unit: 'lending' }] } })
    const then = await typeHere(...ask, '--as-of', '0')
    expect(JSON.parse(then.out)).toMatchObject({ ok: true, height: 0, data: { items: [] } })
  })

  it('says why the contract refuses, exit code 3', async () => {
    const words = [
      'governance',
      'cast-vote',
      '--proposal',
      '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      '--choice',
      'FOR',
    ]
    const { exit, out, err } = await typeHere(...words, ...AT, '--json')
    expect(exit).toBe(3)
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: 'PROPOSAL_NOT_FOUND' } })
    expect(err).toContain('governance.castVote was refused: PROPOSAL_NOT_FOUND')
  })

  it.each([
    [
      ['--data', 'data', '--as', 'nobody'],
      2,
      /--as must be a member that runs here: city, overseer; came nobody/,
    ],
    [['--data', 'data'], 2, /--as must be a member that runs here: city, overseer; came nothing/],
    [['--data', 'none', '--as', 'city'], 2, /--data must be the data folder of a node/],
    [[...AT, '--signer', 'c-9'], 1, /Member city holds no key of the officer c-9/],
  ])('refuses %j', async (at, exit, said) => {
    const typed = await typeHere('membership', 'close-unit', '--unit', 'lending', ...at)
    expect({ exit: typed.exit, out: typed.out }).toEqual({ exit, out: '' })
    expect(typed.err).toMatch(said)
  })
})

describe('evidence', () => {
  const verify = (...words: readonly string[]) =>
    typeHere('evidence', 'verify', 'unit.renshe.json', ...words)
  const TRUST = ['--trust', 'data/genesis.json']

  beforeAll(async () => {
    const words = [
      'evidence',
      'export',
      '--step',
      unitTx,
      '--out',
      'unit.renshe.json',
      '--since',
      '1',
    ]
    const { exit, err } = await typeHere(...words, ...AT)
    expect(exit, err).toBe(0)
  }, 60_000)

  it('is all but green at the first visit: nothing was seen before', async () => {
    const { exit, out } = await verify(...TRUST, '--json')
    const { checks, result } = JSON.parse(out) as {
      checks: { name: string; state: string }[]
      result: string
    }
    const grey = checks.filter(({ state }) => state !== 'green').map(({ name }) => name)
    expect(checks).toHaveLength(7)
    expect({ exit, result, grey: grey.filter((name) => name !== 'status') }).toEqual({
      exit: 3,
      result: 'trustworthy',
      grey: ['consistency'],
    })
  })

  it('keeps the head that was seen, and compares with it', async () => {
    await verify(...TRUST, '--heads', 'heads.json')
    const { out } = await verify(...TRUST, '--heads', 'heads.json', '--json')
    const { checks } = JSON.parse(out) as { checks: { name: string; state: string }[] }
    expect(checks.find(({ name }) => name === 'consistency')?.state).toBe('green')
  })

  it('is undecided without a chain that is trusted, exit code 3', async () => {
    const { exit, out } = await verify('--locale', 'zh')
    expect(exit).toBe(3)
    expect(out).toContain('没有结论')
  })

  it('turns red with one changed byte, exit code 1', async () => {
    const text = readFileSync(join(folder, 'unit.renshe.json'), 'utf8')
    const changed = text.replace('"code":"OK"', '"code":"NO"')
    expect(changed).not.toBe(text)
    writeFileSync(join(folder, 'changed.renshe.json'), changed)
    const { exit, out } = await typeHere('evidence', 'verify', 'changed.renshe.json', ...TRUST)
    expect(exit).toBe(1)
    expect(out).toMatch(/^✗ /m)
  })

  it.each([
    ['', 1, /^✗ /],
    ['{}', 1, /^✗ /],
    ['[]', 1, /^✗ /],
    [`{"v":${'['.repeat(10_000)}`, 1, /^✗ /],
  ])('is no evidence: %.8j', async (text, exit, said) => {
    writeFileSync(join(folder, 'no.renshe.json'), text)
    const typed = await typeHere('evidence', 'verify', 'no.renshe.json', ...TRUST)
    expect(typed.exit).toBe(exit)
    expect(typed.out).toMatch(said)
  })

  it.each([
    [['verify', 'nowhere.json'], /there is no nowhere\.json/],
    [
      ['verify', 'unit.renshe.json', '--trust', 'terms.json'],
      /--trust must name a genesis file; terms\.json is none/,
    ],
    [['verify', 'unit.renshe.json', '--heads', 'terms.json'], /--heads must be a file of heads/],
    [['export', '--out', 'x', ...AT], /Give one of --step, --line, --read, --rule; came 0/],
    [['export', '--out', 'x', '--step', 'a', '--rule', 'b', ...AT], /came 2/],
    [['export', '--out', 'x', '--line', 'a', ...AT], /--book is required/],
    [
      ['export', '--out', 'x', '--line', 'a', '--book', 'b', '--from', '2026-02-30', ...AT],
      /--from must be a date/,
    ],
    [
      ['export', '--out', 'x', '--step', 'a', '--row', '-1', ...AT],
      /--row must be a whole number; came -1/,
    ],
  ])('refuses %j, exit code 2', async (words, said) => {
    const { exit, out, err } = await typeHere('evidence', ...words)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatch(said)
  })

  it('is not made of what nobody knows, exit code 3, and nothing is written', async () => {
    const step = '0'.repeat(64)
    const { exit, err } = await typeHere(
      'evidence',
      'export',
      '--step',
      step,
      '--out',
      'x.json',
      ...AT,
    )
    expect(exit).toBe(3)
    expect(err).toContain('ACT_UNKNOWN')
    expect(statSync(join(folder, 'x.json'), { throwIfNoEntry: false })).toBeUndefined()
  })

  it('has an offline page that pins the chain', async () => {
    const { exit } = await typeHere('evidence', 'page', '--out', 'verify.html', ...TRUST)
    const html = readFileSync(join(folder, 'verify.html'), 'utf8')
    expect(exit).toBe(0)
    expect(html).toContain('demo-operate-')
    expect(html.length).toBeLessThan(600_000)
  })
})

describe('looking after a data folder', () => {
  it('backs up, restores, verifies and rebuilds with one digest', async () => {
    const heads = async (...words: readonly string[]) => {
      const { exit, out, err } = await typeHere(...words, '--json')
      expect(exit, err).toBe(0)
      const { copies, ledgers } = JSON.parse(out) as Record<string, { headerHash: string }[]>
      return [...new Set((copies ?? ledgers ?? []).map(({ headerHash }) => headerHash))]
    }
    const [head, other] = await heads('verify', '--data', 'data')
    expect(head).toMatch(/^[0-9a-f]{64}$/)
    expect(other).toBeUndefined()
    expect(await heads('backup', '--data', 'data', '--out', 'backup')).toEqual([head])
    expect(await heads('restore', 'backup', '--data', 'restored')).toEqual([head])
    expect(await heads('verify', '--data', 'restored')).toEqual([head])
    expect(await heads('rebuild', '--data', 'restored')).toEqual([head])
  })

  it('tells a doctor what is missing: R is in no backup', async () => {
    const sound = await typeHere('doctor', '--data', 'data', '--json')
    expect(sound.exit).toBe(0)
    const { exit, out } = await typeHere('doctor', '--data', 'restored', '--json')
    expect(exit).toBe(1)
    const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: { severity: string }[] }
    expect(ok).toBe(false)
    // What is told of the machine, its disk and clock, depends on where this runs.
    expect(findings.filter(({ severity }) => severity === 'fault')).toMatchObject([
      { code: 'KEY_MISSING', member: 'city', facts: { key: 'release' } },
      { code: 'KEY_MISSING', member: 'overseer' },
    ])
  })

  it('names the place of the first damage, exit code 1', async () => {
    cpSync(join(folder, 'data'), join(folder, 'damaged'), { recursive: true })
    const log = join(folder, 'damaged/members/overseer/ledger/log')
    const [segment = ''] = readdirSync(log)
    const bytes = readFileSync(join(log, segment))
    const place = Math.floor(bytes.length / 2)
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(join(log, segment), bytes)
    const { exit, out } = await typeHere('verify', '--data', 'damaged', '--json')
    expect(exit).toBe(1)
    const { copies } = JSON.parse(out) as {
      copies: {
        member: string
        ok: boolean
        code?: string
        facts?: { segment: string; offset: number }
      }[]
    }
    expect(copies.find(({ member }) => member === 'city')?.ok).toBe(true)
    const damaged = copies.find(({ member }) => member === 'overseer')
    expect(damaged).toMatchObject({ ok: false, code: 'LOG_DAMAGED', facts: { segment } })
    expect(damaged?.facts?.offset).toBeLessThanOrEqual(place)
  })

  it.each([
    [
      ['init', 'consortium', 'terms.json', '--data', 'data', '--services', 'backup'],
      3,
      /a consortium lies here/,
    ],
    [['backup', '--data', 'data', '--out', 'backup'], 3, /TARGET_NOT_EMPTY/],
    [['backup', '--data', 'data', '--out', 'b2', '--member', 'nobody'], 3, /MEMBER_UNKNOWN/],
    [['restore', 'none', '--data', 'r2'], 3, /MANIFEST_MISSING/],
    [
      ['verify', '--data', 'data', '--as', 'nobody'],
      2,
      /--as must be a member with a ledger here: city, overseer/,
    ],
    [['verify', '--data', '/nowhere'], 2, /--data must be the data folder/],
    [
      ['demo', 'annuity', '--data', 'data'],
      1,
      /--data must be an empty folder; .* nothing was touched/,
    ],
    [
      ['demo', 'annuity', '--people', '0'],
      2,
      /--people must be a whole number from 1 to 100000; came 0/,
    ],
    [['demo', 'annuity', '--people', '1', '--payroll', 'x'], 2, /--people or --payroll, not both/],
  ])('refuses %j', async (words, exit, said) => {
    const typed = await typeHere(...words)
    expect({ exit: typed.exit, out: typed.out }).toEqual({ exit, out: '' })
    expect(typed.err).toMatch(said)
  })
})
