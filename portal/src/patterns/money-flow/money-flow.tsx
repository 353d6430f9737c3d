/* Where the money of one batch is: a drawing for the eye, its table twin for everybody. */
import './money-flow.css'
import { useCallback, useEffect, useState } from 'react'
import { Icon } from '../../shell/icons.tsx'
import { useWords } from '../../words/locale.tsx'
import { Section } from '../page/page.tsx'
import { FlowDrawing, LegendLine } from './flow-drawing.tsx'
import { FLOW } from './flow-layout.ts'
import type { Lane } from './flow-messages.ts'
import type { FlowRow } from './flow-rows.ts'
import { FlowTable, FlowTwin } from './flow-table.tsx'
import { flowWords } from './words.ts'

/** What it shows. */
interface MoneyFlowProps {
  readonly rows: readonly FlowRow[]
  /** Lanes of this session. */
  readonly ours: readonly string[]
  readonly namesOf: (lane: Lane) => readonly string[]
  readonly nameOf: (member: string) => string
  readonly sectionName: (section: string) => string
  /** Block time, UTC ms. */
  readonly now: number
}

/** The sequence of one batch; `t` changes between picture and table. */
export function MoneyFlow({ rows, ours, namesOf, nameOf, sectionName, now }: MoneyFlowProps) {
  const say = useWords(flowWords)
  const [isTable, setIsTable] = useState(false)
  const [room, setRoom] = useState({ width: FLOW.least as number, height: 0 })
  useTableKey(() => setIsTable((before) => !before))
  const measure = useCallback((frame: HTMLDivElement | null) => {
    if (frame === null) return
    const watch = new ResizeObserver(() =>
      setRoom({ width: Math.floor(frame.clientWidth), height: Math.floor(frame.clientHeight) }),
    )
    watch.observe(frame)
    return () => watch.disconnect()
  }, [])
  const twin = { rows, nameOf, sectionName, now }
  return (
    <Section
      title={say('title')}
      aside={
        <>
          <Legend />
          <button
            type="button"
            className="flow-toggle"
            title={say('key')}
            aria-keyshortcuts="t"
            onClick={() => setIsTable(!isTable)}
          >
            {say(isTable ? 'asPicture' : 'asTable')}
          </button>
        </>
      }
    >
      {isTable ? (
        <FlowTable {...twin} />
      ) : (
        <>
          <div
            className="flow-frame"
            ref={measure}
            style={{ minHeight: FLOW.head + FLOW.line * 2 + FLOW.row * rows.length }}
          >
            <FlowDrawing rows={rows} ours={ours} namesOf={namesOf} now={now} room={room} />
          </div>
          <FlowTwin {...twin} />
        </>
      )}
    </Section>
  )
}

function Legend() {
  const say = useWords(flowWords)
  return (
    <div className="flow-legend">
      <span>
        <LegendLine state="done" />
        {say('done')}
      </span>
      <span>
        <LegendLine state="current" />
        {say('current')}
      </span>
      <span>
        <LegendLine state="later" />
        {say('later')}
      </span>
      <span>
        <i className="is-hatched" aria-hidden="true" />
        <Icon name="lock" size={12} />
        {say('sealed')}
      </span>
      <span>
        <i className="is-ring" aria-hidden="true" />
        {say('told')}
      </span>
    </div>
  )
}

/** Single keys are for nobody who is typing. */
function useTableKey(press: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement | null
      const isTyping = at?.closest('input, textarea, select, [contenteditable], [role="dialog"]')
      if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      press()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  })
}
