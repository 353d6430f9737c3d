// Goal: exported tables say what the page says, start no formula, and open where people open them.
// Method: hostile cells; an archive taken apart again by its own directory; CRC of a published vector.
import { expect, it } from 'vitest'
import { makeArchive } from './archive.ts'
import { csvOf, xlsxOf } from './spreadsheet.ts'

const SHEET = [
  ['事项', '金额'],
  ['=1+1', { decimal: '808937.36' }],
  ['@"x"', { decimal: '-0.16' }],
  ['1,2\n3', { decimal: '1234567890123456.78' }],
] as const

it('writes CSV that no spreadsheet computes', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(SHEET))
  expect(text).toBe(
    '\ufeff"事项","金额"\r\n"\'=1+1","808937.36"\r\n"\'@""x""","-0.16"\r\n"1,2\n3","1234567890123456.78"\r\n',
  )
})

it('writes XLSX: decimals are numbers unless a spreadsheet would round them', () => {
  const text = new TextDecoder().decode(xlsxOf(SHEET, '资金记录'))
  expect(text).toContain('<c r="B2"><v>808937.36</v></c>')
  expect(text).toContain('<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>')
  expect(text).toContain('<t xml:space="preserve">1234567890123456.78</t>')
  expect(text).toContain('<sheet name="资金记录"')
})

it('makes archives whose directory leads to every file', () => {
  const bytes = makeArchive([
    { path: 'a/示例.txt', bytes: new TextEncoder().encode('123456789') },
    { path: 'empty', bytes: new Uint8Array(0) },
  ])
  const view = new DataView(bytes.buffer)
  const end = bytes.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  expect(view.getUint16(end + 10, true)).toBe(2)
  const directory = view.getUint32(end + 16, true)
  expect(view.getUint32(directory, true)).toBe(0x02014b50)
  // CRC-32 of 123456789 is the check value of the standard.
  expect(view.getUint32(directory + 16, true)).toBe(0xcbf43926)
  const local = view.getUint32(directory + 42, true)
  const start = local + 30 + view.getUint16(local + 26, true)
  expect(new TextDecoder().decode(bytes.subarray(start, start + 9))).toBe('123456789')
})
