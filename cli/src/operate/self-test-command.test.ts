/**
 * Goal: `renshe self-test` says of each line its standard and result, in both languages and as JSON, and its exit
 * code tells a failure. Method: type it; then hand it a line that does not hold.
 */
import { runSelfTests } from '@renshe/crypto/self-test'
import { describe, expect, it } from 'vitest'
import { Session, type Terminal } from '../shell/session.ts'
import { type } from '../testing/test-terminal.ts'
import { tellSelfTests } from './self-test-command.ts'

describe('renshe self-test', () => {
  it('passes here, line by line, in both languages', async () => {
    const english = await type(['self-test'])
    expect(english).toMatchObject({ exit: 0, err: '' })
    const lines = english.out.trimEnd().split('\n')
    expect(lines).toHaveLength(runSelfTests().length + 1)
    expect(lines.slice(0, -1).every((line) => /^passed {2}.+ \[.+\]$/.test(line))).toBe(true)
    expect(english.out).toContain('[GB/T 32905-2016 A.1]')
    const chinese = await type(['self-test', '--locale', 'zh'])
    expect(chinese.out).toContain('通过  SM2 加密 [GB/T 32918.4, 32918.5 C]')
  })

  it('answers programs in one document', async () => {
    const { exit, out } = await type(['self-test', '--json'])
    expect(exit).toBe(0)
    const told = JSON.parse(out)
    expect(told.ok).toBe(true)
    const line = told.lines.find(({ id }: { id: string }) => id === 'trap-user-id')
    expect(line).toMatchObject({ ok: true, kind: 'trap', expected: 'false', came: 'false' })
  })

  it.each([true, false])(
    'a line that does not hold is told and ends with 1 (JSON %s)',
    async (isJson) => {
      const written: string[] = []
      const terminal: Terminal = {
        folder: '.',
        environment: {},
        input: (async function* () {})(),
        isWatched: false,
        write: async (text) => {
          written.push(String(text))
        },
        tell: () => undefined,
      }
      const [first, ...rest] = runSelfTests()
      if (first === undefined) throw new Error('the list is empty')
      const lines = [{ ...first, came: 'ab' }, ...rest]
      expect(await tellSelfTests(new Session(terminal, 'en', isJson), lines)).toBe(1)
      const out = written.join('')
      if (isJson) expect(JSON.parse(out)).toMatchObject({ ok: false })
      else expect(out).toMatch(/^FAILED {2}.*≠ ab\)\n/)
    },
  )
})
