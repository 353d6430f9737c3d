import type { BuiltinTable } from '../builtins/builtin.ts'
import type { Node } from '../syntax/tree.ts'
import {
  ANY,
  type FeelType,
  kindOf,
  type SimpleType,
  simpleType,
  type Value,
} from '../value/values.ts'
import { checkBuiltinCall, resultOf } from './builtin-types.ts'
import { arithmeticResult, commonType, type Inferred, isAny, kindName } from './inferred.ts'

/** What is surely wrong with an expression. */
export interface TypeProblem {
  readonly code: 'UNKNOWN_NAME' | 'TYPE'
  readonly message: string
  /** Offset in the expression's text. */
  readonly at: number
}

/** What is known around an expression. */
export interface TypeScope {
  readonly names: ReadonlyMap<string, Inferred>
  readonly builtins: BuiltinTable
}

/**
 * Infers the type of an expression and reports what can never be right: names that nobody declares,
 * operators between
 * kinds that never go together, calls no function takes. Whatever is uncertain is not reported.
 */
export function inferType(
  node: Node,
  scope: TypeScope,
  report: (problem: TypeProblem) => void,
): Inferred {
  return new Inference(scope.builtins, report).infer(
    node,
    new Names(scope.names, undefined, undefined, false),
  )
}

/** Names around a place, innermost first. */
class Names {
  /** Inside a filter whose items are not known, any name may be one of their entries. */
  readonly isFiltered: boolean
  private readonly name: string | undefined
  private readonly type: Inferred
  private readonly outer: Names | ReadonlyMap<string, Inferred>

  constructor(
    outer: Names | ReadonlyMap<string, Inferred>,
    name: string | undefined,
    type: Inferred,
    isFiltered: boolean,
  ) {
    this.outer = outer
    this.name = name
    this.type = type
    this.isFiltered = isFiltered
  }

  with(name: string, type: Inferred): Names {
    return new Names(this, name, type, this.isFiltered)
  }

  filtered(): Names {
    return new Names(this, undefined, undefined, true)
  }

  has(name: string): boolean {
    return this.find(name) !== undefined
  }

  get(name: string): Inferred {
    return this.find(name)?.type
  }

  private find(name: string): { type: Inferred } | undefined {
    let scope: Names = this
    while (true) {
      if (scope.name === name) return { type: scope.type }
      const outer: Names | ReadonlyMap<string, Inferred> = scope.outer
      if (!(outer instanceof Names)) {
        return outer.has(name) ? { type: outer.get(name) } : undefined
      }
      scope = outer
    }
  }
}

const BOOLEAN = simpleType('boolean')

/** Walks one expression. */
class Inference {
  private readonly builtins: BuiltinTable
  private readonly report: (problem: TypeProblem) => void

  constructor(builtins: BuiltinTable, report: (problem: TypeProblem) => void) {
    this.builtins = builtins
    this.report = report
  }

  infer(node: Node, scope: Names): Inferred {
    switch (node.kind) {
      case 'literal':
        return literalType(node.value)
      case 'name':
        return this.name(node, scope)
      case 'tested':
        return scope.get('?')
      case 'unreadable':
        return undefined
      case 'list':
        return { kind: 'list', item: commonType(node.items.map((item) => this.infer(item, scope))) }
      case 'context':
        return this.context(node.entries, scope).type
      case 'result':
        return this.infer(node.result, this.context(node.entries, scope).inner)
      case 'range':
        return this.range(node, scope)
      case 'comparison range':
        return { kind: 'range', item: this.infer(node.bound, scope) ?? ANY }
      case 'binary':
        return this.binary(node, scope)
      case 'logic':
        for (const operand of node.operands) this.expect(operand, scope, 'boolean', node.operator)
        return BOOLEAN
      case 'negate':
        return this.infer(node.operand, scope)
      case 'between':
      case 'in':
      case 'unary tests':
        return this.test(node, scope)
      case 'instance of':
        this.infer(node.value, scope)
        return BOOLEAN
      case 'path':
        return this.path(node, scope)
      case 'filter':
        return this.filter(node, scope)
      case 'call':
      case 'named call':
        return this.call(node, scope)
      case 'if':
        this.expect(node.condition, scope, 'boolean', 'if')
        return commonType([this.infer(node.then, scope), this.infer(node.otherwise, scope)])
      case 'for':
      case 'some':
      case 'every':
        return this.loop(node, scope)
      case 'function':
        return this.functionType(node, scope)
      case 'text':
        return this.infer(node.body, scope)
      case 'typed':
        this.infer(node.value, scope)
        return node.type
      case 'table':
        return undefined
    }
  }

