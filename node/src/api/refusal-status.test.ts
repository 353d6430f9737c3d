// Goal: every refusal of the contracts has a status that was meant.
// Method: read every code out of the modules' unions of refusals and compare with the statuses by class.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { statusOfCode } from './refusal-status.ts'

const folder = new URL('../../../contracts/src/', import.meta.url)
const codes = ['access', 'cases', 'catalogue', 'funds', 'governance', 'membership', 'supervision']
  .map((module) => readFileSync(new URL(`${module}/refusals.ts`, folder), 'utf8'))
  .flatMap((text) => [...text.matchAll(/code: '([A-Z_]+)'/g)].map(([, code]) => code as string))

describe('statuses', () => {
  it('are those of a refusal for every code of the contracts', () => {
    expect(codes.length).toBeGreaterThan(150)
    for (const code of codes) {
      expect([code, [403, 404, 409, 410, 413, 422, 429].includes(statusOfCode(code))]).toEqual([
        code,
        true,
      ])
    }
  })

  it('say 404 for what is not found, 403 for what is not yours', () => {
    const absent = codes.filter((code) => code.endsWith('_NOT_FOUND'))
    expect(new Set(absent.map(statusOfCode))).toEqual(new Set([404]))
    const foreign = codes.filter((code) => code.endsWith('_NOT_YOURS'))
    expect(new Set(foreign.map(statusOfCode))).toEqual(new Set([403]))
  })

  it('of a package’s own codes are 422', () => {
    expect(statusOfCode('DEPOSIT_TOO_HIGH')).toBe(422)
  })
})
