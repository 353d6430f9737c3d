import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { legalDay } from '../vocabulary/civil-date.ts'
import { CivilDate, KebabName } from '../vocabulary/schemas.ts'
import { findPackageRecord, packageInForce } from './packages.ts'
import { PackageRecord } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** The version of a package that is in force on a day, by default on that of the newest block. */
export const getPackageInForce = query({
  name: 'catalogue.getPackageInForce',
  summary: 'Shows which version of a package is in force on a day.',
  input: Type.Object({ name: KebabName, day: Type.Optional(CivilDate) }),
  output: PackageRecord,
  mayRead: () => true,
  run(view, { name, day }) {
    const hash = packageInForce(view, name, day ?? legalDay(view.time))
    const record = hash === undefined ? undefined : findPackageRecord(view, hash)
    return record ?? view.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_FOUND', package: name }))
  },
})
