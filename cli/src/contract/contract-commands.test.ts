/**
 * Goal: one verb, five spellings: every action and query of the contracts is a command with an option for
 * each member of its input, and nothing else is.
 * Method: compare the commands with what the contracts declare; read options into inputs.
 */
import { createContracts } from '@renshe/contracts'
import { describe, expect, it } from 'vitest'
import { type } from '../testing/test-terminal.ts'
import { TOPS } from '../tops.ts'
import { SUMMARIES } from './chinese.ts'
import { contractCommands, contractModules } from './contract-commands.ts'
import { inputOptions, kebab, optionValue } from './schema-options.ts'

const { actions, queries } = createContracts()
const names = [...actions.keys(), ...queries.keys()]

describe('names', () => {
  it('are those of the contracts, verbs in kebab-case', () => {
    const commands = contractModules().flatMap((module) =>
      contractCommands(module).map(({ name }) => `${module} ${name}`),
    )
    const expected = names.map((name) => {
      const [module = '', verb = ''] = name.split('.')
      return `${module} ${kebab(verb)}`
    })
    expect([...commands].sort()).toEqual([...expected].sort())
    expect(commands).toContain('cases open-case')
  })

  it('are groups of the first level, every module of them', () => {
    const tops = TOPS.map(({ name }) => name)
    expect(contractModules().filter((module) => !tops.includes(module))).toEqual([])
  })

  it('have a Chinese sentence each, and no sentence is left over', () => {
    expect(Object.keys(SUMMARIES).sort()).toEqual([...names].sort())
  })
})

describe('options', () => {
  it('are the members of the input', () => {
    for (const { input } of [...actions.values(), ...queries.values()]) {
      const properties = Object.keys((input as { properties?: object }).properties ?? {})
      expect(inputOptions(input).map(({ member }) => member)).toEqual(properties)
    }
  })

  const options = inputOptions({
    properties: {
      planKey: { type: 'string', description: 'a key' },
      count: { type: 'integer' },
      isOpen: { type: 'boolean' },
      state: { anyOf: [{ const: 'SENT' }, { const: 'SETTLED' }] },
      unit: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      fields: { type: 'object' },
    },
    required: ['planKey'],
  })

  it('say what they take and whether it must be given', () => {
    expect(options.map(({ spec: { flags, about } }) => `${flags} ${about.en}`)).toEqual([
      '--plan-key <value> a key (required)',
      '--count <number> a whole number',
      '--is-open <true|false> true or false',
      '--state <value> SENT / SETTLED',
      '--unit <value> a text / null',
      '--fields <json|@file> a JSON object',
    ])
  })

  it.each([
    ['planKey', '012', '012'],
    ['count', '12', 12],
    ['isOpen', 'false', false],
    ['state', 'SENT', 'SENT'],
    ['unit', 'null', null],
    ['unit', 'hr', 'hr'],
    ['fields', '{"a":1}', '{"a":1} read'],
  ])('reads %s %s', async (member, text, expected) => {
    const option = options.find((one) => one.member === member)
    expect(option).toBeDefined()
    if (option === undefined) return
    expect(await optionValue(option, text, async (json) => `${json} read`)).toEqual(expected)
  })

  it.each([
    ['count', '1.5', /--count must be a whole number; came 1\.5/],
    ['count', '1e3', /--count must be a whole number/],
    ['count', '', /--count must be a whole number/],
    ['isOpen', 'yes', /--is-open must be true or false; came yes/],
  ])('refuses %s %s', async (member, text, said) => {
    const option = options.find((one) => one.member === member)
    await expect(option && optionValue(option, text, async () => null)).rejects.toThrow(said)
  })
})

describe('input', () => {
  const at = ['--data', '/nowhere', '--as', 'city']

  it.each([
    [['cases', 'open-case', ...at], /--service must be a name in kebab-case; came nothing/],
    [
      ['cases', 'open-case', '--service', 'Card', ...at],
      /--service must be a name in kebab-case; came "Card"/,
    ],
    [
      ['cases', 'open-case', '--service', 'card', '--fields', '[]', ...at],
      /--fields .*; came \[\]/,
    ],
    [
      ['cases', 'open-case', '--service', 'card', '--fields', '{"a":1,"a":2}', ...at],
      /--fields must be JSON; JSON_DUPLICATE_NAME at byte/,
    ],
    [
      ['cases', 'open-case', '--service', 'card', '--fields', '{"a":1.5}', ...at],
      /--fields must be JSON; JSON_NUMBER/,
    ],
    [
      ['cases', 'open-case', '--service', 'card', '--fields', '@nowhere.json', ...at],
      /there is no nowhere\.json/,
    ],
    [
      ['cases', 'open-case', '--input', '{"service":"card","feilds":{}}', ...at],
      /--feilds .*; came \{\}/,
    ],
    [['cases', 'open-case', '--input', '{"service":', ...at], /--input must be JSON; JSON_SYNTAX/],
    [['cases', 'open-case', '--input', 'nowhere.json', ...at], /there is no nowhere\.json/],
    [
      ['cases', 'open-case', '--service', 'card', ...at],
      /--data must be the data folder of a node/,
    ],
    [
      ['membership', 'get-member', '--member', 'x', ...at],
      /--member must be a member id: .*; came "x"/,
    ],
    [
      ['cases', 'get-step', '--case', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '--n', 'two', ...at],
      /--n must be a whole number; came two/,
    ],
    [['funds', 'list-books', '--as-of', '-1', ...at], /--as-of must be a height; came -1/],
  ])('%j', async (words, said) => {
    const { exit, out, err } = await type(words, { folder: '/' })
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatch(said)
  })
})
