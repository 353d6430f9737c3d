import { convertArgument } from '../builtins/builtin.ts'
import { BUILTINS } from '../builtins/builtin-table.ts'
import { FeelNumber, toWhole } from '../number/decimal.ts'
import {
  addValues,
  divideValues,
  multiplyValues,
  negateValue,
  powerValues,
  subtractValues,
} from '../runtime/arithmetic.ts'
import { readProperty } from '../runtime/properties.ts'
import { Run } from '../runtime/run.ts'
import type { BinaryOperator, Iterator, Node } from '../syntax/tree.ts'
import { FeelDate, fromEpochDay, toEpochDay } from '../time/civil-date.ts'
import { compareValues, equalValues, isWithin } from '../value/comparison.ts'
import { convertTo, isInstance } from '../value/conformance.ts'
import { ANY, FeelContext, FeelFunction, FeelRange, isList, type Value } from '../value/values.ts'

/**
 * A slow, direct interpreter of the tree, for tests only: variables by name in plain maps, nothing
 * prepared. It shares
 * operators and built-in functions with the compiler, and none of the compiler's scopes, frames and
 * closures.
 */
export function interpret(node: Node, scope: ReadonlyMap<string, Value>, now: number): Value {
  return new Interpreter(new Run({ get: (name) => scope.get(name) }, { now })).eval(node, [
    { names: scope },
  ])
}

/** Variables around a place, innermost last. A filter's item offers its entries as well. */
type Scopes = readonly { names: ReadonlyMap<string, Value>; item?: Value }[]

const SITE = { text: '', at: 0 }

class Interpreter {
  private readonly run: Run

  constructor(run: Run) {
    this.run = run
  }

  eval(node: Node, scopes: Scopes): Value {
    switch (node.kind) {
      case 'literal':
        return node.value
      case 'name':
        return this.lookUp(node.name, scopes)
      case 'list':
        return node.items.map((item) => this.eval(item, scopes))
      case 'context': {
        const names = new Map<string, Value>()
        for (const { name, value } of node.entries)
          names.set(name, this.eval(value, [...scopes, { names: new Map(names) }]))
        return node.entries.length === names.size ? new FeelContext(names) : null
      }
      case 'range':
        return this.range(
          node.startIncluded,
          this.eval(node.start, scopes),
          this.eval(node.end, scopes),
          node.endIncluded,
        )
      case 'binary':
        return this.binary(
          node.operator,
          this.eval(node.left, scopes),
          this.eval(node.right, scopes),
        )
      case 'logic':
        return this.logic(
          node.operator === 'or',
          node.operands.map((operand) => this.eval(operand, scopes)),
        )
      case 'negate':
        return negateValue(this.run, SITE, this.eval(node.operand, scopes))
      case 'between': {
        const value = this.eval(node.value, scopes)
        const low = compareValues(value, this.eval(node.low, scopes))
        const high = compareValues(value, this.eval(node.high, scopes))
        return low === undefined || high === undefined ? null : low >= 0 && high <= 0
      }
      case 'in':
        return this.logic(
          true,
          node.tests.map((test) => this.test(this.eval(node.value, scopes), test, scopes)),
        )
      case 'instance of':
        return isInstance(this.eval(node.value, scopes), node.type)
      case 'path': {
        const source = this.eval(node.source, scopes)
        return isList(source)
          ? source.map((item) => readProperty(item, node.name) ?? null)
          : (readProperty(source, node.name) ?? null)
      }
      case 'filter':
        return this.filter(this.eval(node.source, scopes), node.condition, scopes)
      case 'call':
        return this.call(node, scopes)
      case 'if':
        return this.eval(
          this.eval(node.condition, scopes) === true ? node.then : node.otherwise,
          scopes,
        )
      case 'for': {
        const results: Value[] = []
        const done = this.loop(node.iterators, scopes, (inner) => {
          results.push(
            this.eval(node.body, [...inner, { names: new Map([['partial', [...results]]]) }]),
          )
        })
        return done ? results : null
      }
      case 'some':
      case 'every': {
        const results: Value[] = []
        const done = this.loop(node.iterators, scopes, (inner) =>
          results.push(this.eval(node.body, inner)),
        )
        const value = this.logic(node.kind === 'some', results)
        return done || value === (node.kind === 'some') ? value : null
      }
      case 'function':
        return this.lambda(node, scopes)
      default:
        throw new Error(`the interpreter has no ${node.kind}`)
    }
  }

  private lookUp(name: string, scopes: Scopes): Value {
    for (const { names, item } of scopes.toReversed()) {
      if (
        item !== undefined &&
        item !== null &&
        typeof item === 'object' &&
        !(name === 'item' && !(item instanceof FeelContext))
      ) {
        const entry = readProperty(item as Value, name)
        if (entry !== undefined) return entry
      }
      const value = names.get(name)
      if (value !== undefined) return value
    }
    return null
  }

  private range(low: boolean, start: Value, end: Value, high: boolean): Value {
    if (start === null && end === null) return null
    const order = compareValues(start ?? end, end ?? start)
    return order === undefined || order > 0 ? null : new FeelRange(low, start, end, high)
  }

