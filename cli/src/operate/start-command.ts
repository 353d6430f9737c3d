import { type Host, openHost, type Served, type ServeSettings, serve } from '@renshe/node'
import { type ExitCode, type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { dataFolder, passphrasesFor } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'
import { serveSettings } from './serve-settings.ts'

/** Runs the members of a data folder until it is told to stop. */
export async function start(session: Session, given: Given): Promise<ExitCode> {
  const settings = await serveSettings(session, given)
  const folder = dataFolder(session, given)
  const port = portOf(textOption(given, 'port'))
  const host = await openHost({
    dataFolder: folder,
    passphrases: passphrasesFor(session, folder),
    onNotice: (notice) => session.tell(notice),
  })
  let served: Served | undefined
  try {
    served = port === undefined ? undefined : await serveAt(host, port, settings)
    const members = host.members.map(({ id }) => id)
    const height = Math.max(...host.members.map(({ ledger }) => ledger.finalHeight))
    const torn = [...host.report.copies].filter(([, report]) => report.torn !== null)
    for (const [member, report] of torn) {
      session.tell(
        session.say({
          zh: `${member}：区块日志的残尾已切下并另存：${JSON.stringify(report.torn)}`,
          en: `${member}: the torn tail of the block log was cut and kept: ${JSON.stringify(report.torn)}`,
        }),
      )
    }
    if (session.isJson)
      await session.json({ ok: true, chain: host.chain, height, members, url: served?.url ?? null })
    else {
      await session.line(
        session.say({
          zh: `${host.chain} 在运行：${members.join('、')}，定案高度 ${height}。Ctrl-C 停止。`,
          en: `${host.chain} runs: ${members.join(', ')}, final height ${height}. Ctrl-C stops it.`,
        }),
      )
    }
    if (served !== undefined && !session.isJson) {
      const { url } = served
      const api = `${url}/api/v1/openapi.json`
      await session.line(session.say({ zh: `接口：${api}`, en: `API: ${api}` }))
    }
    await untilStopped()
    session.tell(session.say({ zh: '正在停止 …', en: 'stopping …' }))
  } finally {
    await served?.stop()
    await host.stop()
  }
  return 0
}

const PORT_MOST = 65_535

/** A port to listen on, 0 for any free one; undefined: no server. */
function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^(0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= PORT_MOST) return Number(text)
  throw usage(
    `--port 应为 0–${PORT_MOST} 的整数；实为 ${text}。`,
    `--port must be a whole number from 0 to ${PORT_MOST}; came ${text}.`,
  )
}

/** Settings that contradict each other or the chain are the operator's, not a bug. */
async function serveAt(
  host: Host,
  port: number,
  settings: Omit<ServeSettings, 'port'>,
): Promise<Served> {
  try {
    return await serve(host, { port, ...settings })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw usage(`设置不成立：${error.message}。`, `The settings do not hold: ${error.message}.`)
  }
}

/** A timer keeps the process alive: the host's own ones do not. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 60_000)
    const stop = (): void => {
      clearInterval(alive)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
