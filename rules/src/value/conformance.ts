import { FeelDate } from '../time/civil-date.ts'
import { midnightOf } from '../time/clock-time.ts'
import { UTC } from '../time/zones.ts'
import { FREE, type Spender } from './spender.ts'
import {
  FeelContext,
  FeelFunction,
  FeelRange,
  type FeelType,
  isList,
  kindOf,
  type Value,
} from './values.ts'

/** Whether a value is an instance of a type; null is one of `Null` only (DMN 1.5 §10.3.2.9.3). */
export function isInstance(value: Value, type: FeelType, spender: Spender = FREE): boolean {
  if (type.kind === 'simple') {
    return type.name === 'Any' ? value !== null : kindOf(value) === type.name
  }
  // Allowed values do not count for instances, only where a value must be of a type.
  if (type.kind === 'allowed') return isInstance(value, type.base, spender)
  if (value === null) return false
  return conformsTo(value, type, spender)
}

/** Whether a value may stand where a type is wanted; null may stand everywhere. */
export function conformsTo(value: Value, type: FeelType, spender: Spender = FREE): boolean {
  if (value === null) return true
  switch (type.kind) {
    case 'simple':
      return type.name === 'Any' || kindOf(value) === type.name
    case 'list':
      return isList(value) && isListOf(value, type.item, spender)
    case 'range':
      return (
        value instanceof FeelRange &&
        conformsTo(value.start, type.item) &&
        conformsTo(value.end, type.item)
      )
    case 'context':
      return value instanceof FeelContext && hasEntries(value, type.entries, spender)
    case 'function':
      return value instanceof FeelFunction && isFunctionType(value, type)
    case 'allowed':
      return conformsTo(value, type.base, spender) && type.allows(value)
  }
}

function isListOf(list: readonly Value[], item: FeelType, spender: Spender): boolean {
  if (isAny(item)) return true
  spender.step(list.length)
  return list.every((value) => conformsTo(value, item, spender))
}

function hasEntries(
  context: FeelContext,
  entries: readonly { name: string; type: FeelType }[],
  spender: Spender,
): boolean {
  return entries.every(({ name, type }) => {
    const value = context.get(name)
    return value !== undefined && conformsTo(value, type, spender)
  })
}

function isFunctionType(value: FeelFunction, type: FeelType & { kind: 'function' }): boolean {
  if (type.parameters.length === 0 && isAny(type.result)) return true
  return (
    value.parameters.length === type.parameters.length &&
    type.parameters.every((wanted, at) =>
      isSubtype(wanted, value.parameterTypes[at] as FeelType),
    ) &&
    isSubtype(value.resultType, type.result)
  )
}

function isAny(type: FeelType): boolean {
  return type.kind === 'simple' && type.name === 'Any'
}

/**
 * Whether every value of one type is of the other (DMN 1.5 table 48: functions against their
 * parameters).
 */
export function isSubtype(narrow: FeelType, wide: FeelType): boolean {
  if (isAny(wide)) return true
  if (narrow.kind === 'allowed') return narrow === wide || isSubtype(narrow.base, wide)
  if (narrow.kind === 'simple') {
    return narrow.name === 'Null' || (wide.kind === 'simple' && wide.name === narrow.name)
  }
  if (narrow.kind === 'list' && wide.kind === 'list') return isSubtype(narrow.item, wide.item)
  if (narrow.kind === 'range' && wide.kind === 'range') return isSubtype(narrow.item, wide.item)
  if (narrow.kind === 'context' && wide.kind === 'context') {
    return wide.entries.every((entry) =>
      narrow.entries.some((own) => own.name === entry.name && isSubtype(own.type, entry.type)),
    )
  }
  if (narrow.kind === 'function' && wide.kind === 'function') {
    return (
      narrow.parameters.length === wide.parameters.length &&
      wide.parameters.every((own, at) => isSubtype(own, narrow.parameters[at] as FeelType)) &&
      isSubtype(narrow.result, wide.result)
    )
  }
  return false
}

/**
 * The value as the wanted type: as it is, or after one of FEEL's implicit conversions (a list of
 * one for its item, an
 * item for a list of one, a date for its midnight in UTC); undefined when it fits no way.
 *
 * @source DMN 1.5 §10.3.2.9.4
 */
export function convertTo(
  value: Value,
  type: FeelType,
  spender: Spender = FREE,
): Value | undefined {
  if (conformsTo(value, type, spender)) return value
  if (type.kind === 'allowed') {
    const converted = convertTo(value, type.base, spender)
    return converted !== undefined && (converted === null || type.allows(converted))
      ? converted
      : undefined
  }
  if (isList(value) && value.length === 1 && type.kind !== 'list') {
    const item = value[0] as Value
    return conformsTo(item, type, spender) ? item : undefined
  }
  if (type.kind === 'list' && !isList(value) && conformsTo(value, type.item, spender))
    return [value]
  if (type.kind === 'simple' && type.name === 'date and time' && value instanceof FeelDate) {
    return midnightOf(value, UTC)
  }
  return undefined
}
