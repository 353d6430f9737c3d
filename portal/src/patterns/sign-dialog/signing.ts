/* One signature: prepared, said, signed once, and followed until the chain has answered. */
import type { CheckedOpenings, Client, PackageToSay, SaidPrepared } from '@renshe/client'
import { sayPrepared } from '@renshe/client'
import { type JsonObject, toHex } from '@renshe/crypto'
import { parseBody, type SaidAmount, type SaidText, transactionId } from '@renshe/proof'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import type { PackageTexts } from '../../package/package-texts.ts'
import { type Api, Problem } from '../../session/api.ts'
import type { SessionInUse } from '../../session/session.tsx'
import { findEntry, forgetEntry, keepEntry } from '../outbox/outbox-store.ts'
import type { Follows } from './consequences.ts'

/** What is going on before the words stand. */
export interface SigningProgress {
  readonly key: 'sealing' | 'recomputing' | 'reading' | 'computing' | 'rowsBack'
  readonly done: number
  readonly of: number
}

/** An act that is to be signed. */
export interface SigningRequest {
  /** Names the act among those of the account: case and step. */
  readonly id: string
  /** A verb and an object. */
  readonly title: SaidText
  /** Package and texts that say it; an act of no package is said from the input of the body. */
  readonly terms: PackageToSay | SayInput
  readonly texts: PackageTexts | null
  readonly prepare: (
    client: Client,
    told: (progress: SigningProgress) => void,
  ) => Promise<PreparedToSign>
  readonly follows: Follows | null
  /** Amounts of the case as the ledger has them: shown where the act itself names none. */
  readonly amounts?: readonly SaidAmount[]
  /** Values that the ledger has now and that are about to change. */
  readonly changes?: readonly {
    readonly label: string
    readonly before: string
    readonly after: string
  }[]
  /** Clause that a refusal rests on, as cited. */
  readonly clauseOf?: (code: string) => string | null
  /** Takes all rows away as a file. */
  readonly download?: (name: string) => void
  /** Told once it is recorded. */
  readonly onRecorded?: (recorded: Recorded) => void
}

/** Says an act of no package: sentences made from the input of the body that is signed. */
export type SayInput = (input: JsonObject) => readonly SaidText[]

function saidOf(body: Uint8Array, openings: CheckedOpenings, terms: SigningRequest['terms']) {
  if (typeof terms !== 'function') return sayPrepared(body, openings, terms)
  const { action, input } = parseBody(body)
  return { sentences: terms(input), amounts: [], unusual: [], action, input, rows: null }
}

/** A body that was checked against its openings. */
export interface PreparedToSign {
  readonly body: Uint8Array
  readonly openings: CheckedOpenings
  /** What else was compared, in a sentence. */
  readonly note?: string
}

/** An act that is in a final block. */
export interface Recorded {
  readonly txId: string
  readonly height: number
  readonly data: JsonObject
}

/** Where a signature stands. */
export type Signing =
  | { readonly phase: 'preparing'; readonly progress: SigningProgress | null }
  | {
      readonly phase: 'ready'
      readonly body: Uint8Array
      readonly said: SaidPrepared
      readonly note: string | null
    }
  | { readonly phase: 'sending'; readonly said: SaidPrepared }
  /** Handed in, no answer came: whether it is recorded is being found out. */
  | { readonly phase: 'unknown'; readonly said: SaidPrepared; readonly txId: string }
  /** The chain does not have it; the same signature may be handed in once more. */
  | { readonly phase: 'absent'; readonly body: Uint8Array; readonly said: SaidPrepared }
  | ({ readonly phase: 'recorded'; readonly said: SaidPrepared } & Recorded)
  | ({ readonly phase: 'refused' } & RefusedAct)
  /** Not what was meant: nothing was signed. */
  | { readonly phase: 'stopped'; readonly part: string }
  | { readonly phase: 'failed'; readonly error: unknown }

const POLL_MS = 1_500
/** So often is a node asked that answers but does not have it: a hand-in may still be on its way. */
const ABSENT_ROUNDS = 4

