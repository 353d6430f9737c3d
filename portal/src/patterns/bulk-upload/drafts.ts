/* The draft of a batch at the node: what it holds, as pages read it. */
import type { JsonObject } from '@renshe/crypto'
import type { SaidText } from '@renshe/proof'
import type { Api } from '../../session/api.ts'

/** A draft at a glance. */
export interface DraftSummary {
  readonly rows: number
  readonly good: number
  readonly bad: number
  readonly totals: JsonObject
  readonly leastRows: number
  readonly isReady: boolean
  readonly files: readonly {
    readonly number: number
    readonly name: string | null
    readonly format: 'csv' | 'xlsx'
    readonly encoding: string | null
    readonly sha256?: string
  }[]
  readonly changedAt: number
}

/** What is wrong with a row, or was taken although it was written in another way. */
export interface RowProblem {
  readonly code: string
  readonly column: string | null
  readonly expected: SaidText
  readonly came: string
}

/** A row as its uploader sees it. */
export interface DraftRow {
  readonly number: number
  readonly file: number
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly values: JsonObject | null
  readonly problems: readonly RowProblem[]
  readonly remarks: readonly RowProblem[]
}

/** Where a draft lies. */
export interface DraftPlace {
  readonly case: string
  readonly step: string
  readonly section: string
}

/** Path of a draft below the API's own. */
export function draftPath({ case: id, step, section }: DraftPlace): string {
  return `/drafts/${id}/${step}/${section}`
}

/** All rows of a draft, page by page. */
export async function draftRows(
  api: Api,
  place: DraftPlace,
  only: 'bad' | 'all',
  told: (rows: number) => void = () => undefined,
): Promise<DraftRow[]> {
  const rows: DraftRow[] = []
  for (let after: string | null = '0'; after !== null; ) {
    const query = `?after=${after}${only === 'bad' ? '&only=bad' : ''}`
    const page: { items: readonly DraftRow[]; next: string | null } = await api.get(
      `${draftPath(place)}/rows${query}`,
    )
    rows.push(...page.items)
    told(rows.length)
    after = page.next
  }
  return rows
}
