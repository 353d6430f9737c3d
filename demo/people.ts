import { checkCharacterOf } from '@renshe/node'
import { seededBelow } from './seeded.ts'

/** A person who does not exist. */
export type SamplePerson = {
  /** Number among the sample people, from 0. */
  readonly place: number
  /** 社会保障号码 with area code 999999, which no office has, and a right check character. */
  readonly memberId: string
  readonly name: string
  /** YYYY-MM-DD */
  readonly bornOn: string
}

/** Most people that one seed can tell apart: 999 numbers for each day of birth. */
export const MOST_PEOPLE = 10_000_000

/**
 * One sample person. The same seed and place give the same person; two places never give the same
 * number.
 *
 * Among the first twelve are names that break careless software: characters of planes 2 and 3, one
 * that changes when text is normalised, a long name of many syllables, one syllable only.
 *
 * @throws RangeError  place outside 0 … MOST_PEOPLE − 1
 */
export function samplePerson(place: number, seed: number): SamplePerson {
  if (!Number.isInteger(place) || place < 0 || place >= MOST_PEOPLE)
    throw new RangeError(`place must be a whole number below ${MOST_PEOPLE}`)
  // A step that shares no factor with the number of days visits every day before any comes again.
  const dayIndex = (place * DAY_STEP + seededBelow(DAYS, seed, 1)) % DAYS
  const bornOn = dayAfter(FIRST_BIRTH, dayIndex)
  const sequence = 1 + Math.floor(place / DAYS)
  const digits = `999999${bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  const memberId = digits + checkCharacterOf(digits)
  return { place, memberId, name: nameOf(place, seed), bornOn }
}

/** Sample people one after another, never held together. */
export function* samplePeople(count: number, seed: number): Generator<SamplePerson> {
  for (let place = 0; place < count; place += 1) yield samplePerson(place, seed)
}

/** A day so many days later, YYYY-MM-DD. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 1968-01-01 and 36 years on: of working age in the demonstration's years. */
const FIRST_BIRTH = '1968-01-01'
const DAYS = 13_149
const DAY_STEP = 4_001

/** Given names that must survive every path, by place; the rest of the people have common names. */
const RARE_NAMES: Readonly<Record<number, string>> = {
  // U+20BB7 (plane 2), U+30EDD (plane 3), U+FA15 (changes to U+51DE when normalised), U+4DAE.
  2: '𠮷文远',
  4: '陈𰻝',
  6: '李\ufa15',
  7: '王䶮',
  9: '阿卜杜热西提·买买提依明·吐尔逊江',
  10: '欧阳𬭎𫖯',
  11: '一',
}

const FAMILY = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡',
]
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉英建华文斌宇欣怡晨梓涵浩然雨婷嘉懿思远子轩若曦家豪',
]
/** Every 50th further name has one of these: extensions B to G as they occur in real registers. */
const RARE_GIVEN = ['𠮷', '𰻝', '\ufa15', '𬭎', '𫖯', '䶮', '㛃', '𪻐', '𬀩', '𮧵']

function nameOf(place: number, seed: number): string {
  const rare = RARE_NAMES[place]
  if (rare !== undefined) return rare
  const pick = (list: readonly string[], field: number) =>
    list[seededBelow(list.length, seed, 2, place, field)] ?? ''
  const family = pick(FAMILY, 1)
  if (place % 50 === 49) return family + pick(RARE_GIVEN, 2)
  const isLong = seededBelow(10, seed, 2, place, 3) < 7
  return family + pick(GIVEN, 4) + (isLong ? pick(GIVEN, 5) : '')
}
