/* Where an upload stands, in the phases that there really are. */
import { useWords } from '../../words/locale.tsx'
import { uploadWords } from './words.ts'

const PHASES = ['choose', 'upload', 'check', 'totals', 'seal', 'record'] as const

/** One of the phases of an upload. */
export type UploadPhase = (typeof PHASES)[number]

/** The phases, those that are over and the one of now. */
export function Phases({ at }: { readonly at: UploadPhase }) {
  const say = useWords(uploadWords)
  const now = PHASES.indexOf(at)
  return (
    <ol className="bulk-phases" aria-label={say('phases')}>
      {PHASES.map((phase, index) => (
        <li
          key={phase}
          className={index < now ? 'is-done' : index === now ? 'is-now' : undefined}
          aria-current={index === now ? 'step' : undefined}
        >
          {say(`phase_${phase}`)}
        </li>
      ))}
    </ol>
  )
}
