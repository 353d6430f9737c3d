/* Founding a consortium in parts: each founder makes a file, one assembles, each signs, everybody completes. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { type JsonObject, JsonRefused, parseCanonicalJson, toHex } from '@renshe/crypto'
import {
  assembleGenesis,
  completeGenesis,
  dataLayout,
  demonstrationPassphrases,
  type FoundingFile,
  foundingFileBytes,
  type GenesisSignature,
  type KeyStore,
  makeFoundingFile,
  openKeyStore,
  readFoundingFile,
  signGenesis,
  writeNodeFile,
} from '@renshe/node'
import {
  type ExitCode,
  flagOption,
  type Given,
  listArgument,
  listOption,
  textArgument,
  textOption,
} from '../shell/command.ts'
import { failed, usage } from '../shell/failure.ts'
import { needOption } from '../shell/need-option.ts'
import { pathOf, readInput } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { passphrasesForNew } from './new-passphrases.ts'
import { usualQuorums } from './quorums.ts'
import { foundingMember, readObject } from './terms-file.ts'

type Suite = 'RS-INTL-1' | 'RS-GM-1'

const MOST_BYTES = 8 << 20

/** A founder makes its keys and the file that it hands over. */
export async function initFounding(session: Session, given: Given): Promise<ExitCode> {
  const path = textArgument(given, 0) ?? ''
  const member = foundingMember(await readObject(session, path), { path, at: '' })
  const chainName = textOption(given, 'chain') ?? ''
  const suite = suiteOf(given)
  const keys = openKeys(session, given, { member: member.id, chainName, suite })
  const file = await makeFoundingFile(member, {
    keys,
    suite,
    isOperator: flagOption(given, 'operator'),
    member: member.id,
    chainName,
    notBefore: wholeSeconds(),
    random,
  })
  const out = textOption(given, 'out') ?? ''
  writeFileSync(pathOf(session, out), foundingFileBytes(file))
  await done(session, { member: member.id, chain: chainName, out })
  return 0
}

/** One founder puts everybody's files together into the document that all sign. */
export async function initAssemble(session: Session, given: Given): Promise<ExitCode> {
  const foundings: FoundingFile[] = []
  for (const path of listArgument(given, 0)) {
    foundings.push(readFoundingFile(await readInput(session, path, MOST_BYTES)))
  }
  const name = textOption(given, 'chain') ?? ''
  const operator = textOption(given, 'operator') ?? ''
  const voters = foundings.filter(({ member }) => member.voting === true)
  const others = voters.map(({ member }) => String(member.id)).filter((id) => id !== operator)
  const named = listOption(given, 'witness')
  const witnesses = named.length > 0 ? named : others
  const usual = Math.min(witnesses.length, Math.ceil((witnesses.length + 1) / 2))
  const document = assembleGenesis({
    name,
    time: wholeSeconds(),
    suite: suiteOf(given),
    foundings,
    packages: [],
    parameters: [],
    governance: usualQuorums(name.startsWith('demo') ? 0 : undefined),
    operator,
    witnesses,
    threshold: thresholdOf(textOption(given, 'threshold')) ?? usual,
  })
  const out = textOption(given, 'out') ?? ''
  writeFileSync(pathOf(session, out), document)
  await done(session, { chain: name, founders: foundings.length, out })
  return 0
}

/** A founder compares the document with its own file and signs it. */
export async function initSign(session: Session, given: Given): Promise<ExitCode> {
  const document = await readInput(session, textArgument(given, 0) ?? '', MOST_BYTES)
  const founding = needOption(textOption(given, 'founding'), '--founding')
  const own = readFoundingFile(await readInput(session, founding, MOST_BYTES))
  const member = String(own.member.id)
  const keys = openKeys(session, given, {
    member,
    chainName: own.chainName,
    suite: suiteOf(given),
  })
  const signature = await signGenesis(keys, document, own)
  const out = textOption(given, 'out') ?? ''
  writeFileSync(pathOf(session, out), `${JSON.stringify(signature)}\n`)
  await done(session, { member, out })
  return 0
}

