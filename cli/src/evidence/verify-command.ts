import {
  beijingTime,
  CHECK_TITLES,
  type Check,
  MAX_EVIDENCE_BYTES,
  type SavedHead,
  type Verification,
  verdictOf,
  verifyEvidence,
} from '@renshe/proof'
import {
  type ExitCode,
  type Given,
  listOption,
  textArgument,
  textOption,
} from '../shell/command.ts'
import { readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { keepHead, readHeads } from './saved-heads.ts'
import { tellSummary } from './tell-summary.ts'
import { trustedChains } from './trusted-chains.ts'

/** Verifies a file: seven checks, each with its reason. */
export async function verify(session: Session, given: Given): Promise<ExitCode> {
  const path = textArgument(given, 0) ?? ''
  // One byte more than a file may have: it is then refused as evidence, not as a file.
  const bytes = await readInput(session, path, MAX_EVIDENCE_BYTES * 8)
  const trusted = await trustedChains(session, listOption(given, 'trust'))
  const heads = textOption(given, 'heads')
  const savedHeads: readonly SavedHead[] = heads === undefined ? [] : readHeads(session, heads)
  const verification = verifyEvidence(bytes, { trusted, savedHeads })
  if (heads !== undefined) keepHead(session, heads, savedHeads, verification)
  const exit = exitOf(verification)
  if (session.isJson) {
    const { file, checks, summary } = verification
    const result = verdictOf(verification)
    const reason = verification.file === 'not-evidence' ? verification.reason : undefined
    await session.json({ ok: exit === 0, file, result, reason, checks, summary })
  } else await tell(session, verification)
  return exit
}

function exitOf(verification: Verification): ExitCode {
  const { file, checks } = verification
  if (file === 'not-evidence' || checks.some(({ state }) => state === 'red')) return 1
  return checks.every(({ state }) => state === 'green') ? 0 : 3
}

const MARKS: Readonly<Record<Check['state'], string>> = { green: '✓', red: '✗', grey: '–' }

async function tell(session: Session, verification: Verification): Promise<void> {
  if (verification.file === 'not-evidence') {
    const { reason } = verification
    await session.line(`${MARKS.red} ${reason[session.locale]}`)
    return
  }
  const { checks, summary } = verification
  for (const { name, state, reason } of checks) {
    await session.line(`${MARKS[state]} ${session.say(CHECK_TITLES[name])}: ${session.say(reason)}`)
  }
  await session.line()
  await session.line(verdictText(session, verification))
  const { chain, tip, demonstration } = summary
  const time = beijingTime(tip.time)
  const what = session.say({ zh: '账本', en: 'Ledger' })
  await session.line(`${what}: ${chain}, ${tip.height}, ${time}`)
  if (demonstration) {
    await session.line(
      session.say({
        zh: '这是演示链：人和钱都是虚构的。',
        en: 'This is a demonstration chain: its people and money are fictional.',
      }),
    )
  }
  await tellSummary(session, summary)
}

function verdictText(session: Session, verification: Verification): string {
  const words = {
    trustworthy: { zh: '可以采信。', en: 'The file can be trusted.' },
    refused: { zh: '不可采信：有检查不通过。', en: 'Do not trust this file: a check failed.' },
    undecided: {
      zh: '没有结论：缺少所信任的链（--trust）。',
      en: 'Undecided: give the genesis file of a chain that you trust (--trust).',
    },
    'not-evidence': { zh: '不是凭证文件。', en: 'This is no evidence file.' },
  }
  return session.say(words[verdictOf(verification)])
}
