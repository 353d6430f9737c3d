import { defineConfig } from 'vitest/config'

/** The tests of `npm test`: pure Node, no server, no other tool, under five minutes. */
export default defineConfig({
  test: {
    include: ['*/src/**/*.test.ts', 'tools/**/*.test.ts', 'demo/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '**/*.faults.test.ts',
      '**/*.tools.test.ts',
      '**/*.e2e.test.ts',
    ],
    testTimeout: 60_000,
  },
})
