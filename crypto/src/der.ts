import { type Bytes, concatBytes, EncodingRefused, fromUtf8, utf8 } from './bytes.ts'

/** Tags of X.690 that certificates use. */
export const DER_TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Bytes that are not the one DER form of what they should be. */
export class DerRefused extends Error {
  constructor(reason: string) {
    super(`not DER: ${reason}`)
    this.name = 'DerRefused'
  }
}

/** One element: its tag, its content, and all its bytes with tag and length. */
export interface DerElement {
  readonly tag: number
  readonly content: Bytes
  readonly whole: Bytes
}

/** Reads DER elements one after another; lengths must be definite and minimal. */
export class DerReader {
  readonly #bytes: Bytes
  #at = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  /** Whether everything was read. */
  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Whether the next element has this tag. */
  isNext(tag: number): boolean {
    return this.#bytes[this.#at] === tag
  }

  /** Reads the next element, whatever it is. */
  readElement(): DerElement {
    const start = this.#at
    const tag = this.#readByte()
    if ((tag & 0x1f) === 0x1f) throw new DerRefused('tag of several bytes')
    const end = this.#readLength() + this.#at
    if (end > this.#bytes.length) throw new DerRefused('content is cut short')
    const content = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return { tag, content, whole: this.#bytes.subarray(start, end) }
  }

  /** Reads the content of the next element, which must have this tag. */
  read(tag: number): Bytes {
    if (!this.isNext(tag)) throw new DerRefused(`expected tag ${tag} at ${this.#at}`)
    return this.readElement().content
  }

  /** Reads the next element, which must have this tag, and gives a reader of its content. */
  enter(tag: number): DerReader {
    return new DerReader(this.read(tag))
  }

  /** Refuses anything that was left unread. */
  finish(): void {
    if (!this.isAtEnd) throw new DerRefused(`bytes left over at ${this.#at}`)
  }

  #readByte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new DerRefused('ends too early')
    this.#at++
    return byte
  }

  #readLength(): number {
    const first = this.#readByte()
    if (first < 0x80) return first
    if (first !== 0x81 && first !== 0x82) throw new DerRefused('length form')
    const second = this.#readByte()
    const length = first === 0x81 ? second : second * 256 + this.#readByte()
    if (length < (first === 0x81 ? 0x80 : 0x100)) throw new DerRefused('length is not minimal')
    return length
  }
}

/** Writes one element around its joined contents. */
export function der(tag: number, ...contents: readonly Bytes[]): Bytes {
  const content = concatBytes(...contents)
  const { length } = content
  if (length > 0xffff) throw new RangeError('DER element above 65,535 bytes')
  if (length < 0x80) return concatBytes(Uint8Array.of(tag, length), content)
  if (length < 0x100) return concatBytes(Uint8Array.of(tag, 0x81, length), content)
  return concatBytes(Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content)
}

/** Writes an object identifier given with dots. */
export function derObjectIdentifier(dotted: string): Bytes {
  const arcs = dotted.split('.').map(Number)
  const [first, second] = arcs
  if (first === undefined || second === undefined || !arcs.every(Number.isSafeInteger)) {
    throw new TypeError(`not an object identifier: ${dotted}`)
  }
  const bytes: number[] = []
  for (const arc of [first * 40 + second, ...arcs.slice(2)]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left % 128) + 128)
    }
    bytes.push(...groups)
  }
  return der(DER_TAG.objectIdentifier, Uint8Array.from(bytes))
}

/** Reads the content of an object identifier, with dots; arcs up to 2⁵³ − 1. */
export function readObjectIdentifier(content: Bytes): string {
  const arcs: number[] = []
  let arc = 0
  let isFresh = true
  for (const byte of content) {
    if (isFresh && byte === 0x80) throw new DerRefused('object identifier is not minimal')
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER) throw new DerRefused('object identifier is too large')
    isFresh = byte < 0x80
    if (isFresh) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs[0]
  if (!isFresh || first === undefined) throw new DerRefused('object identifier is cut short')
  const top = first < 40 ? 0 : first < 80 ? 1 : 2
  return [top, first - top * 40, ...arcs.slice(1)].join('.')
}

/** Writes a UTF8String. */
export function derText(text: string): Bytes {
  return der(DER_TAG.utf8String, utf8(text))
}

function isPrintable(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  return (
    isLetter || (code >= 48 && code <= 57) || " '()+,-./:=?".includes(String.fromCharCode(code))
  )
}

/** Reads a UTF8String or PrintableString. */
export function readText(element: DerElement): string {
  const { tag, content } = element
  if (tag === DER_TAG.printableString) {
    if (!content.every(isPrintable)) throw new DerRefused('character outside PrintableString')
  } else if (tag !== DER_TAG.utf8String) {
    throw new DerRefused('string type')
  }
  try {
    return fromUtf8(content)
  } catch (error) {
    if (error instanceof EncodingRefused) throw new DerRefused('ill-formed UTF-8')
    throw error
  }
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const monthFromMarch = (month + 9) % 12
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const yearDays = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - yearDays
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

const DAY_MS = 86_400_000

/**
 * Reads UTCTime (years 1950–2049) or GeneralizedTime (from 2050), both with seconds and Z, as RFC
 * 5280 section 4.1.2.5 demands.
 *
 * @returns UTC milliseconds
 */
export function readTime(element: DerElement): number {
  const isShort = element.tag === DER_TAG.utcTime
  if (!isShort && element.tag !== DER_TAG.generalizedTime) throw new DerRefused('time type')
  const yearDigits = isShort ? 2 : 4
  const { content } = element
  if (content.length !== yearDigits + 11 || content[content.length - 1] !== 0x5a) {
    throw new DerRefused('time form')
  }
  const numberAt = (at: number, digits: number): number => {
    let value = 0
    for (let i = at; i < at + digits; i++) {
      const digit = (content[i] as number) - 48
      if (digit < 0 || digit > 9) throw new DerRefused('time digit')
      value = value * 10 + digit
    }
    return value
  }
  const short = numberAt(0, yearDigits)
  const year = isShort ? (short < 50 ? 2000 + short : 1900 + short) : short
  if (!isShort && year < 2050) throw new DerRefused('GeneralizedTime before 2050')
  const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((offset) =>
    numberAt(yearDigits + offset, 2),
  ) as [number, number, number, number, number]
  const days = daysOf(year, month, day)
  const date = dateOf(days)
  if (date.month !== month || date.day !== day || hour > 23 || minute > 59 || second > 59) {
    throw new DerRefused('no such time')
  }
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000
}

/**
 * Writes a time as RFC 5280 demands.
 *
 * @param timeMs  UTC milliseconds, whole seconds, years 1950–9999
 * @throws RangeError otherwise
 */
export function derTime(timeMs: number): Bytes {
  const days = Math.floor(timeMs / DAY_MS)
  const { year, month, day } = dateOf(days)
  if (timeMs % 1000 !== 0 || year < 1950 || year > 9999) throw new RangeError('certificate time')
  const seconds = (timeMs - days * DAY_MS) / 1000
  const parts = [
    month,
    day,
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
  const rest = `${parts.map((part) => `${part}`.padStart(2, '0')).join('')}Z`
  if (year >= 2050) return der(DER_TAG.generalizedTime, utf8(`${year}`.padStart(4, '0') + rest))
  return der(DER_TAG.utcTime, utf8(`${year % 100}`.padStart(2, '0') + rest))
}
