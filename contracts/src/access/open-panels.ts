/* Panels of a read of level 4, and which of their releasers have sealed their share to the holder. */
import type { StateView } from '@renshe/kernel'
import { type Panel, panels, shareReleases } from './panel-records.ts'
import type { Read } from './records.ts'

/** One item of level 4 of a read. */
export interface OpenedPanel extends Pick<Panel, 'record' | 'section' | 'version' | 'need'> {
  /** In the order of x = 1 … n. */
  readonly shares: readonly (Panel['shares'][number] & {
    readonly index: number
    readonly released: boolean
  })[]
}

/** Panels of the items of a read; empty where none is of level 4. */
export function panelsOfRead(view: StateView, { read, items }: Read): OpenedPanel[] {
  return items.flatMap(({ record, section, version, batch }) => {
    const panel = batch === null ? findPanel(view, record, section, version) : undefined
    if (panel === undefined) return []
    const prefix = [read, record, section, version]
    const released = new Set<number>()
    for (const [, { index }] of view.state(shareReleases).range({ prefix })) released.add(index)
    const shares = panel.shares.map((share, at) => ({
      ...share,
      index: at + 1,
      released: released.has(at + 1),
    }))
    return [{ record, section, version, need: panel.need, shares }]
  })
}

/** The panel of one version of a section; undefined below level 4. */
export function findPanel(
  view: StateView,
  record: string,
  section: string,
  version: number,
): Panel | undefined {
  return view.state(panels).find([record, section, version])
}
