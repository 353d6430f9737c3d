import type { JsonObject } from '@renshe/crypto'
import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { comparePackages } from './comparison.ts'
import { findLoosenings } from './loosening.ts'
import { getPackage } from './packages.ts'

/** What changes from one version of a package to another, for those who vote on it. */
export const comparePackagesQuery = query({
  name: 'catalogue.comparePackages',
  summary: 'Shows what changes between two versions of a package, and which locks it loosens.',
  input: Type.Object({ from: Digest, to: Digest }),
  output: Type.Object({
    changes: Type.Array(Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: {} })),
    loosened: Type.Array(Type.Object({ path: Type.String(), what: Type.String() })),
  }),
  mayRead: () => true,
  run(view, { from, to }) {
    const before = getPackage(view, from).document
    const after = getPackage(view, to).document
    return {
      changes: comparePackages(before, after).map((change) => ({ ...change })),
      loosened: findLoosenings(before, after).map((loosening) => ({ ...loosening })),
    }
  },
})
