/**
 * Goal: the two published evidence files verify, and no changed byte passes.
 * Method: all seven checks for readers who know more or less; then one random bit of every byte of
 * both files is flipped (RENSHE_BITS_PER_BYTE=8: every bit) and must make exactly one check red, or
 * the file no evidence.
 */
import { readFileSync } from 'node:fs'
import { sha256, u32 } from '@renshe/crypto'
import { describe, expect, it } from 'vitest'
import { CHECK_NAMES } from './check.ts'
import type { Reader } from './trust.ts'
import { type Verification, verdictOf, verifyEvidence } from './verify-evidence.ts'

const chain = 'vector-cadd0b18'
const genesisHash = 'cadd0b187c0590852781683cab0066d43fcc3b2f165f725848300d9fa0c90309'
const policy = '94fe2295c0197a8744682f1e3a927ae364a5a2c663f6e953c8781352d531baa5'
const savedRoot = 'd875d36f541af54b590201f83a41ffb82bf0cf715c737e58cbaf969ab32a2186'
const tipLog = 'f84b4519d8c7158df2172f25e8013ccd12999e18b9ed41eb60003466bfc8a4d7'
const reader: Reader = {
  trusted: [{ chain, genesisHash, policies: [policy] }],
  savedHeads: [{ chain, size: 2, root: savedRoot }],
}
const FILES = ['step', 'line'] as const
const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../vectors/${name}.renshe.json`, import.meta.url)))

/** `name:CODE` of every check that is not green. */
const others = ({ checks }: Verification): string[] =>
  checks
    .filter(({ state }) => state !== 'green')
    .map(({ name, state, reason }) => `${name} ${state} ${reason.code}`)

describe('the published evidence files', () => {
  it.each(FILES)('%s: seven green, in order, each with words in both languages', (name) => {
    const verification = verifyEvidence(bytesOf(name), reader)
    expect(verification.checks.map((check) => check.name)).toEqual(CHECK_NAMES)
    expect(others(verification)).toEqual([])
    expect(verdictOf(verification)).toBe('trustworthy')
    for (const { reason } of verification.checks) {
      expect(reason.zh.length).toBeGreaterThan(5)
      expect(reason.en.length).toBeGreaterThan(5)
    }
  })

  it('tell what they say', () => {
    const step = verifyEvidence(bytesOf('step'), reader).summary!
    expect(step).toMatchObject({ kind: 'step', chain, demonstration: false, statement: null })
    expect(step.acts[0]).toMatchObject({
      action: 'cases.decideStep',
      code: 'OK',
      signer: { member: 'sia-3701', name: '0417', unit: 'contribution' },
      time: 1788220802000,
    })
    expect(step.opened[0]!.sections[0]!.content).toEqual({ amount: '603.00', name: '示例·王䶮﨑' })
    const line = verifyEvidence(bytesOf('line'), reader).summary!
    expect(line.statement!.rows.map(({ kind, units }) => [kind, units])).toEqual([
      ['from', '163.4750'],
      ['entry', null],
      ['to', '326.9500'],
    ])
  })

  it('without a pinned policy: finality grey, and what depends on it', () => {
    const verification = verifyEvidence(bytesOf('step'), { trusted: [] })
    expect(others(verification)).toEqual([
      'finality grey POLICY_UNPINNED',
      'inclusion grey DEPENDS',
      'authority grey DEPENDS',
      'consistency grey DEPENDS',
      'status grey DEPENDS',
    ])
    expect(verdictOf(verification)).toBe('undecided')
  })

  it('with another pinned policy: finality red', () => {
    const trusted = [{ chain, policies: [genesisHash] }]
    const verification = verifyEvidence(bytesOf('step'), { trusted })
    expect(others(verification)[0]).toBe('finality red POLICY_UNTRUSTED')
    expect(verdictOf(verification)).toBe('refused')
  })

  it('with another genesis behind the same first 8 digits: inclusion red', () => {
    const trusted = [{ chain, genesisHash: `cadd0b18${'0'.repeat(56)}`, policies: [policy] }]
    expect(others(verifyEvidence(bytesOf('step'), { ...reader, trusted }))).toEqual([
      'inclusion red GENESIS_OTHER',
      'authority grey DEPENDS',
      'status grey DEPENDS',
    ])
  })

  it.each([
    ['no head saved', [], 'consistency grey HEAD_UNSAVED'],
    [
      'a head of another size',
      [{ chain, size: 3, root: savedRoot }],
      'consistency grey HEAD_UNSAVED',
    ],
    [
      'a head of another chain',
      [{ chain: 'x-00000000', size: 2, root: tipLog }],
      'consistency grey HEAD_UNSAVED',
    ],
    ['another head of that size', [{ chain, size: 2, root: tipLog }], 'consistency red HEAD_OTHER'],
    [
      'another head of the tip',
      [{ chain, size: 5, root: savedRoot }],
      'consistency red HEAD_OTHER',
    ],
    ['the head of the tip', [{ chain, size: 5, root: tipLog }], undefined],
  ])('with %s', (_, savedHeads, expected) => {
    const found = others(verifyEvidence(bytesOf('step'), { ...reader, savedHeads }))
    expect(found).toEqual(expected === undefined ? [] : [expected])
  })

  it('online: an amendment is red with what and when; nobody finding one is no proof', () => {
    const amendment = { kind: 'reversed', at: 1788221000000, by: 'ab'.repeat(32) }
    const amended = verifyEvidence(bytesOf('step'), {
      ...reader,
      online: { asOf: 1788222000000, amendment },
    })
    expect(others(amended)).toEqual(['status red AMENDED'])
    expect(amended.checks[6]!.facts).toMatchObject(amendment)
    const online = { asOf: 1788222000000, amendment: null }
    expect(others(verifyEvidence(bytesOf('step'), { ...reader, online }))).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['an image', '\u0089PNG'],
    ['another document', '{}'],
    ['white space after the file', null],
  ])('%s is not an evidence file', (_, text) => {
    const bytes =
      text === null ? Uint8Array.of(...bytesOf('step'), 0x0a) : new TextEncoder().encode(text)
    const verification = verifyEvidence(bytes, reader)
    expect(verification).toMatchObject({ file: 'not-evidence', checks: [], summary: null })
    expect(verdictOf(verification)).toBe('not-evidence')
  })
})

describe('the byte property', () => {
  const bitsPerByte = Number(process.env.RENSHE_BITS_PER_BYTE ?? 1)

  it.each(FILES)(
    '%s: one changed bit anywhere makes exactly one check red, or no file',
    (name) => {
      const original = bytesOf(name)
      const seed = Date.now() % 2 ** 32
      const wrong: string[] = []
      const redChecks = new Set<string>()
      for (let at = 0; at < original.length; at++) {
        const start = sha256(u32(seed), u32(at))[0]! % 8
        for (let bit = start; bit < start + bitsPerByte; bit++) {
          const changed = Uint8Array.from(original)
          changed[at]! ^= 1 << (bit % 8)
          const { file, checks } = verifyEvidence(changed, reader)
          const red = checks.filter(({ state }) => state === 'red').map((check) => check.name)
          for (const check of red) redChecks.add(check)
          if (file === 'ok' && red.length !== 1) wrong.push(`byte ${at} bit ${bit % 8}: ${red}`)
        }
      }
      expect({ seed, wrong }).toEqual({ seed, wrong: [] })
      // Every check must have caught something, or the property would hold for an idle verifier.
      expect([...redChecks].sort()).toEqual([...CHECK_NAMES].sort())
    },
    600_000,
  )
})
