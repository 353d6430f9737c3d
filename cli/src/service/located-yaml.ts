import { isWellFormedText } from '@renshe/crypto'
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Node as YamlNode,
} from 'yaml'

/** Where something stands in an author's file; lines and columns from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One mistake in an author's file: what was expected, what came, where. */
export interface AuthorProblem extends Place {
  readonly code: string
  readonly expected: string
  readonly came: string
}

/** Thrown with the first mistake that makes reading on pointless. */
export class AuthorMistake extends Error {
  readonly problem: AuthorProblem

  constructor(problem: AuthorProblem) {
    super(
      `${problem.file}:${problem.line}:${problem.column} ${problem.expected}; came ${problem.came}`,
    )
    this.name = 'AuthorMistake'
    this.problem = problem
  }
}

/**
 * A value of an author's file that knows its place. Every scalar is text: the type of the field that takes
 * it decides what it means, so `012` and `0.10` stay what the author wrote.
 */
export class Located {
  readonly #node: YamlNode | null
  readonly #source: Source
  readonly #fallback: Place

  constructor(node: YamlNode | null, source: Source, fallback: Place) {
    this.#node = node
    this.#source = source
    this.#fallback = fallback
  }

  get place(): Place {
    const offset = this.#node?.range?.[0]
    if (offset === undefined) return this.#fallback
    const { line, col } = this.#source.lines.linePos(offset)
    return { file: this.#source.file, line, column: col }
  }

  get kind(): 'text' | 'list' | 'map' {
    if (isMap(this.#node)) return 'map'
    return isSeq(this.#node) ? 'list' : 'text'
  }

  /** The text of a scalar; an empty value is the empty text. */
  text(expected = 'text'): string {
    if (this.#node === null) return ''
    if (!isScalar(this.#node)) return this.fail('NOT_TEXT', expected)
    const text = String(this.#node.value ?? '')
    if (!isWellFormedText(text))
      return this.fail('ILL_FORMED', 'well-formed text', 'a lone surrogate')
    return text
  }

  list(expected = 'a list'): Located[] {
    if (!isSeq(this.#node)) return this.fail('NOT_A_LIST', expected)
    return this.#node.items.map((item) => new Located(item as YamlNode, this.#source, this.place))
  }

  /** Name and value of each member, in the order of the file. */
  members(expected = 'names with values'): [string, Located][] {
    if (this.#node === null || (isScalar(this.#node) && this.#node.value === '')) return []
    if (!isMap(this.#node)) return this.fail('NOT_A_MAP', expected)
    return this.#node.items.map((pair: Pair) => {
      const key = new Located(pair.key as YamlNode, this.#source, this.place)
      return [
        key.text('a name'),
        new Located(pair.value as YamlNode | null, this.#source, key.place),
      ]
    })
  }

  /** The members by name; refuses a name that is not among `known` and proposes the nearest. */
  fields(known: readonly string[], expected?: string): Map<string, Located> {
    const members = this.members(expected)
    for (const [name, value] of members) {
      if (known.includes(name)) continue
      value.fail('UNKNOWN_MEMBER', `one of ${known.join(', ')}`, name)
    }
    return new Map(members)
  }

  fail(code: string, expected: string, came?: string): never {
    throw new AuthorMistake({ ...this.place, code, expected, came: came ?? this.#shown() })
  }

  #shown(): string {
    if (this.kind === 'text') return JSON.stringify(this.text())
    return this.kind === 'list' ? 'a list' : 'names with values'
  }
}

interface Source {
  readonly file: string
  readonly lines: LineCounter
}

/** Reads one file; refuses duplicate names, aliases and everything YAML itself calls an error. */
export function readYaml(file: string, text: string): Located {
  const lines = new LineCounter()
  const document = parseBounded(file, text, lines)
  const source = { file, lines }
  const error = document.errors[0] ?? document.warnings[0]
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new AuthorMistake({
      file,
      line,
      column: col,
      code: 'YAML',
      expected: 'well-formed YAML',
      came: error.message.split('\n')[0] ?? '',
    })
  }
  const root = new Located(document.contents as YamlNode | null, source, {
    file,
    line: 1,
    column: 1,
  })
  refuseAliases(document.contents as YamlNode | null, source)
  return root
}

/** Nesting that no author writes would use up the parser's stack. */
function parseBounded(file: string, text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { schema: 'failsafe', uniqueKeys: true, lineCounter })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const place = { file, line: 1, column: 1 }
    throw new AuthorMistake({ ...place, code: 'DEPTH', expected: 'less nesting', came: 'too much' })
  }
}

function refuseAliases(node: YamlNode | null, source: Source): void {
  if (node === null) return
  if (isAlias(node))
    new Located(node, source, { file: source.file, line: 1, column: 1 }).fail(
      'ALIAS',
      'the value itself',
      'an alias',
    )
  if (isMap(node)) {
    for (const pair of node.items) refuseAliases(pair.value as YamlNode | null, source)
  } else if (isSeq(node)) {
    for (const item of node.items) refuseAliases(item as YamlNode | null, source)
  }
}
