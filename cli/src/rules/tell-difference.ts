import type { AmountSummary, Bar, ChangedOutput, Json, Loser } from '@renshe/rules'
import type { Session } from '../shell/session.ts'
import { table } from '../shell/table.ts'
import type { NamedChange, RulesDifference } from './diff.ts'

/** How many people are listed; the others are counted. */
const MOST_TOLD = 20
const BAR_WIDTH = 40

/** Writes a difference for people. */
export async function tellDifference(session: Session, difference: RulesDifference): Promise<void> {
  const { before, after, clauses, parameters, rules, people, unread } = difference
  const say = (zh: string, en: string) => session.say({ zh, en })
  for (const { name, version, hash } of [before, after]) {
    await session.line(`${name} ${version}  ${hash}`)
  }
  await tellChanges(session, say('条款', 'Clauses'), clauses)
  await tellChanges(session, say('参数', 'Parameters'), parameters)
  await tellChanges(session, say('规则', 'Rules'), rules)
  const from =
    difference.source === 'file' ? '' : say('（两版的算例）', ' (worked examples of both)')
  await session.line(
    say(
      `${people.cases} 个办件${from}，${people.people} 人的结果不同`,
      `${people.cases} cases${from}, another result for ${people.people} people`,
    ),
  )
  if (unread.length > 0) {
    const lines = unread.slice(0, MOST_TOLD).join(', ')
    await session.line(say(`读不出的行：${lines}`, `Lines that are no question: ${lines}`))
  }
  for (const summary of people.summaries()) await tellAmount(session, summary)
  await tellLosers(session, people.losers())
  await tellPeople(session, people.changed)
}

async function tellChanges(
  session: Session,
  title: string,
  changes: readonly NamedChange[],
): Promise<void> {
  if (changes.length === 0) return
  await session.line(`${title}:`)
  const words = {
    ADDED: session.say({ zh: '新增', en: 'new' }),
    REMOVED: session.say({ zh: '删去', en: 'gone' }),
    CHANGED: session.say({ zh: '改为', en: 'changed' }),
  }
  for (const { name, change, fields } of changes) {
    await session.line(`  ${words[change]}  ${name}`)
    for (const { path, before, after } of fields) {
      if (path === '') continue
      await session.line(`      ${path}: ${spell(before)} → ${spell(after)}`)
    }
  }
}

async function tellPeople(session: Session, changed: readonly ChangedOutput[]): Promise<void> {
  if (changed.length === 0) return
  await session.line(session.say({ zh: '逐项对照：', en: 'Old and new results:' }))
  const rows = changed.slice(0, MOST_TOLD).map((one) => {
    const { person, rule, output, before, after, difference } = one
    const what = output ?? session.say({ zh: '（答复）', en: '(answer)' })
    return [person, rule, what, spell(before), '→', spell(after), signed(difference)]
  })
  for (const line of table(rows)) await session.line(`  ${line}`)
  await tellRest(session, changed.length - MOST_TOLD)
}

async function tellAmount(session: Session, summary: AmountSummary): Promise<void> {
  const { rule, output, into, changed, compared, sum, least, greatest, losers, winners } = summary
  if (changed === 0) return
  if (into !== null) {
    await session.line(
      session.say({
        zh: `${rule} ${output}（计入 ${into}）：${compared} 个中 ${changed} 个变动，合计 ${signed(sum)}`,
        en: `${rule} ${output} (goes into ${into}): ${changed} of ${compared} change, ${signed(sum)} in all`,
      }),
    )
    return
  }
  await session.line(
    session.say({
      zh:
        `${rule} ${output}：${compared} 个中 ${changed} 个变动，合计 ${signed(sum)}，` +
        `从 ${signed(least)} 到 ${signed(greatest)}；受损 ${losers} 人，受益 ${winners} 人`,
      en:
        `${rule} ${output}: ${changed} of ${compared} change, ${signed(sum)} in all, ` +
        `from ${signed(least)} to ${signed(greatest)}; ${losers} lose, ${winners} gain`,
    }),
  )
  for (const line of histogram(summary.histogram)) await session.line(`  ${line}`)
}

function histogram(bars: readonly Bar[]): string[] {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const shown = bars.filter(({ count }) => count > 0)
  return table(
    shown.map(({ above, upTo, count }) => [
      spanText(above, upTo),
      `${count}`,
      '█'.repeat(Math.max(1, Math.round((count * BAR_WIDTH) / most))),
    ]),
  )
}

/** A bar reaches away from zero: the bound that is nearer to zero is outside of it. */
function spanText(above: string | null, upTo: string | null): string {
  if (above === upTo) return '= 0'
  if (above === null) return `< ${upTo ?? ''}`
  if (upTo === null) return `> ${above}`
  return `${above} … ${upTo}`
}

async function tellLosers(session: Session, losers: readonly Loser[]): Promise<void> {
  if (losers.length === 0) return
  await session.line(session.say({ zh: '受损最多的：', en: 'Who loses most:' }))
  const rows = losers
    .slice(0, MOST_TOLD)
    .map(({ person, rule, output, difference }) => [person, rule, output, signed(difference)])
  for (const line of table(rows)) await session.line(`  ${line}`)
  await tellRest(session, losers.length - MOST_TOLD)
}

async function tellRest(session: Session, count: number): Promise<void> {
  if (count <= 0) return
  await session.line(session.say({ zh: `  另有 ${count} 个`, en: `  and ${count} more` }))
}

function signed(difference: string | null): string {
  if (difference === null) return ''
  return /^(-|0(\.0*)?$)/.test(difference) ? difference : `+${difference}`
}

function spell(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
