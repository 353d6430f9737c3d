import { writeFileSync } from 'node:fs'
import type { CompiledPackage } from '@renshe/contracts'
import { draftColumns, writeTemplate } from '@renshe/node'
import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { FolderArguments } from './package-folder-argument.ts'

/** Writes the spreadsheet that a step's table is filled in with. */
export async function template(session: Session, given: Given): Promise<ExitCode> {
  const { folders, folder } = new FolderArguments(session).one(textArgument(given, 0) ?? '')
  const compiled = folders.compile(folder)
  const step = textOption(given, 'step') ?? ''
  const out = textOption(given, 'out') ?? ''
  const columns = draftColumns(compiled, rowOfStep(compiled, step))
  const bytes = await writeTemplate(
    columns.map(({ spec }) => spec),
    session.locale,
  )
  writeFileSync(pathOf(session, out), bytes)
  const names = columns.map(({ spec }) => spec.title[session.locale])
  if (session.isJson) await session.json({ ok: true, out, columns: names, bytes: bytes.length })
  else await session.line(`${out}: ${names.join(' | ')}`)
  return 0
}

function rowOfStep(compiled: CompiledPackage, step: string) {
  const { service } = compiled.document
  const steps = service?.steps ?? {}
  const form = Object.hasOwn(steps, step) ? steps[step]?.form : undefined
  const section = form?.batch === undefined ? undefined : service?.sections[form.batch]
  const row = section?.rows === undefined ? undefined : compiled.findRow(section.rows)
  if (row !== undefined) return row
  const tables = Object.entries(steps).filter(([, one]) => one.form?.batch !== undefined)
  const names = tables.map(([name]) => name).join(', ') || '–'
  throw usage(
    `--step 应为填报表格的环节：${names}；实为 ${step}。`,
    `--step must be a step that takes a table: ${names}; came ${step}.`,
  )
}
