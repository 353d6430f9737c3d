import { type Builtin, convertArgument, type Signature, typeOfKind } from '../builtins/builtin.ts'
import type { Code, Run, Site } from '../runtime/run.ts'
import type { Node } from '../syntax/tree.ts'
import { FeelFunction, isList, kindOf, UNKNOWN_RESULT, type Value } from '../value/values.ts'
import { type Compiler, siteOf } from './compiler.ts'
import type { StaticScope } from './static-scope.ts'

/** `callee(a, b)` */
export function compileCall(
  compiler: Compiler,
  node: Node & { kind: 'call' },
  scope: StaticScope,
): Code {
  const args = node.args.map((arg) => compiler.compile(arg, scope))
  const site = siteOf(compiler, node)
  const builtin = findBuiltin(compiler, node.callee, scope)
  if (builtin !== undefined) return compileBuiltinCall(builtin, args, site)
  const callee = compiler.compile(node.callee, scope)
  return (frame) => {
    const value = callee(frame)
    const values = args.map((arg) => arg(frame))
    if (value instanceof FeelFunction) return callFunction(frame.run, site, value, values)
    return frame.run.warn(site, 'NOT_A_FUNCTION', `${kindOf(value)} is not a function`)
  }
}

/** The built-in function a callee names, unless a variable hides it. */
function findBuiltin(compiler: Compiler, callee: Node, scope: StaticScope): Builtin | undefined {
  if (callee.kind !== 'name') return undefined
  const { depth } = scope.resolve(callee.name)
  if (depth !== undefined || (compiler.declared?.has(callee.name) ?? false)) return undefined
  return compiler.builtins.get(callee.name)
}

/** Calls a function value with positional arguments. */
export function callFunction(
  run: Run,
  site: Site,
  callee: FeelFunction,
  args: readonly Value[],
): Value {
  if (args.length !== callee.parameters.length && !callee.isFlexible) {
    return run.warn(
      site,
      'ARGUMENT_COUNT',
      `the function takes ${callee.parameters.length} arguments, got ${args.length}`,
    )
  }
  return callee.call(args)
}

function compileBuiltinCall(builtin: Builtin, args: readonly Code[], site: Site): Code {
  const count = args.length
  const fitting = builtin.signatures.filter((signature) => takesCount(signature, count))
  const [only] = fitting
  if (only === undefined) {
    return (frame) =>
      frame.run.warn(site, 'ARGUMENT_COUNT', `no "${builtin.name}" takes ${count} arguments`)
  }
  return (frame) => {
    const values: Value[] = []
    for (const arg of args) values.push(arg(frame))
    return callBuiltin(frame.run, site, builtin.name, fitting, values)
  }
}

function takesCount(signature: Signature, count: number): boolean {
  const { parameters } = signature
  const last = parameters.at(-1)
  if (last?.isVariadic === true) return count >= parameters.length
  return (
    count <= parameters.length &&
    parameters.every((parameter, at) => at < count || parameter.isOptional)
  )
}

/** Calls the first signature whose parameters take the arguments. */
function callBuiltin(
  run: Run,
  site: Site,
  name: string,
  signatures: readonly Signature[],
  values: readonly Value[],
): Value {
  run.step(1)
  for (const signature of signatures) {
    const converted = convertAll(signature, values)
    if (converted === undefined) continue
    run.site = site
    return signature.run(converted, run)
  }
  const kinds = values.map(kindOf).join(', ')
  return run.warn(site, 'ARGUMENT_TYPE', `"${name}" does not take (${kinds})`)
}

/**
 * Arguments as their parameters want them; one that was left out is undefined here and null for the
 * function.
 */
function convertAll(
  signature: Signature,
  values: readonly (Value | undefined)[],
): Value[] | undefined {
  const { parameters } = signature
  const converted: Value[] = []
  for (let at = 0; at < parameters.length; at += 1) {
    const parameter = parameters[at] as Signature['parameters'][number]
    if (parameter.isVariadic) {
      const rest = values.slice(at) as Value[]
      for (const value of rest) {
        if (convertArgument(value, parameter) === undefined) return undefined
      }
      converted.push(rest)
      return converted
    }
    const value = values[at]
    if (value === undefined) {
      converted.push(null)
      continue
    }
    const argument = convertArgument(value, parameter)
    if (argument === undefined) return undefined
    converted.push(argument)
  }
  return converted
}

