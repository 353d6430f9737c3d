import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { CaseId } from '../vocabulary/schemas.ts'
import { stepsOf } from './case-work.ts'
import { CASE_LIMITS } from './limits.ts'
import { getCaseOf, isOfChain } from './reading.ts'
import { Case, Step } from './records.ts'

/** One case with all its steps: where it stands, who signed what, what is due when. */
export const getCase = query({
  name: 'cases.getCase',
  summary: 'Show a case with its steps.',
  input: Type.Object({ case: CaseId }),
  output: Type.Object({
    case: Case,
    steps: Type.Array(Step, { maxItems: CASE_LIMITS.steps }),
  }),
  mayRead: isOfChain,
  run(view, input) {
    const serviceCase = getCaseOf(view, input.case)
    return { case: serviceCase, steps: stepsOf(view, serviceCase.id) }
  },
})
