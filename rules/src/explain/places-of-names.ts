import { PARAMETER_READERS } from '../rule/rule-functions.ts'
import { isSpace } from '../syntax/characters.ts'
import { childrenOf, type Node } from '../syntax/tree.ts'

/** Where a text names a value of the outside: a fact, an earlier step, or a published value. */
export interface NamePlace {
  readonly start: number
  readonly end: number
  readonly name: string
  /** The place is a whole call `parameter("name")`. */
  readonly isParameter: boolean
}

/** Every such place of an expression, ascending; names that the expression itself binds are none. */
export function placesOfNames(text: string, tree: Node): NamePlace[] {
  const found: NamePlace[] = []
  visit(text, tree, new Set(), found)
  return found.sort((left, right) => left.start - right.start)
}

function visit(text: string, node: Node, bound: ReadonlySet<string>, found: NamePlace[]): void {
  const into = (inner: Node, names: ReadonlySet<string> = bound): void =>
    visit(text, inner, names, found)
  switch (node.kind) {
    case 'name':
      if (!bound.has(node.name)) found.push(placeOfName(text, node.at, node.name))
      return
    case 'call': {
      const read = readParameter(node)
      if (read !== undefined) {
        const end = endOfCall(text, node.at)
        found.push({ start: node.at, end, name: read, isParameter: true })
      } else {
        if (node.callee.kind !== 'name') into(node.callee)
        for (const arg of node.args) into(arg)
      }
      return
    }
    case 'named call':
      for (const { value } of node.args) into(value)
      return
    case 'for':
    case 'some':
    case 'every': {
      const inner = new Set([...bound, 'partial'])
      for (const { name, source, end } of node.iterators) {
        into(source, inner)
        if (end !== undefined) into(end, inner)
        inner.add(name)
      }
      into(node.body, inner)
      return
    }
    case 'function':
      into(node.body, new Set([...bound, ...node.parameters.map(({ name }) => name)]))
      return
    case 'context': {
      const inner = new Set(bound)
      for (const { name, value } of node.entries) {
        into(value, inner)
        inner.add(name)
      }
      return
    }
    case 'filter':
      // A name in the condition may be an entry of the filtered items: only evaluation knows.
      into(node.source)
      return
    default:
      for (const child of childrenOf(node)) into(child)
  }
}

/** The name of the published value that a call with nothing but that name reads. */
export function readParameter(node: Node): string | undefined {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.args.length !== 1)
    return undefined
  const [arg] = node.args
  const isReader = PARAMETER_READERS.includes(node.callee.name)
  return isReader && arg?.kind === 'literal' && typeof arg.value === 'string'
    ? arg.value
    : undefined
}

/** White space within a name is free, so characters are compared without it. */
function placeOfName(text: string, start: number, name: string): NamePlace {
  let end = start
  for (let at = 0; at < name.length; at += 1) {
    if (isSpace(name.charCodeAt(at))) continue
    while (end < text.length && isSpace(text.charCodeAt(end))) end += 1
    end += 1
  }
  return { start, end, name, isParameter: false }
}

/** The offset behind the parenthesis that closes the call; names of published values are plain texts. */
function endOfCall(text: string, start: number): number {
  let isText = false
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charAt(at)
    if (unit === '"' && text.charAt(at - 1) !== '\\') isText = !isText
    if (unit === ')' && !isText) return at + 1
  }
  return text.length
}
