// Goal: the client runs in a browser.
// Method: bundle it for one; no module of Node may be left in it.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

it('bundles for a browser without a module of Node', async () => {
  const made = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    write: false,
    minify: true,
  })
  const text = made.outputFiles[0]?.text ?? ''
  expect(text).toContain('/api/v1')
  expect(text).not.toMatch(/["']node:/)
  expect(Buffer.byteLength(text)).toBeLessThan(400_000)
})
