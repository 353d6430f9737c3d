import type { ExitCode, Given } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'
import { openShelf, warnOfBroken } from './open-services.ts'

/** Lists the rules of the packages. */
export async function list(session: Session, given: Given): Promise<ExitCode> {
  const shelf = openShelf(session, given)
  warnOfBroken(session, shelf)
  const rules = [...shelf.rules.values()].map(({ id, rule, package: from }) => ({
    id,
    ...rule.document.title,
    version: from.document.version,
    inForceFrom: rule.document.effectiveFrom,
  }))
  if (session.isJson) await session.json(rules)
  else {
    const width = Math.max(0, ...rules.map(({ id }) => id.length))
    for (const one of rules) {
      const from = one.inForceFrom ?? session.say({ zh: '任何日期', en: 'any day' })
      await session.line(`${one.id.padEnd(width)}  ${one.version}  ${from}  ${one[session.locale]}`)
    }
  }
  return shelf.broken.size === 0 ? 0 : 1
}
