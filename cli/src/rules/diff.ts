import { createReadStream, statSync } from 'node:fs'
import { type CompiledPackage, comparePackages, type PackageChange } from '@renshe/contracts'
import { type Json, type JsonObject, PeopleDifference, partsOfResults } from '@renshe/rules'
import { FolderArguments } from '../service/package-folder-argument.ts'
import { type ExitCode, type Given, textArgument, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { answerQuestion, type RuleQuestion, readQuestion } from './answer-question.ts'
import { readJsonText } from './json-text.ts'
import { isBlank, readLines } from './line-reader.ts'
import { type RuleShelf, shelfOf } from './rule-shelf.ts'
import { tellDifference } from './tell-difference.ts'

/** A version of a package, ready to answer. */
interface Version {
  readonly compiled: CompiledPackage
  readonly shelf: RuleShelf
}

/** What changes from one version of rules to another. */
export interface RulesDifference {
  readonly before: VersionName
  readonly after: VersionName
  /** Clauses of law, published values and rules, as they are named in the package. */
  readonly clauses: readonly NamedChange[]
  readonly parameters: readonly NamedChange[]
  readonly rules: readonly NamedChange[]
  /** Where the questions came from: `file`, or the worked `examples` of both versions. */
  readonly source: 'file' | 'examples'
  /** Lines of the file that are no question, by number. */
  readonly unread: readonly number[]
  readonly people: PeopleDifference
}

interface VersionName {
  readonly name: string
  readonly version: string
  readonly hash: string
}

/** Something of a package that has a name, and the fields of it that changed. */
export interface NamedChange {
  readonly name: string
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly fields: readonly { readonly path: string; readonly before: Json; readonly after: Json }[]
}

/** Tells which clauses, rules and people two versions of rules treat differently, and by how much. */
export async function diff(session: Session, given: Given): Promise<ExitCode> {
  const folders = new FolderArguments(session)
  const [before, after] = [0, 1].map((at) => versionOf(folders, textArgument(given, at) ?? ''))
  if (before === undefined || after === undefined) {
    throw usage('要给出旧版和新版。', 'Give the old and the new version.')
  }
  const people = new PeopleDifference(textOption(given, 'loses') === 'higher', (rule, output) =>
    goesInto([after, before], rule, output),
  )
  const file = textOption(given, 'cases')
  const unread: number[] = []
  if (file === undefined) askExamples(before, after, people)
  else await askFile(session, file, before, after, people, unread)
  const changes = comparePackages(before.compiled.document, after.compiled.document)
  const difference: RulesDifference = {
    before: nameOf(before),
    after: nameOf(after),
    clauses: namedChanges(changes, 'law'),
    parameters: namedChanges(changes, 'parameters'),
    rules: namedChanges(changes, 'rules'),
    source: file === undefined ? 'examples' : 'file',
    unread,
    people,
  }
  if (session.isJson) await session.json(jsonOf(difference))
  else await tellDifference(session, difference)
  return 0
}

function versionOf(folders: FolderArguments, path: string): Version {
  const { folders: neighbours, folder } = folders.one(path)
  const compiled = neighbours.compile(folder)
  const all = new Map<string, CompiledPackage>()
  const visit = (one: CompiledPackage): void => {
    all.set(one.hash, one)
    for (const used of one.uses.values()) visit(used)
  }
  visit(compiled)
  return { compiled, shelf: shelfOf([...all.values()]) }
}

/** The amount that an output is a part of, as the newest version that has the rule says. */
function goesInto(versions: readonly Version[], id: string, output: string): string | null {
  for (const { shelf } of versions) {
    const found = shelf.rules.get(id)
    if (found !== undefined) return partsOfResults(found.rule).get(output) ?? null
  }
  return null
}

function nameOf({ compiled: { document, hash } }: Version): VersionName {
  return { name: document.name, version: document.version, hash }
}

function askExamples(before: Version, after: Version, people: PeopleDifference): void {
  const seen = new Set<string>()
  for (const { compiled } of [after, before]) {
    for (const { rule, name, on, region, facts } of compiled.document.examples.rules) {
      const key = `${rule} ${name}`
      if (seen.has(key)) continue
      seen.add(key)
      const question = { id: rule, on, region, facts: facts as JsonObject }
      ask(before, after, name, question, people)
    }
  }
}

async function askFile(
  session: Session,
  file: string,
  before: Version,
  after: Version,
  people: PeopleDifference,
  unread: number[],
): Promise<void> {
  const path = pathOf(session, file)
  if (file !== '-' && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw usage(`应为一个文件；没有 ${file}。`, `Expected a file; there is no ${file}.`)
  }
  const bytes = file === '-' ? session.terminal.input : createReadStream(path)
  for await (const { line, text } of readLines(bytes)) {
    if (text !== undefined && isBlank(text)) continue
    const read = text === undefined ? undefined : readCase(text, line)
    if (read === undefined) unread.push(line)
    else ask(before, after, read.person, read.question, people)
  }
}

/** A question of a batch, perhaps with a `person`: any text that tells people apart, best none that names them. */
function readCase(
  text: string,
  line: number,
): { person: string; question: RuleQuestion } | undefined {
  const { fault, value } = readJsonText(text)
  if (fault !== null || typeof value !== 'object' || value === null) return undefined
  const { person = `${line}`, ...rest } = value as Record<string, unknown>
  const question = readQuestion(JSON.stringify(rest))
  return question.ok ? { person: String(person), question: question.value } : undefined
}

function ask(
  before: Version,
  after: Version,
  person: string,
  question: RuleQuestion,
  people: PeopleDifference,
): void {
  people.add({
    person,
    rule: question.id,
    on: question.on,
    before: answerQuestion(before.shelf, question, false),
    after: answerQuestion(after.shelf, question, false),
  })
}

/** Changes below one member of the package, gathered by what they change. */
function namedChanges(changes: readonly PackageChange[], member: string): NamedChange[] {
  const found = new Map<
    string,
    { change: NamedChange['change']; fields: NamedChange['fields'][number][] }
  >()
  for (const { path, change, before, after } of changes) {
    const [, root, raw = '', ...inner] = path.split('/')
    if (root !== member) continue
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    const isWhole = inner.length === 0
    const known = found.get(name) ?? { change: isWhole ? change : 'CHANGED', fields: [] }
    known.fields.push({ path: inner.join('/'), before, after })
    found.set(name, known)
  }
  return [...found].map(([name, rest]) => ({ name, ...rest }))
}

/** People beyond this are counted, not listed. */
const MOST_LISTED = 10_000

function jsonOf({ people, ...difference }: RulesDifference): object {
  const losers = people.losers()
  return {
    ok: true,
    ...difference,
    cases: people.cases,
    peopleChanged: people.people,
    changed: people.changed.slice(0, MOST_LISTED),
    amounts: people.summaries(),
    losersCount: losers.length,
    losers: losers.slice(0, MOST_LISTED),
  }
}
