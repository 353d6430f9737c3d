/* 本人: what a person sees of their own. */
import type { Workspace } from '../../shell/workspace.ts'

/** A person's own records. */
export const own: Workspace = {
  id: 'own',
  prefix: '/hall',
  label: { zh: '我的记录', en: 'My records' },
  isFor: (session) => session?.kind === 'person',
  navigation: 'top',
  items: [
    { to: '/hall/records/annuity', label: { zh: '企业年金账户', en: 'Annuity account' } },
    { to: '/hall/access-log', label: { zh: '谁看过我的数据', en: 'Who looked at my data' } },
  ],
  routes: [
    {
      path: '/hall/records/annuity',
      lazy: async () => ({ Component: (await import('./statement-page.tsx')).StatementPage }),
    },
    {
      path: '/hall/access-log',
      lazy: async () => ({ Component: (await import('./access-log-page.tsx')).AccessLogPage }),
    },
    {
      path: '/hall',
      lazy: async () => ({ Component: (await import('./statement-page.tsx')).StatementPage }),
    },
  ],
}
