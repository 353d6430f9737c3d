/* An arithmetic expression of a rule as pieces that can be drawn: boxes with numbers, signs between them. */
import type { Json, JsonObject } from '@renshe/crypto'

/** A piece of a formula. */
export type Piece =
  | { readonly kind: 'box'; readonly name: string; readonly value: Json }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }

const SIGNS: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−' }
const PIECE =
  /\s*(?:parameter\("(?<parameter>[a-z0-9.-]+)"\)|(?<name>[A-Za-z][A-Za-z0-9]*)|(?<number>\d+(?:\.\d+)?)|(?<sign>[-+*/()]))\s*/y

/**
 * Takes an expression apart.
 *
 * @param inputs  of the step in the trace: values by name
 * @returns null for what is more than arithmetic: then its sentence tells it better
 */
export function piecesOf(expression: string, inputs: JsonObject): readonly Piece[] | null {
  const pieces: Piece[] = []
  const text = takenBranch(expression, inputs)
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < text.length) {
    const found = PIECE.exec(text)?.groups
    if (found === undefined) return null
    const { parameter, name = parameter, number, sign } = found
    if (name !== undefined) {
      const value = plainValue(inputs[name])
      if (value === undefined || value === null) return null
      pieces.push({ kind: 'box', name, value })
    } else if (number !== undefined) {
      pieces.push({ kind: 'number', text: number })
    } else if (sign !== undefined) {
      pieces.push({ kind: 'sign', text: SIGNS[sign] ?? sign })
    }
  }
  const hasSign = pieces.some(({ kind }) => kind === 'sign')
  return hasSign && pieces.some(({ kind }) => kind === 'box') ? pieces : null
}

const NULL_OR = /^if ([A-Za-z]\w*) = null then null else (?<other>.+)$/
const YES_OR_NO = /\(if ([A-Za-z]\w*) then ((?:[^()]|\([^()]*\))+?) else ([^()]+)\)/g

/** What was computed where an expression chooses: by a fact that is there, or by a yes or no. */
function takenBranch(expression: string, inputs: JsonObject): string {
  const known = NULL_OR.exec(expression)
  const other = known?.groups?.other
  const isGiven = known !== null && inputs[known[1] ?? ''] !== null
  const whole = other !== undefined && isGiven ? other : expression
  return whole
    .replace(YES_OR_NO, (all, name: string, yes: string, no: string) => {
      const answer = inputs[name]
      return typeof answer === 'boolean' ? (answer ? yes : no) : all
    })
    .replace(/ \* 1$/, '')
}

/** A parameter stands in a trace with its dates; its value is what is drawn. */
function plainValue(input: Json | undefined): Json | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  return input.value
}
