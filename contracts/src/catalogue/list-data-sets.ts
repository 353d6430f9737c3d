import { query } from '@renshe/kernel'
import { type Static, Type } from 'typebox'
import { afterCursor, PageInput, page, pageOf, placed } from '../vocabulary/pages.ts'
import { Digest, KebabName } from '../vocabulary/schemas.ts'
import { type SectionRecord, sectionEntries } from './records.ts'

/** An entry of the data catalogue: the nine fields of 政务数据共享条例 art. 13, with its hash. */
const DataSet = Type.Object({
  entry: Digest,
  package: Digest,
  /** 数据目录名称 */
  name: Type.String(),
  /** 数据项 */
  items: Type.Array(Type.String()),
  /** 提供单位: the party that owns the section in each case. */
  provider: Type.String(),
  /** 数据格式 */
  format: Type.Literal('SEALED_JSON'),
  /** 数据更新频率 */
  updateFrequency: Type.Literal('PER_CASE'),
  /** 共享属性 */
  shareAttribute: Type.String(),
  /** 共享方式 */
  shareMethod: Type.Literal('GRANT_AND_RECEIPT'),
  /** 使用条件 */
  conditions: Type.Object({
    readers: Type.Array(Type.String()),
    purpose: Type.String(),
    use: Type.String(),
    clause: Type.Union([Type.String(), Type.Null()]),
  }),
  /** 数据分类分级: the level of sealing. */
  level: Type.Integer(),
})

/**
 * 数据目录 of the sealed data that published packages define; sections that stay, with every version.
 */
export const listDataSets = query({
  name: 'catalogue.listDataSets',
  summary: 'Lists the data catalogue: who provides which sealed data, for what, to whom.',
  input: Type.Object({ ...PageInput, package: Type.Optional(KebabName) }),
  output: pageOf(DataSet),
  mayRead: () => true,
  run(view, { package: name, limit, cursor }) {
    const prefix = name === undefined ? [] : [name]
    const range = { prefix, ...afterCursor(view, cursor) }
    const found = placed(
      view.state(sectionEntries).index('byPackage', range),
      (hash, { packageName, section }) => [
        ...(name === undefined ? [packageName] : []),
        section,
        hash,
      ],
      dataSetOf,
    )
    return page(view, found, limit)
  },
})

function dataSetOf(record: SectionRecord): Static<typeof DataSet> {
  const { readers, purpose, use, clause } = record
  return {
    entry: record.hash,
    package: record.package,
    name: `${record.packageName}/${record.section}`,
    items: record.items,
    provider: record.owner,
    format: 'SEALED_JSON',
    updateFrequency: 'PER_CASE',
    shareAttribute: record.sharing,
    shareMethod: 'GRANT_AND_RECEIPT',
    conditions: { readers, purpose, use, clause },
    level: record.level,
  }
}
