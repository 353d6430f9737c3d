/**
 * Goal: lines come out whole and counted, wherever the stream is cut, and none is ever held that is too
 * long.
 * Method: fast-check cuts texts at random places; hostile streams by hand.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readLines, type StreamLine } from './line-reader.ts'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(
  bytes: Uint8Array,
  size: number,
  most?: number,
): Promise<readonly StreamLine[]> {
  const found: StreamLine[] = []
  for await (const line of readLines(inPieces(bytes, size), most)) found.push(line)
  return found
}

it('gives the lines of a text wherever it is cut', async () => {
  const line = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .map((text) => text.replaceAll('\n', ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        // A mark at the beginning is of the file, not of its first line.
        fc.pre(!(lines[0] ?? '').startsWith('\ufeff'))
        const found = await linesOf(Buffer.from(lines.map((one) => `${one}\n`).join('')), size)
        expect(found).toEqual(lines.map((text, at) => ({ line: at + 1, text })))
      },
    ),
  )
})

it('gives a last line that does not end', async () => {
  expect(await linesOf(Buffer.from('a\nb'), 1)).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'b' },
  ])
})

it('tells a line that is too long and one that is not UTF-8, and goes on', async () => {
  const bytes = Buffer.concat([
    Buffer.from('12345678\n1234567\n'),
    Buffer.of(0xff),
    Buffer.from('\nok'),
  ])
  expect(await linesOf(bytes, 3, 7)).toEqual([
    { line: 1, fault: 'TOO_LONG' },
    { line: 2, text: '1234567' },
    { line: 3, fault: 'NOT_UTF8' },
    { line: 4, text: 'ok' },
  ])
})

it('takes a byte order mark from the first line only', async () => {
  expect(await linesOf(Buffer.from('\ufeffa\n\ufeffb\n'), 2)).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: '\ufeffb' },
  ])
})
