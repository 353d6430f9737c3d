import type { Json } from '@renshe/crypto'
import type { Static, TObject } from 'typebox'
import type { Context } from './context.ts'

/** One thing that a signed transaction can do. */
export interface Action<Input = unknown> {
  /** `<module>.<verbNoun>`. */
  readonly name: string
  readonly input: TObject
  /** One sentence for API, command line and documentation. */
  readonly summary: string
  readonly run: (ctx: Context, input: Input) => Json | undefined
}

/**
 * Declares an action. `run` is synchronous, loads, refuses, computes, writes, tells, in this order;
 * its return value (JSON, ≤ 16 KiB) is the data of the result.
 */
export function action<const Input extends TObject>(declaration: {
  name: string
  summary: string
  input: Input
  run: (ctx: Context, input: Static<Input>) => Json | undefined
}): Action<Static<Input>> {
  return declaration
}
