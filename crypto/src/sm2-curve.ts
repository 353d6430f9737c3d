import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { SM2 } from './public-key.ts'

/**
 * Points of the SM2 curve (GB/T 32918.5).
 *
 * Node offers no SM2 encryption and no multiplication of points; noble's arithmetic is audited and
 * works for any short Weierstrass curve.
 */
export const Sm2Point = /* @__PURE__ */ weierstrass({
  p: SM2.p,
  n: SM2.n,
  h: 1n,
  a: SM2.a,
  b: SM2.b,
  Gx: SM2.gx,
  Gy: SM2.gy,
})
