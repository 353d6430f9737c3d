/** Calls a node: typed, recomputes before it signs, verifies what it receives. In Node and browsers. */
export type { ActionInputs, Queries } from './operations.gen.ts'
