import type { Located } from './located-yaml.ts'

/** Texts of one language file: nested names joined by dots. */
export function expandTexts(file: Located): Record<string, string> {
  const flat: Record<string, string> = {}
  const read = (value: Located, path: string) => {
    if (value.kind === 'text') {
      flat[path] = value.text()
      return
    }
    for (const [name, one] of value.members()) read(one, path === '' ? name : `${path}.${name}`)
  }
  read(file, '')
  return flat
}
