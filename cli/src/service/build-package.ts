import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type {
  AlertDefinition,
  ChartDefinition,
  PackageDocument,
  RegisterDefinition,
  RowDefinition,
} from '@renshe/contracts'
import { canonicalJson, type Json, ledgerHash, toHex } from '@renshe/crypto'
import { expandCaseExamples, expandRuleExamples } from './expand-examples.ts'
import { expandLaw, expandParameters } from './expand-law.ts'
import { expandRules } from './expand-rules.ts'
import { expandService, serviceMembers } from './expand-service.ts'
import { expandTexts } from './expand-texts.ts'
import { bilingual, checks, compact, fields, flag, texts } from './expand-values.ts'
import { AuthorMistake, type Located, readYaml } from './located-yaml.ts'
import { SourceMap } from './source-map.ts'

/** A package built from its folder. */
export interface BuiltPackage {
  readonly document: PackageDocument
  /** Canonical bytes: what is hashed, voted on and executed. */
  readonly bytes: Uint8Array
  /** Hex; the version. */
  readonly hash: string
  readonly sources: SourceMap
  /** `service.yaml` of the folder, as named in messages. */
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
const mostFileBytes = 4 << 20

/**
 * Builds the canonical document of a package.
 *
 * @param directory  folder with `service.yaml` (or `library.yaml`), `law.yaml`, `rules/`, `parameters/`, `texts/`, `examples/`
 * @param others     documents of the packages it uses: examples take the types of fields and facts from them
 * @throws AuthorMistake with file, line, what was expected and what came
 */
export function buildPackage(
  directory: string,
  others: readonly PackageDocument[] = [],
): BuiltPackage {
  const map = new SourceMap()
  const root = rootMembers(directory)
  const head = packageHead(root, directory)
  const read = (folder: string) => yamlFiles(directory, folder)
  const rules = read('rules').flatMap((file) => expandRules(file, map))
  const own = {
    ...head,
    law: yamlFiles(directory, '.', 'law.yaml').flatMap((file) => expandLaw(file, map)),
    parameters: parameterFiles(directory),
    rules,
    rows: byName(root.get('rows'), map, rowDefinition),
    registers: byName(root.get('registers'), map, registerDefinition),
    charts: byName(root.get('charts'), map, chartDefinition),
    alerts: byName(root.get('alerts'), map, alertDefinition),
    service: expandService(root, map),
    texts: { zh: language(directory, 'zh'), en: language(directory, 'en') },
  }
  const types = { own, others }
  const [forRules, forCases] = exampleFiles(read('examples'))
  const document = {
    ...own,
    examples: {
      rules: forRules.flatMap((file) => expandRuleExamples(file, types, map)),
      cases: expandCaseExamples(forCases, types, map),
    },
  } as PackageDocument
  map.noteMembers(document, root, { file: mainFileOf(directory), line: 1, column: 1 })
  const bytes = canonicalJson(document as unknown as Json)
  return {
    document,
    bytes,
    hash: toHex(ledgerHash('package', bytes)),
    sources: map,
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

function byName<Made extends object>(
  value: Located | undefined,
  map: SourceMap,
  make: (one: Located, map: SourceMap) => Made,
): Record<string, Made> {
  return map.note(
    Object.fromEntries(
      (value?.members() ?? []).map(([name, one]) => [name, map.note(make(one, map), one)]),
    ),
    value ?? readYaml('', ''),
  )
}

function rowDefinition(value: Located, map: SourceMap): RowDefinition {
  const members = value.fields(['columns', 'unique', 'checks'])
  return compact({
    columns: fields(members.get('columns'), map),
    unique: members.get('unique')?.text(),
    checks: checks<'column'>(members.get('checks'), map),
  }) as RowDefinition
}

function registerDefinition(value: Located, map: SourceMap): RegisterDefinition {
  const members = value.fields(['key', 'fields', 'sections', 'book'])
  const book = members
    .get('book')
    ?.fields(['chart', 'unitPlaces', 'navPlaces', 'owner', 'custodian'])
  return compact({
    key: texts(members.get('key')),
    fields: fields(members.get('fields'), map),
    sections: texts(members.get('sections')),
    book:
      book === undefined
        ? undefined
        : Object.fromEntries([...book].map(([name, one]) => [name, one.text()])),
  }) as RegisterDefinition
}

function chartDefinition(value: Located, map: SourceMap): ChartDefinition {
  const members = value.fields(['accounts', 'equalities', 'subledger', 'suspense'])
  const pair = (one: Located | undefined, names: readonly string[]) =>
    one === undefined ? undefined : one.fields(names)
  const ledger = pair(members.get('subledger'), ['cost', 'units'])
  const suspense = pair(members.get('suspense'), ['debit', 'credit'])
  return compact({
    accounts: (members.get('accounts')?.members() ?? []).map(([no, one]) => {
      const of = one.fields(['name', 'side', 'measure', 'neverNegative'])
      return map.note(
        compact({
          no,
          name: of.get('name')?.text() ?? '',
          side: of.get('side')?.text() ?? '',
          measure: of.get('measure')?.text() ?? 'fen',
          neverNegative: flag(of.get('neverNegative')),
        }),
        one,
      )
    }),
    equalities: (members.get('equalities')?.list() ?? []).map((one) => {
      const of = one.fields(['left', 'right'])
      return { left: texts(of.get('left')), right: texts(of.get('right')) }
    }),
    subledger:
      ledger === undefined
        ? undefined
        : { cost: texts(ledger.get('cost')), units: ledger.get('units')?.text() ?? '' },
    suspense:
      suspense === undefined
        ? undefined
        : {
            debit: suspense.get('debit')?.text() ?? '',
            credit: suspense.get('credit')?.text() ?? '',
          },
  }) as ChartDefinition
}

function alertDefinition(value: Located): AlertDefinition {
  const members = value.fields(['on', 'when', 'severity', 'to', 'clause'])
  return compact({
    on: members.get('on')?.text() ?? '',
    when: members.get('when')?.text() ?? 'true',
    severity: members.get('severity')?.text() ?? 'note',
    to: texts(members.get('to')),
    clause: members.get('clause')?.text(),
  }) as AlertDefinition
}

function language(directory: string, name: string): Record<string, string> {
  return Object.assign(
    {},
    ...yamlFiles(directory, 'texts', `${name}.yaml`).map(expandTexts),
  ) as Record<string, string>
}

/** Files whose root is a list hold examples of rules, the others whole cases. */
function exampleFiles(files: readonly Located[]): [Located[], Located[]] {
  return [
    files.filter((file) => file.kind === 'list'),
    files.filter((file) => file.kind !== 'list'),
  ]
}

function parameterFiles(directory: string) {
  return listed(directory, 'parameters', '.csv').flatMap(({ path, shown }) =>
    expandParameters(shown, readText(path, shown)),
  )
}

function yamlFiles(directory: string, folder: string, only?: string): Located[] {
  return listed(directory, folder, '.yaml')
    .filter(({ path }) => only === undefined || basename(path) === only)
    .map(({ path, shown }) => readYaml(shown, readText(path, shown)))
}

function listed(
  directory: string,
  folder: string,
  ending: string,
): { path: string; shown: string }[] {
  const place = join(directory, folder)
  const present = statSync(place, { throwIfNoEntry: false })
  if (present === undefined) return []
  return readdirSync(place)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ path: join(place, name), shown: join(basename(directory), folder, name) }))
}

/** Text of a file that must be UTF-8 and of a size that a person could have written. */
function readText(path: string, shown: string): string {
  const mistake = (expected: string, came: string) =>
    new AuthorMistake({ file: shown, line: 1, column: 1, code: 'FILE', expected, came })
  const bytes = readFileSync(path)
  if (bytes.length > mostFileBytes)
    throw mistake(`at most ${mostFileBytes} bytes`, `${bytes.length} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw mistake('UTF-8 text', 'bytes that are not UTF-8')
  }
}

function mainFileOf(directory: string): string {
  const names = ['service.yaml', 'library.yaml']
  const present = names.find(
    (name) => statSync(join(directory, name), { throwIfNoEntry: false }) !== undefined,
  )
  return join(basename(directory), present ?? 'service.yaml')
}