/** `callee(name: a, other: b)` */
export function compileNamedCall(
  compiler: Compiler,
  node: Node & { kind: 'named call' },
  scope: StaticScope,
): Code {
  const names = node.args.map((arg) => arg.name)
  const args = node.args.map((arg) => compiler.compile(arg.value, scope))
  const site = siteOf(compiler, node)
  const builtin = findBuiltin(compiler, node.callee, scope)
  if (builtin !== undefined) return compileNamedBuiltin(builtin, names, args, site)
  const callee = compiler.compile(node.callee, scope)
  return (frame) => {
    const value = callee(frame)
    const values = args.map((arg) => arg(frame))
    if (value instanceof FeelFunction) return callNamed(frame.run, site, value, names, values)
    return frame.run.warn(site, 'NOT_A_FUNCTION', `${kindOf(value)} is not a function`)
  }
}

function callNamed(
  run: Run,
  site: Site,
  callee: FeelFunction,
  names: readonly string[],
  values: readonly Value[],
): Value {
  const order = callee.parameters.map((parameter) => names.indexOf(parameter))
  if (names.length !== order.length || order.includes(-1)) {
    return run.warn(site, 'ARGUMENT_COUNT', `the function takes (${callee.parameters.join(', ')})`)
  }
  return callee.call(order.map((at) => values[at] as Value))
}

function compileNamedBuiltin(
  builtin: Builtin,
  names: readonly string[],
  args: readonly Code[],
  site: Site,
): Code {
  const fitting = builtin.signatures.filter((signature) => takesNames(signature, names))
  if (fitting.length === 0) {
    return (frame) =>
      frame.run.warn(site, 'ARGUMENT_COUNT', `no "${builtin.name}" takes (${names.join(', ')})`)
  }
  return (frame) => {
    const given = args.map((arg) => arg(frame))
    for (const signature of fitting) {
      const values = arrange(signature, names, given)
      const converted = convertAll(signature, values)
      if (converted === undefined) continue
      frame.run.step(1)
      frame.run.site = site
      return signature.run(converted, frame.run)
    }
    const kinds = given.map(kindOf).join(', ')
    return frame.run.warn(site, 'ARGUMENT_TYPE', `"${builtin.name}" does not take (${kinds})`)
  }
}

function takesNames(signature: Signature, names: readonly string[]): boolean {
  const { parameters } = signature
  return (
    names.every((name) => parameters.some((parameter) => parameter.name === name)) &&
    parameters.every((parameter) => parameter.isOptional || names.includes(parameter.name))
  )
}

/**
 * Values in the order of the parameters; a list given by name to a variadic parameter is all of its
 * arguments.
 */
function arrange(
  signature: Signature,
  names: readonly string[],
  given: readonly Value[],
): (Value | undefined)[] {
  return signature.parameters.flatMap((parameter) => {
    const value = given[names.indexOf(parameter.name)]
    if (!parameter.isVariadic || value === undefined) return [value]
    return isList(value) ? [...value] : [value]
  })
}

/** A built-in function as a value, so that it can be passed on. */
export function builtinValue(run: Run, builtin: Builtin): FeelFunction {
  const signature = builtin.signatures[0] as Signature
  const required = signature.parameters.filter((parameter) => !parameter.isOptional)
  return new FeelFunction({
    name: builtin.name,
    parameters: required.map((parameter) => parameter.name),
    parameterTypes: required.map((parameter) => typeOfKind(parameter.kind)),
    resultType: UNKNOWN_RESULT,
    isFlexible: true,
    call: (args) => {
      const fitting = builtin.signatures.filter((other) => takesCount(other, args.length))
      return callBuiltin(run, run.site, builtin.name, fitting, args)
    },
  })
}
