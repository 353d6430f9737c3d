#!/usr/bin/env node
// Runs the command line from its TypeScript source: by itself where Node can, through tsx before that.
if (!process.features.typescript) {
  const { register } = await import('tsx/esm/api')
  register()
}
const { runProcess } = await import('../src/run-process.ts')
await runProcess()
