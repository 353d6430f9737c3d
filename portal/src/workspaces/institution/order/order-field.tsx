/* One field of an order. */
import type { ReactNode } from 'react'

/** A labelled control, with help and with what is wrong. */
export function OrderField({
  id,
  label,
  hint,
  fault,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly fault: string | null
  readonly children: ReactNode
}) {
  return (
    <div>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      {children}
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      {fault === null ? null : <p className="field-fault">{fault}</p>}
    </div>
  )
}
