/** A member's id from its name in an example: `accountManager` is the member `account-manager`. */
export function memberIdOf(name: string): string {
  let id = ''
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    const isUpper = code >= 65 && code <= 90
    id += isUpper ? `-${String.fromCharCode(code + 32)}` : name[at]
  }
  return id
}

const MS_PER_MINUTE = 60_000

/** `YYYY-MM-DDThh:mm` in UTC+08:00 as UTC ms. */
export function instantOfMoment(moment: string, startOfDay: (date: string) => number): number {
  const minutes = Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16))
  return startOfDay(moment.slice(0, 10)) + minutes * MS_PER_MINUTE
}
