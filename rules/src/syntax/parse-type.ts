import { ANY, type FeelType, type SimpleType, simpleType } from '../value/values.ts'
import { wordEnd } from './name-scope.ts'
import type { Scanner } from './scanner.ts'

const SIMPLE_NAMES: ReadonlyMap<string, SimpleType> = new Map<string, SimpleType>([
  ['Any', 'Any'],
  ['Null', 'Null'],
  ['boolean', 'boolean'],
  ['number', 'number'],
  ['string', 'string'],
  ['date', 'date'],
  ['time', 'time'],
  ['date and time', 'date and time'],
  ['dateTime', 'date and time'],
  ['days and time duration', 'days and time duration'],
  ['day time duration', 'days and time duration'],
  ['dayTimeDuration', 'days and time duration'],
  ['years and months duration', 'years and months duration'],
  ['year month duration', 'years and months duration'],
  ['yearMonthDuration', 'years and months duration'],
])

/** Words of type names that consist of several. */
const LONG_NAMES = [...SIMPLE_NAMES.keys()].filter((name) => name.includes(' '))

/** Types that a model declares itself, by name. */
export type TypeTable = ReadonlyMap<string, FeelType>

/** Reads a type (DMN 1.5 rule 52). */
export function parseType(scanner: Scanner, types: TypeTable): FeelType {
  return scanner.nested(() => {
    const word = scanner.peekWord()
    if (word === 'list' || word === 'range') return parseItemType(scanner, types, word)
    if (word === 'context') return parseContextType(scanner, types)
    if (word === 'function') return parseFunctionType(scanner, types)
    return parseNamedType(scanner, types)
  })
}

function parseItemType(scanner: Scanner, types: TypeTable, kind: 'list' | 'range'): FeelType {
  scanner.takeWord(kind)
  if (!scanner.take('<')) return { kind, item: ANY }
  const item = parseType(scanner, types)
  scanner.expect('>')
  return { kind, item }
}

function parseContextType(scanner: Scanner, types: TypeTable): FeelType {
  scanner.takeWord('context')
  const entries: { name: string; type: FeelType }[] = []
  if (scanner.take('<')) {
    do {
      const name = scanner.takeKey()
      if (name === undefined) scanner.unexpected('a name and ":"')
      entries.push({ name, type: parseType(scanner, types) })
    } while (scanner.take(','))
    scanner.expect('>')
  }
  return { kind: 'context', entries }
}

function parseFunctionType(scanner: Scanner, types: TypeTable): FeelType {
  scanner.takeWord('function')
  const parameters: FeelType[] = []
  if (!scanner.take('<')) return { kind: 'function', parameters, result: ANY }
  if (!scanner.take('>')) {
    do parameters.push(parseType(scanner, types))
    while (scanner.take(','))
    scanner.expect('>')
  }
  scanner.expect('->')
  return { kind: 'function', parameters, result: parseType(scanner, types) }
}

function parseNamedType(scanner: Scanner, types: TypeTable): FeelType {
  const start = scanner.at
  for (const name of [...types.keys(), ...LONG_NAMES].sort((a, b) => b.length - a.length)) {
    const end = start + name.length
    if (scanner.sees(name) && wordEnd(scanner.text, end) === end) {
      scanner.at = end
      scanner.skip()
      return types.get(name) ?? simpleType(SIMPLE_NAMES.get(name) as SimpleType)
    }
  }
  const word = scanner.peekWord()
  const simple = SIMPLE_NAMES.get(word)
  if (simple === undefined) scanner.fail('BAD_TYPE', `"${word.slice(0, 40)}" is not a type`)
  scanner.takeWord(word)
  return simpleType(simple)
}
