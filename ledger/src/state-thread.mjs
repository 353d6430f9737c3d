// Node runs TypeScript in threads by itself from 22.18 on; before that, tsx is registered first.
import { register } from 'tsx/esm/api'

register()
await import('./state-worker.ts')
