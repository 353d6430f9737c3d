import type { Json, JsonObject } from '@renshe/crypto'
import type { ActionInputs } from './operations.gen.ts'
import type { PreparedAct } from './prepared.ts'

/** A prepared submission of a determination, as a node shows it. */
export interface PreparedDetermination extends PreparedAct {
  readonly outputs: JsonObject
  /** Members that submitted something else, and the names of what differs. */
  readonly differences: readonly {
    readonly member: string
    readonly names: readonly {
      readonly name: string
      readonly computed: Json
      readonly submitted: Json
    }[]
  }[]
  /** Where the owner's sealed posting is not what the node computed; null if it is. */
  readonly posting: JsonObject | null
}

/** What a node answers who is to submit a determination. */
export type DeterminationPrepared =
  | {
      readonly needs: readonly {
        readonly action: 'access.readSections'
        readonly input: ActionInputs['access.readSections']
      }[]
    }
  | { readonly prepared: PreparedDetermination; readonly body: Uint8Array }
