import type { RuleBook } from '../vocabulary/rule-book.ts'
import { actOnStep } from './act-on-step.ts'
import { determineStep } from './determine-step.ts'
import { findWaits } from './find-waits.ts'
import { getCase } from './get-case.ts'
import { getStep } from './get-step.ts'
import { lapseStep } from './lapse-step.ts'
import { listCases } from './list-cases.ts'
import { listOpenSteps } from './list-open-steps.ts'
import { openCase } from './open-case.ts'
import { recordArrival } from './record-arrival.ts'
import { recordSettlement } from './record-settlement.ts'
import { cases, steps, uniques } from './records.ts'
import { resumeStep } from './resume-step.ts'
import { withdrawCase } from './withdraw-case.ts'

/** Actions, queries and collections of cases. */
export const casesBook: RuleBook = {
  actions: [
    actOnStep,
    determineStep,
    lapseStep,
    openCase,
    recordArrival,
    recordSettlement,
    resumeStep,
    withdrawCase,
  ],
  queries: [findWaits, getCase, getStep, listCases, listOpenSteps],
  collections: [cases, steps, uniques],
}
