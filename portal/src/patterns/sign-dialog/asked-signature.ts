/*
 * The act that is to be signed now. It is kept beside the pages, because a page is drawn anew as soon as the act
 * is recorded, and what became of it must still be told. Imported by the shell: nothing heavy is named here.
 */
import { useSyncExternalStore } from 'react'
import { type SessionInUse, useSession } from '../../session/session.tsx'
import type { SigningRequest } from './signing.ts'

/** A request with the session that signs it. */
export interface AskedSignature {
  readonly request: SigningRequest
  readonly session: SessionInUse
  /** Told when the dialog is closed, and whether the act was recorded. */
  readonly closed: (isRecorded: boolean) => void
}

const listeners = new Set<() => void>()
let asked: AskedSignature | null = null

function replace(next: AskedSignature | null): void {
  asked = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is to be signed, and how it is put away. */
export function useAskedSignature(): {
  readonly asked: AskedSignature | null
  readonly close: (isRecorded: boolean) => void
} {
  const now = useSyncExternalStore(listen, () => asked)
  return {
    asked: now,
    close: (isRecorded) => {
      replace(null)
      now?.closed(isRecorded)
    },
  }
}

/** Opens the sign dialog over whatever page there is. */
export function useAskToSign(): (
  request: SigningRequest,
  closed?: (isRecorded: boolean) => void,
) => void {
  const session = useSession()
  return (request, closed = () => undefined) => replace({ request, session, closed })
}
