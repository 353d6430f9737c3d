import type { Boxed, BoxedEntry, ModelParameter } from '../model/decision-model.ts'
import { loadTable } from './load-table.ts'
import { childNamed, childrenNamed, textOf, type XmlElement } from './read-xml.ts'
import { type TypeNames, typeRefOf } from './type-names.ts'

/** Elements that are expressions (DMN 1.5 §7.3). */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  'literalExpression',
  'context',
  'decisionTable',
  'invocation',
  'list',
  'relation',
  'functionDefinition',
  'conditional',
  'filter',
  'for',
  'some',
  'every',
])

/** The expression within an element; undefined when there is none. */
export function loadBoxed(parent: XmlElement, types: TypeNames): Boxed | undefined {
  const element = parent.children.find((child) => EXPRESSIONS.has(child.name))
  return element === undefined ? undefined : loadTyped(element, types)
}

/** Formal parameters and other elements with a name and a type. */
export function loadParameters(
  elements: readonly XmlElement[],
  types: TypeNames,
): ModelParameter[] {
  return elements.map((element) => {
    const type = typeRefOf(element, types)
    return { name: element.attributes.get('name') ?? '', ...(type === undefined ? {} : { type }) }
  })
}

function loadTyped(element: XmlElement, types: TypeNames): Boxed {
  const value = load(element, types)
  const type = typeRefOf(element, types)
  // The type of a function or a table is that of its results, which stands at its variable too.
  if (type === undefined || element.name === 'functionDefinition') return value
  return { kind: 'typed', type, value }
}

function load(element: XmlElement, types: TypeNames): Boxed {
  const part = (name: string): Boxed => {
    const child = childNamed(element, name)
    return (child === undefined ? undefined : loadBoxed(child, types)) ?? 'null'
  }
  switch (element.name) {
    case 'context':
      return loadContext(element, types)
    case 'decisionTable':
      return { kind: 'table', table: loadTable(element) }
    case 'invocation':
      return loadInvocation(element, types)
    case 'list':
      return { kind: 'list', items: expressionsOf(element, types) }
    case 'relation':
      return {
        kind: 'relation',
        columns: childrenNamed(element, 'column').map(
          (column) => column.attributes.get('name') ?? '',
        ),
        rows: childrenNamed(element, 'row').map((row) => expressionsOf(row, types)),
      }
    case 'functionDefinition':
      return loadFunction(element, types)
    case 'conditional':
      return {
        kind: 'conditional',
        condition: part('if'),
        whenTrue: part('then'),
        whenFalse: part('else'),
      }
    case 'filter':
      return { kind: 'filter', source: part('in'), condition: part('match') }
    case 'for':
    case 'some':
    case 'every': {
      const variable = element.attributes.get('iteratorVariable') ?? ''
      const body = part(element.name === 'for' ? 'return' : 'satisfies')
      return { kind: element.name, variable, source: part('in'), body }
    }
    default:
      return textOf(element) ?? 'null'
  }
}

function expressionsOf(element: XmlElement, types: TypeNames): Boxed[] {
  return element.children
    .filter((child) => EXPRESSIONS.has(child.name))
    .map((child) => loadTyped(child, types))
}

function loadContext(element: XmlElement, types: TypeNames): Boxed {
  const entries: BoxedEntry[] = []
  let result: Boxed | undefined
  for (const entry of childrenNamed(element, 'contextEntry')) {
    const variable = childNamed(entry, 'variable')
    const value = loadBoxed(entry, types) ?? 'null'
    if (variable === undefined) {
      result = value
      continue
    }
    const [parameter] = loadParameters([variable], types)
    if (parameter !== undefined) entries.push({ ...parameter, value })
  }
  return { kind: 'context', entries, ...(result === undefined ? {} : { result }) }
}

function loadInvocation(element: XmlElement, types: TypeNames): Boxed {
  const callee = element.children.find((child) => child.name === 'literalExpression')
  const bindings = childrenNamed(element, 'binding').map((binding): BoxedEntry => {
    const parameter = childNamed(binding, 'parameter')
    const [named] = parameter === undefined ? [] : loadParameters([parameter], types)
    return { name: named?.name ?? '', value: loadBoxed(binding, types) ?? 'null' }
  })
  return { kind: 'invocation', callee: textOf(callee) ?? 'null', bindings }
}

function loadFunction(element: XmlElement, types: TypeNames): Boxed {
  const kind = element.attributes.get('kind')
  const isExternal = kind !== undefined && kind !== 'FEEL'
  return {
    kind: 'function',
    parameters: loadParameters(childrenNamed(element, 'formalParameter'), types),
    body: isExternal ? 'null' : (loadBoxed(element, types) ?? 'null'),
    ...(isExternal ? { isExternal } : {}),
  }
}