/** Everybody writes the same genesis file into its data folder, beside its own keys. */
export async function initComplete(session: Session, given: Given): Promise<ExitCode> {
  const document = await readInput(session, textArgument(given, 0) ?? '', MOST_BYTES)
  const signatures: GenesisSignature[] = []
  for (const path of listOption(given, 'signature')) {
    signatures.push((await readObject(session, path)) as unknown as GenesisSignature)
  }
  const { file, genesis } = completeGenesis(document, signatures)
  const layout = dataLayout(pathOf(session, textOption(given, 'data') ?? ''))
  if (existsSync(layout.genesisFile)) {
    throw failed(
      'FOLDER_TAKEN',
      `${layout.folder} 里已有创世文件，什么也没有动。`,
      `${layout.folder} holds a genesis file already, and nothing was touched.`,
    )
  }
  mkdirSync(layout.packagesFolder, { recursive: true })
  const { operator, witnesses } = rolesOf(document)
  writeNodeFile(layout.nodeFile, {
    v: 1,
    chain: genesis.chain,
    operator,
    clock: 'wall',
    members: memberIds(document).map((id) => ({
      id,
      // Whoever's keys lie here runs here.
      hosted: existsSync(layout.member(id).keys),
      replica: id === operator || witnesses.includes(id),
      url: null,
      determines: false,
      bank: null,
    })),
  })
  // Last: a folder with a genesis is complete.
  writeFileSync(layout.genesisFile, file, { flush: true })
  const hash = toHex(genesis.hash)
  await done(session, { chain: genesis.chain, genesisHash: hash, folder: layout.folder })
  return 0
}

interface DocumentRoles {
  readonly operator: string
  readonly witnesses: readonly string[]
}

function rolesOf(document: Uint8Array): DocumentRoles {
  const { finality } = parse(document) as { finality?: JsonObject }
  const { operator, witnesses = [] } = (finality ?? {}) as unknown as {
    operator?: { member: string }
    witnesses?: { member: string }[]
  }
  return {
    operator: operator?.member ?? '',
    witnesses: witnesses.map(({ member }) => member),
  }
}

function memberIds(document: Uint8Array): string[] {
  const { members } = parse(document) as unknown as { members: { id: string }[] }
  return members.map(({ id }) => id)
}

function parse(document: Uint8Array): JsonObject {
  try {
    return parseCanonicalJson(document)
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error
    throw usage('应为创世文档。', 'Expected a genesis document.')
  }
}

function openKeys(
  session: Session,
  given: Given,
  of: { readonly member: string; readonly chainName: string; readonly suite: Suite },
): KeyStore {
  const isDemonstration = of.chainName.startsWith('demo')
  const passphrases = isDemonstration
    ? demonstrationPassphrases(of.member)
    : passphrasesForNew(session)()
  const folder = pathOf(session, textOption(given, 'data') ?? '')
  return openKeyStore({
    folder: dataLayout(folder).member(of.member).keys,
    suite: of.suite,
    demonstration: isDemonstration,
    passphrases,
    random,
  })
}

function suiteOf(given: Given): Suite {
  return textOption(given, 'suite') === 'RS-GM-1' ? 'RS-GM-1' : 'RS-INTL-1'
}

function thresholdOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^(0|[1-9][0-9]{0,3})$/.test(text)) return Number(text)
  throw usage(
    `--threshold 应为整数；实为 ${text}。`,
    `--threshold must be a whole number; came ${text}.`,
  )
}

function random(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length))
}

/** Key certificates and genesis count in whole seconds. */
function wholeSeconds(): number {
  return Math.floor(Date.now() / 1000) * 1000
}

async function done(session: Session, what: Readonly<Record<string, unknown>>): Promise<void> {
  if (session.isJson) await session.json({ ok: true, ...what })
  else {
    await session.line(
      Object.entries(what)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', '),
    )
  }
}
