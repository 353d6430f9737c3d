import {
  comparePackages,
  PACKAGE_BYTES,
  PART_BYTES,
  type PackageDocument,
  packageHash,
} from '@renshe/contracts'
import { fromBase64Url, type JsonObject, parseCanonicalJson, toBase64Url } from '@renshe/crypto'
import { ActRefused, type Member } from '@renshe/node'
import { type ExitCode, type Given, textArgument } from '../shell/command.ts'
import { failed, refused } from '../shell/failure.ts'
import { type AtWork, withMember } from '../shell/node-session.ts'
import type { Session } from '../shell/session.ts'
import type { BuiltPackage } from './build-package.ts'
import { checkService } from './check-service.ts'
import { FolderArguments } from './package-folder-argument.ts'

/** Puts the parts of a package on chain and proposes it, after it has passed the check here. */
export async function publish(session: Session, given: Given): Promise<ExitCode> {
  const { folders, folder } = new FolderArguments(session).one(textArgument(given, 0) ?? '')
  const checked = checkService(folders, folder, (name) => session.progress(`${folder}: ${name} …`))
  session.endProgress()
  if (!checked.ok) {
    const count = checked.problems.filter(({ severity }) => severity === 'error').length
    throw failed(
      'SERVICE_RED',
      `${checked.service} 有 ${count} 个错误，没有提议任何东西。先运行 renshe service check。`,
      `${checked.service} has ${count} errors, and nothing was proposed. Run renshe service check first.`,
      { problems: checked.problems },
    )
  }
  const built = folders.build(folder)
  const proposed = await withMember(session, given, { runsRelays: true }, (at) =>
    propose(session, at, built),
  )
  if (session.isJson) await session.json({ ok: true, ...proposed })
  else await tell(session, proposed)
  return 0
}

interface Proposed {
  readonly name: string
  readonly version: string
  readonly hash: string
  readonly proposal: string
  readonly height: number
  /** Version in force, null for a new service. */
  readonly before: string | null
  readonly changes: readonly object[]
}

async function propose(
  session: Session,
  { member, as }: AtWork,
  { document, bytes, hash }: BuiltPackage,
): Promise<Proposed> {
  const { name, version } = document
  const inForce = findInForce(member, name)
  const parts = cut(bytes)
  try {
    for (const [at, part] of parts.entries()) {
      session.progress(`${name}: ${at + 1} / ${parts.length}`)
      const input = { part: packageHash(part), bytes: toBase64Url(part) }
      await member.act('catalogue.putPart', input, as)
    }
    const hashes = parts.map(packageHash)
    const input = { package: hash, size: bytes.length, parts: hashes }
    const { data, height } = await member.act('catalogue.proposePackage', input, as)
    return {
      name,
      version,
      hash,
      proposal: String(data.proposal),
      height,
      before: inForce === undefined ? null : inForce.hash,
      changes: inForce === undefined ? [] : comparePackages(inForce.document, document),
    }
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error
    const { code, facts } = error
    const told = JSON.stringify(facts)
    throw refused(
      code,
      `${name} 未获提议：${code} ${told}`,
      `${name} was not proposed: ${code} ${told}`,
      {
        facts,
      },
    )
  } finally {
    session.endProgress()
  }
}

function cut(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length > PACKAGE_BYTES) {
    throw failed(
      'PACKAGE_TOO_LARGE',
      `服务包至多 ${PACKAGE_BYTES} 字节；实为 ${bytes.length}。`,
      `A package has at most ${PACKAGE_BYTES} bytes; came ${bytes.length}.`,
    )
  }
  const count = Math.ceil(bytes.length / PART_BYTES)
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * PART_BYTES, (at + 1) * PART_BYTES),
  )
}

/** The version in force, read from the chain itself. */
function findInForce(
  member: Member,
  name: string,
): { readonly hash: string; readonly document: PackageDocument } | undefined {
  const found = member.query('catalogue.getPackageInForce', { name })
  if (!found.ok) return undefined
  const { hash, parts } = found.data as unknown as { hash: string; parts: readonly string[] }
  const pieces = parts.map((part) => {
    const { bytes } = member.ask('catalogue.getPart', { part }) as { bytes: string }
    return fromBase64Url(bytes)
  })
  const document: JsonObject = parseCanonicalJson(Buffer.concat(pieces), {
    maxBytes: PACKAGE_BYTES,
  })
  return { hash, document: document as unknown as PackageDocument }
}

async function tell(session: Session, proposed: Proposed): Promise<void> {
  const { name, version, hash, proposal, height, before, changes } = proposed
  const say = (zh: string, en: string) => session.say({ zh, en })
  await session.line(`${name} ${version}  ${hash}`)
  await session.line(
    say(`已提议：${proposal}，高度 ${height}`, `Proposed: ${proposal}, height ${height}`),
  )
  await session.line(
    before === null
      ? say('这是新服务。', 'It is a new service.')
      : say(
          `与现行版本 ${before} 相比有 ${changes.length} 处变化（renshe service compare 可看对谁改了什么）。`,
          `Against the version in force, ${before}, ${changes.length} things change (renshe service compare tells for whom).`,
        ),
  )
  await session.line(
    say(
      `表决：renshe governance cast-vote --proposal ${proposal} --choice FOR --data … --as …`,
      `Vote: renshe governance cast-vote --proposal ${proposal} --choice FOR --data … --as …`,
    ),
  )
}
