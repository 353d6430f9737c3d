/* A member's system computes what it owes and signs it, where the member has said so. */
import { cases, getPackage, type Step, serviceOf, steps } from '@renshe/contracts'
import { DeterminingRefused } from '../determine/determining-refused.ts'
import type { Member } from '../member.ts'
import type { Relay } from './relay.ts'

/** Looks through so many open steps of a member at once. */
const STEPS_MOST = 1_000

/**
 * Computes and submits determinations of open steps that await this member. A step that is in dispute is
 * left to people: submitting the same again would change nothing.
 */
export function determinations(member: Member): Relay {
  return {
    name: 'determinations',
    followsTime: false,
    wakes: ({ name }) => name === 'StepOpened' || name === 'StepDetermined',
    async run() {
      let isDone = false
      for (const step of owed(member)) {
        const place = { case: step.case, step: step.step }
        try {
          await member.determineStep(place)
          isDone = true
        } catch (error) {
          // The owner of the sub-ledger submits first; its act wakes this relay again.
          if (!(error instanceof DeterminingRefused) || error.code !== 'OWNER_FIRST') throw error
        }
      }
      return isDone
    },
  }
}

function owed({ id, ledger }: Member): Step[] {
  const view = ledger.view()
  const found: Step[] = []
  const range = { prefix: [id], limit: STEPS_MOST }
  for (const [, step] of view.state(steps).index('byHolder', range)) {
    if (step.status !== 'open' || step.submissions.some(({ member }) => member === id)) continue
    const serviceCase = view.state(cases).find(step.case)
    if (serviceCase === undefined) continue
    const { steps: defined } = serviceOf(getPackage(view, serviceCase.package))
    if (defined[step.step]?.determine !== undefined) found.push(step)
  }
  return found
}
