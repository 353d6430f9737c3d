import type { BuiltinTable } from '../builtins/builtin.ts'
import type { Code } from '../runtime/run.ts'
import type { Node } from '../syntax/tree.ts'
import { convertTo, isInstance } from '../value/conformance.ts'
import { FeelFunction, kindOf } from '../value/values.ts'
import { compileCall, compileNamedCall } from './compile-call.ts'
import { compileFor, compileQuantified } from './compile-loop.ts'
import { compileBetween, compileBinary, compileLogic, compileNegate } from './compile-operator.ts'
import { compileFilter, compileName, compilePath } from './compile-path.ts'
import { compileTableTree } from './compile-table.ts'
import { compileComparisonRange, compileIn, compileUnaryTests } from './compile-test.ts'
import {
  compileContext,
  compileFunction,
  compileList,
  compileRange,
  compileResult,
} from './compile-value.ts'
import { type Compiler, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/** Makes the compiler of one expression. */
export function makeCompiler(
  text: string,
  builtins: BuiltinTable,
  declared: ReadonlySet<string> | undefined,
): Compiler {
  const compiler: Compiler = {
    text,
    builtins,
    declared,
    used: new Set(),
    cost: { total: 0 },
    compile: (node, scope) => compileNode(compiler, node, scope),
  }
  return compiler
}

/** The same compiler for a part with its own text. */
function withText(compiler: Compiler, text: string): Compiler {
  const inner: Compiler = {
    ...compiler,
    text,
    compile: (node, scope) => compileNode(inner, node, scope),
  }
  return inner
}

function compileTyped(
  compiler: Compiler,
  node: Node & { kind: 'typed' },
  scope: StaticScope,
): Code {
  const value = compiler.compile(node.value, scope)
  const { type } = node
  const site = siteOf(compiler, node)
  return (frame) => {
    const found = value(frame)
    const converted = convertTo(found, type, frame.run)
    // The variable of a function has the type of its results.
    if (converted !== undefined || found instanceof FeelFunction) return converted ?? found
    return frame.run.warn(
      site,
      'OUTPUT_VALUE',
      `a value of kind ${kindOf(found)} is not of the declared type`,
    )
  }
}

// budget: one case for each kind of node, none longer than its call
function compileNode(compiler: Compiler, node: Node, scope: StaticScope): Code {
  compiler.cost.total += 1
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'name':
      return compileName(compiler, node, scope)
    case 'unreadable': {
      const site = siteOf(compiler, node)
      const reason = 'the text after @ is no date, time or duration'
      return (frame) => frame.run.warn(site, 'ARGUMENT_VALUE', reason)
    }
    case 'tested':
      return compileName(compiler, { ...node, kind: 'name', name: '?' }, scope)
    case 'list':
      return compileList(compiler, node, scope)
    case 'context':
      return compileContext(compiler, node, scope)
    case 'range':
      return compileRange(compiler, node, scope)
    case 'comparison range':
      return compileComparisonRange(compiler, node, scope)
    case 'binary':
      return compileBinary(compiler, node, scope)
    case 'logic':
      return compileLogic(compiler, node, scope)
    case 'negate':
      return compileNegate(compiler, node, scope)
    case 'between':
      return compileBetween(compiler, node, scope)
    case 'in':
      return compileIn(compiler, node, scope)
    case 'instance of': {
      const value = compiler.compile(node.value, scope)
      const { type } = node
      return (frame) => isInstance(value(frame), type, frame.run)
    }
    case 'path':
      return compilePath(compiler, node, scope)
    case 'filter':
      return compileFilter(compiler, node, scope)
    case 'call':
      return compileCall(compiler, node, scope)
    case 'named call':
      return compileNamedCall(compiler, node, scope)
    case 'if':
      return compileIf(compiler, node, scope)
    case 'for':
      return compileFor(compiler, node, scope)
    case 'some':
    case 'every':
      return compileQuantified(compiler, node, scope)
    case 'function':
      return compileFunction(compiler, node, scope)
    case 'unary tests':
      return compileUnaryTests(compiler, node, scope)
    case 'text':
      return withText(compiler, node.text).compile(node.body, scope)
    case 'typed':
      return compileTyped(compiler, node, scope)
    case 'result':
      return compileResult(compiler, node, scope)
    case 'table': {
      const table = compileTableTree(compiler, node.table, scope, siteOf(compiler, node))
      return (frame) => table(frame).value
    }
  }
}

function compileIf(compiler: Compiler, node: Node & { kind: 'if' }, scope: StaticScope): Code {
  const condition = compiler.compile(node.condition, scope)
  const then = compiler.compile(node.then, scope)
  const otherwise = compiler.compile(node.otherwise, scope)
  return (frame) => (condition(frame) === true ? then(frame) : otherwise(frame))
}
