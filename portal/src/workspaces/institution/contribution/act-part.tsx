/* Acting on a step from the head of a page: a button, and the panel of the step below it. The address keeps it open. */
import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import type { PackageTexts } from '../../../package/package-texts.ts'
import { Waiting } from '../../../patterns/states/states.tsx'
import {
  type CaseWithSteps,
  isUnfinished,
  type StepShown,
} from '../../../patterns/step-clock/case-shown.ts'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { useScenePrefill } from './scene-prefill.ts'
import { contributionWords } from './words.ts'

const ActPanel = lazy(async () => ({
  default: (await import('../../../patterns/step-form/act-panel.tsx')).ActPanel,
}))

/** Steps that the member of this session may act on now. */
export function useOwnSteps(found: CaseWithSteps): readonly StepShown[] {
  const { session } = useSession()
  return found.steps.filter(
    (step) =>
      isUnfinished(step) &&
      step.status !== 'waiting' &&
      step.awaits.includes(session?.member ?? ''),
  )
}

/** The address with the panel of a step open, or closed. */
function withAct(search: URLSearchParams, n: number | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (n === null) next.delete('act')
  else next.set('act', String(n))
  return next
}

/** One button for each step of this member. */
export function ActButtons({
  found,
  texts,
}: {
  readonly found: CaseWithSteps
  readonly texts: PackageTexts
}) {
  const say = useWords(contributionWords)
  const [search, setSearch] = useSearchParams()
  const steps = useOwnSteps(found)
  return steps.map(({ n, step, submissions }) => {
    const label = submissions.length > 0 ? 'actAgain' : 'act'
    const isOpen = search.get('act') === String(n)
    return (
      <Button
        key={n}
        type="primary"
        aria-expanded={isOpen}
        onClick={() => setSearch(withAct(search, isOpen ? null : n), { replace: true })}
      >
        {say(isOpen ? 'actClose' : label, { step: texts.step(step) })}
      </Button>
    )
  })
}

/** The panel of the step that the address names. */
export function ActOpened({ found }: { readonly found: CaseWithSteps }) {
  const [search] = useSearchParams()
  const n = Number(search.get('act') ?? '')
  const step = search.has('act') ? found.steps.find((one) => one.n === n) : undefined
  return step === undefined ? null : <ActOnStep found={found} step={step} />
}

function ActOnStep({ found, step }: { readonly found: CaseWithSteps; readonly step: StepShown }) {
  const say = useWords(contributionWords)
  const { isKnown, typed } = useScenePrefill(found, step)
  if (!isKnown) return <Waiting rows={4} />
  return (
    <Suspense fallback={<Waiting rows={4} />}>
      {typed === null || !isUnfinished(step) ? null : <p className="quiet">{say('sample')}</p>}
      <ActPanel caseId={found.case.id} n={step.n} {...(typed === null ? {} : { prefill: typed })} />
    </Suspense>
  )
}
