/* A number that was computed: a button with a dotted line below it, because every number explains itself. */
import type { ReactNode } from 'react'

/** A computed number. */
export function Figure({
  label,
  onExplain,
  children,
}: {
  /** What opening it explains, for those who hear it. */
  readonly label: string
  readonly onExplain: () => void
  readonly children: ReactNode
}) {
  return (
    <button type="button" className="figure" title={label} onClick={onExplain}>
      {children}
    </button>
  )
}
