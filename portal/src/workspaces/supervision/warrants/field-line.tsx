/* One question of a form of ours: its label, the control, help, and what is wrong with it. */
import type { ReactNode } from 'react'

/** A labelled control. */
export function FieldLine({
  id,
  label,
  hint,
  fault,
  isWide = false,
  children,
}: {
  /** Of the control. */
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly fault: string | null
  readonly isWide?: boolean
  readonly children: ReactNode
}) {
  return (
    <div className={isWide ? 'issue-wide' : undefined}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      {children}
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      {fault === null ? null : <p className="field-fault">{fault}</p>}
    </div>
  )
}