  private binary(operator: BinaryOperator, left: Value, right: Value): Value {
    const order = compareValues(left, right)
    const equal = equalValues(left, right)
    switch (operator) {
      case '+':
        return addValues(this.run, SITE, left, right)
      case '-':
        return subtractValues(this.run, SITE, left, right)
      case '*':
        return multiplyValues(this.run, SITE, left, right)
      case '/':
        return divideValues(this.run, SITE, left, right)
      case '**':
        return powerValues(this.run, SITE, left, right)
      case '=':
        return equal
      case '!=':
        return equal === null ? null : !equal
      default:
        if (order === undefined) return null
        if (order === 0) return operator === '<=' || operator === '>='
        return order < 0 === operator.startsWith('<')
    }
  }

  /** `or` of all values, or `and` of all. */
  private logic(isOr: boolean, values: readonly Value[]): Value {
    if (values.includes(isOr)) return isOr
    return values.every((value) => value === !isOr) ? !isOr : null
  }

  private test(value: Value, test: Node, scopes: Scopes): Value {
    if (test.kind === 'comparison range') {
      const result = this.binary(test.operator, value, this.eval(test.bound, scopes))
      return result
    }
    const against = this.eval(test, scopes)
    const equal = equalValues(value, against)
    if (equal === true) return true
    if (against instanceof FeelRange) return isWithin(value, against)
    if (isList(against)) {
      return against.some(
        (item) =>
          equalValues(value, item) === true ||
          (item instanceof FeelRange && isWithin(value, item) === true),
      )
    }
    if (typeof against === 'boolean' && typeof value !== 'boolean' && value !== null) return against
    return value === null || against === null ? false : equal
  }

  private filter(source: Value, condition: Node, scopes: Scopes): Value {
    const items = isList(source) ? source : source === null ? [] : [source]
    const results = items.map((item) =>
      this.eval(condition, [...scopes, { names: new Map([['item', item]]), item }]),
    )
    const index =
      items.length === 0
        ? this.eval(condition, [...scopes, { names: new Map([['item', null]]), item: null }])
        : results.find((result) => result instanceof FeelNumber)
    if (!(index instanceof FeelNumber)) return items.filter((_item, at) => results[at] === true)
    const whole = toWhole(index)
    return whole === undefined || whole === 0
      ? null
      : (items.at(whole > 0 ? whole - 1 : whole) ?? null)
  }

  private call(node: Node & { kind: 'call' }, scopes: Scopes): Value {
    const args = node.args.map((arg) => this.eval(arg, scopes))
    const own = this.eval(node.callee, scopes)
    if (own instanceof FeelFunction)
      return own.parameters.length === args.length ? own.call(args) : null
    const builtin = node.callee.kind === 'name' ? BUILTINS.get(node.callee.name) : undefined
    for (const { parameters, run } of builtin?.signatures ?? []) {
      if (parameters.at(-1)?.isVariadic === true) {
        const fixed = parameters.length - 1
        if (args.length > fixed) return run([...args.slice(0, fixed), args.slice(fixed)], this.run)
      }
      const converted = args.map((arg, at) => {
        const parameter = parameters[at]
        return parameter === undefined ? undefined : convertArgument(arg, parameter)
      })
      if (converted.includes(undefined)) continue
      if (parameters.some((parameter, at) => at >= args.length && !parameter.isOptional)) continue
      return run(
        parameters.map((_parameter, at) => converted[at] ?? null),
        this.run,
      )
    }
    return null
  }

  private lambda(node: Node & { kind: 'function' }, scopes: Scopes): FeelFunction {
    return new FeelFunction({
      name: '',
      parameters: node.parameters.map(({ name }) => name),
      parameterTypes: node.parameters.map(({ type }) => type),
      resultType: ANY,
      call: (args) => {
        const names = new Map<string, Value>()
        for (const [at, { name, type }] of node.parameters.entries()) {
          const value = convertTo(args[at] ?? null, type)
          if (value === undefined) return null
          names.set(name, value)
        }
        return this.eval(node.body, [...scopes, { names }])
      },
    })
  }

  private loop(
    iterators: readonly Iterator[],
    scopes: Scopes,
    visit: (inner: Scopes) => void,
  ): boolean {
    const [first, ...rest] = iterators
    if (first === undefined) {
      visit(scopes)
      return true
    }
    const source = this.eval(first.source, scopes)
    const items =
      first.end === undefined
        ? source instanceof FeelRange
          ? this.within(source)
          : source
        : this.count(source, this.eval(first.end, scopes))
    if (items === null) return false
    return (isList(items) ? items : [items]).every((item) =>
      this.loop(rest, [...scopes, { names: new Map([[first.name, item]]) }], visit),
    )
  }

  private within(range: FeelRange): Value {
    const all = this.count(range.start, range.end)
    if (!isList(all)) return null
    return all.slice(range.startIncluded ? 0 : 1, range.endIncluded ? all.length : -1)
  }

  private count(start: Value, end: Value): Value {
    const low = orderOf(start)
    const high = orderOf(end)
    if (low === undefined || high === undefined) return null
    if (start instanceof FeelDate !== end instanceof FeelDate) return null
    const step = low <= high ? 1 : -1
    return Array.from({ length: Math.abs(high - low) + 1 }, (_, at) =>
      start instanceof FeelDate
        ? (fromEpochDay(low + at * step) as FeelDate)
        : new FeelNumber(BigInt(low + at * step), 0),
    )
  }
}

function orderOf(value: Value): number | undefined {
  if (value instanceof FeelDate) return toEpochDay(value)
  return value instanceof FeelNumber ? toWhole(value) : undefined
}
