import type { Json, JsonObject, RuleTraceStep } from '@renshe/rules'
import type { Session } from '../shell/session.ts'
import type { RuleReply } from './answer-question.ts'
import type { ShelvedRule } from './rule-shelf.ts'

/** Writes an answer for people: outputs first, then every step with what went into it. */
export async function tellAnswer(
  session: Session,
  rule: ShelvedRule | undefined,
  { on }: { on: string },
  reply: RuleReply,
): Promise<void> {
  if (!reply.ok) {
    const { code, field, message } = reply.error
    const said = session.say({ zh: '拒绝', en: 'Refused' })
    await session.line(`${said}: ${code}${field === '' ? '' : ` (${field})`}: ${message}`)
    return
  }
  const { outputs, trace = [], rule: used } = reply
  const title = rule?.rule.document.title[session.locale] ?? ''
  await session.line(`${used.id} ${used.version}  ${title}  ${on}`)
  const names = Object.keys(outputs)
  const width = Math.max(0, ...names.map((name) => name.length))
  const words = rule?.package.document.texts[session.locale] ?? {}
  for (const [name, value] of Object.entries(outputs)) {
    const label = words[`field.${name}`]
    const said = label === undefined ? '' : `   ${label}`
    await session.line(`  ${name.padEnd(width)}  ${spell(value)}${said}`)
  }
  await session.line(session.say({ zh: '步骤：', en: 'Steps:' }))
  for (const [at, step] of trace.entries()) await tellStep(session, at + 1, step)
  await session.line(
    session.say({
      zh: `规则的内容哈希：${used.hash}`,
      en: `Content hash of the rule: ${used.hash}`,
    }),
  )
}

async function tellStep(session: Session, number: number, step: RuleTraceStep): Promise<void> {
  const { clause, expression, inputs, value, rounding } = step
  const name = step.output ?? step.name ?? ''
  await session.line(
    `  ${number}. ${name} = ${expression}${clause === null ? '' : `   [${clause}]`}`,
  )
  for (const [input, given] of Object.entries(inputs)) {
    await session.line(`       ${input} = ${spellInput(given)}`)
  }
  await session.line(`     → ${spell(value)}${roundingText(session, rounding)}`)
  for (const { parameter, asked, used } of step.regionFallback ?? []) {
    const words = {
      zh: `${asked} 没有自己的 ${parameter}：采用 ${used} 的值`,
      en: `${asked} has no ${parameter} of its own: the value of ${used} is used`,
    }
    await session.line(`       ${session.say(words)}`)
  }
  if (step.calendarAssumed === true) {
    const words = {
      zh: '该年日历未公布：只扣周末',
      en: 'no calendar of that year is published: weekends only',
    }
    await session.line(`       ${session.say(words)}`)
  }
}

function spellInput(given: Json): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return spell(given)
  const row = given as JsonObject
  const { parameter, value, region, effectiveFrom, effectiveTo, basis, certainty } = row
  if (parameter === undefined) return spell(given)
  const span = `${effectiveFrom} → ${effectiveTo ?? ''}`.trimEnd()
  const mark = certainty === undefined ? '' : `, ${certainty}`
  return `${spell(value ?? null)}   (${parameter}, ${region}, ${span}, ${basis}${mark})`
}

function roundingText(session: Session, rounding: Json): string {
  if (typeof rounding !== 'object' || rounding === null || Array.isArray(rounding)) return ''
  const { mode, places, before, clause } = rounding as JsonObject
  return session.say({
    zh: `   （${before} 取整：${mode}，${places} 位小数，${clause}）`,
    en: `   (${before} rounded ${mode} to ${places} places, ${clause})`,
  })
}

function spell(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
