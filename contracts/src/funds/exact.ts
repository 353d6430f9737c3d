/*
 * Exact arithmetic of a plan: money in fen, units and net values as scaled integers. Every rounding
 * names its direction; nothing is a float.
 *
 * @source domain/annuity.md sections 9 and 10; 劳社部发〔2004〕32号 (rounding is a plan setting, K-M)
 */
import { type Scaled, scaledFromText, scaledToText } from '../vocabulary/scaled.ts'

/** Places of money in yuan. */
export const YUAN_PLACES = 2

/** 10ⁿ for n ≥ 0. */
export function tenTo(places: number): bigint {
  return 10n ** BigInt(places)
}

/** Money as an exact decimal of yuan. */
export function yuanScaled(fen: bigint): Scaled {
  return { digits: fen, places: YUAN_PLACES }
}

/**
 * The same value with more places.
 *
 * @throws RangeError for fewer places: that would round
 */
export function withPlaces(value: Scaled, places: number): Scaled {
  if (places < value.places) throw new RangeError('fewer places would round')
  return { digits: value.digits * tenTo(places - value.places), places }
}

/** Exact sum, at the larger number of places. */
export function plus(a: Scaled, b: Scaled): Scaled {
  const places = Math.max(a.places, b.places)
  return { digits: withPlaces(a, places).digits + withPlaces(b, places).digits, places }
}

/** Exact difference, at the larger number of places. */
export function minus(a: Scaled, b: Scaled): Scaled {
  return plus(a, { digits: -b.digits, places: b.places })
}

/** Exact product, at the sum of the places. */
export function times(a: Scaled, b: Scaled): Scaled {
  return { digits: a.digits * b.digits, places: a.places + b.places }
}

/** Quotient rounded to the nearest integer, halves away from zero (HALF_UP); `by` above 0. */
export function divideHalfUp(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value
  const quotient = (2n * size + by) / (2n * by)
  return value < 0n ? -quotient : quotient
}

/** Nearest fen of an exact amount in yuan, halves away from zero. */
export function fenHalfUp(value: Scaled): bigint {
  if (value.places <= YUAN_PLACES) return withPlaces(value, YUAN_PLACES).digits
  return divideHalfUp(value.digits, tenTo(value.places - YUAN_PLACES))
}

/** Whole fen inside a positive amount of yuan; 0 for a negative one: a debt is carried, not posted. */
export function wholeFen(value: Scaled): bigint {
  if (value.digits <= 0n) return 0n
  if (value.places <= YUAN_PLACES) return withPlaces(value, YUAN_PLACES).digits
  return value.digits / tenTo(value.places - YUAN_PLACES)
}

/** Places that a residue has in a book: exact for cost − units × net value. */
export function residuePlaces(unitPlaces: number, navPlaces: number): number {
  return Math.max(YUAN_PLACES, unitPlaces + navPlaces)
}

/** What money buys: units, and what they leave over. */
export interface Bought {
  readonly units: Scaled
  readonly residue: Scaled
}

/**
 * Units that a cost buys: cost ÷ net value, DOWN (towards zero) at the plan's places, and the residue
 * cost − units × net value, exact.
 *
 * @param nav  unit net value, above 0
 */
export function unitsBought(costFen: bigint, nav: Scaled, unitPlaces: number): Bought {
  if (nav.digits <= 0n) throw new RangeError('a unit net value is above 0')
  const dividend = costFen * tenTo(unitPlaces + nav.places)
  const units = { digits: dividend / (nav.digits * tenTo(YUAN_PLACES)), places: unitPlaces }
  return { units, residue: residueOf(costFen, units, nav) }
}

/** What is left of money after units at a net value: amount − units × nav, exact. */
export function residueOf(fen: bigint, units: Scaled, nav: Scaled): Scaled {
  const places = residuePlaces(units.places, nav.places)
  return withPlaces(minus(yuanScaled(fen), times(units, nav)), places)
}

/** What units are worth: the amount owed in fen (HALF_UP), and what the rounding leaves to the plan. */
export interface Redeemed {
  readonly exact: Scaled
  readonly grossFen: bigint
  readonly residue: Scaled
}

/** Value of units on their dealing day: gross HALF_UP to the fen; residue = units × nav − gross. */
export function unitsRedeemed(units: Scaled, nav: Scaled): Redeemed {
  const exact = times(units, nav)
  const grossFen = fenHalfUp(exact)
  const { digits, places } = residueOf(grossFen, units, nav)
  return { exact, grossFen, residue: { digits: -digits, places } }
}

/**
 * Cost that leaves with a part of the units held: cost × units ÷ held, HALF_UP to the fen; the last
 * units take all the cost that is left.
 *
 * @throws RangeError if more units leave than are held: a caller's bug, refused before
 */
export function costOfUnits(costFen: bigint, units: Scaled, held: Scaled): bigint {
  if (units.places !== held.places) throw new RangeError('units of one plan have the same places')
  if (units.digits < 0n || units.digits > held.digits) {
    throw new RangeError('units that leave are between 0 and those held')
  }
  if (units.digits === held.digits) return costFen
  return divideHalfUp(costFen * units.digits, held.digits)
}

/** Zero at a number of places, as text. */
export function zeroText(places: number): string {
  return scaledToText({ digits: 0n, places })
}

/** Digits of a decimal text that is known to have exactly these places. */
export function digitsOf(text: string, places: number): bigint {
  return scaledFromText(text, places).digits
}

/** Text of digits at these places. */
export function textOf(digits: bigint, places: number): string {
  return scaledToText({ digits, places })
}
