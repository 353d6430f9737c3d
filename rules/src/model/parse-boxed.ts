import { type ParseOptions, parseExpression, parseIteration } from '../syntax/parse.ts'
import { childrenOf, type Node, type NodeKind } from '../syntax/tree.ts'
import { parseTable } from '../table/decision-table.ts'
import { LimitExceeded } from '../value/limits.ts'
import { ANY, type FeelType } from '../value/values.ts'
import type { Boxed } from './decision-model.ts'
import { feelType } from './model-types.ts'

/** A boxed expression of one kind. */
type BoxedOf<Kind extends string> = Extract<Boxed, { kind: Kind }>

/** Told the path of every text (`logic.entries[2]`) before it is parsed. */
export type LocateBoxed = (path: string) => void

/**
 * Turns a boxed expression into the same tree that texts are parsed to, so that there is one
 * evaluator.
 *
 * @throws FeelSyntaxError, LimitExceeded, RangeError for the text at the path told last
 */
export function parseBoxed(boxed: Boxed, options: ParseOptions, locate: LocateBoxed): Node {
  return new BoxedReader(locate).read(boxed, options, 'logic', 0)
}

/** Reads boxed expressions, keeping the place. */
class BoxedReader {
  private readonly locate: LocateBoxed

  constructor(locate: LocateBoxed) {
    this.locate = locate
  }

  read(boxed: Boxed, options: ParseOptions, path: string, depth: number): Node {
    this.locate(path)
    if (depth > options.limits.expressionDepth) {
      throw new LimitExceeded('expressionDepth', options.limits.expressionDepth)
    }
    if (typeof boxed === 'string') return textNode(boxed, options)
    const inner = (part: Boxed, place: string, names: readonly string[] = []): Node =>
      this.read(part, withNames(options, names), `${path}.${place}`, depth + 1)
    switch (boxed.kind) {
      case 'context':
        return this.context(boxed, options, path, depth)
      case 'invocation':
        return this.invocation(boxed, options, inner)
      case 'list':
        return node({
          kind: 'list',
          items: boxed.items.map((item, at) => inner(item, `items[${at}]`)),
        })
      case 'relation':
        return relation(boxed, inner)
      case 'table': {
        const table = parseTable(boxed.table, options, (place) =>
          this.locate(`${path}.table.${place}`),
        )
        return node({ kind: 'table', table })
      }
      case 'typed':
        return typed(inner(boxed.value, 'value'), boxed.type, options)
      case 'function':
        return functionNode(boxed, options, inner)
      case 'conditional':
        return node({
          kind: 'if',
          condition: inner(boxed.condition, 'condition'),
          then: inner(boxed.whenTrue, 'whenTrue'),
          otherwise: inner(boxed.whenFalse, 'whenFalse'),
        })
      case 'filter': {
        const names = [...options.properties, 'item']
        const source = inner(boxed.source, 'source')
        return node({
          kind: 'filter',
          source,
          condition: inner(boxed.condition, 'condition', names),
        })
      }
      default:
        return loop(boxed, options, inner)
    }
  }

  private context(
    boxed: BoxedOf<'context'>,
    options: ParseOptions,
    path: string,
    depth: number,
  ): Node {
    const names: string[] = []
    const entries = boxed.entries.map((entry, at) => {
      const place = `${path}.entries[${at}]`
      const value = this.read(entry.value, withNames(options, names), place, depth + 1)
      names.push(entry.name)
      return { name: entry.name, value: typed(value, entry.type, options) }
    })
    if (boxed.result === undefined) return node({ kind: 'context', entries })
    const result = this.read(boxed.result, withNames(options, names), `${path}.result`, depth + 1)
    return node({ kind: 'result', entries, result })
  }

  private invocation(
    boxed: BoxedOf<'invocation'>,
    options: ParseOptions,
    inner: (part: Boxed, place: string) => Node,
  ): Node {
    const callee = textNode(boxed.callee, options)
    const args = boxed.bindings.map(({ name, type, value }, at) => ({
      name,
      value: typed(inner(value, `bindings[${at}]`), type, options),
    }))
    return node({ kind: 'named call', callee: callee.kind === 'text' ? callee.body : callee, args })
  }
}

function relation(boxed: BoxedOf<'relation'>, inner: (part: Boxed, place: string) => Node): Node {
  const items = boxed.rows.map((row, at) => {
    if (row.length !== boxed.columns.length)
      throw new RangeError(`row ${at + 1} has the wrong width`)
    const entries = row.map((value, column) => ({
      name: boxed.columns[column] as string,
      value: inner(value, `rows[${at}][${column}]`),
    }))
    return node({ kind: 'context', entries })
  })
  return node({ kind: 'list', items })
}

function functionNode(
  boxed: BoxedOf<'function'>,
  options: ParseOptions,
  inner: (part: Boxed, place: string, names: readonly string[]) => Node,
): Node {
  const parameters = boxed.parameters.map(({ name, type }) => ({
    name,
    type: typeNamed(type, options),
  }))
  const isExternal = boxed.isExternal === true
  const names = parameters.map(({ name }) => name)
  const body = isExternal
    ? node({ kind: 'literal', value: null })
    : inner(boxed.body, 'body', names)
  return node({ kind: 'function', parameters, body, isExternal })
}

function loop(
  boxed: Extract<Boxed, { kind: 'for' | 'some' | 'every' }>,
  options: ParseOptions,
  inner: (part: Boxed, place: string, names?: readonly string[]) => Node,
): Node {
  const { kind, variable, source } = boxed
  const over =
    typeof source === 'string' ? iterationOf(source, options) : { source: inner(source, 'source') }
  const names = kind === 'for' ? [variable, 'partial'] : [variable]
  const body = inner(boxed.body, 'body', names)
  return node({ kind, iterators: [{ name: variable, ...over }], body })
}

function iterationOf(text: string, options: ParseOptions): { source: Node; end?: Node } {
  const { source, end } = parseIteration(text, options)
  const whole = (body: Node): Node => node({ kind: 'text', text, body })
  return end === undefined ? { source: whole(source) } : { source: whole(source), end: whole(end) }
}

function textNode(text: string, options: ParseOptions): Node {
  const body = parseExpression(text, options)
  return node({ kind: 'text', text, body })
}

function withNames(options: ParseOptions, names: readonly string[]): ParseOptions {
  return names.length === 0 ? options : { ...options, names: [...options.names, ...names] }
}

/** A value that must be of a type, when one is declared. */
export function typed(value: Node, type: string | undefined, options: ParseOptions): Node {
  const wanted = typeNamed(type, options)
  return wanted === ANY ? value : node({ kind: 'typed', value, type: wanted })
}

function typeNamed(type: string | undefined, options: ParseOptions): FeelType {
  return type === undefined ? ANY : feelType(type, options.types)
}

/** Heights of boxed nodes count as one level over their parts; texts inside count their own. */
function node(kind: NodeKind): Node {
  return { ...kind, at: 0, height: heightOf(kind) }
}

function heightOf(kind: NodeKind): number {
  let height = 0
  for (const child of childrenOf({ ...kind, at: 0, height: 0 }))
    height = Math.max(height, child.height)
  return height + 1
}
