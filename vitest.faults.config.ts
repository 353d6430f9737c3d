import { defineConfig } from 'vitest/config'

/** Crashes, torn files, full disks: real processes are started and killed. */
export default defineConfig({
  test: {
    include: ['**/*.faults.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 600_000,
    fileParallelism: false,
  },
})
