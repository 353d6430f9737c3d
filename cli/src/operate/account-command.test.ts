// Goal: an account is added without its password ever standing in a file or on a command line; a bad one changes nothing.
// Method: typed command lines with a password on standard input.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'

const root = mkdtempSync(join(tmpdir(), 'renshe-accounts-'))
const words = ['account', 'add', 'accounts.json', '--member', 'city', '--officer']
const file = join(root, 'accounts.json')

afterAll(() => rmSync(root, { recursive: true, force: true }))

it('adds, and replaces the one of the same name', async () => {
  const first = await type([...words, '0101'], { folder: root, input: 'correct horse battery\n' })
  const second = await type([...words, '0102'], { folder: root, input: 'a longer password still' })
  const before = readFileSync(file, 'utf8')
  const again = await type([...words, '0101'], { folder: root, input: 'yet another password' })
  expect([first.exit, second.exit, again.exit]).toEqual([0, 0, 0])
  const text = readFileSync(file, 'utf8')
  const { accounts } = JSON.parse(text) as { accounts: { name: string; hash: string }[] }
  expect(accounts.map(({ name }) => name)).toEqual(['city/0102', 'city/0101'])
  expect(before).not.toContain(accounts[1]?.hash ?? '')
  expect(text).not.toContain('password')
})

it.each([
  ['short', /12 to 256 characters; came 5/],
  ['', /came 0/],
])('refuses the password %j and writes nothing', async (input, says) => {
  const before = readFileSync(file, 'utf8')
  const typed = await type([...words, '0103'], { folder: root, input })
  expect(typed.exit).toBe(2)
  expect(typed.err).toMatch(says)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

it('leaves a file alone that is no account file', async () => {
  writeFileSync(join(root, 'other.json'), '{"v":2}')
  const typed = await type(
    ['account', 'add', 'other.json', '--member', 'city', '--officer', '0101'],
    { folder: root, input: 'correct horse battery' },
  )
  expect(typed.exit).toBe(2)
  expect(typed.err).toContain('no account file')
  expect(readFileSync(join(root, 'other.json'), 'utf8')).toBe('{"v":2}')
})
