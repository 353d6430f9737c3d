/**
 * Goal: anyone can read the law that contracts execute. Method: the queries of the catalogue, asked
 * by the public.
 */
import { fromBase64Url } from '@renshe/crypto'
import { testReader } from '@renshe/kernel/testing'
import { expect, it } from 'vitest'
import { TestConsortium } from '../testing.ts'
import { packageBytes, packageHash, ruleHash } from './catalogue-hash.ts'
import type { PackageDocument } from './package-document.ts'
import { changed, FINES, READING_ROOM } from './testing.ts'

const { world } = new TestConsortium({
  members: [{ id: 'aaa', roles: ['LIB'] }],
  packages: [READING_ROOM, FINES],
})
const ask = (name: string, input: object) => {
  const answer = world.ask(testReader(), `catalogue.${name}`, input)
  return (answer.ok ? answer.data : answer) as { items: object[] } & Record<string, unknown>
}
const finesHash = packageHash(packageBytes(FINES))
const roomHash = packageHash(packageBytes(READING_ROOM))
const rule = ruleHash(FINES.rules[0] as PackageDocument['rules'][number])

it('gives the exact bytes of a package', () => {
  const { parts } = ask('getPackage', { package: finesHash }) as unknown as { parts: string[] }
  expect(parts).toEqual([finesHash])
  const { bytes } = ask('getPart', { part: parts[0] }) as unknown as { bytes: string }
  expect(fromBase64Url(bytes)).toEqual(packageBytes(FINES))
  expect(ask('getPackage', { package: rule })).toMatchObject({ code: 'PACKAGE_NOT_FOUND' })
  expect(ask('getPart', { part: rule })).toMatchObject({ code: 'PART_MISSING' })
})

it('lists packages, and says which one is in force', () => {
  expect(ask('listPackages', {}).items).toHaveLength(2)
  expect(ask('listPackages', { status: 'WITHDRAWN' }).items).toEqual([])
  expect(ask('getPackageInForce', { name: 'fines' })).toMatchObject({ hash: finesHash })
  expect(ask('getPackageInForce', { name: 'fines', day: '2026-08-31' })).toMatchObject({
    code: 'PACKAGE_NOT_FOUND',
  })
})

it('shows rules with their documents, clauses and parameters', () => {
  expect(ask('listRules', {}).items).toMatchObject([{ id: 'fines.amount', hash: rule }])
  expect(ask('listRules', { rule: 'fines.amount' }).items).toHaveLength(1)
  expect(ask('listRules', { package: 'reading-room' }).items).toEqual([])
  expect(ask('getRule', { rule })).toMatchObject({ document: { id: 'fines.amount' } })
  expect(ask('getRule', { rule: finesHash })).toMatchObject({ code: 'RULE_NOT_FOUND' })
  expect(ask('listClauses', { clause: 'library-statute/7' }).items).toHaveLength(1)
  expect(ask('listClauses', {}).items).toHaveLength(1)
  expect(ask('listParameters', { parameter: 'fines.per-day' }).items).toMatchObject([
    { rows: [{ value: '0.50' }, { value: '0.60' }] },
  ])
  expect(ask('listParameters', {}).items).toHaveLength(2)
})

it('is the data catalogue of what is sealed', () => {
  expect(ask('listDataSets', { package: 'reading-room' }).items).toMatchSnapshot()
  expect(ask('listDataSets', {}).items).toHaveLength(2)
})

it('compares two versions', () => {
  expect(ask('comparePackages', { from: roomHash, to: roomHash })).toEqual({
    changes: [],
    loosened: [],
  })
  const other = packageHash(packageBytes(changed(FINES, { '/version': '2.0.0' })))
  expect(ask('comparePackages', { from: finesHash, to: other })).toMatchObject({
    code: 'PACKAGE_NOT_FOUND',
  })
})
