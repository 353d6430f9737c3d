/** Goal: names have one spelling. Method: a table per kind, each row breaking one rule of it. */
import { describe, expect, it } from 'vitest'
import {
  camelOfKebab,
  isCamelName,
  isClauseId,
  isCode,
  isDottedName,
  isKebabName,
  isMemberId,
  isPlainLabel,
} from './spelling.ts'

describe('names', () => {
  it.each<[string, (text: string) => boolean, readonly string[], readonly string[]]>([
    ['member id', isMemberId, ['tru', 'tru-0001'], ['tr', '1tru', 'Tru', 'tru_1', 'a'.repeat(33)]],
    ['code', isCode, ['OK', 'BAD_ID', 'TRU'], ['A', 'ok', '1A', '_A', 'A-B', 'A'.repeat(65)]],
    [
      'kebab',
      isKebabName,
      ['a', 'upload-payroll', 'v2'],
      ['', 'A', '-a', 'a-', 'a--b', 'a_b', 'a.b'],
    ],
    ['camel', isCamelName, ['a', 'billTotal', 'x2'], ['', 'Bill', 'bill-total', '__proto__', '2x']],
    ['dotted', isDottedName, ['annuity.vesting'], ['annuity', '.a', 'a.', 'a..b', 'a.B']],
    ['clause', isClauseId, ['36号令/15', 'a/b/3'], ['15', '/15', 'a/', ' a/1', 'a/1\n']],
  ])('%s', (_kind, check, good, bad) => {
    for (const text of good) expect(`${text} ${check(text)}`).toBe(`${text} true`)
    for (const text of bad) expect(`${text} ${check(text)}`).toBe(`${text} false`)
  })

  it('labels hide nothing', () => {
    expect(isPlainLabel('示例·王䶮', 64)).toBe(true)
    for (const text of [' a', 'a ', 'a\u0000', 'a\n', 'a\u0085', '']) {
      expect(isPlainLabel(text, 64)).toBe(false)
    }
  })

  it('become camelCase as FEEL reads them', () => {
    expect(camelOfKebab('upload-payroll')).toBe('uploadPayroll')
    expect(camelOfKebab('part-2')).toBe('part2')
    expect(camelOfKebab('plain')).toBe('plain')
  })
})
