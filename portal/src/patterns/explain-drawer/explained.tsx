/* A number that explains itself: a button with a dotted underline that opens the explanation beside the page. */
import './explain-drawer.css'
import type { JsonObject } from '@renshe/crypto'
import { lazy, type ReactNode, Suspense, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useSearchParams } from 'react-router'
import { useWords } from '../../words/locale.tsx'
import { explainWords } from './words.ts'

/** What is asked: which rule made the number, from which facts, on which day. */
export interface NumberToExplain {
  /** Names the number on its page: what the address keeps when the explanation is open. */
  readonly id: string
  readonly title: string
  /** Id of the rule, for example `annuity.units-bought`. */
  readonly rule: string
  readonly facts: JsonObject
  readonly output: string
  /** Law date, `YYYY-MM-DD`. */
  readonly on: string
  /** The value that the ledger has: the browser compares. */
  readonly value: string
}

const ExplainDrawer = lazy(async () => ({
  default: (await import('./explain-drawer.tsx')).ExplainDrawer,
}))

/** Shows a number as a button; opened, the explanation stands at the side and the page stays usable. */
export function Explained({
  number,
  children,
}: {
  readonly number: NumberToExplain
  readonly children: ReactNode
}) {
  const say = useWords(explainWords)
  const [asked, setAsked] = useSearchParams()
  const button = useRef<HTMLButtonElement>(null)
  const isOpen = asked.get('explain') === number.id
  const open = (id: string | null): void => {
    setAsked(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete('rule')
        if (id === null) next.delete('explain')
        else next.set('explain', id)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="explained"
        aria-expanded={isOpen}
        title={say('explain', { title: number.title })}
        onClick={() => open(isOpen ? null : number.id)}
      >
        {children}
      </button>
      {isOpen
        ? // At the end of the document: what stands around the number does not style its explanation.
          createPortal(
            <Suspense fallback={null}>
              <ExplainDrawer
                number={number}
                close={() => {
                  open(null)
                  button.current?.focus()
                }}
              />
            </Suspense>,
            document.body,
          )
        : null}
    </>
  )
}
