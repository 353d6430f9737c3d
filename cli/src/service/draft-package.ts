import { basename, join, resolve } from 'node:path'
import type { PackageDocument } from '@renshe/contracts'
import {
  alertDefinition,
  byName,
  chartDefinition,
  registerDefinition,
  rowDefinition,
} from './expand-definitions.ts'
import { expandLaw, expandParameters } from './expand-law.ts'
import { expandRules } from './expand-rules.ts'
import { expandService, serviceMembers } from './expand-service.ts'
import { expandTexts } from './expand-texts.ts'
import { bilingual, oneOrMany, texts } from './expand-values.ts'
import { AuthorMistake, type Located } from './located-yaml.ts'
import { listed, mainFileOf, readText, yamlFiles } from './package-files.ts'
import { SourceMap } from './source-map.ts'

/** A package without its examples: what other packages' examples take types from. */
export type PackageDraft = Omit<PackageDocument, 'examples'>

/** A folder that was read, but for the examples. */
export interface ReadPackage {
  readonly draft: PackageDraft
  /** Files of examples: lists hold examples of rules, the others whole cases. */
  readonly exampleFiles: readonly Located[]
  /** Where names of packages stand that the worlds of its examples need. */
  readonly worlds: readonly Located[]
  /** Where names of packages stand that it uses. */
  readonly uses: readonly Located[]
  readonly sources: SourceMap
  /** Members of the files at the root of the folder. */
  readonly root: ReadonlyMap<string, Located>
  /** `service.yaml` or `library.yaml` of the folder, as named in messages. */
  readonly mainFile: string
}

const headMembers = [
  'service',
  'library',
  'version',
  'title',
  'responsible',
  'effectiveFrom',
  'uses',
  'basis',
  'rows',
  'registers',
  'charts',
  'alerts',
  ...serviceMembers,
]

/**
 * Reads the folder of a package; needs no other package.
 *
 * @throws AuthorMistake with file, line, what was expected and what came
 */
export function readPackage(directory: string): ReadPackage {
  const sources = new SourceMap()
  const root = rootMembers(directory)
  const exampleFiles = yamlFiles(directory, 'examples')
  const draft = {
    ...packageHead(root, directory),
    law: yamlFiles(directory, '.', 'law.yaml').flatMap((file) => expandLaw(file, sources)),
    parameters: listed(directory, 'parameters', '.csv').flatMap(({ path, shown }) =>
      expandParameters(shown, readText(path, shown), sources),
    ),
    rules: yamlFiles(directory, 'rules').flatMap((file) => expandRules(file, sources)),
    rows: byName(root.get('rows'), sources, rowDefinition),
    registers: byName(root.get('registers'), sources, registerDefinition),
    charts: byName(root.get('charts'), sources, chartDefinition),
    alerts: byName(root.get('alerts'), sources, alertDefinition),
    service: expandService(root, sources),
    texts: { zh: language(directory, 'zh', sources), en: language(directory, 'en', sources) },
  }
  return {
    draft: draft as PackageDraft,
    exampleFiles,
    worlds: worldsOf(exampleFiles),
    uses: oneOrMany(root.get('uses')),
    sources,
    root,
    mainFile: mainFileOf(directory),
  }
}

/** Members of the YAML files at the root of the folder (but `law.yaml`), each member in one file only. */
function rootMembers(directory: string): Map<string, Located> {
  const members = new Map<string, Located>()
  for (const file of yamlFiles(directory, '.').filter(
    (one) => !one.place.file.endsWith('/law.yaml'),
  )) {
    for (const [name, value] of file.fields(headMembers)) {
      if (members.has(name)) value.fail('TWICE', `${name} in one file only`, `${name} again`)
      members.set(name, value)
    }
  }
  return members
}

function packageHead(root: ReadonlyMap<string, Located>, directory: string) {
  const service = root.get('service')
  const name = service ?? root.get('library')
  if (name === undefined) {
    throw new AuthorMistake({
      file: mainFileOf(directory),
      line: 1,
      column: 1,
      code: 'NAME_MISSING',
      expected: '`service: name` or `library: name`',
      came: 'neither',
    })
  }
  const need = (member: string) =>
    root.get(member) ?? name.fail('MEMBER_MISSING', `${member}: …`, 'nothing')
  return {
    v: 1 as const,
    kind: service === undefined ? ('library' as const) : ('service' as const),
    name: name.text(),
    version: need('version').text(),
    title: bilingual(root.get('title'), name),
    responsible: need('responsible').text(),
    effectiveFrom: need('effectiveFrom').text(),
    uses: texts(root.get('uses')),
    basis: texts(root.get('basis')),
  }
}

/** Texts by key, of every file of one language. */
function language(directory: string, name: string, sources: SourceMap): Record<string, string> {
  const file = join('texts', `${name}.yaml`)
  const found = new Map<string, Located>()
  for (const one of yamlFiles(directory, 'texts', `${name}.yaml`)) expandTexts(one, found)
  const flat = Object.fromEntries([...found].map(([key, value]) => [key, value.text()]))
  const place = { file: join(basename(resolve(directory)), file), line: 1, column: 1 }
  sources.noteMembers(flat, found, place)
  return flat
}

/** Names under `world: {packages: …}`; what else is wrong with an example is told when it is read. */
function worldsOf(files: readonly Located[]): Located[] {
  const inside = (value: Located, name: string): Located[] =>
    value.kind === 'map' ? value.members().flatMap(([own, one]) => (own === name ? [one] : [])) : []
  return files
    .flatMap((file) => (file.kind === 'map' ? file.members() : []))
    .flatMap(([, example]) => inside(example, 'world'))
    .flatMap((world) => inside(world, 'packages'))
    .flatMap((packages) => oneOrMany(packages))
}
