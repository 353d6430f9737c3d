// Goal: a sign-in leads back to a page of this node and to nothing else (open redirect).
// Method: a table of spellings that browsers are known to read as another origin, and of honest paths.
import { describe, expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

const ORIGIN = 'https://node.example'

describe('threat 26: a path to lead back to', () => {
  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/x/..//elsewhere.example',
    '/.//elsewhere.example',
    '/%2e//elsewhere.example',
    'javascript:alert(1)',
    ' /x',
    '/x y',
    '/页',
    '',
    'x',
    '@elsewhere.example',
    '/api/v1/sign-in?return=/',
    '/API/v1/session',
    '/oidc/auth',
    '/x/../api/v1/session',
    `/${'x'.repeat(1_000)}`,
  ])('is not %j', (text) => {
    expect(ownPath(text, ORIGIN)).toBeUndefined()
  })

  it.each([
    ['/', '/'],
    ['/demo', '/demo'],
    ['/desk/cases/01?asOf=3&tab=a#row-2', '/desk/cases/01?asOf=3&tab=a#row-2'],
    ['/a/../b', '/b'],
    ['/%E9%A1%B5', '/%E9%A1%B5'],
    ['/x?to=https://elsewhere.example', '/x?to=https://elsewhere.example'],
    ['/apiary', '/apiary'],
  ])('may be %j', (text, path) => {
    expect(ownPath(text, ORIGIN)).toBe(path)
  })
})
