import { FeelNumber, formatNumber, parseNumber } from '../number/decimal.ts'
import type { CompiledStep } from '../rule/compile-rule.ts'
import type { Node } from '../syntax/tree.ts'
import { isJsonObject, type Json, type JsonObject } from '../value/json.ts'
import type { SumPart } from './explain-determination.ts'
import { readParameter } from './places-of-names.ts'

/**
 * The parts of a step whose expression is a sum of names, published values and numbers: `a + b - c`,
 * `sum([a, b])`, `sum(a, b)`. Undefined for every other expression, and where a part is no number.
 */
export function additiveParts({ tree }: CompiledStep, inputs: JsonObject): SumPart[] | undefined {
  if (tree === undefined) return undefined
  const parts: SumPart[] = []
  const isSum = collect(tree, '+', inputs, parts)
  return isSum && parts.length > 1 ? parts : undefined
}

function collect(node: Node, sign: '+' | '-', inputs: JsonObject, parts: SumPart[]): boolean {
  if (node.kind === 'binary' && (node.operator === '+' || node.operator === '-')) {
    const right = node.operator === '+' ? sign : opposite(sign)
    return collect(node.left, sign, inputs, parts) && collect(node.right, right, inputs, parts)
  }
  if (node.kind === 'negate') return collect(node.operand, opposite(sign), inputs, parts)
  if (node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'sum') {
    const [only] = node.args
    const items = node.args.length === 1 && only?.kind === 'list' ? only.items : node.args
    // A single name may be a list of unknown length.
    return items.length > 1 && items.every((item) => collect(item, sign, inputs, parts))
  }
  if (node.kind === 'literal' && node.value instanceof FeelNumber) {
    const value = formatNumber(node.value)
    parts.push({ name: value, sign, value })
    return true
  }
  const name = node.kind === 'name' ? node.name : readParameter(node)
  const value = name === undefined ? undefined : numberText(inputs[name])
  if (name === undefined || value === undefined) return false
  parts.push({ name, sign, value })
  return true
}

function opposite(sign: '+' | '-'): '+' | '-' {
  return sign === '+' ? '-' : '+'
}

function numberText(input: Json | undefined): string | undefined {
  if (isJsonObject(input)) return numberText(input.value)
  if (typeof input === 'number') return String(input)
  return typeof input === 'string' && parseNumber(input) instanceof FeelNumber ? input : undefined
}
