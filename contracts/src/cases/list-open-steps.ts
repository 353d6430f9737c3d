import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { KebabName, MemberId } from '../vocabulary/schemas.ts'
import { findCase } from './case-work.ts'
import { isOfChain } from './reading.ts'
import { NEVER, Step, steps } from './records.ts'

/** The work queue of a member: open steps that await it, the most urgent first. */
export const listOpenSteps = query({
  name: 'cases.listOpenSteps',
  summary: 'List the open steps that await a member, the most urgent first.',
  input: Type.Object({ ...PageInput, member: MemberId, service: Type.Optional(KebabName) }),
  output: pageOf(Type.Object({ service: Type.String(), step: Step })),
  mayRead: isOfChain,
  run(view, { member, service, limit, cursor }) {
    const range = { prefix: [member], ...afterCursor(view, cursor) }
    const serviceOf = (step: Step): string => findCase(view, step.case)?.service ?? ''
    const found = placed(
      view.state(steps).index('byHolder', range),
      (_, step) =>
        service === undefined || serviceOf(step) === service
          ? [step.dueAt ?? NEVER, step.case, step.n]
          : undefined,
      (step) => ({ service: serviceOf(step), step }),
    )
    return page(view, found, limit)
  },
})
