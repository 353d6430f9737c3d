/* What was typed, kept as a draft through reloads, sign-out and a dead server. */
import type { Json, JsonObject } from '@renshe/crypto'
import type { SaidText } from '@renshe/proof'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { useSession } from '../../session/session.tsx'
import { findEntry, forgetEntry, keepEntry, useOutbox } from '../outbox/outbox-store.ts'
import type { Typed, TypedValues } from './typed-values.ts'

/** Everything that stands in a form. */
export interface FormTyped {
  readonly fields: TypedValues
  /** Section → its fields. */
  readonly sections: Readonly<Record<string, TypedValues>>
  readonly outcome: string | null
}

/** A form with nothing in it. */
export const EMPTY_FORM: FormTyped = { fields: {}, sections: {}, outcome: null }

/** Drafts are written so long after the last key. */
const KEEP_MS = 400

/** A form in use. */
export interface FormState {
  readonly typed: FormTyped
  /** It was begun earlier, and came back. */
  readonly isRestored: boolean
  /** It is handed in and not answered yet. */
  readonly isInFlight: boolean
  readonly setField: (name: string, typed: Typed) => void
  readonly setSection: (section: string, name: string, typed: Typed) => void
  readonly choose: (outcome: string) => void
  readonly clear: () => void
  /** Writes the draft now. */
  readonly keep: () => void
}

/**
 * The form of an act.
 *
 * @param id       names the act among those of the account
 * @param prefill  what stands in it if nothing was typed yet
 */
export function useFormState(
  id: string,
  title: SaidText,
  prefill: FormTyped = EMPTY_FORM,
): FormState {
  const { account } = useSession()
  const { pathname } = useLocation()
  const entry = useOutbox(account).find((one) => one.id === id)
  const [restored] = useState(() => draftOf(findEntry(account, id)?.input ?? null))
  const [typed, setTyped] = useState<FormTyped>(restored ?? prefill)
  const isChanged = useRef(false)
  const keep = useCallback(
    (next: FormTyped) => {
      const input = next as unknown as JsonObject
      keepEntry({ id, account, state: 'draft', title, path: pathname, txId: null, input })
    },
    [id, account, title, pathname],
  )
  useEffect(() => {
    if (!isChanged.current) return
    const planned = setTimeout(() => keep(typed), KEEP_MS)
    return () => clearTimeout(planned)
  }, [typed, keep])
  const change = (make: (old: FormTyped) => FormTyped): void => {
    isChanged.current = true
    setTyped(make)
  }
  return {
    typed,
    isRestored: restored !== null,
    isInFlight: entry?.state === 'in-flight',
    setField: (name, value) =>
      change((old) => ({ ...old, fields: { ...old.fields, [name]: value } })),
    setSection: (section, name, value) =>
      change((old) => ({
        ...old,
        sections: { ...old.sections, [section]: { ...old.sections[section], [name]: value } },
      })),
    choose: (outcome) => change((old) => ({ ...old, outcome })),
    clear: () => {
      isChanged.current = false
      forgetEntry(account, id)
      setTyped(EMPTY_FORM)
    },
    keep: () => keep(typed),
  }
}

function draftOf(input: JsonObject | null): FormTyped | null {
  if (input === null) return null
  const { fields, sections, outcome } = input
  const isRecord = (json: Json | undefined): boolean =>
    json !== null && typeof json === 'object' && !Array.isArray(json)
  if (!isRecord(fields) || !isRecord(sections)) return null
  return {
    fields: fields as TypedValues,
    sections: sections as Readonly<Record<string, TypedValues>>,
    outcome: typeof outcome === 'string' ? outcome : null,
  }
}
