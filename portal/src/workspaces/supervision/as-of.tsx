/* Every figure says as of when: the block that it was counted at, and that block's time. */
import { exactMoment } from '../../format/moments.ts'
import { useChainTime } from '../../patterns/step-clock/step-clock.tsx'
import { useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'

const asOfWords = words(
  { asOf: '截至第 {height} 块，{at}', plain: '截至第 {height} 块' },
  { asOf: 'As of block {height}, {at}', plain: 'As of block {height}' },
)

/** The height of an answer, with its time where the answer is the newest. */
export function AsOf({ height, at }: { readonly height: number; readonly at?: number }) {
  const say = useWords(asOfWords)
  const newest = useChainTime()
  const time = exactMoment(at ?? newest).slice(0, 16)
  return <span className="as-of">{say('asOf', { height: String(height), at: time })}</span>
}

/** The height of an answer alone. */
export function AsOfHeight({ height }: { readonly height: number }) {
  const say = useWords(asOfWords)
  return <span className="as-of">{say('plain', { height: String(height) })}</span>
}
