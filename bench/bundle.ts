/* What a browser loads to evaluate rules by itself. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Measured } from './measure.ts'

const ENTRY = fileURLToPath(new URL('../rules/src/index.ts', import.meta.url))

/** Kilobytes of the whole public interface of `rules`, minified and compressed. */
export async function measureBundle(): Promise<Measured[]> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  const bytes = outputFiles[0]?.contents ?? new Uint8Array()
  const packed = gzipSync(bytes, { level: 9 }).length
  return [
    {
      name: 'browser bundle of rules, compressed',
      value: packed / 1024,
      unit: 'KB',
      demanded: { most: 150 },
    },
    { name: 'the same before compression', value: bytes.length / 1024, unit: 'KB' },
  ]
}
