/* What a file says of another issuer. */
import { parseStrictJson } from '@renshe/crypto'
import { findInputFault } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import type { IssuerSettings } from './open-id-client.ts'

const Host = Type.String({ minLength: 1, maxLength: 255 })

const IssuerFile = Type.Object({
  v: Type.Literal(1),
  issuer: Type.String({ minLength: 8, maxLength: 1_000 }),
  clientId: Type.String({ minLength: 1, maxLength: 255 }),
  keyId: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  subjectClaim: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  idTokenAlgorithm: Type.Optional(Type.String({ pattern: '^(ES|PS|RS)(256|384|512)$' })),
  hosts: Type.Optional(Type.Array(Host, { maxItems: 16 })),
  privateRanges: Type.Optional(Type.Array(Host, { maxItems: 16 })),
})

/**
 * Reads the settings of another issuer.
 *
 * @param bytes       JSON with `v` 1, `issuer`, `clientId` and, if need be, the further members
 * @param privateKey  PEM of this node's key at the issuer, which lies in a file of its own
 * @throws RangeError where they are none
 */
export function readIssuerSettings(bytes: Uint8Array, privateKey: string): IssuerSettings {
  const file = parseStrictJson(bytes)
  const fault = findInputFault(IssuerFile, file)
  if (fault !== undefined) throw new RangeError(`issuer: ${fault.path} must be ${fault.expected}`)
  const { v: _, ...settings } = file as unknown as Static<typeof IssuerFile>
  return { ...settings, privateKey }
}
