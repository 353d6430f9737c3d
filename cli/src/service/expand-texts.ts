import type { Located } from './located-yaml.ts'

/** Adds the texts of one language file: nested names joined by dots, each once. */
export function expandTexts(file: Located, found: Map<string, Located>): void {
  const read = (value: Located, path: string): void => {
    if (value.kind === 'map') {
      for (const [name, one] of value.members()) read(one, path === '' ? name : `${path}.${name}`)
      return
    }
    if (path === '' && value.kind === 'text' && value.text() === '') return
    value.text('a text, or names with texts')
    if (path === '') value.fail('NOT_A_MAP', 'keys with texts')
    if (found.has(path)) value.fail('TWICE', `the text ${path} once`, `${path} again`)
    found.set(path, value)
  }
  read(file, '')
}
