import { beijingTime, type EvidenceSummary, type StatementRow } from '@renshe/proof'
import type { Session } from '../shell/session.ts'
import { table } from '../shell/table.ts'

/** Tells what a file says; only as good as the checks before it. */
export async function tellSummary(session: Session, summary: EvidenceSummary): Promise<void> {
  const { acts, opened, statement } = summary
  for (const { action, code, signer, height, txId, time } of acts) {
    const when = time === null ? '' : `, ${beijingTime(time)}`
    const who = signer === null ? '' : `, ${signer.member}`
    await session.line(`${action} ${code}${who}, ${height}${when}, ${txId}`)
  }
  for (const { sections } of opened) {
    for (const { name, content } of sections) {
      if (content === null || statement !== null) continue
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      await session.line(`  ${name}: ${text}`)
    }
  }
  if (statement === null) return
  await session.line(`${session.say({ zh: '账户', en: 'Account' })} ${statement.account}`)
  for (const line of table(statementRows(session, statement.rows))) await session.line(`  ${line}`)
}

function statementRows(session: Session, rows: readonly StatementRow[]): string[][] {
  const say = (zh: string, en: string) => session.say({ zh, en })
  const head = [say('时间', 'time'), say('事项', 'item'), say('部分', 'part')]
  head.push(say('成本', 'cost'), say('份额', 'units'))
  const words = {
    from: say('期初', 'opening'),
    entry: say('记账', 'entry'),
    to: say('期末', 'closing'),
  }
  const lines = rows.flatMap((row) => {
    const when = row.time === null ? '' : beijingTime(row.time)
    const item = row.kind === 'entry' ? (row.journalKind ?? words.entry) : words[row.kind]
    const parts = row.parts.map(({ part, cost, units }) => [when, item, part, cost, units])
    if (row.cost === null || row.parts.length === 1) return parts
    return [...parts, [when, item, '=', row.cost, row.units ?? '']]
  })
  return [head, ...lines]
}
