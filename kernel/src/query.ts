import type { Json } from '@renshe/crypto'
import type { Static, TObject, TSchema } from 'typebox'
import type { Refusal } from './refusal.ts'
import type { StateView } from './state-view.ts'

/** Who asks: a member's person or system after sign-in, or the public (`member` null). */
export interface Reader {
  readonly member: string | null
  readonly name: string | null
  readonly roles: readonly string[]
  readonly unit: string | null
}

/** A snapshot of the state, and where it stands. */
export interface QueryView extends StateView {
  readonly chain: string
  readonly height: number
  /** Time of the block at `height`, UTC ms. */
  readonly time: number
  refuse(reason: Refusal): never
}

/** One question that can be asked of the state. */
export interface Query<Input = unknown> {
  readonly name: string
  readonly input: TObject
  readonly output: TSchema
  readonly summary: string
  /** The one place where reading is decided; false answers exactly as if the thing did not exist. */
  readonly mayRead: (reader: Reader, input: Input, view: QueryView) => boolean
  readonly run: (view: QueryView, input: Input, reader: Reader) => Json
}

/** Declares a query; lists return `{items, next}`, where `next` is an opaque cursor or null. */
export function query<const Input extends TObject, const Output extends TSchema>(declaration: {
  name: string
  summary: string
  input: Input
  output: Output
  mayRead: (reader: Reader, input: Static<Input>, view: QueryView) => boolean
  run: (view: QueryView, input: Static<Input>, reader: Reader) => Static<Output>
}): Query<Static<Input>> {
  return declaration as Query<Static<Input>>
}
