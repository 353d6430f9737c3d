import type { ExitCode } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'
import type { FeelReply } from './feel-answer.ts'

/** Writes the answer to one expression or decision; its exit code. */
export async function tellFeelReply(session: Session, reply: FeelReply): Promise<ExitCode> {
  if (session.isJson) await session.json(reply)
  else if (reply.ok) {
    await session.line(reply.value)
    for (const { code, message, position } of reply.warnings) {
      session.tell(`${position.line}:${position.column} ${code}: ${message}`)
    }
  } else {
    const { code, message, position } = reply.error
    const place = position === null ? '' : `${position.line}:${position.column} `
    session.tell(`${place}${code}: ${message}`)
  }
  return reply.ok ? 0 : 3
}
