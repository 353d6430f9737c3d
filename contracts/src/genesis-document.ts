import type { JsonObject } from '@renshe/crypto'
import { type Static, Type } from 'typebox'
import { ParameterSetting, Quorum } from './governance/records.ts'
import { NewMember } from './membership/admission.ts'
import { Digest, Instant, isAscending, MemberId } from './vocabulary/schemas.ts'

const { v: _v, ...quorumMembers } = Quorum.properties

/** A list ascending by its first member, so that equal chains have equal bytes. */
function ascending<Item extends Parameters<typeof Type.Array>[0]>(
  item: Item,
  most: number,
  keyOf: (item: Static<Item>) => string,
) {
  const list = Type.Array(item, {
    maxItems: most,
    description: 'a list ascending by its first member, each once',
  })
  return Type.Refine(list, (items) => isAscending((items as Static<Item>[]).map(keyOf)))
}

/**
 * The genesis document of a chain: its hash names the chain.
 *
 * @source ledger-bytes.md section 9
 */
export const GenesisDocument = Type.Object({
  v: Type.Literal(1),
  name: MemberId,
  time: Instant,
  demonstration: Type.Boolean(),
  protocol: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  suites: Type.Array(Type.Union([Type.Literal('RS-INTL-1'), Type.Literal('RS-GM-1')]), {
    minItems: 1,
    maxItems: 2,
    uniqueItems: true,
  }),
  members: ascending(NewMember, 256, ({ id }) => id),
  packages: ascending(
    Type.Object({ hash: Digest, size: Type.Integer({ minimum: 2, maximum: 8_388_608 }) }),
    64,
    ({ hash }) => hash,
  ),
  parameters: ascending(
    Type.Object({
      name: ParameterSetting.properties.name,
      value: ParameterSetting.properties.value,
    }),
    256,
    ({ name }) => name,
  ),
  governance: ascending(Type.Object(quorumMembers), 32, ({ subject }) => subject),
  finality: Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: {} }),
})
/** A genesis document whose shape was checked. */
export type Genesis = Static<typeof GenesisDocument>
