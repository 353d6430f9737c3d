import { writeFileSync } from 'node:fs'
import { endOfDay, isCivilDate, startOfDay } from '@renshe/contracts'
import type { Member } from '@renshe/node'
import {
  type MadeEvidence,
  makeLineEvidence,
  makeReadEvidence,
  makeRuleEvidence,
  makeStepEvidence,
} from '@renshe/node'
import { type ExitCode, type Given, listOption, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { needOption } from '../shell/need-option.ts'
import { withMember } from '../shell/node-session.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const KINDS = ['step', 'line', 'read', 'rule'] as const

/** Makes one evidence file from what a member holds, and verifies it before it is handed out. */
export async function exportEvidence(session: Session, given: Given): Promise<ExitCode> {
  const asked = KINDS.filter((kind) => textOption(given, kind) !== undefined)
  const [kind, second] = asked
  if (kind === undefined || second !== undefined) {
    throw usage(
      `要给出 --step、--line、--read、--rule 之一；实为 ${asked.length} 个。`,
      `Give one of --step, --line, --read, --rule; came ${asked.length}.`,
    )
  }
  const make = makerOf(kind, given)
  const out = pathOf(session, textOption(given, 'out') ?? '')
  const made = await withMember(session, given, { runsRelays: false }, async ({ member }) =>
    make(member),
  )
  writeFileSync(out, made.bytes)
  const { isAmended } = made
  if (session.isJson) {
    await session.json({ ok: true, out, kind, bytes: made.bytes.length, isAmended })
  } else {
    await session.line(`${out}: ${kind}, ${made.bytes.length} B`)
    if (isAmended) {
      await session.line(
        session.say({
          zh: '此事后来有更正或替代：文件不能证明现在仍然有效。',
          en: 'The matter was corrected or replaced later: the file does not prove that it is still in force.',
        }),
      )
    }
  }
  return 0
}

/** Everything that was typed is read before the node is opened. */
function makerOf(kind: (typeof KINDS)[number], given: Given): (member: Member) => MadeEvidence {
  const id = textOption(given, kind) ?? ''
  const since = countOption(given, 'since')
  switch (kind) {
    case 'step': {
      const sections = listOption(given, 'section')
      const rows = listOption(given, 'row').map((text) => countOf(text, '--row'))
      const shows = sections.length + rows.length > 0
      return ({ ledger, vault }) =>
        makeStepEvidence(ledger.copy, id, shows ? { vault, sections, rows } : null, since)
    }
    case 'line': {
      const book = needOption(textOption(given, 'book'), '--book')
      const from = dayOption(given, 'from')
      const to = dayOption(given, 'to')
      const asked = {
        book,
        account: id,
        from: from === undefined ? null : startOfDay(from) - 1,
        to: to === undefined ? Number.MAX_SAFE_INTEGER : endOfDay(to),
      }
      return (member) => makeLineEvidence(member, member.vault, asked, since)
    }
    case 'read':
      return ({ ledger }) => makeReadEvidence(ledger, id, since)
    case 'rule':
      return (member) => makeRuleEvidence(member, id, since)
  }
}

function countOption(given: Given, name: string): number | null {
  const text = textOption(given, name)
  return text === undefined ? null : countOf(text, `--${name}`)
}

function countOf(text: string, flag: string): number {
  if (/^(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  throw usage(`${flag} 应为整数；实为 ${text}。`, `${flag} must be a whole number; came ${text}.`)
}

function dayOption(given: Given, name: string): string | undefined {
  const text = textOption(given, name)
  if (text === undefined || isCivilDate(text)) return text
  throw usage(
    `--${name} 应为日期 YYYY-MM-DD；实为 ${text}。`,
    `--${name} must be a date YYYY-MM-DD; came ${text}.`,
  )
}
