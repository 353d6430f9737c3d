/* How sure a published text is, and how a number is rounded: the same words on every page of the law. */
import { type Say, words } from './words.ts'

type Key = 'S' | 'K-H' | 'K-M' | 'K-L' | 'P' | 'down' | 'up' | 'halfUp' | 'halfEven'

/** Texts for marks of certainty and modes of rounding. */
export const lawMarks = words(
  {
    'K-H': '把握较大，原文待核对',
    'K-M': '公开材料说法不一，待核对',
    'K-L': '不确定，可能已经改变',
    P: '本项目的设定，不是法律',
    S: '有公布的原文',
    down: '舍去尾数',
    up: '进一',
    halfUp: '四舍五入',
    halfEven: '四舍六入五成双',
  },
  {
    'K-H': 'likely right, to be compared with the text',
    'K-M': 'sources differ, to be checked',
    'K-L': 'uncertain, may have changed',
    P: 'set by this project, not law',
    S: 'published text',
    down: 'rounded down',
    up: 'rounded up',
    halfUp: 'rounded half up',
    halfEven: 'rounded half even',
  },
)

const MARKS: ReadonlySet<string> = new Set<Key>(['S', 'K-H', 'K-M', 'K-L', 'P'])
const MODES: Readonly<Record<string, Key>> = {
  DOWN: 'down',
  UP: 'up',
  HALF_UP: 'halfUp',
  HALF_EVEN: 'halfEven',
}

/** How sure something is, in words; an unknown mark as it stands. */
export function certaintyInWords(mark: string, say: Say<Key>): string {
  return MARKS.has(mark) ? say(mark as Key) : mark
}

/** How a number is rounded, in words; an unknown mode as it stands. */
export function roundingInWords(mode: string, say: Say<Key>): string {
  const key = MODES[mode]
  return key === undefined ? mode : say(key)
}
