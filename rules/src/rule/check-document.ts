import { childrenOf, type Node, type TableTree } from '../syntax/tree.ts'
import { checkTypes } from './check-types.ts'
import type { RuleParts } from './compile-rule.ts'
import type { RuleDocument } from './rule-document.ts'
import { PARAMETER_READERS } from './rule-functions.ts'
import type { ProblemCode, RuleProblem } from './rule-problems.ts'

/** Checks that need the whole document: names, outputs, parameters. */
export function checkDocument(document: RuleDocument, parts: RuleParts): RuleProblem[] {
  return [
    ...checkNames(document),
    ...checkOutputs(document),
    ...checkParameters(document, parts),
    ...checkTypes(document, parts),
  ]
}

function error(code: ProblemCode, path: string, message: string): RuleProblem {
  return { code, path, message, severity: 'error' }
}

/** Names that cannot be keys of plain objects. */
const RESERVED = new Set(['__proto__'])

function checkNames(document: RuleDocument): RuleProblem[] {
  const problems: RuleProblem[] = []
  const declare = (names: readonly { name: string }[], path: string): Set<string> => {
    const seen = new Set<string>()
    names.forEach(({ name }, at) => {
      const place = `${path}[${at}].name`
      if (seen.has(name))
        problems.push(error('DUPLICATE_NAME', place, `"${name}" is declared twice`))
      if (RESERVED.has(name) || name === '') {
        problems.push(error('RESERVED_NAME', place, `"${name}" cannot be a name`))
      }
      seen.add(name)
    })
    return seen
  }
  const facts = declare(document.facts, 'facts')
  declare(document.steps, 'steps')
  declare(document.outputs, 'outputs')
  const groups = [...(document.exactlyOneOf ?? []).flat(), ...(document.atLeastOneOf ?? [])]
  for (const name of groups.flat()) {
    if (!facts.has(name))
      problems.push(error('UNKNOWN_NAME', 'exactlyOneOf', `there is no fact "${name}"`))
  }
  return problems
}

function checkOutputs(document: RuleDocument): RuleProblem[] {
  const steps = new Set(document.steps.map((step) => step.name))
  return document.outputs.flatMap(({ name }, at) =>
    steps.has(name)
      ? []
      : [error('OUTPUT_WITHOUT_STEP', `outputs[${at}]`, `no step computes "${name}"`)],
  )
}

/** Whether a declared name, perhaps `prefix.*`, covers a name. */
function covers(declared: string, name: string): boolean {
  return declared.endsWith('*') ? name.startsWith(declared.slice(0, -1)) : declared === name
}

/** Every FEEL text of a document, those of tables as well. */
function allTexts(parts: RuleParts): { path: string; tree: Node }[] {
  return [...parts.trees, ...parts.tables.flatMap(({ path, tree }) => tableTexts(path, tree))]
}

function tableTexts(path: string, table: TableTree): { path: string; tree: Node }[] {
  const texts: { path: string; tree: Node }[] = []
  const add = (place: string, tree: Node | undefined): void => {
    if (tree !== undefined) texts.push({ path: `${path}.${place}`, tree })
  }
  table.inputs.forEach((input, at) => {
    add(`inputs[${at}].expression`, input.expression)
    add(`inputs[${at}].values`, input.values)
  })
  table.outputs.forEach((output, at) => {
    add(`outputs[${at}].default`, output.default)
  })
  table.rows.forEach((row, at) => {
    row.when.forEach((tree, column) => {
      add(`rows[${at}].when[${column}]`, tree)
    })
    row.give.forEach((tree, column) => {
      add(`rows[${at}].give[${column}]`, tree)
    })
  })
  return texts
}

function checkParameters(document: RuleDocument, parts: RuleParts): RuleProblem[] {
  const problems: RuleProblem[] = []
  const used = new Set<string>()
  const read = (name: string, path: string): void => {
    const found = document.parameters.filter((declared) => covers(declared, name))
    for (const declared of found) used.add(declared)
    if (found.length === 0)
      problems.push(error('UNKNOWN_PARAMETER', path, `parameter "${name}" is not declared`))
  }
  document.facts.forEach((fact, at) => {
    if (fact.parameter !== undefined) read(fact.parameter, `facts[${at}].parameter`)
  })
  for (const { path, tree } of allTexts(parts)) {
    for (const name of parameterNames(tree)) {
      // A name that is put together when evaluated is covered by any declared prefix.
      if (name === undefined)
        for (const declared of document.parameters) if (declared.endsWith('*')) used.add(declared)
      if (name !== undefined) read(name, path)
    }
  }
  document.parameters.forEach((declared, at) => {
    if (!used.has(declared)) {
      problems.push(
        error('UNUSED_PARAMETER', `parameters[${at}]`, `"${declared}" is declared and never read`),
      )
    }
  })
  return problems
}

/** Names of the parameters an expression reads; undefined for one that is put together. */
function parameterNames(node: Node): (string | undefined)[] {
  const inner = childrenOf(node).flatMap(parameterNames)
  if (node.kind !== 'call' && node.kind !== 'named call') return inner
  if (node.callee.kind !== 'name' || !PARAMETER_READERS.includes(node.callee.name)) return inner
  const arg =
    node.kind === 'call' ? node.args[0] : node.args.find(({ name }) => name === 'name')?.value
  return [
    arg?.kind === 'literal' && typeof arg.value === 'string' ? arg.value : undefined,
    ...inner,
  ]
}
