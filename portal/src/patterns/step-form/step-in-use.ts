/* A step with everything that its panel is made from, and the request that signs an act on it. */
import type { JsonObject } from '@renshe/crypto'
import { useMemo } from 'react'
import {
  type LoadedPackage,
  packageToSay,
  type StepDefinition,
  serviceOf,
} from '../../package/package-document.ts'
import { textsOf } from '../../package/package-texts.ts'
import {
  type CaseShown,
  type StepShown,
  usePackageTexts,
  valuesOfCase,
} from '../../package/use-package.ts'
import { amountsOfCase } from '../../package/value-fields.ts'
import { followsOf } from '../sign-dialog/consequences.ts'
import type { Recorded, SigningRequest } from '../sign-dialog/signing.ts'
import { changesOf } from './changes.ts'
import type { FormTyped } from './form-state.ts'
import { clauseOfRefusal } from './step-clauses.ts'
import type { FormSaid } from './step-form.tsx'

/** Which step is acted on. */
export interface ActPanelProps {
  readonly caseId: string
  /** Number of the step within its case. */
  readonly n: number
  /** What stands in the form if nothing was typed yet. */
  readonly prefill?: FormTyped
  readonly onRecorded?: (recorded: Recorded) => void
}

/** A step with everything that its panel is made from. */
export interface StepInUse {
  readonly loaded: LoadedPackage
  readonly found: CaseShown
  readonly steps: readonly StepShown[]
  readonly step: StepShown
  readonly definition: StepDefinition
  readonly suggested: JsonObject
  readonly choices: readonly string[]
}

/** Title of a step in both languages. */
export function useStepTitle({ loaded, step }: Pick<StepInUse, 'loaded' | 'step'>) {
  return useMemo(() => {
    const said = (locale: 'zh' | 'en') => textsOf(loaded, locale).step(step.step)
    return { zh: said('zh'), en: said('en') }
  }, [loaded, step.step])
}

/** Makes the request of an act on a step. */
export function useStepRequest(
  inUse: StepInUse,
  id: string,
  onRecorded?: (recorded: Recorded) => void,
): (said: FormSaid) => SigningRequest {
  const { loaded, found, steps, step } = inUse
  const values = valuesOfCase(found, steps)
  const texts = usePackageTexts(loaded)
  const title = useStepTitle(inUse)
  return ({ fields, sections, outcome }) => {
    const place = { case: found.id, step: step.step, n: step.n }
    const input = {
      ...place,
      ...(outcome === null ? {} : { outcome }),
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    }
    const sealed = Object.keys(sections).length === 0 ? null : { sections }
    return {
      id,
      title,
      terms: packageToSay(loaded),
      texts,
      follows: followsOf(serviceOf(loaded), found.parties, step.step, outcome),
      amounts: amountsOfCase(loaded, values),
      changes: changesOf(values, fields, texts, inUse.definition),
      clauseOf: (code) => clauseOfRefusal(inUse.definition, code, texts),
      prepare: (client) => client.prepare('cases.actOnStep', input, sealed),
      ...(onRecorded === undefined ? {} : { onRecorded }),
    }
  }
}
