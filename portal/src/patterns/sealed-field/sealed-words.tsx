/* A lock, hatching, and the level in words: what is sealed, without its value. */
import './sealed-field.css'
import type { ReactNode } from 'react'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { words } from '../../words/words.ts'

const levelWords = words(
  {
    level0: '公开',
    level1: '成员可见',
    level2: '按授权可见',
    level3: '须本人同意',
    level4: '须多方同意',
    read: '封存，{level}',
  },
  {
    level0: 'Public',
    level1: 'Members',
    level2: 'By grant',
    level3: 'With the person’s consent',
    level4: 'With the consent of several',
    read: 'Sealed: {level}',
  },
)

const KEYS = ['level0', 'level1', 'level2', 'level3', 'level4'] as const

/** A hatched chip: the level in words, never its code; with what is sealed beside it. */
export function SealedWords({
  level,
  children,
}: {
  readonly level: number
  readonly children?: ReactNode
}) {
  const say = useWords(levelWords)
  const word = say(KEYS[level] ?? 'level2')
  return (
    <span className="sealed-words">
      {children === undefined ? null : <span className="sealed-name">{children}</span>}
      <span className="sealed-chip" title={say('read', { level: word })}>
        <Icon name="lock" size={12} />
        {word}
      </span>
    </span>
  )
}
