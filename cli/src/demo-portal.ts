import { fileURLToPath } from 'node:url'
import { demonstrationPackages, demonstrationSources } from './service/demonstration-packages.ts'
import type { CommandSpec, ExitCode, Given } from './shell/command.ts'
import { flagOption, textOption } from './shell/command.ts'
import { failed, usage } from './shell/failure.ts'
import { pathOf } from './shell/read-input.ts'
import type { Session } from './shell/session.ts'

const DEFAULT_PORT = 4780
const PORT_MOST = 65_535
const LEAST_PEOPLE = 5
const MOST_PEOPLE = 20_000
const PEOPLE = 1_284

/** `renshe demo portal`. */
export const portalCommand: CommandSpec = {
  name: 'portal',
  about: {
    zh: '演示：在浏览器里走一遍一笔年金缴费',
    en: 'a contribution in your browser, from the bill to the statement',
  },
  details: {
    zh:
      '首次启动在本机建一个演示联盟（人和钱都是虚构的），约半分钟；以后几秒就能用，您做过的都还在。' +
      '打印一个地址，有浏览器就打开。Ctrl-C 停止。',
    en:
      'The first start founds a demonstration consortium on this machine, with ' +
      'fictional people and money, in about half a minute; later it is there in ' +
      'seconds, with all that you did. It prints one address and opens a browser if ' +
      'there is one. Ctrl-C stops it.',
  },
  options: [
    {
      flags: '--port <number>',
      about: {
        zh: `端口，缺省 ${DEFAULT_PORT}，被占用时另取一个；0 为任意空闲端口`,
        en: `port, by default ${DEFAULT_PORT} or, if that is taken, a free one; 0: any free one`,
      },
    },
    {
      flags: '--data <dir>',
      about: {
        zh: '放在这个文件夹，缺省为项目下的 .renshe/demonstration',
        en: 'folder that it lies in, by default .renshe/demonstration of the project',
      },
    },
    {
      flags: '--people <number>',
      about: {
        zh: `虚构多少人，${LEAST_PEOPLE}–${MOST_PEOPLE}，缺省 ${PEOPLE}；其他人数的金额不同`,
        en: `how many fictional people, ${LEAST_PEOPLE}–${MOST_PEOPLE}, by default ${PEOPLE}; with others the sums differ`,
      },
    },
    {
      flags: '--fresh',
      about: { zh: '删掉已有的，重新建', en: 'throw away what lies there and found it anew' },
    },
    {
      flags: '--no-open',
      about: { zh: '不打开浏览器', en: 'do not open a browser' },
    },
  ],
  examples: [
    {
      line: 'renshe demo portal',
      about: { zh: '启动并打开浏览器', en: 'start, and open a browser' },
    },
    {
      line: 'renshe demo portal --data ./portal-data --port 8080 --no-open',
      about: { zh: '自定位置和端口', en: 'another folder and port' },
    },
  ],
  run: demonstrate,
}

async function demonstrate(session: Session, given: Given): Promise<ExitCode> {
  const wantedPort = numberOf(given, 'port', [0, PORT_MOST])
  const people = numberOf(given, 'people', [LEAST_PEOPLE, MOST_PEOPLE]) ?? PEOPLE
  const data = textOption(given, 'data')
  const folder =
    data === undefined
      ? fileURLToPath(new URL('../../.renshe/demonstration', import.meta.url))
      : pathOf(session, data)
  const { openBrowser, serveDemonstration } = await import('@renshe/demo/portal')
  const settings = {
    folder,
    people,
    fresh: flagOption(given, 'fresh'),
    packages: { hash: demonstrationSources(), build: demonstrationPackages },
    pages: () => builtPages(session),
    onProgress: (words: { readonly zh: string; readonly en: string }) =>
      session.tell(`  ${session.say(words)} …`),
    onNotice: (notice: string) => session.tell(notice),
  }
  const served = await orElse(
    () => serveDemonstration({ ...settings, port: wantedPort ?? DEFAULT_PORT }),
    (error) => {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || wantedPort !== undefined) throw asFailure(error)
      return serveDemonstration({ ...settings, fresh: false, port: 0 })
    },
  )
  try {
    const address = `http://127.0.0.1:${served.port}/demo`
    if (session.isJson) await session.json({ ok: true, url: address, chain: served.chain })
    else await session.line(address)
    if (!isClosed(given) && session.terminal.isWatched) {
      openBrowser(address, process.platform, session.terminal.environment)
    }
    await Promise.race([untilStopped(), served.failed])
    session.tell(session.say({ zh: '正在停止 …', en: 'stopping …' }))
  } finally {
    await served.stop()
  }
  return 0
}

/** The portal's files; built at the first start, which takes its time. */
async function builtPages(session: Session): Promise<string> {
  const { buildPortal } = await import('@renshe/portal')
  return buildPortal({
    onBuild: () => session.tell(`  ${session.say({ zh: '构建网页', en: 'building the pages' })} …`),
  })
}

async function orElse<Result>(
  work: () => Promise<Result>,
  otherwise: (error: unknown) => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    return otherwise(error)
  }
}

/** `--no-open` arrives as `open: false`. */
function isClosed(given: Given): boolean {
  return given.options.open === false
}

function numberOf(
  given: Given,
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const text = textOption(given, name)
  if (text === undefined) return undefined
  const isNumber = /^(0|[1-9][0-9]{0,5})$/.test(text)
  if (isNumber && Number(text) >= least && Number(text) <= most) return Number(text)
  throw usage(
    `--${name} 应为 ${least}–${most} 的整数；实为 ${text}。`,
    `--${name} must be a whole number from ${least} to ${most}; came ${text}.`,
  )
}

/** Mistakes of whoever started it, told apart by name: the demonstration is loaded only when it runs. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'DemonstrationInUse') return error
  const { folder, process: holder } = error as Error & { folder: string; process: string }
  return failed(
    'FOLDER_IN_USE',
    `${folder} 正由进程 ${holder} 使用：先停下它，或用 --data 另给一个文件夹。`,
    `${folder} is in use by process ${holder}: stop that first, or give another folder with --data.`,
    { folder, process: holder },
  )
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
