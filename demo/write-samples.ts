import { fileURLToPath } from 'node:url'

import { writeSamplePayrolls } from './sample-payrolls.ts'

/* Writes the committed sample payrolls again: node --import tsx demo/write-samples.ts */
await writeSamplePayrolls(fileURLToPath(new URL('payrolls', import.meta.url)))
