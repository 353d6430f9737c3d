/** `cases.openCase` → `cases/open-case`: how actions and queries are named in paths. */
export function pathOfName(name: string): string {
  const [module = '', verb = ''] = name.split('.')
  return `${module}/${verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
