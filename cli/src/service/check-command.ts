import { type ExitCode, type Given, listArgument } from '../shell/command.ts'
import type { Session } from '../shell/session.ts'
import { table } from '../shell/table.ts'
import { checkService, type ServiceCheck, type ServiceProblem } from './check-service.ts'
import { FolderArguments } from './package-folder-argument.ts'

interface TimedCheck extends ServiceCheck {
  readonly seconds: number
}

/** Checks folders: problems with their places, then a table. Fails if any has an error. */
export async function check(session: Session, given: Given): Promise<ExitCode> {
  const places = new FolderArguments(session)
  const named = listArgument(given, 0).flatMap((path) => places.several(path))
  const checks: TimedCheck[] = []
  for (const { folders, folder } of named) {
    const start = performance.now()
    const done = checkService(folders, folder, (example) => {
      session.progress(`${folder}: ${example} …`)
    })
    const seconds = Math.round(performance.now() - start) / 1000
    checks.push({ ...done, seconds })
    if (!session.isJson) for (const problem of done.problems) await tellProblem(session, problem)
  }
  session.endProgress()
  const ok = checks.every((one) => one.ok)
  const seconds = Math.round(checks.reduce((sum, one) => sum + one.seconds * 1000, 0)) / 1000
  if (session.isJson) await session.json({ ok, services: checks, seconds })
  else await tellTable(session, checks, seconds)
  return ok ? 0 : 1
}

async function tellProblem(session: Session, problem: ServiceProblem): Promise<void> {
  const { file, line, column, severity, code, expected, came, position } = problem
  const kind = {
    error: session.say({ zh: '错误', en: 'error' }),
    warning: session.say({ zh: '提醒', en: 'warning' }),
  }[severity]
  const said =
    came === ''
      ? session.say({ zh: `应为 ${expected}`, en: `expected ${expected}` })
      : session.say({
          zh: `应为 ${expected}；实为 ${came}`,
          en: `expected ${expected}; came ${came}`,
        })
  const inside =
    position === undefined
      ? ''
      : session.say({
          zh: `（表达式内第 ${position.line} 行第 ${position.column} 列）`,
          en: ` (in the expression: line ${position.line}, column ${position.column})`,
        })
  await session.line(`${file}:${line}:${column} ${kind} ${code}: ${said}${inside}`)
}

async function tellTable(
  session: Session,
  checks: readonly TimedCheck[],
  seconds: number,
): Promise<void> {
  const say = (zh: string, en: string) => session.say({ zh, en })
  const head = [
    say('服务', 'service'),
    say('结果', 'result'),
    say('规则算例', 'rule examples'),
    say('办件算例', 'cases'),
    say('步', 'acts'),
    say('问题', 'problems'),
    say('秒', 'seconds'),
  ]
  const rows = checks.map((one) => [
    one.service,
    one.ok ? say('通过', 'green') : say('不通过', 'red'),
    `${one.ruleExamples}`,
    `${one.caseExamples}`,
    `${one.acts}`,
    `${one.problems.length}`,
    one.seconds.toFixed(2),
  ])
  for (const line of table([head, ...rows])) await session.line(line)
  const green = checks.filter(({ ok }) => ok).length
  await session.line(
    say(
      `${checks.length} 个服务包，${green} 个通过，${seconds.toFixed(1)} 秒`,
      `${checks.length} packages, ${green} green, ${seconds.toFixed(1)} seconds`,
    ),
  )
}
