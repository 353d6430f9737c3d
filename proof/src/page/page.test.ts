/**
 * Goal: the committed page is what its sources make, opens no connection, cannot be widened by its
 * pins, and its bundle judges as the code in Node does.
 * Method: build again and compare; recompute the hashes of the policy; bundle the verifier for
 * browsers and run it on both published files, whole and changed.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyEvidence } from '../verify-evidence.ts'
import { makeVerifierPage } from './build.ts'
import type { VerifierPins } from './pins.ts'
import { buildVerifierPage } from './verifier-page.ts'

const chain = 'vector-cadd0b18'
const policy = '94fe2295c0197a8744682f1e3a927ae364a5a2c663f6e953c8781352d531baa5'
const pins: VerifierPins = {
  madeAt: 1788220800000,
  chains: [
    {
      chain,
      genesisHash: 'cadd0b187c0590852781683cab0066d43fcc3b2f165f725848300d9fa0c90309',
      policies: [policy],
      members: { 'sia-3701': { zh: '</script><b>$& $1', en: 'Sample' } },
    },
  ],
}
const html = buildVerifierPage({ pins })
const between = (start: string, end: string): string => {
  const from = html.indexOf(start) + start.length
  return html.slice(from, html.indexOf(end, from))
}
const scratch = mkdtempSync(join(tmpdir(), 'renshe-page-'))
afterAll(() => rmSync(scratch, { recursive: true }))

describe('the verifier page', () => {
  it('is what build.ts makes of its sources', async () => {
    const committed = readFileSync(new URL('verifier-page.gen.ts', import.meta.url), 'utf8')
    expect(committed === (await makeVerifierPage())).toBe(true)
  })

  it('is one file of at most 600 KiB', () => {
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(600 * 1024)
    expect(html).not.toMatch(/<(link|img|iframe|script)[^>]*(src|href)="?(?!data:)[^">]/)
  })

  it('admits its own script and style and no connection', () => {
    const csp = between('Content-Security-Policy" content="', '"')
    const hash = (text: string): string =>
      `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const script = between('</script>\n<script>', '</script>')
    expect(csp.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(between('<style>', '</style>'))}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ])
    for (const way of [
      'fetch(',
      'XMLHttpRequest',
      'WebSocket',
      'sendBeacon',
      'innerHTML',
      'eval(',
    ]) {
      expect(script).not.toContain(way)
    }
  })

  it('carries its pins unchanged, whatever a member is called', () => {
    expect(JSON.parse(between('id="pins">', '</script>'))).toEqual(pins)
  })
})

describe('the verifier bundled for browsers', () => {
  it('judges both published files, whole and changed, as in Node', async () => {
    const outfile = join(scratch, 'verify.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('../verify-evidence.ts', import.meta.url))],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      conditions: ['browser'],
      outfile,
      logLevel: 'silent',
    })
    const bundled = (await import(pathToFileURL(outfile).href)) as {
      verifyEvidence: typeof verifyEvidence
    }
    const reader = { trusted: pins.chains }
    for (const name of ['step', 'line']) {
      const url = new URL(`../../../vectors/${name}.renshe.json`, import.meta.url)
      const original = new Uint8Array(readFileSync(url))
      const states = bundled.verifyEvidence(original, reader).checks.map(({ state }) => state)
      expect(states).toEqual(['green', 'green', 'green', 'green', 'green', 'grey', 'green'])
      // A stride that is no divisor of a line of hex or base64 meets members of every kind.
      for (let at = 7; at < original.length; at += 211) {
        const changed = Uint8Array.from(original)
        changed[at]! ^= 1
        const expected = verifyEvidence(changed, reader)
        expect(bundled.verifyEvidence(changed, reader)).toEqual(expected)
      }
    }
  })
})
