import type { Contracts } from '@renshe/kernel'
import { actionRoutes } from './action-routes.ts'
import { chainRoutes } from './chain-routes.ts'
import { determinationRoutes } from './determination-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { explorerRoutes } from './explorer-routes.ts'
import { openedRoutes } from './opened-routes.ts'
import { personRoutes } from './person-routes.ts'
import { queryRoutes } from './query-routes.ts'
import type { ApiRoute } from './route.ts'
import { ruleRoutes } from './rule-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { statementRoutes } from './statement-routes.ts'
import { systemRoutes } from './system-routes.ts'
import { trustRoutes } from './trust-routes.ts'
import { uploadRoutes } from './upload-routes.ts'
import { warrantRoutes } from './warrant-routes.ts'

/** Every route that there is: the API serves these, and its document describes these. */
export function allRoutes(contracts: Contracts): readonly ApiRoute[] {
  return [
    ...systemRoutes,
    ...signInRoutes,
    ...sessionRoutes,
    ...personRoutes,
    ...chainRoutes,
    ...explorerRoutes,
    ...trustRoutes,
    ...eventRoutes,
    ...actionRoutes(contracts.actions.values()),
    ...queryRoutes(contracts.queries.values()),
    ...draftRoutes,
    ...uploadRoutes,
    ...openedRoutes,
    ...determinationRoutes,
    ...warrantRoutes,
    ...statementRoutes,
    ...ruleRoutes,
  ]
}
