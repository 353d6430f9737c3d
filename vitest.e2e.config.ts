import { defineConfig } from 'vitest/config'

/** Browser tests: real Chromium against a real node with the demonstration; one file at a time. */
export default defineConfig({
  test: {
    include: ['portal/e2e/**/*.e2e.test.ts', '*/src/**/*.e2e.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    globalSetup: ['portal/e2e/global-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
  },
})
