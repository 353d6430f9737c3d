import { commandsPage, TOPS } from '../cli/src/index.ts'
import { makeVerifierPage } from '../proof/src/page/build.ts'
import { makeClientOperations, makeOpenApi } from './api-files.ts'
import { makeConformancePage } from './conformance-page.ts'
import { makeLogsPage } from './logs-page.ts'
import { makeMetricsPage } from './metrics-page.ts'
import { makeThreatsPage } from './threats-page.ts'

/** One committed file that code makes. `path` is from the project's root, where commands run. */
export interface GeneratedFile {
  readonly path: string
  readonly make: () => Promise<string | Uint8Array>
}

/** Every generated file of the project; each ends in `.gen.…`, or is a sample or a page that people open. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'docs/use/commands.md', make: () => commandsPage(TOPS) },
  { path: 'client/src/operations.gen.ts', make: makeClientOperations },
  { path: 'docs/operate/logs.md', make: makeLogsPage },
  { path: 'docs/operate/metrics.md', make: makeMetricsPage },
  { path: 'docs/understand/feel-conformance.md', make: makeConformancePage },
  { path: 'docs/understand/threats.md', make: makeThreatsPage },
  { path: 'node/src/api/openapi.gen.json', make: makeOpenApi },
  { path: 'proof/src/page/verifier-page.gen.ts', make: makeVerifierPage },
]
