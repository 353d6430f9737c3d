/**
 * Goal: what the trail tells can be computed again from its own words, and is what the ledger's trees say.
 * Method: every leaf of trees of 1 to 33 leaves against the trees of `proof`; commitments against `crypto`;
 * each hash against SHA-256 of the bytes told; one changed sibling must lead elsewhere.
 */
import { createHash } from 'node:crypto'
import { headerBytes, type SectionHeader, sectionCommitment, toHex, utf8 } from '@renshe/crypto'
import { leafHash, merkleTree, valueHash, writeLeaf } from '@renshe/proof'
import { describe, expect, it } from 'vitest'
import { HashTrail } from './hash-trail.ts'

describe('a trail of hashes', () => {
  it('climbs every leaf of every tree to its root, and to no other', () => {
    for (let size = 1; size <= 33; size++) {
      const contents = Array.from({ length: size }, (_, index) => utf8(`leaf ${index}`))
      const tree = merkleTree(contents.map((content) => leafHash('entry', content)))
      for (const [index, content] of contents.entries()) {
        const trail = new HashTrail()
        const path = tree.inclusionPath(index).map(toHex)
        const leaf = trail.leaf('leaf', 'entry', content)
        expect(toHex(trail.climb('root', leaf, { index, size, path }))).toBe(toHex(tree.root))
        expect(trail.made).toHaveLength(1 + path.length)
        if (path.length === 0) continue
        const wrong = path.with(0, toHex(leaf))
        expect(toHex(trail.climb('root', leaf, { index, size, path: wrong }))).not.toBe(
          toHex(tree.root),
        )
      }
    }
  })

  it('commits as sealing does, and writes as a block does', () => {
    const header: SectionHeader = {
      chain: 'demo-annuity-00000000',
      entryHash: 'ab'.repeat(32),
      kind: 'whole',
      level: 2,
      owner: 'acc-0001',
      record: '01'.repeat(16),
      salt: '02'.repeat(32),
      section: 'payroll',
      suite: 'RS-INTL-1',
      v: 1,
      version: 1,
    }
    const opening = { header, seed: new Uint8Array(32).fill(7), content: utf8('{"name":"𠮷野家"}') }
    const trail = new HashTrail()
    const commitment = trail.commit('row', { ...opening, header: headerBytes(header) })
    expect(toHex(commitment)).toBe(sectionCommitment(opening).commitment)
    const [key, value] = [utf8('funds/journal'), { v: 1 }]
    expect(toHex(trail.write('journal', key, utf8('{"v":1}')))).toBe(
      toHex(writeLeaf(key, valueHash(value))),
    )
    for (const { hash, of } of trail.made) {
      expect(createHash('sha256').update(Buffer.from(of, 'hex')).digest('hex')).toBe(hash)
    }
  })
})
