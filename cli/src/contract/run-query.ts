import type { Query } from '@renshe/kernel'
import { type ExitCode, type Given, textOption } from '../shell/command.ts'
import { refused, usage } from '../shell/failure.ts'
import { withMember } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'
import { collectInput, requireInput } from './collect-input.ts'
import type { InputOption } from './schema-options.ts'

/** Asks a query in a member's name. */
export async function runQuery(
  session: Session,
  given: Given,
  query: Query<never>,
  options: readonly InputOption[],
): Promise<ExitCode> {
  const input = await collectInput(session, given, options)
  requireInput(query.input, input)
  const asOf = heightOption(given)
  const answer = await withMember(session, given, { runsRelays: false }, async ({ member }) =>
    member.query(query.name, input, asOf),
  )
  const { height } = answer
  if (!answer.ok) {
    const { code, data } = answer
    const told = Object.keys(data).length === 0 ? '' : ` ${JSON.stringify(data)}`
    throw refused(code, `${query.name}：${code}${told}`, `${query.name}: ${code}${told}`, {
      facts: data,
      height,
    })
  }
  if (session.isJson) await session.json({ ok: true, height, data: answer.data })
  else await session.line(JSON.stringify(answer.data, null, 2))
  return 0
}

function heightOption(given: Given): number | undefined {
  const text = textOption(given, 'asOf')
  if (text === undefined) return undefined
  if (/^(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  throw usage(`--as-of 应为高度；实为 ${text}。`, `--as-of must be a height; came ${text}.`)
}
