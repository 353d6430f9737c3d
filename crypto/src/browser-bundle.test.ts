// Goal: the browser build is small, needs no Node, and does its work in a bare JavaScript world.
// Method: bundle it as the offline verifier does, look at its imports and size, then run it in a
// context that has nothing but TextEncoder and TextDecoder.
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { utf8 } from './bytes.ts'
import * as node from './index.ts'

const LARGEST_BYTES = 150_000

const bundled = await build({
  absWorkingDir: new URL('../..', import.meta.url).pathname,
  entryPoints: [new URL('./index.browser.ts', import.meta.url).pathname],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'iife',
  globalName: 'crypto0',
  platform: 'browser',
  target: 'es2022',
})
const code = bundled.outputFiles[0]?.text as string

test('is below 150 KB minified', () => {
  expect(code.length).toBeLessThan(LARGEST_BYTES)
})

test('imports noble and this folder, nothing else', () => {
  const inputs = Object.keys(bundled.metafile.inputs)
  const strange = inputs.filter(
    (path) => !path.startsWith('crypto/src/') && !path.startsWith('node_modules/@noble/'),
  )
  expect(strange).toEqual([])
  const imports = Object.values(bundled.metafile.outputs).flatMap((output) => output.imports)
  expect(imports).toEqual([])
})

test('verifies in a bare context what Node signed', () => {
  const context = createContext({ TextEncoder, TextDecoder, Uint8Array, Uint32Array })
  runInContext(code, context)
  for (const algorithm of ['p256', 'ed25519', 'sm2'] as const) {
    const { privateKey, publicKey } = node.generateKeyPair(algorithm, node.sha256(utf8(algorithm)))
    const message = utf8('text')
    const value = node.sign(privateKey, message)
    Object.assign(context, { spki: publicKey.spki, message, value })
    const run = 'crypto0.verify(crypto0.importPublicKey(spki), message, value)'
    expect(runInContext(run, context)).toBe(true)
    Object.assign(context, { message: utf8('texu') })
    expect(runInContext(run, context)).toBe(false)
  }
})
