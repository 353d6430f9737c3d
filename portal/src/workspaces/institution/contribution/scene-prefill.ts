/* Demonstrations only: what the story would type into a form, so that a visitor need not know net values by heart. */
import type { JsonObject } from '@renshe/crypto'
import { useQuery } from '@tanstack/react-query'
import type { CaseWithSteps, StepShown } from '../../../patterns/step-clock/case-shown.ts'
import type { FormTyped } from '../../../patterns/step-form/form-state.ts'
import { typedOf } from '../../../patterns/step-form/typed-values.ts'
import {
  type Demonstration,
  type Scene,
  useDemonstration,
} from '../../../patterns/tour/demonstration.ts'
import { useSession } from '../../../session/session.tsx'

/** What a scene says of its form. */
interface SceneInput {
  readonly input?: { readonly fields?: JsonObject; readonly outcome?: string }
}

/** A form with the values of the story; `isKnown` once it is sure whether there are any. */
export interface Prefill {
  readonly isKnown: boolean
  readonly typed: FormTyped | null
}

const NOTHING: Prefill = { isKnown: true, typed: null }

/** Asks the story for the values of a step that this member holds. */
export function useScenePrefill(found: CaseWithSteps, step: StepShown | undefined): Prefill {
  const { api, chain, session, slot, account } = useSession()
  const demonstration = useDemonstration()
  const scene = sceneOf(demonstration.data, found, step, session?.member)
  const asked = useQuery({
    queryKey: ['scene', slot, account, demonstration.data?.run, scene?.id],
    enabled: scene !== undefined,
    retry: false,
    queryFn: () => api.get<SceneInput>(`/demonstration/scenes/${scene?.id ?? ''}`),
  })
  if (!chain.isDemonstration || demonstration.error !== null) return NOTHING
  if (demonstration.data === undefined) return { isKnown: false, typed: null }
  if (scene === undefined || asked.error !== null) return NOTHING
  if (asked.data === undefined) return { isKnown: false, typed: null }
  const { fields = {}, outcome = null } = asked.data.input ?? {}
  if (Object.keys(fields).length === 0) return NOTHING
  const typed = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typedOf(value)]),
  )
  return { isKnown: true, typed: { fields: typed, sections: {}, outcome } }
}

/** The scene of a step: of this member, on a page of this kind of case, not done yet. */
function sceneOf(
  demonstration: Demonstration | undefined,
  found: CaseWithSteps,
  step: StepShown | undefined,
  member: string | undefined,
): Scene | undefined {
  const isValuation = typeof found.case.values.valuationDay === 'string'
  return demonstration?.scenes.find(
    (scene) =>
      scene.step === step?.step &&
      scene.member === member &&
      scene.status !== 'done' &&
      scene.path.includes('/valuation/') === isValuation,
  )
}
