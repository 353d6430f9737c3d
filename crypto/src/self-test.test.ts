// Goal: what the command line and the browser run as self-test holds in both builds, and would tell if it did not.
// Method: run both lists; compare what they have in common; run the list over a verification that accepts everything,
// over a hash that is wrong, and over a part that throws.
import { expect, test } from 'vitest'
import { sha256, sm3 } from './hash.ts'
import { publicKeyOfRaw } from './in-node.ts'
import { runSelfTests as runInBrowser } from './self-test.browser.ts'
import { runSelfTests as runInNode } from './self-test.node.ts'
import { commonSelfTests, runTests, type SelfTestLine } from './self-test.ts'
import { sm2Identity, verify } from './verify.ts'

const wrong = (lines: readonly SelfTestLine[]) =>
  lines.filter(({ came, expected }) => came !== expected)
const [inNode, inBrowser] = [runInNode(), runInBrowser()]

test('every line holds, in Node and in the browser build', () => {
  expect(wrong(inNode)).toEqual([])
  expect(wrong(inBrowser)).toEqual([])
})

test('lines have names of their own, and Node runs all of the browser and more', () => {
  const ids = inNode.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.slice(0, inBrowser.length)).toEqual(inBrowser.map(({ id }) => id))
  expect(inNode.length).toBeGreaterThan(inBrowser.length)
  expect(inBrowser.map(({ standard }) => standard)).toContain('GB/T 32905-2016 A.1')
})

const parts = { sha256, sm3, sm2Identity, publicKeyOfRaw, verify }

test('a verification that accepts everything is told by every refusal of a signature', () => {
  const lines = wrong(runTests(commonSelfTests({ ...parts, verify: () => true })))
  expect(lines.map(({ id }) => id)).toEqual(
    ['p256', 'ed25519', 'sm2'].flatMap((name) =>
      ['bit', 'cut', 'longer', 'malleable'].map((what) => `${name}-${what}`),
    ),
  )
})

test('a wrong hash and a part that throws are told', () => {
  const broken = (): never => {
    throw new Error('no such cipher')
  }
  const lines = wrong(runTests(commonSelfTests({ ...parts, sm3: sha256, sha256: broken })))
  expect(lines.map(({ id }) => id)).toEqual(['sha256', 'sm3'])
  expect(lines[0]?.came).toBe('error: no such cipher')
})
