/**
 * Goal: help teaches in both languages, one JSON document is all that standard output gets with --json,
 * a wrong word is told with the nearest right one.
 * Method: every command that there is, taken from the declarations; tables of command lines.
 */
import { describe, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'
import { TOPS } from '../tops.ts'
import type { CommandSpec } from './command.ts'

interface Placed {
  readonly words: readonly string[]
  readonly spec: CommandSpec
}

const placed: Placed[] = []
for (const top of TOPS) {
  if ('load' in top) {
    for (const spec of await top.load()) placed.push({ words: [top.name, spec.name], spec })
  } else {
    placed.push({ words: [top.name], spec: await top.command() })
  }
}

describe('every command', () => {
  it('is known by one name', () => {
    const names = placed.map(({ words }) => words.join(' '))
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(90)
  })

  it('has a sentence in both languages and an example that begins with itself', () => {
    const wrong = placed.flatMap(({ words, spec: { about, examples } }) => {
      const line = `renshe ${words.join(' ')}`
      const isBilingual =
        /[\u4e00-\u9fff]/.test(about.zh) && /^[\x20-\x7e–‘’“”国密]+$/.test(about.en)
      const isShown = examples.some((one) => one.line.includes(line))
      return isBilingual && isShown ? [] : [line]
    })
    expect(wrong).toEqual([])
  })

  it('has options that no other option of it hides', () => {
    const wrong = placed.flatMap(({ words, spec: { options = [] } }) => {
      const flags = [
        ...options.map(({ flags: text }) => text.split(' ')[0]),
        '--json',
        '--locale',
        '--help',
      ]
      return new Set(flags).size === flags.length ? [] : [words.join(' ')]
    })
    expect(wrong).toEqual([])
  })

  it('gives its help on standard output in the language asked for', async () => {
    for (const { words, spec } of placed) {
      const zh = await type([...words, '--help', '--locale', 'zh'])
      const en = await type(['help', ...words])
      expect({ words, zh: zh.exit, en: en.exit }).toEqual({ words, zh: 0, en: 0 })
      expect(zh.out).toContain('用法：')
      expect(zh.out).toContain(spec.examples[0]?.line)
      expect(en.out).toContain(`Usage: renshe ${words.join(' ')}`)
      expect(zh.err + en.err).toBe('')
    }
  }, 120_000)
})

describe('language', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, [], '用法：'],
    [{ LANG: 'de_DE.UTF-8' }, [], 'Usage:'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, [], '用法：'],
    [{ LANG: 'zh_CN.UTF-8' }, ['--locale', 'en'], 'Usage:'],
    [{ LANG: 'C' }, ['--locale=zh'], '用法：'],
  ])('%j %j', async (environment, words, expected) => {
    const { out } = await type([...words, '--help'], { environment })
    expect(out).toContain(expected)
  })
})

describe('wrong usage', () => {
  it.each([
    [['servce'], /There is no command servce\. Did you mean service\?/],
    [['service', 'chek'], /There is no command chek\. Did you mean check\?/],
    [['cases', 'open-cas'], /There is no command open-cas\. Did you mean open-case\?/],
    [
      ['rules', 'feel', '1', '--contxt', '{}'],
      /There is no option --contxt\. Did you mean --context\?/,
    ],
    [['service', 'build'], /The argument dir is missing/],
    [['service', 'build', 'a', 'b'], /more arguments than this command takes/],
    [['evidence', 'page', '--trust', 'x'], /The option --out <file> is required/],
    [['rules', 'feel', '--context'], /The option --context <context> needs a value/],
    [['--locale', 'fr', 'rules', 'list'], /The option --locale.* must be one of zh, en; came fr/],
    [['constructor'], /There is no command constructor\./],
    [['__proto__'], /There is no command __proto__\./],
    [['-x'], /There is no option -x/],
    [['\u0000'], /There is no command/],
  ])('%j', async (words, said) => {
    const { exit, out, err } = await type(words)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatch(said)
  })

  it('says it in Chinese', async () => {
    const { err } = await type(['servce', '--locale', 'zh'])
    expect(err).toBe('没有 servce 这个命令。是不是要输入 service？\n')
  })

  it('is one JSON document with --json', async () => {
    const { exit, out } = await type(['service', 'build', '--json'])
    expect(exit).toBe(2)
    expect(JSON.parse(out)).toEqual({
      ok: false,
      error: { code: 'USAGE', message: 'The argument dir is missing.' },
    })
  })

  it('shows help on standard error where nothing was typed', async () => {
    const { exit, out, err } = await type([])
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toContain('Usage: renshe')
  })
})

it('shows where in the program an error arose only where that is asked for', async () => {
  const words = ['service', 'build', '.']
  const plain = await type(words, { folder: '/' })
  const debug = await type(words, { folder: '/', environment: { RENSHE_DEBUG: '1' } })
  expect(plain.err).not.toContain('    at ')
  expect(debug.err).toContain('    at ')
})
