import { writeFileSync } from 'node:fs'
import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { FolderArguments } from './package-folder-argument.ts'

/** Builds one folder. Without `--out` the document itself is written, byte for byte what is hashed. */
export async function build(session: Session, given: Given): Promise<ExitCode> {
  const { folders, folder } = new FolderArguments(session).one(textArgument(given, 0) ?? '')
  const { document, bytes, hash } = folders.build(folder)
  const out = textOption(given, 'out')
  if (out !== undefined) writeFileSync(pathOf(session, out), bytes)
  const { name, version } = document
  if (session.isJson) {
    await session.json({ ok: true, name, version, hash, bytes: bytes.length, out: out ?? null })
    return 0
  }
  const summary = `${name} ${version}  ${hash}  ${bytes.length} B`
  if (out !== undefined) await session.line(summary)
  else {
    await session.terminal.write(bytes)
    session.tell(summary)
  }
  return 0
}
