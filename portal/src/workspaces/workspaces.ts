/* Every workspace that there is. A new one is one line here. */
import type { Workspace } from '../shell/workspace.ts'
import { calculators } from './calculators/calculators.ts'
import { demo } from './demo/demo.ts'
import { explore } from './explore/explore.ts'
import { institution } from './institution/institution.ts'
import { own } from './own/own.ts'
import { supervision } from './supervision/supervision.ts'

/** Workspaces in the order in which they are offered. */
export const WORKSPACES: readonly Workspace[] = [
  demo,
  supervision,
  institution,
  own,
  explore,
  calculators,
]
