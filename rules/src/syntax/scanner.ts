import { LimitExceeded, type Limits } from '../value/limits.ts'
import { collapseSpaces, isNamePart, isNameStart, isSpace } from './characters.ts'
import { type NameScope, wordEnd } from './name-scope.ts'
import { FeelSyntaxError, locate, type SyntaxCode } from './syntax-error.ts'
import type { Node, NodeKind } from './tree.ts'

/** Words that end a name made of several words and are no names themselves. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'if',
  'then',
  'else',
  'for',
  'in',
  'return',
  'some',
  'every',
  'satisfies',
  'between',
  'instance',
  'function',
  'true',
  'false',
  'null',
])

/** Characters besides letters that a name may hold (rule 31). */
const NAME_SYMBOLS = "./-'+*"

/** Reads an expression's text from left to right. */
export class Scanner {
  readonly text: string
  at = 0
  private depth = 0
  private readonly maximumDepth: number

  /** @throws LimitExceeded when the text is too long */
  constructor(text: string, limits: Limits) {
    if (text.length > limits.expressionLength) {
      throw new LimitExceeded('expressionLength', limits.expressionLength)
    }
    this.text = text
    this.maximumDepth = limits.expressionDepth
    this.skip()
  }

  /** Moves over white space and comments. */
  skip(): void {
    const { text } = this
    while (this.at < text.length) {
      if (isSpace(text.charCodeAt(this.at))) this.at += 1
      else if (text.startsWith('//', this.at)) {
        const end = text.indexOf('\n', this.at)
        this.at = end < 0 ? text.length : end + 1
      } else if (text.startsWith('/*', this.at)) {
        const end = text.indexOf('*/', this.at + 2)
        if (end < 0) this.fail('UNEXPECTED_END', 'a comment is not closed')
        this.at = end + 2
      } else break
    }
  }

  /** Whether nothing is left. */
  isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** Whether the symbol comes next. */
  sees(symbol: string): boolean {
    return this.text.startsWith(symbol, this.at)
  }

  /** Moves over a symbol and the space after it; false when something else comes. */
  take(symbol: string): boolean {
    if (!this.sees(symbol)) return false
    this.at += symbol.length
    this.skip()
    return true
  }

  /** Moves over a symbol that must come. */
  expect(symbol: string): void {
    if (!this.take(symbol)) this.unexpected(`"${symbol}"`)
  }

  /** The word that comes next, empty when there is none. */
  peekWord(): string {
    const point = this.text.codePointAt(this.at)
    if (point === undefined || !isNameStart(point)) return ''
    return this.text.slice(this.at, wordEnd(this.text, this.at))
  }

  /** Moves over a key word; false when something else comes. */
  takeWord(word: string): boolean {
    if (this.peekWord() !== word) return false
    this.at += word.length
    this.skip()
    return true
  }

  /** Moves over a key word that must come. */
  expectWord(word: string): void {
    if (!this.takeWord(word)) this.unexpected(`"${word}"`)
  }

  /**
   * Reads a name: the longest known one, or all words that stand side by side, since two words
   * beside each other have
   * no other meaning in FEEL.
   */
  takeName(scope: NameScope): string | undefined {
    const word = this.peekWord()
    if (word === '') return undefined
    const known = scope.match(this.text, this.at)
    if (known === undefined && KEYWORDS.has(word)) return undefined
    const start = this.at
    const knownEnd = known?.end ?? this.at + word.length
    if (known !== undefined && KEYWORDS.has(word) && knownEnd === this.at + word.length)
      return undefined
    const end = this.adjacentEnd(knownEnd)
    this.at = end
    this.skip()
    return end === knownEnd && known !== undefined
      ? known.name
      : collapseSpaces(this.text.slice(start, end))
  }

  private adjacentEnd(from: number): number {
    let end = from
    while (true) {
      let next = end
      while (isSpace(this.text.charCodeAt(next))) next += 1
      if (next === end) return end
      const point = this.text.codePointAt(next)
      if (point === undefined || !isNamePart(point)) return end
      const after = wordEnd(this.text, next)
      const word = this.text.slice(next, after)
      if (KEYWORDS.has(word)) return end
      end = after
    }
  }

  /**
   * Reads a name that ends at `:`, with any symbols a name may hold; moves nothing when there is
   * none.
   */
  takeKey(): string | undefined {
    const point = this.text.codePointAt(this.at)
    if (point === undefined || !isNameStart(point)) return undefined
    let end = this.at
    while (end < this.text.length && this.text[end] !== ':') {
      const next = this.text.codePointAt(end) as number
      if (!isNamePart(next) && !isSpace(next) && !NAME_SYMBOLS.includes(this.text[end] as string)) {
        return undefined
      }
      end += next > 0xffff ? 2 : 1
    }
    if (end >= this.text.length) return undefined
    const name = collapseSpaces(this.text.slice(this.at, end))
    this.at = end + 1
    this.skip()
    return name
  }

  /** Runs a nested part of the grammar, refusing more nesting than allowed. */
  nested<T>(parse: () => T): T {
    this.depth += 1
    if (this.depth > this.maximumDepth) this.tooDeep()
    const result = parse()
    this.depth -= 1
    return result
  }

  /** Makes a node over its children, refusing more height than allowed. */
  node(at: number, kind: NodeKind, ...children: readonly Node[]): Node {
    let height = 0
    for (const child of children) if (child.height > height) height = child.height
    if (height >= this.maximumDepth) this.tooDeep()
    // Nodes are many, and every caller has just made its own: it becomes the node.
    const node = kind as NodeKind & { at: number; height: number }
    node.at = at
    node.height = height + 1
    return node
  }

  /** A node that weighs more than one level: a loop nests once for each of its iterators. */
  tall(node: Node, levels: number): Node {
    if (node.height + levels > this.maximumDepth) this.tooDeep()
    return { ...node, height: node.height + levels }
  }

  private tooDeep(): never {
    throw new LimitExceeded('expressionDepth', this.maximumDepth)
  }

  /** Refuses the text at the present place. */
  fail(code: SyntaxCode, message: string, offset: number = this.at): never {
    throw new FeelSyntaxError(code, message, locate(this.text, offset))
  }

  /** Refuses what comes next, naming what was expected. */
  unexpected(expected: string): never {
    if (this.isAtEnd()) this.fail('UNEXPECTED_END', `expected ${expected}, but the text ends`)
    const point = this.text.codePointAt(this.at) as number
    const found = this.peekWord() || String.fromCodePoint(point)
    this.fail('UNEXPECTED_TOKEN', `expected ${expected}, got "${found.slice(0, 40)}"`)
  }
}
