// Goal: every value of vectors/sealed-data.json, in both suites, comes out of this code.
// Method: the file's inputs go through the public functions; each intermediate value it names is
// compared with one recomputed here.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex, utf8 } from './bytes.ts'
import { batchLeaf } from './commitment.ts'
import {
  canonicalJson,
  createBatchKey,
  discloseFields,
  generateKeyPair,
  type JsonObject,
  openSealed,
  openSection,
  paddedLength,
  parseStrictJson,
  personIndex,
  type SectionHeader,
  sealSection,
  sealTo,
  sectionCommitment,
  unwrap,
  verifyDisclosure,
  type WrapContext,
  wrap,
} from './index.ts'
import { suiteDigests } from './suite-hashes.ts'
import { contextHash } from './wrap.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/sealed-data.json', import.meta.url), 'utf8'),
)
const { inputs } = vectors
const secret = (name: string) => fromHex(inputs[name])

describe.each(['RS-INTL-1', 'RS-GM-1'] as const)('sealed-data vectors, %s', (suite) => {
  const of = vectors[suite]
  const halves = { halfA: secret('A'), halfB: secret('B'), seed: secret('seed') }
  const hashOf = (bytes: Uint8Array) => toHex(suiteDigests[suite](bytes))

  test('a fields section', () => {
    const header: SectionHeader = of.fields.header
    const content = canonicalJson(inputs.content)
    const section = sealSection({ header, content, ...halves })
    expect(section.headerHash).toBe(of.fields.headerHash)
    expect(section.commitment).toBe(of.fields.commitment)
    expect(section.sealed.length).toBe(of.fields.sealedLength)
    expect(hashOf(section.sealed)).toBe(of.fields.sealedHash)
    const headerLength = canonicalJson({ ...header }).length
    expect(toHex(section.sealed.subarray(6 + headerLength, 38 + headerLength))).toBe(of.fields.com)
    expect(paddedLength(36 + content.length)).toBe(inputs.frameLength)
    expect(sectionCommitment({ header, seed: halves.seed, content })).toEqual({
      commitment: of.fields.commitment,
      headerHash: of.fields.headerHash,
    })
    const opened = openSection({
      ...halves,
      sealed: section.sealed,
      registered: { ...header, commitment: section.commitment },
      suites: [suite],
    })
    expect(opened).toEqual({ header, seed: halves.seed, content })
  })

  test('some fields shown', () => {
    const header: SectionHeader = of.fields.header
    const opening = { header, seed: halves.seed, content: canonicalJson(inputs.content) }
    const shown = discloseFields(opening, ['base', 'months'])
    expect(shown.headerHash).toBe(of.fields.headerHash)
    expect(shown.leaves.map(({ value }) => value)).toEqual([
      ['/base', '8120.00'],
      ['/months', 2],
      ['/months/0', { due: '2026-09', fen: 64960 }],
      ['/months/1', { due: '2026-10', fen: 64960 }],
    ])
    expect(verifyDisclosure(suite, of.fields.commitment, shown)).toBe(true)
    const parsed: JsonObject = parseStrictJson(canonicalJson(shown as never))
    expect(verifyDisclosure(suite, of.fields.commitment, parsed as never)).toBe(true)
  })

  test('a batch row', () => {
    const { header, contentHex } = of.batchRow
    const halfA = createBatchKey(suite, secret('A*')).rowHalf(of.batchRow.headerHash)
    expect(toHex(halfA)).toBe(of.batchRow.A_r)
    const section = sealSection({ ...halves, halfA, header, content: fromHex(contentHex) })
    expect(section.headerHash).toBe(of.batchRow.headerHash)
    expect(section.commitment).toBe(of.batchRow.commitment)
    expect(section.sealed.length).toBe(of.batchRow.sealedLength)
    expect(hashOf(section.sealed)).toBe(of.batchRow.sealedHash)
    const sections = [{ name: 'row', level: 2, commitment: section.commitment }]
    const leaf = batchLeaf({ record: header.record, version: header.version, sections })
    expect(leaf).toEqual(utf8(of.batchRow.leaf))
  })

  test.each(['halfA', 'vaultABatch', 'halfABatch', 'halfBPage'])('wrap %s', (name) => {
    const { context, key, wrap: expected } = of[name]
    const plain = of[name].secretHex ? fromHex(of[name].secretHex) : secret(of[name].secret)
    expect(toHex(wrap(suite, secret(key), context as WrapContext, plain))).toBe(expected)
    expect(unwrap(suite, secret(key), context as WrapContext, fromHex(expected))).toEqual(plain)
  })

  test('sealTo', () => {
    const { context, ctx, output } = of.sealTo
    const algorithm = suite === 'RS-INTL-1' ? 'p256' : 'sm2'
    const { publicKey, privateKey } = generateKeyPair(algorithm, secret('recipientScalar'))
    const fixed = (length: number) => secret(length === 16 ? 'KEK' : 'ephemeralScalar')
    expect(toHex(contextHash(suite, context))).toBe(ctx)
    expect(toHex(sealTo(suite, publicKey, context, secret('G'), fixed))).toBe(output)
    expect(openSealed(suite, privateKey, context, fromHex(output))).toEqual(secret('G'))
  })

  test('person index', () => {
    expect(personIndex(suite, secret('K'), inputs.person)).toBe(of.personIndex)
    expect(of.personIndex).toBe(of.fields.idx)
  })
})
