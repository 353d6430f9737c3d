// Goal: a member is offered what it may open, and nothing that would be refused for its role.
// Method: one service; roles of officer and member around it.
import { expect, it } from 'vitest'
import type { PackageDocument } from '../../../package/package-document.ts'
import { mayOpen } from './start-rights.ts'

const opensBy = (by: string, role?: string): PackageDocument =>
  ({ service: { opens: { by, ...(role === undefined ? {} : { role }) } } }) as PackageDocument
const KNOWN = ['ACCOUNT_MANAGER', 'CUSTODIAN']

it.each([
  [opensBy('accountManager', 'ops'), ['ops'], ['ACCOUNT_MANAGER'], true],
  [opensBy('accountManager', 'ops'), ['hr'], ['ACCOUNT_MANAGER'], false],
  [opensBy('accountManager', 'ops'), ['ops'], ['CUSTODIAN'], false],
  [opensBy('accountManager'), [], ['ACCOUNT_MANAGER'], true],
  [opensBy('reader'), [], ['CUSTODIAN'], true],
  [{ service: null } as PackageDocument, ['ops'], ['CUSTODIAN'], false],
])('%#', (document, officer, member, expected) => {
  expect(mayOpen(document, officer, member, KNOWN)).toBe(expected)
})
