import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By name: a file finds the demonstration as the one before it left it, the same in every run. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1))
  }
}

/** Browser tests: real Chromium against a real node with the demonstration; one file at a time. */
export default defineConfig({
  test: {
    include: ['portal/e2e/**/*.e2e.test.ts', '*/src/**/*.e2e.test.ts', 'demo/**/*.e2e.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    globalSetup: ['portal/e2e/global-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { sequencer: ByName },
  },
})
