import type { BinaryOperator } from '../syntax/tree.ts'
import { ANY, type FeelType, type SimpleType, simpleType } from '../value/values.ts'

/** A type, or undefined where nothing is known. */
export type Inferred = FeelType | undefined

/** Whether a type is Any. */
export function isAny(type: FeelType): boolean {
  return type.kind === 'simple' && type.name === 'Any'
}

/** The name of a type's kind; undefined when it says nothing. */
export function kindName(type: Inferred): string | undefined {
  if (type === undefined || isAny(type)) return undefined
  if (type.kind === 'allowed') return kindName(type.base)
  return type.kind === 'simple' ? type.name : type.kind
}

/** The type all have, or Any. */
export function commonType(types: readonly Inferred[]): FeelType {
  const known = types.filter((type) => kindName(type) !== 'Null')
  const [first] = known
  if (first === undefined) return ANY
  const kind = kindName(first)
  return kind !== undefined && known.every((type) => kindName(type) === kind) ? first : ANY
}

const DAYS: SimpleType = 'days and time duration'
const MONTHS: SimpleType = 'years and months duration'

/** The kind of `a operator b`; undefined when there is none. null in, anything out. */
export function arithmeticResult(operator: BinaryOperator, a: string, b: string): Inferred {
  if (a === 'Null' || b === 'Null') return undefined
  if (a === 'number' && b === 'number') return simpleType('number')
  // A list of one stands for its item only as an argument, never for an operator.
  const isDuration = (kind: string): boolean => kind === DAYS || kind === MONTHS
  const isMoment = (kind: string): boolean =>
    kind === 'date' || kind === 'date and time' || kind === 'time'
  switch (operator) {
    case '+':
      if (a === 'string' && b === 'string') return simpleType('string')
      if (isDuration(a) && a === b) return simpleType(a as SimpleType)
      if (isMoment(a) && isDuration(b)) return simpleType(a as SimpleType)
      return isDuration(a) && isMoment(b) ? simpleType(b as SimpleType) : undefined
    case '-':
      if (isDuration(a) && a === b) return simpleType(a as SimpleType)
      if (isMoment(a) && isDuration(b)) return simpleType(a as SimpleType)
      return isMoment(a) && isMoment(b) && (a === 'time') === (b === 'time')
        ? simpleType(DAYS)
        : undefined
    case '*':
      if (isDuration(a) && b === 'number') return simpleType(a as SimpleType)
      return a === 'number' && isDuration(b) ? simpleType(b as SimpleType) : undefined
    case '/':
      if (isDuration(a) && b === 'number') return simpleType(a as SimpleType)
      return isDuration(a) && a === b ? simpleType('number') : undefined
    default:
      return undefined
  }
}
