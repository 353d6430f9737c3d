import type { JsonObject } from '@renshe/crypto'
import type { Action } from '@renshe/kernel'
import { type Acted, ActRefused, type Member } from '@renshe/node'
import { type ExitCode, type Given, textOption } from '../shell/command.ts'
import { refused } from '../shell/failure.ts'
import { type AtWork, withMember } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'
import { collectInput, requireInput } from './collect-input.ts'
import { readInputObject } from './read-input-json.ts'
import type { InputOption } from './schema-options.ts'
import { SEALING } from './sealing-actions.ts'

type Sealed = Parameters<Member['act']>[3]

/** Signs an action in a member's name and waits until it is final. */
export async function runAction(
  session: Session,
  given: Given,
  action: Action<never>,
  options: readonly InputOption[],
): Promise<ExitCode> {
  const input = await collectInput(session, given, options)
  const sealed = await readSealed(session, given, action.name)
  // A determination that nobody typed is computed from the rows that the member may open.
  const isComputed = action.name === 'cases.determineStep' && input.outputs === undefined
  if (!isComputed && sealed === null) requireInput(action.input, input)
  const acted = await withMember(session, given, { runsRelays: true }, async (at) => {
    session.progress(session.say({ zh: '等待定案 …', en: 'waiting until it is final …' }))
    return isComputed ? determined(at, input) : act(at, action.name, input, sealed)
  })
  session.endProgress()
  const { txId, height, data } = acted
  if (session.isJson) await session.json({ ok: true, txId, height, data })
  else {
    await session.line(
      session.say({
        zh: `已定案：高度 ${height}，交易 ${txId}`,
        en: `Final: height ${height}, transaction ${txId}`,
      }),
    )
    if (Object.keys(data).length > 0) await session.line(JSON.stringify(data, null, 2))
  }
  return 0
}

async function readSealed(session: Session, given: Given, name: string): Promise<Sealed> {
  const text = textOption(given, 'seal')
  if (text === undefined || !SEALING.includes(name)) return null
  return (await readInputObject(session, '--seal', text)) as unknown as Sealed
}

async function act(
  { member, as }: AtWork,
  name: string,
  input: JsonObject,
  sealed: Sealed,
): Promise<Acted> {
  try {
    return await member.act(name, input, as, sealed ?? null)
  } catch (error) {
    throw asRefusal(error)
  }
}

async function determined({ member, as }: AtWork, input: JsonObject): Promise<Acted> {
  try {
    const place = { case: String(input.case ?? ''), step: String(input.step ?? '') }
    return await member.determineStep(place, as)
  } catch (error) {
    throw asRefusal(error)
  }
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof ActRefused)) return error
  const { action, code, facts, txId, height } = error
  const told = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`
  return refused(
    code,
    `${action} 被拒绝：${code}${told}`,
    `${action} was refused: ${code}${told}`,
    { facts, txId, height },
  )
}
