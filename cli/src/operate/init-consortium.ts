import { randomBytes } from 'node:crypto'
import type { JsonObject } from '@renshe/crypto'
import { toHex } from '@renshe/crypto'
import { type ConsortiumTerms, foundConsortium } from '@renshe/node'
import { OWN_SERVICES } from '../rules/open-services.ts'
import { foundingPackages } from '../service/founding-packages.ts'
import { PackageFolders } from '../service/package-folders.ts'
import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { passphrasesForNew } from './new-passphrases.ts'
import { usualQuorums } from './quorums.ts'
import { foundingMember, list, members, parameters, readObject, text } from './terms-file.ts'

const KNOWN = [
  'name',
  'members',
  'operator',
  'witnesses',
  'threshold',
  'suite',
  'parameters',
  'governance',
]

/** Founds a whole consortium in one data folder: one process that hosts every member. */
export async function initConsortium(session: Session, given: Given): Promise<ExitCode> {
  const path = textArgument(given, 0) ?? ''
  const folder = pathOf(session, textOption(given, 'data') ?? '')
  const file = members(await readObject(session, path), { path, at: '' }, KNOWN)
  const name = text(file.name, { path, at: '/name' }, 'a name of a–z, 0–9, hyphen', isChainName)
  const isDemonstration = name.startsWith('demo')
  const genesis = await foundConsortium({
    ...optionalTerms(path, file),
    name,
    time: Math.floor(Date.now() / 1000) * 1000,
    members: list(file.members, { path, at: '/members' }, foundingMember),
    parameters: parameters(file.parameters, { path, at: '/parameters' }),
    governance:
      file.governance === undefined
        ? usualQuorums(isDemonstration ? 0 : undefined)
        : list(file.governance, { path, at: '/governance' }, (one) => one as JsonObject),
    packages: isDemonstration ? packagesOf(session, given) : refusePackages(given),
    dataFolder: folder,
    clock: 'wall',
    random: (length) => new Uint8Array(randomBytes(length)),
    ...(isDemonstration ? {} : { passphrases: passphrasesForNew(session) }),
  })
  const hash = toHex(genesis.hash)
  if (session.isJson)
    await session.json({ ok: true, chain: genesis.chain, genesisHash: hash, folder })
  else {
    await session.line(`${genesis.chain}  ${hash}`)
    await session.line(
      session.say({
        zh: `数据在 ${folder}。运行：renshe start --data ${folder}`,
        en: `The data lie in ${folder}. Run it: renshe start --data ${folder}`,
      }),
    )
  }
  return 0
}

function isChainName(name: string): boolean {
  return /^[a-z][a-z0-9-]{2,31}$/.test(name)
}

/** Terms that the founding itself knows good values for. */
function optionalTerms(path: string, file: JsonObject): Partial<ConsortiumTerms> {
  const { operator, witnesses, threshold, suite } = file
  if (threshold !== undefined && (typeof threshold !== 'number' || threshold < 0)) {
    throw usage(`${path}：/threshold 应为整数。`, `${path}: /threshold must be a whole number.`)
  }
  if (suite !== undefined && suite !== 'RS-INTL-1' && suite !== 'RS-GM-1') {
    throw usage(
      `${path}：/suite 应为 RS-INTL-1 或 RS-GM-1。`,
      `${path}: /suite must be RS-INTL-1 or RS-GM-1.`,
    )
  }
  return {
    ...(operator === undefined ? {} : { operator: text(operator, { path, at: '/operator' }) }),
    ...(witnesses === undefined
      ? {}
      : {
          witnesses: list(witnesses, { path, at: '/witnesses' }, (one, at) => text(one, at)),
        }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(suite === undefined ? {} : { suite }),
  }
}

function packagesOf(session: Session, given: Given): Uint8Array[] {
  const named = textOption(given, 'services')
  return foundingPackages([
    new PackageFolders(named === undefined ? OWN_SERVICES : pathOf(session, named)),
  ])
}

/** Only a demonstration is founded with packages: elsewhere each is voted on. */
function refusePackages(given: Given): Uint8Array[] {
  if (textOption(given, 'services') === undefined) return []
  throw usage(
    '只有演示链（名称以 demo 开头）在创世时就有服务包；别的链由成员表决发布。',
    'Only a demonstration, whose name begins with demo, is founded with packages; elsewhere members vote on each.',
  )
}
