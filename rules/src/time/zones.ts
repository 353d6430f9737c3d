import { type FeelDate, readTwoDigits, twoDigits } from './civil-date.ts'

/** A place's distance from UTC: a fixed offset, or a named zone whose offset is pinned. */
export interface Zone {
  /** Seconds east of UTC. */
  readonly offset: number
  /** IANA name when the text gave one. */
  readonly name?: string
  /** First year from which the name's offset is pinned. */
  readonly sinceYear?: number
}

/** Coordinated universal time, and the legal time of China. */
export const UTC: Zone = { offset: 0 }
export const CHINA: Zone = { offset: 28_800 }

/** XML Schema part 2 §3.2.7.3: at most 14 hours either way. */
const GREATEST_OFFSET = 14 * 3600

/**
 * The named zones that have one offset for ever, and China's since its last summer time (1991). All
 * others need
 * time-zone data, which differs between installations and therefore has no place in consensus.
 */
const NAMED: ReadonlyMap<string, Zone> = new Map<string, Zone>([
  ...[
    'UTC',
    'GMT',
    'Etc/UTC',
    'Etc/GMT',
    'Etc/Universal',
    'Etc/Zulu',
    'Etc/UCT',
    'Zulu',
    'Universal',
  ].map((name): [string, Zone] => [name, { offset: 0, name }]),
  ...Array.from({ length: 27 }, (_, index) => index - 12)
    .filter((hours) => hours !== 0)
    .map((hours): [string, Zone] => {
      // The sign of Etc zones is POSIX: Etc/GMT-8 is east.
      const name = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
      return [name, { offset: hours * 3600, name }]
    }),
  ...['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Harbin', 'PRC'].map((name): [string, Zone] => [
    name,
    { offset: 28_800, name, sinceYear: 1992 },
  ]),
])

/** Reads `Z`, `±hh:mm[:ss]` or `@Name`; undefined when it is none or a zone that is not pinned. */
export function parseZone(text: string): Zone | undefined {
  if (text === 'Z') return UTC
  if (text[0] === '@') return NAMED.get(text.slice(1))
  if (text[0] !== '+' && text[0] !== '-') return undefined
  if (text[3] !== ':' || (text.length !== 6 && (text.length !== 9 || text[6] !== ':')))
    return undefined
  const hours = readTwoDigits(text, 1)
  const minutes = readTwoDigits(text, 4)
  const seconds = text.length === 9 ? readTwoDigits(text, 7) : 0
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined
  if (minutes > 59 || seconds > 59) return undefined
  return makeOffset((hours * 3600 + minutes * 60 + seconds) * (text[0] === '-' ? -1 : 1))
}

/** A zone of a fixed offset in seconds; undefined beyond 14 hours. */
export function makeOffset(seconds: number): Zone | undefined {
  if (Math.abs(seconds) > GREATEST_OFFSET) return undefined
  return seconds === 0 ? UTC : { offset: seconds }
}

/** Offset of a zone on a day; undefined where the zone is not pinned. */
export function zoneOffset(zone: Zone, date: FeelDate): number | undefined {
  return zone.sinceYear !== undefined && date.year < zone.sinceYear ? undefined : zone.offset
}

/** `Z` or `+08:00` */
export function formatOffset(offset: number): string {
  if (offset === 0) return 'Z'
  const size = Math.abs(offset)
  const hours = Math.floor(size / 3600)
  const minutes = Math.floor(size / 60) % 60
  const seconds = size % 60
  const tail = seconds === 0 ? '' : `:${twoDigits(seconds)}`
  return `${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}${tail}`
}

/** Whether two zones are the same name and offset. */
export function isSameZone(left: Zone | null, right: Zone | null): boolean {
  return left?.offset === right?.offset && left?.name === right?.name
}