// budget: one hook: its closures share the client, the request and the state.
/** Goes through one signature in the name of a session. */
export function useSigning(request: SigningRequest, session: SessionInUse) {
  const { pathname } = useLocation()
  const [state, setState] = useState<Signing>({ phase: 'preparing', progress: null })
  const client = useRef<Client | null>(null)
  const isBusy = useRef(false)
  const isShown = useRef(true)
  const show = useCallback((next: Signing): void => {
    if (isShown.current) setState(next)
  }, [])

  const prepare = useCallback(async (): Promise<void> => {
    show({ phase: 'preparing', progress: null })
    try {
      client.current = await session.signing()
      const told = (progress: SigningProgress): void => show({ phase: 'preparing', progress })
      const { body, openings, note = null } = await request.prepare(client.current, told)
      const said = saidOf(body, openings, request.terms)
      show({ phase: 'ready', body, said, note })
    } catch (error) {
      show(faultOf(error))
    }
  }, [session, request, show])

  useEffect(() => {
    isShown.current = true
    void prepare()
    return () => {
      isShown.current = false
    }
  }, [prepare])

  const keep = (entry: { state: 'in-flight' | 'recorded'; txId: string }): void => {
    const { account } = session
    const input =
      entry.state === 'recorded' ? null : (findEntry(account, request.id)?.input ?? null)
    const { id, title } = request
    keepEntry({ id, account, title, path: pathname, input, ...entry })
  }

  const settle = async (body: Uint8Array, said: SaidPrepared): Promise<void> => {
    const txId = toHex(transactionId(body))
    show({ phase: 'unknown', said, txId })
    const end = await untilKnown(session.api, txId, () => isShown.current)
    if (end !== null) return finish(end, said, txId)
    // Known not to be there: what was typed is a draft again, whether or not the same is handed in once more.
    if (isShown.current) backToDraft(session.account, request.id)
    show({ phase: 'absent', body, said })
  }

  const finish = (end: Known, said: SaidPrepared, txId: string): void => {
    if (end.code === 'OK') {
      keep({ state: 'recorded', txId })
      const recorded = { txId, height: end.height, data: end.data }
      show({ phase: 'recorded', said, ...recorded })
      request.onRecorded?.(recorded)
      return
    }
    refuse({ code: end.code, facts: end.data, txId })
  }

  const refuse = (refused: RefusedAct): void => {
    backToDraft(session.account, request.id)
    show({ phase: 'refused', ...refused })
  }

  /** Signs the bytes that were said, once. */
  const sign = async (): Promise<void> => {
    const isReady = state.phase === 'ready' || state.phase === 'absent'
    if (!isReady || isBusy.current || client.current === null) return
    isBusy.current = true
    const { body, said } = state
    const txId = toHex(transactionId(body))
    show({ phase: 'sending', said })
    keep({ state: 'in-flight', txId })
    try {
      const { height, data } = await client.current.submit(body)
      finish({ code: 'OK', height, data }, said, txId)
    } catch (error) {
      const refused = refusalOf(error)
      if (refused === null) await settle(body, said)
      else refuse(refused)
    } finally {
      isBusy.current = false
    }
  }

  return { state, sign, again: prepare }
}

interface Known {
  readonly code: string
  readonly height: number
  readonly data: JsonObject
}

/** Asks until the chain has answered; null if it does not have the transaction. */
async function untilKnown(api: Api, txId: string, isWanted: () => boolean): Promise<Known | null> {
  for (let absent = 0; isWanted(); ) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    try {
      const found = await api.get(`/transactions/${txId}`)
      if (found.status !== 'final') continue
      const { code, height, data } = found
      return { code: String(code), height: Number(height), data: (data ?? {}) as JsonObject }
    } catch (error) {
      const isAbsent = error instanceof Problem && error.status === 404
      if (isAbsent && ++absent >= ABSENT_ROUNDS) return null
    }
  }
  return null
}

/** What was typed becomes a draft again. */
function backToDraft(account: string, id: string): void {
  const entry = findEntry(account, id)
  if (entry === undefined) return
  if (entry.input === null) forgetEntry(account, id)
  else keepEntry({ ...entry, state: 'draft', txId: null })
}

/** A refusal by a contract or the node; `txId` null if it never reached a block. */
export interface RefusedAct {
  readonly code: string
  readonly facts: JsonObject
  readonly txId: string | null
}

/** What was refused; null where it is not known whether anything was recorded. */
export function refusalOf(error: unknown): RefusedAct | null {
  if (!(error instanceof Error)) return null
  const {
    status = 0,
    code = '',
    facts = {},
    txId = null,
  } = error as Error & Partial<RefusedAct> & { readonly status?: number }
  return status >= 400 && status < 500 ? { code, facts, txId } : null
}

function faultOf(error: unknown): Signing {
  const refused = refusalOf(error)
  if (refused !== null) return { phase: 'refused', ...refused }
  const isStop =
    error instanceof Error && (error.name === 'PreparedRefused' || error.name === 'OpenedRefused')
  if (!isStop) return { phase: 'failed', error }
  return { phase: 'stopped', part: String((error as Error & { part?: string }).part ?? '') }
}
