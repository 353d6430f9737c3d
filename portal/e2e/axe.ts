/* What axe-core finds on a page. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Rules of these standards must hold on every page. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** Violations in few words. Its source is run by the debugger, which no policy of a page binds. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(SOURCE)
  const found = (await page.evaluate(async (values) => {
    const { axe } = window as unknown as {
      axe: { run: (on: Document, how: object) => Promise<{ violations: Violation[] }> }
    }
    return (await axe.run(document, { runOnly: { type: 'tag', values } })).violations
  }, STANDARDS)) as Violation[]
  return found.map(({ id, nodes }) => {
    const [node] = nodes
    return `${id} (${nodes.length}): ${node?.html.slice(0, 200)} ${node?.failureSummary.slice(0, 200)}`
  })
}
