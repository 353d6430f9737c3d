// Goal: options of `renshe start` that contradict each other, or name files that are wrong, say so and start nothing.
// Method: typed command lines on an empty folder; one that is right fails only at the folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'

const root = mkdtempSync(join(tmpdir(), 'renshe-start-'))

beforeAll(() => {
  mkdirSync(join(root, 'empty'))
  const write = (name: string, text: string) => writeFileSync(join(root, name), text)
  write('pem', 'x')
  write('accounts.json', '{"v":1,"accounts":[{"name":"a/1","member":"school","officer":"1"}]}')
  write('wrong.json', '{"v":1,"accounts":[{"name":7}]}')
  write('issuer.json', '{"v":1,"issuer":"https://id.example","clientId":"node"}')
  write('other.json', '{"v":1,"issuer":"https://id.example","secret":"x"}')
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('renshe start', () => {
  it.each([
    [['--tls-cert', 'pem'], /--tls-cert needs --tls-key/],
    [['--tls-key', 'pem'], /--tls-key needs --tls-cert/],
    [['--tls-clients'], /--tls-clients needs --tls-cert/],
    [['--address', '0.0.0.0'], /--address needs --tls-cert/],
    [['--issuer', 'issuer.json'], /--issuer needs --issuer-key/],
    [['--accounts', 'none.json'], /there is no none\.json/],
    [['--accounts', 'wrong.json'], /accounts: \/accounts\/0/],
    [['--issuer', 'other.json', '--issuer-key', 'pem'], /issuer: \/clientId must be/],
    [
      ['--accounts', 'accounts.json', '--issuer', 'issuer.json', '--issuer-key', 'pem'],
      /empty is none/,
    ],
  ])('with %j says what is missing or wrong', async (options, says) => {
    const words = ['start', '--data', 'empty', ...options]
    const typed = await type(words, { folder: root })
    expect({ exit: typed.exit, told: typed.err }).toEqual({
      exit: 2,
      told: expect.stringMatching(says),
    })
  })
})
