import type { Node } from '../syntax/tree.ts'

/** A unit that does not fit, and where. */
export interface UnitProblem {
  readonly message: string
  /** Offset in the expression's text. */
  readonly at: number
}

/** A unit by its name, or undefined where nothing is known: literals and ratios fit everything. */
export type Unit = string | undefined

/**
 * Infers the unit of an expression and reports sums, differences and comparisons of two different
 * units. Products and
 * quotients have units of their own, which nobody names: they fit everything.
 */
export function inferUnit(
  node: Node,
  units: ReadonlyMap<string, Unit>,
  report: (problem: UnitProblem) => void,
): Unit {
  const infer = (inner: Node): Unit => inferUnit(inner, units, report)
  switch (node.kind) {
    case 'name':
      return units.get(node.name)
    case 'text':
      return infer(node.body)
    case 'negate':
      return infer(node.operand)
    case 'binary':
      return binaryUnit(node, infer, report)
    case 'between':
      fit(node, infer(node.value), infer(node.low), report)
      fit(node, infer(node.value), infer(node.high), report)
      return undefined
    case 'logic':
      for (const operand of node.operands) infer(operand)
      return undefined
    case 'if':
      infer(node.condition)
      return fit(node, infer(node.then), infer(node.otherwise), report)
    case 'call':
      return callUnit(node, infer, report)
    default:
      return undefined
  }
}

function binaryUnit(
  node: Node & { kind: 'binary' },
  infer: (inner: Node) => Unit,
  report: (problem: UnitProblem) => void,
): Unit {
  const left = infer(node.left)
  const right = infer(node.right)
  switch (node.operator) {
    case '+':
    case '-':
      return fit(node, left, right, report)
    case '*':
    case '/':
    case '**':
      return undefined
    default:
      fit(node, left, right, report)
      return undefined
  }
}

/** Functions whose result has the unit of their arguments, which must be one. */
const SAME_UNIT = new Set(['min', 'max', 'sum', 'abs'])
/** Functions whose result has the unit of their first argument. */
const FIRST_UNIT = new Set([
  'floor',
  'ceiling',
  'decimal',
  'round up',
  'round down',
  'round half up',
  'round half down',
  'modulo',
])

function callUnit(
  node: Node & { kind: 'call' },
  infer: (inner: Node) => Unit,
  report: (problem: UnitProblem) => void,
): Unit {
  const units = node.args.map(infer)
  if (node.callee.kind !== 'name') return undefined
  if (FIRST_UNIT.has(node.callee.name)) return units[0]
  if (!SAME_UNIT.has(node.callee.name)) return undefined
  return units.reduce((common, unit) => fit(node, common, unit, report), undefined)
}

/** The unit both have; reported when they have two. */
function fit(node: Node, left: Unit, right: Unit, report: (problem: UnitProblem) => void): Unit {
  if (left !== undefined && right !== undefined && left !== right) {
    report({ message: `${left} and ${right} do not fit`, at: node.at })
    return undefined
  }
  return left ?? right
}
