import { writeFileSync } from 'node:fs'
import { buildVerifierPage } from '@renshe/proof'
import { type ExitCode, type Given, listOption, textOption } from '../shell/command.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { trustedChains } from './trusted-chains.ts'

/** Writes the offline page. */
export async function page(session: Session, given: Given): Promise<ExitCode> {
  const out = textOption(given, 'out') ?? ''
  const chains = await trustedChains(session, listOption(given, 'trust'))
  const html = Buffer.from(buildVerifierPage({ pins: { chains, madeAt: Date.now() } }))
  writeFileSync(pathOf(session, out), html)
  const names = chains.map(({ chain }) => chain)
  if (session.isJson) await session.json({ ok: true, out, bytes: html.length, chains: names })
  else await session.line(`${out}: ${html.length} B, ${names.join(', ')}`)
  return 0
}