  private problem(node: Node, message: string): void {
    this.report({ code: 'TYPE', message, at: node.at })
  }

  private expect(node: Node, scope: Names, wanted: SimpleType, where: string): void {
    const type = this.infer(node, scope)
    const kind = kindName(type)
    if (kind !== undefined && kind !== wanted && kind !== 'Null') {
      this.problem(node, `"${where}" needs a ${wanted}, got a ${kind}`)
    }
  }

  private name(node: Node & { kind: 'name' }, scope: Names): Inferred {
    if (scope.has(node.name)) return scope.get(node.name)
    if (this.builtins.has(node.name)) return { kind: 'function', parameters: [], result: ANY }
    if (!scope.isFiltered) {
      this.report({ code: 'UNKNOWN_NAME', message: `"${node.name}" is not declared`, at: node.at })
    }
    return undefined
  }

  private context(
    entries: readonly { name: string; value: Node }[],
    scope: Names,
  ): { type: FeelType; inner: Names } {
    let inner = scope
    const types = entries.map(({ name, value }) => {
      const type = this.infer(value, inner)
      inner = inner.with(name, type)
      return { name, type: type ?? ANY }
    })
    return { type: { kind: 'context', entries: types }, inner }
  }

  private range(node: Node & { kind: 'range' }, scope: Names): Inferred {
    const start = this.infer(node.start, scope)
    const end = this.infer(node.end, scope)
    this.compare(node, start, end)
    return { kind: 'range', item: commonType([start, end]) }
  }

  private compare(node: Node, left: Inferred, right: Inferred): void {
    const a = kindName(left)
    const b = kindName(right)
    if (a === undefined || b === undefined || a === b || a === 'Null' || b === 'Null') return
    this.problem(node, `a ${a} is never compared with a ${b}`)
  }

  private binary(node: Node & { kind: 'binary' }, scope: Names): Inferred {
    const left = this.infer(node.left, scope)
    const right = this.infer(node.right, scope)
    if (['=', '!=', '<', '<=', '>', '>='].includes(node.operator)) {
      this.compare(node, left, right)
      return BOOLEAN
    }
    const a = kindName(left)
    const b = kindName(right)
    if (a === undefined || b === undefined) return undefined
    const result = arithmeticResult(node.operator, a, b)
    if (result === undefined)
      this.problem(node, `"${node.operator}" has no meaning between ${a} and ${b}`)
    return result
  }

  private test(node: Node & { kind: 'between' | 'in' | 'unary tests' }, scope: Names): Inferred {
    if (node.kind === 'between') {
      const value = this.infer(node.value, scope)
      this.compare(node, value, this.infer(node.low, scope))
      this.compare(node, value, this.infer(node.high, scope))
      return BOOLEAN
    }
    const tested = node.kind === 'in' ? this.infer(node.value, scope) : scope.get('?')
    for (const test of node.tests) this.oneTest(test, tested, scope)
    return BOOLEAN
  }

  /** A test is a range of the tested kind, a value of it, a list of such, or a condition. */
  private oneTest(test: Node, tested: Inferred, scope: Names): void {
    const type = this.infer(test, scope)
    const wanted = type?.kind === 'range' || type?.kind === 'list' ? type.item : type
    const kind = kindName(wanted)
    const own = kindName(tested)
    if (kind === undefined || own === undefined || kind === own) return
    if (kind === 'Null' || kind === 'boolean' || own === 'Null' || own === 'list') return
    this.problem(test, `a ${own} is never tested by a ${kind}`)
  }

