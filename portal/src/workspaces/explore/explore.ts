/* 浏览与核验: public, without sign-in. */
import type { Workspace } from '../../shell/workspace.ts'

/** The public workspace. */
export const explore: Workspace = {
  id: 'explore',
  prefix: '/explore',
  label: { zh: '浏览与核验', en: 'Explore and verify' },
  isFor: () => true,
  navigation: 'top',
  items: [{ to: '/explore/verify', label: { zh: '核验凭证', en: 'Verify evidence' } }],
  routes: [
    {
      path: '/explore/verify',
      lazy: async () => ({ Component: (await import('./verify-page.tsx')).VerifyPage }),
    },
  ],
}
