import { defineConfig } from 'vitest/config'

/** Cross-checks by software that is not ours: OpenSSL and Python. */
export default defineConfig({
  test: { include: ['**/*.tools.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 300_000 },
})
