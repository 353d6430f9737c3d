/* Entries of the data catalogue, for the other actions of the catalogue and for other modules. */
import type { Context, StateView } from '@renshe/kernel'
import type { CompiledPackage } from './compiled-package.ts'
import { type DataSet, dataSets } from './data-set-records.ts'
import { catalogueRefusal } from './refusals.ts'

const SHARING_ORDER = ['NOT_SHARED', 'CONDITIONAL', 'UNCONDITIONAL']

/** The published version of an entry. */
export function findDataSet(view: StateView, id: string): DataSet | undefined {
  for (const [, found] of view.state(dataSets).index('published', { prefix: [id], limit: 1 })) {
    return found
  }
  return undefined
}

/** Published entries that list a section of a package. */
export function dataSetsOfSection(view: StateView, name: string, section: string): DataSet[] {
  const found = view.state(dataSets).index('bySection', { prefix: [name, section] })
  return [...found].map(([, dataSet]) => dataSet)
}

/** The entry at that version; refuses `DATA_SET_NOT_FOUND`. */
export function getDataSetRecord(ctx: Context, hash: string): DataSet {
  return (
    ctx.state(dataSets).find(hash) ??
    ctx.refuse(catalogueRefusal({ code: 'DATA_SET_NOT_FOUND', dataSet: hash }))
  )
}

/**
 * Refuses a package that seals what the data catalogue lists more weakly than listed, or shares it more
 * freely. Once one section of a package is listed, all of them must be; a package of which none is
 * listed has the entries that its own publication makes.
 */
export function refuseUnlistedSections(ctx: Context, { document }: CompiledPackage): void {
  const { name: packageName } = document
  const any = ctx.state(dataSets).index('bySection', { prefix: [packageName], limit: 1 })
  if ([...any].length === 0) return
  for (const [section, definition] of Object.entries(document.service?.sections ?? {})) {
    const listing = dataSetsOfSection(ctx, packageName, section)
    if (listing.length === 0) ctx.refuse(catalogueRefusal({ code: 'SECTION_NOT_LISTED', section }))
    for (const { content } of listing) {
      const least = content.sections.find(
        (one) => one.package === packageName && one.section === section,
      )?.level
      const { level, sharing } = definition
      const isWeaker = least !== undefined && level < least
      const isFreer = SHARING_ORDER.indexOf(sharing) > SHARING_ORDER.indexOf(content.sharing)
      if (!isWeaker && !isFreer) continue
      ctx.refuse(
        catalogueRefusal({
          code: 'SECTION_WEAKER',
          section,
          dataSet: content.id,
          level,
          least: least ?? level,
          sharing,
          most: content.sharing,
        }),
      )
    }
  }
}
