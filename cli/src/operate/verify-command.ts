import { LedgerFault, type LedgerVerification } from '@renshe/ledger'
import { verifyMember } from '@renshe/node'
import type { ExitCode, Given } from '../shell/command.ts'
import { explainError } from '../shell/failure.ts'
import type { Session } from '../shell/session.ts'
import { ledgerMembers } from './ledger-members.ts'

/** What verifying one copy gave. */
type CopyVerification =
  | ({ readonly member: string; readonly ok: true } & LedgerVerification)
  | {
      readonly member: string
      readonly ok: false
      readonly code: string
      readonly facts: Readonly<Record<string, unknown>>
      readonly message: string
    }

/** Reads every copy from its first byte, verifies every signature, and executes every block again. */
export async function verify(session: Session, given: Given): Promise<ExitCode> {
  const copies: CopyVerification[] = []
  for (const place of ledgerMembers(session, given)) {
    const { member } = place
    try {
      const found = await verifyMember(place)
      copies.push({ member, ok: true, ...found })
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error
      const { code, facts, message } = explainError(error, session.locale)
      copies.push({ member, ok: false, code, facts, message })
    }
  }
  session.endProgress()
  const heads = new Map(copies.flatMap((one) => (one.ok ? [[one.headerHash, one.height]] : [])))
  const isOne = new Set([...heads.values()]).size === heads.size
  const ok = copies.every((one) => one.ok) && isOne
  if (session.isJson) await session.json({ ok, isOneHistory: isOne, copies })
  else await tell(session, copies, isOne)
  return ok ? 0 : 1
}

async function tell(
  session: Session,
  copies: readonly CopyVerification[],
  isOne: boolean,
): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  for (const copy of copies) {
    if (copy.ok) {
      const { member, height, transactions, headerHash } = copy
      await session.line(
        say(
          `✓ ${member}：高度 ${height}，${transactions} 笔交易，头部 ${headerHash}`,
          `✓ ${member}: height ${height}, ${transactions} transactions, header ${headerHash}`,
        ),
      )
    } else await session.line(`✗ ${copy.member}: ${placeOf(session, copy.facts)}${copy.message}`)
  }
  if (!isOne) {
    await session.line(say('✗ 各份账本在同一高度不一致。', '✗ The copies differ at one height.'))
  }
}

/** The first bad byte, where the fault names one. */
function placeOf(session: Session, { segment, offset }: Readonly<Record<string, unknown>>): string {
  if (segment === undefined || offset === undefined) return ''
  return session.say({
    zh: `第一个损坏的记录从 ${segment} 的第 ${offset} 字节开始。`,
    en: `the first damaged record begins at byte ${offset} of ${segment}. `,
  })
}
