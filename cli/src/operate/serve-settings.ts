/* How a node is served: TLS, accounts, another issuer, pages. */
import {
  type LogLine,
  logLine,
  readAccounts,
  readIssuerSettings,
  type ServeSettings,
} from '@renshe/node'
import { flagOption, type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf, readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'

const MOST_BYTES = 1024 * 1024

/**
 * Reads what the options name.
 *
 * @throws CommandFailure where a file is none, or an option needs another one
 */
export async function serveSettings(
  session: Session,
  given: Given,
): Promise<Omit<ServeSettings, 'port'>> {
  const named = (name: string) => textOption(given, name)
  const bytesOf = (path: string) => readInput(session, path, MOST_BYTES)
  const textOf = async (path: string) => Buffer.from(await bytesOf(path)).toString('utf8')
  const { url, accounts, pages, address } = {
    url: named('url'),
    accounts: named('accounts'),
    pages: named('pages'),
    address: named('address'),
  }
  const [cert, key] = pairOf(named('tlsCert'), named('tlsKey'), '--tls-cert', '--tls-key')
  const [issuer, issuerKey] = pairOf(
    named('issuer'),
    named('issuerKey'),
    '--issuer',
    '--issuer-key',
  )
  const takesClientCertificates = flagOption(given, 'tlsClients')
  if (cert === undefined && takesClientCertificates) throw needs('--tls-clients', '--tls-cert')
  if (cert === undefined && address !== undefined && !/^(127\.0\.0\.1|::1)$/.test(address)) {
    throw needs('--address', '--tls-cert')
  }
  try {
    return {
      ...(address === undefined ? {} : { address }),
      ...(flagOption(given, 'log')
        ? { onLog: (line: LogLine) => session.tell(logLine(line)) }
        : {}),
      ...(url === undefined ? {} : { publicUrl: url }),
      ...(await pagesOf(session, given, pages)),
      ...(accounts === undefined ? {} : { accounts: readAccounts(await bytesOf(accounts)) }),
      ...(cert === undefined || key === undefined
        ? {}
        : { tls: { cert: await textOf(cert), key: await textOf(key), takesClientCertificates } }),
      ...(issuer === undefined || issuerKey === undefined
        ? {}
        : { signIn: readIssuerSettings(await bytesOf(issuer), await textOf(issuerKey)) }),
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw usage(`文件不对：${error.message}。`, `A file is wrong: ${error.message}.`)
  }
}

/** A folder that was named, or the portal of this version, built once. */
async function pagesOf(session: Session, given: Given, named: string | undefined) {
  if (named !== undefined) return { pages: pathOf(session, named) }
  if (!flagOption(given, 'portal')) return {}
  const { buildPortal } = await import('@renshe/portal')
  const onBuild = () => session.tell(session.say({ zh: '构建网页 …', en: 'building the pages …' }))
  return { pages: await buildPortal({ onBuild }) }
}

/** Two options of which one says nothing without the other. */
function pairOf(
  one: string | undefined,
  other: string | undefined,
  oneName: string,
  otherName: string,
): readonly [string | undefined, string | undefined] {
  if (one !== undefined && other === undefined) throw needs(oneName, otherName)
  if (one === undefined && other !== undefined) throw needs(otherName, oneName)
  return [one, other]
}

function needs(one: string, other: string) {
  return usage(`${one} 须与 ${other} 同时给出。`, `${one} needs ${other} beside it.`)
}
