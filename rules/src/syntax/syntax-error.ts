/**
 * A place in an expression's text: lines and columns from 1, columns and offset in UTF-16 units.
 */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** Why a text is not FEEL. */
export type SyntaxCode =
  | 'UNEXPECTED_TOKEN'
  | 'UNEXPECTED_END'
  | 'BAD_CHARACTER'
  | 'BAD_NUMBER'
  | 'BAD_STRING'
  | 'BAD_TYPE'
  | 'DUPLICATE_NAME'
  | 'UNKNOWN_NAME'

/** Thrown by `compile` for a text that is not FEEL, with the place of the first offence. */
export class FeelSyntaxError extends Error {
  override readonly name = 'FeelSyntaxError'
  readonly code: SyntaxCode
  readonly position: Position

  /** The message says what was expected and what came. */
  constructor(code: SyntaxCode, message: string, position: Position) {
    super(message)
    this.code = code
    this.position = position
  }
}

/** Line and column of an offset. */
export function locate(text: string, offset: number): Position {
  let line = 1
  let lineStart = 0
  for (let at = 0; at < offset && at < text.length; at += 1) {
    if (text.charCodeAt(at) === 10) {
      line += 1
      lineStart = at + 1
    }
  }
  return { line, column: offset - lineStart + 1, offset }
}
