/* 机构: annuity parties and banks. */
import type { Workspace } from '../../shell/workspace.ts'

/** The workspace of annuity parties. */
export const institution: Workspace = {
  id: 'institution',
  prefix: '/institution',
  label: { zh: '机构', en: 'Institution' },
  isFor: (session) => session?.kind === 'officer',
  navigation: 'side',
  items: [{ to: '/institution', label: { zh: '今日待办', en: 'Today' } }],
  routes: [
    {
      path: '/institution',
      lazy: async () => ({ Component: (await import('./today-page.tsx')).TodayPage }),
    },
  ],
}
