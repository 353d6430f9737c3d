/* The integrators' sandbox: the worthless system keys of the demonstration's members, for whoever wants to try. */
import { exportPrivateKey, type JsonObject } from '@renshe/crypto'
import type { Host } from '@renshe/node'
import { PARTS } from '../annuity/consortium.ts'

/**
 * What a program needs to act as a member's system: the fingerprint of its certificate, which signed requests
 * name, and its private key as PEM (PKCS#8). Everybody may have it, therefore it signs nothing of worth.
 */
export async function sandboxOf(host: Host): Promise<JsonObject> {
  const members: JsonObject[] = []
  for (const [party, id] of Object.entries(PARTS)) {
    const { keys } = host.member(id)
    const pkcs8 = exportPrivateKey(await keys.privateKey('system'))
    members.push({
      party,
      member: id,
      system: 'system',
      certificate: keys.certificate('system').fingerprint,
      privateKey: pemOf(pkcs8),
    })
  }
  return { chain: host.chain, members }
}

function pemOf(pkcs8: Uint8Array): string {
  const lines =
    Buffer.from(pkcs8)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}