  private path(node: Node & { kind: 'path' }, scope: Names): Inferred {
    const source = this.infer(node.source, scope)
    if (source?.kind === 'list') {
      const item = this.entry(node, source.item)
      return { kind: 'list', item: item ?? ANY }
    }
    return source === undefined ? undefined : this.entry(node, source)
  }

  private entry(node: Node & { kind: 'path' }, source: FeelType): Inferred {
    if (source.kind !== 'context') return undefined
    const entry = source.entries.find(({ name }) => name === node.name)
    // A context without declared entries may have any.
    if (entry === undefined && source.entries.length > 0) {
      this.problem(node, `there is no entry "${node.name}"`)
    }
    return entry?.type
  }

  private filter(node: Node & { kind: 'filter' }, scope: Names): Inferred {
    const source = this.infer(node.source, scope)
    const item = source?.kind === 'list' ? source.item : source
    let inner = scope.with('item', item)
    if (item?.kind === 'context' && item.entries.length > 0) {
      for (const entry of item.entries) inner = inner.with(entry.name, entry.type)
    } else if (kindName(item) === undefined || item?.kind === 'context') {
      inner = inner.filtered()
    }
    const condition = this.infer(node.condition, inner)
    const kind = kindName(condition)
    if (kind === 'number') return item
    if (kind === 'boolean') return { kind: 'list', item: item ?? ANY }
    return undefined
  }

  private call(node: Node & { kind: 'call' | 'named call' }, scope: Names): Inferred {
    const args =
      node.kind === 'call'
        ? node.args.map((arg) => ({ name: undefined, type: this.infer(arg, scope) }))
        : node.args.map((arg) => ({ name: arg.name, type: this.infer(arg.value, scope) }))
    const { callee } = node
    const builtin = callee.kind === 'name' ? this.builtins.get(callee.name) : undefined
    if (builtin !== undefined && callee.kind === 'name' && !scope.has(callee.name)) {
      const message = checkBuiltinCall(builtin, args)
      if (message !== undefined) this.problem(node, message)
      return resultOf(
        builtin.name,
        args.map((arg) => arg.type),
      )
    }
    const type = this.infer(callee, scope)
    const kind = kindName(type)
    if (kind !== undefined && kind !== 'function' && kind !== 'Null') {
      this.problem(node, `a ${kind} cannot be called`)
    }
    return type?.kind === 'function' && kindName(type.result) !== undefined
      ? type.result
      : undefined
  }

  private loop(node: Node & { kind: 'for' | 'some' | 'every' }, scope: Names): Inferred {
    let inner = scope
    for (const { name, source, end } of node.iterators) {
      const type = this.infer(source, inner)
      if (end !== undefined) this.compare(source, type, this.infer(end, inner))
      inner = inner.with(name, itemType(type))
    }
    if (node.kind === 'for') {
      const item = this.infer(node.body, inner.with('partial', { kind: 'list', item: ANY }))
      return { kind: 'list', item: item ?? ANY }
    }
    this.expect(node.body, inner, 'boolean', 'satisfies')
    return BOOLEAN
  }

  private functionType(node: Node & { kind: 'function' }, scope: Names): Inferred {
    let inner = scope
    for (const { name, type } of node.parameters)
      inner = inner.with(name, isAny(type) ? undefined : type)
    const result = this.infer(node.body, inner)
    return {
      kind: 'function',
      parameters: node.parameters.map(({ type }) => type),
      result: result ?? ANY,
    }
  }
}

function itemType(type: Inferred): Inferred {
  if (type?.kind === 'list' || type?.kind === 'range')
    return isAny(type.item) ? undefined : type.item
  return type
}

function literalType(value: Value): Inferred {
  const kind = kindOf(value)
  if (kind === 'list' || kind === 'range') return { kind, item: ANY }
  if (kind === 'context') return { kind, entries: [] }
  return kind === 'function' ? undefined : simpleType(kind)
}
