import { query } from '@renshe/kernel'
import { Type } from 'typebox'
import { Digest } from '../vocabulary/schemas.ts'
import { findPackageRecord } from './packages.ts'
import { PackageRecord } from './records.ts'
import { catalogueRefusal } from './refusals.ts'

/** One package at one version; its bytes are its parts joined. */
export const getPackageQuery = query({
  name: 'catalogue.getPackage',
  summary: 'Shows a package at one version, with the parts that hold its exact bytes.',
  input: Type.Object({ package: Digest }),
  output: PackageRecord,
  mayRead: () => true,
  run: (view, { package: hash }) =>
    findPackageRecord(view, hash) ??
    view.refuse(catalogueRefusal({ code: 'PACKAGE_NOT_FOUND', package: hash })),
})
