/* What a screen shows while it has no answer, and when the answer is no. */
import './states.css'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Problem } from '../../session/api.ts'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { problemInWords } from './problem-words.ts'
import { stateWords } from './words.ts'

const [SHOW_AFTER_MS, SAY_AFTER_MS] = [300, 5_000]

/** Nothing for 300 ms, then bars in the final layout, after 5 s the sentence whom we wait for. */
export function Waiting({
  rows = 3,
  whom,
}: {
  readonly rows?: number
  /** Name of whoever has to answer. */
  readonly whom?: string
}) {
  const say = useWords(stateWords)
  const [since, setSince] = useState<'begun' | 'shown' | 'long'>('begun')
  useEffect(() => {
    const shown = setTimeout(() => setSince('shown'), SHOW_AFTER_MS)
    const long = setTimeout(() => setSince('long'), SAY_AFTER_MS)
    return () => {
      clearTimeout(shown)
      clearTimeout(long)
    }
  }, [])
  if (since === 'begun') return <div className="waiting" />
  return (
    <div className="waiting" role="status">
      {Array.from({ length: rows }, (_, index) => (
        <div className="waiting-bar" key={index} />
      ))}
      <span className={since === 'long' ? 'quiet' : 'visually-hidden'}>
        {since === 'long' ? say('stillWaiting', { whom: whom ?? say('thisNode') }) : say('waiting')}
      </span>
    </div>
  )
}

/** Why there is nothing, and the one next thing to do. */
export function Empty({
  children,
  action,
}: {
  readonly children: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}

/** A refusal is an answer: amber, with who may and what to do next. */
export function Refused({
  title,
  children,
  clause,
  next,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly clause?: string | null
  readonly next?: ReactNode
}) {
  const say = useWords(stateWords)
  return (
    <section className="refused" role="alert">
      <h2>
        <Icon name="alert" size={16} />
        {title}
      </h2>
      {children}
      {clause === undefined || clause === null ? null : (
        <p className="quiet">
          {say('basis')}
          {clause}
        </p>
      )}
      {next}
    </section>
  )
}

/** What went wrong, whether anything was recorded, and how to go on. */
export function Failed({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const say = useWords(stateWords)
  const { title, detail, isRefusal, reference } = useProblem(error)
  if (isRefusal) return <Refused title={title}>{detail === '' ? null : <p>{detail}</p>}</Refused>
  return (
    <section className="failed" role="alert">
      <h2>
        <Icon name="alert" size={16} />
        {title}
      </h2>
      {detail === '' ? null : <p>{detail}</p>}
      <div className="row">
        {again === undefined ? null : <Button onClick={again}>{say('again')}</Button>}
        {reference === null ? null : (
          <span className="quiet">{say('reference', { reference })}</span>
        )}
      </div>
    </section>
  )
}

function useProblem(error: unknown) {
  const say = useWords(stateWords)
  return problemInWords(error, say)
}

/** Shows what a question was answered, or its state until then. */
export function Asked<Data>({
  of: query,
  whom,
  rows,
  children,
}: {
  readonly of: UseQueryResult<Data>
  readonly whom?: string
  readonly rows?: number
  readonly children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error !== null) return <Failed error={query.error} again={() => void query.refetch()} />
  return (
    <Waiting {...(rows === undefined ? {} : { rows })} {...(whom === undefined ? {} : { whom })} />
  )
}

/** Whether an error is a problem document of a certain code. */
export function isProblem(error: unknown, code: string): boolean {
  return error instanceof Problem && error.code === code
}
