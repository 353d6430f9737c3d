import './tag.css'
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../shell/icons.tsx'

/** What a colour means. */
export type Tone = 'neutral' | 'current' | 'verified' | 'attention' | 'failure' | 'sealed'

/** A state in words, with its colour and a drawing; never a colour alone. */
export function Tag({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly children: ReactNode
}) {
  return (
    <span className={`tag tag-${tone}`}>
      {icon === undefined ? null : <Icon name={icon} size={13} />}
      {children}
    </span>
  )
}
