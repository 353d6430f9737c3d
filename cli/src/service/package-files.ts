import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { AuthorMistake, type Located, readYaml } from './located-yaml.ts'

const mostFileBytes = 4 << 20

/** Every YAML file of a folder of the package, read; `only` names one of them. */
export function yamlFiles(directory: string, folder: string, only?: string): Located[] {
  return listed(directory, folder, '.yaml')
    .filter(({ path }) => only === undefined || basename(path) === only)
    .map(({ path, shown }) => readYaml(shown, readText(path, shown)))
}

/** Files of a folder of the package by name, with the names that messages show. */
export function listed(
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
    .map((name) => ({
      path: join(place, name),
      shown: join(basename(resolve(directory)), folder, name),
    }))
}

/** Text of a file that must be UTF-8 and of a size that a person could have written. */
export function readText(path: string, shown: string): string {
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

/** `service.yaml` or `library.yaml` of a folder, as named in messages. */
export function mainFileOf(directory: string): string {
  const names = ['service.yaml', 'library.yaml']
  const present = names.find(
    (name) => statSync(join(directory, name), { throwIfNoEntry: false }) !== undefined,
  )
  return join(basename(resolve(directory)), present ?? 'service.yaml')
}
